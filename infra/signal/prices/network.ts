import type { Price } from "../prices";

/** The way in and out, and what guards it. */
export const networkPrices = {
  "vpc.nat.hour": {
    item: "NAT gateway",
    price: 0.045,
    unit: "hour",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.nat.data": {
    item: "NAT gateway, data processed",
    price: 0.045,
    unit: "GB",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.address": {
    item: "Public IPv4 address",
    price: 0.005,
    unit: "hour",
    source: "AWS NAT Gateway Pricing, cloudburn.io, 2026-02-24",
  },
  "vpc.endpoint.hour": {
    item: "Interface endpoint, in one zone",
    price: 0.01,
    unit: "hour",
    source: "AWS PrivateLink Cost Analysis, awsnegotiations.com, 2026-05",
  },
  "vpc.endpoint.data": {
    item: "Interface endpoint, data processed, first PB",
    price: 0.01,
    unit: "GB",
    source: "AWS PrivateLink pricing, 2026-11",
  },
  "alb.hour": {
    item: "Application Load Balancer",
    price: 0.0225,
    unit: "hour",
    source: "Infracost's test data for aws_lb, 2025-07",
  },
  "alb.lcu": {
    item: "Application Load Balancer, capacity units",
    price: 0.008,
    unit: "LCU-hour",
    source: "Infracost's test data for aws_lb, 2025-07",
  },
  "apigateway.requests.http": {
    item: "API Gateway requests, HTTP API, first 300 million (one for each 512 KB)",
    price: 1,
    unit: "million requests",
    source: "Infracost's test data for aws_apigatewayv2_api, 2025-07",
  },
  "waf.acl": {
    item: "WAF web ACL",
    price: 5,
    unit: "web ACL-month",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
  "waf.rule": {
    item: "WAF rule or rule group of AWS",
    price: 1,
    unit: "rule-month",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
  "waf.requests": {
    item: "WAF requests",
    price: 0.6,
    unit: "million requests",
    source: '"AWS WAF cost explained", c3x.dev, and "AWS WAF Pricing Strategy", awsnegotiations.com, 2026',
  },
} as const satisfies Record<string, Price>;
