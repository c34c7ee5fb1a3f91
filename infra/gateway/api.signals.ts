import { ratio, repeat, signals } from "../signal/signal";
import { apiLatencySignals } from "./api.latency.signals";
import {
  type ApiRole,
  type ApiSize,
  type ApiSubject,
  enough,
  example,
  logQuery,
  metric,
  requests,
  served,
} from "./api.metrics";

export type { ApiRole, ApiSize, ApiSubject } from "./api.metrics";

/** A fiftieth of the usual traffic in five minutes, and at least 30 requests: more than the canary makes by itself. */
const silence = ({ requestsPerDay }: ApiSize) => Math.max(30, Math.floor(requestsPerDay / 288 / 50));

/** Whether requests arrive, and are answered. */
const apiTrafficSignals = signals<ApiRole, ApiSubject, ApiSize>()({
  "api-silent": {
    title: "Hardly any request arrives",
    golden: "availability",
    unit: "count",
    role: "http",
    source: requests,
    when: { holds: (size) => size.steady, otherwise: "its traffic is not declared steady, so silence means nothing" },
    alarm: { below: silence, every: "5 minutes", for: "15 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        [served(700, "15 minutes"), ...repeat(3, served(13, "4 minutes"), served(16, "1 minute"))],
        [served(700, "15 minutes"), "missing for 1 hour"],
      ],
      fine: [
        repeat(12, served(13, "4 minutes"), served(17, "1 minute")),
        [
          served(700, "15 minutes"),
          "missing for 10 minutes",
          served(14, "5 minutes"),
          "missing for 10 minutes",
          served(700, "5 minutes"),
        ],
      ],
      healed: [served(14, "5 minutes")],
    },
    runbook: {
      means:
        "For a quarter of an hour almost nobody reached the API, whose traffic never pauses. Users are cut off before the gateway, so that no error is counted.",
      felt: "Nobody reaches the platform: the address does not resolve, the connection is refused, or all clients are locked out.",
      check: [
        "Does the name resolve from outside (dig +short <domain> @1.1.1.1), and does curl -sv https://<domain>/<service>/health answer?",
        "Is the canary failing too, and with what (its report in the artifacts bucket)?",
        "Did the domain name, its certificate or the mapping change (CloudTrail: DeleteApiMapping, UpdateDomainName, ChangeResourceRecordSets)?",
      ],
      fix: [
        "Put the record, the mapping or the certificate back: a pulumi up of this stack makes what was removed.",
        "If only the clients of one product are missing, its front end is down: call its owners.",
      ],
    },
  },
  "api-near-throttle": {
    title: "Traffic near the throttle",
    golden: "saturation",
    unit: "count",
    role: "http",
    source: requests,
    alarm: { above: ({ rate }) => 0.8 * rate * 60, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: { ...example, rate: 2 },
      bad: [[served(50, "5 minutes"), served(97, "5 minutes")]],
      fine: [[served(96, "30 minutes")], [served(50, "5 minutes"), served(115, "4 minutes"), served(96, "5 minutes")]],
      healed: [served(96, "1 minute")],
    },
    runbook: {
      means:
        "For five minutes traffic took more than four fifths of what the throttle lets through. Beyond it, users are answered with 429.",
      check: [
        `Is it growth, a campaign or one client in a loop? ${logQuery("ispresent(routeKey)", "ip")}`,
        "Do load balancer, services and database have room for more (their saturation signals)?",
        "How far is the account's own limit for API Gateway in this region (Service Quotas: Throttle rate)?",
      ],
      fix: [
        "Raise rate and burst in the stack's gateway settings, after the services behind it were scaled.",
        "Slow the client down that loops, or lower the firewall's requests per client.",
      ],
    },
  },
  "api-throttled": {
    title: "More requests than the throttle lets through",
    golden: "saturation",
    unit: "count",
    role: "http",
    source: requests,
    alarm: { above: ({ rate }) => rate * 60, for: "3 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: { ...example, rate: 2 },
      bad: [[served(50, "5 minutes"), served(121, "3 minutes")]],
      fine: [
        [served(120, "30 minutes")],
        [served(50, "5 minutes"), served(300, "2 minutes"), served(120, "5 minutes")],
      ],
      healed: [served(120, "1 minute")],
    },
    runbook: {
      means:
        "More requests than the stage's throttle allows came in for three minutes. What is above it was answered with 429 before any service saw it: users feel it now.",
      felt: "Some requests are refused with 429, no matter whose: pages load in part, and trying again makes it worse.",
      check: [
        `How many were refused? ${logQuery("status = 429", "routeKey")}`,
        `Who sends them: everybody, or a few? ${logQuery("ispresent(ip)", "ip")}`,
        "Can the services take more (targets' response time and CPU of their pods)?",
      ],
      fix: [
        "One client or an attack: block it in the web ACL, or lower the firewall's requests per client.",
        "Real growth: scale the services, then raise rate and burst in the gateway settings.",
      ],
    },
  },
  "api-errors": {
    title: "Requests fail",
    golden: "errors",
    unit: "percent",
    role: "http",
    source: ratio(metric("5xx", "Sum"), requests, enough),
    alarm: { above: "5 %", for: "3 minutes", severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { part: ["5 for 5 minutes", "3/3 for 3 minutes"], whole: [served(100, "8 minutes")] },
        { part: ["101 for 3 minutes"], whole: [served(2_000, "3 minutes")] },
        { part: ["0 for 5 minutes", "20 for 3 minutes"], whole: [served(20, "8 minutes")] },
      ],
      fine: [
        { part: ["5 for 30 minutes"], whole: [served(100, "30 minutes")] },
        { part: ["19 for 30 minutes"], whole: [served(19, "30 minutes")] },
        {
          part: ["0 for 5 minutes", "50 for 2 minutes", "5 for 1 minute", "50 for 2 minutes", "0 for 5 minutes"],
          whole: [served(100, "15 minutes")],
        },
      ],
      healed: { part: ["5 for 1 minute"], whole: [served(100, "1 minute")] },
    },
    runbook: {
      means:
        "More than one of twenty requests was answered with a server error for three minutes: users cannot buy, look up or report.",
      felt: "More than one request of twenty fails: pages show errors, and orders do not go through.",
      check: [
        "Which route, and does the service or the gateway fail? " +
          logQuery("status >= 500", "routeKey, integrationStatus, integrationError"),
        "503 with no integration status: has the service's target group a healthy host (target-group-none-healthy)?",
        "What was deployed in the last half hour: image, route, certificate, security group?",
      ],
      fix: [
        "Roll back the last deployment of the service that fails.",
        "A dependency fails: follow its own alarm (database, broker, Kafka).",
        "504: the service takes longer than the integration's timeout; see api-slow.",
      ],
    },
  },
  "api-client-errors": {
    title: "Many requests are refused",
    golden: "errors",
    unit: "percent",
    role: "http",
    source: ratio(metric("4xx", "Sum"), requests, enough),
    alarm: { above: "20 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { part: ["10 for 5 minutes", "10/9 for 15 minutes"], whole: [served(90, "20 minutes")] },
        { part: ["401 for 15 minutes"], whole: [served(2_000, "15 minutes")] },
        { part: ["0 for 5 minutes", "20 for 15 minutes"], whole: [served(20, "20 minutes")] },
      ],
      fine: [
        { part: ["20 for 1 hour"], whole: [served(100, "1 hour")] },
        { part: ["19 for 1 hour"], whole: [served(19, "1 hour")] },
        { part: ["90 for 14 minutes", "20 for 1 minute", "90 for 14 minutes"], whole: [served(100, "29 minutes")] },
      ],
      healed: { part: ["20 for 1 minute"], whole: [served(100, "1 minute")] },
    },
    runbook: {
      means:
        "For a quarter of an hour more than a fifth of the requests were answered with 4xx. Tokens that expire and wrong addresses are daily business; so many are a broken release or issuer, or somebody who tries doors.",
      check: [
        `Which answers, and why? ${logQuery("status >= 400 and status < 500", "status, routeKey, authorizerError")}`,
        "401 everywhere: does the issuer answer (curl -s <issuer>/.well-known/openid-configuration), and did its keys or audiences change?",
        "403: what does the web ACL block (firewall-blocking)? 404: which release of the front end calls a route that does not exist?",
      ],
      fix: [
        "Put issuer and audiences in the settings right, or roll back the front end that calls wrongly.",
        "Block the addresses that try doors.",
      ],
    },
  },
  "api-requests": {
    title: "Requests",
    golden: "traffic",
    unit: "count",
    role: "http",
    source: requests,
    runbook: { means: "All requests that reached the gateway, also those that it refused." },
  },
  "api-data": {
    title: "Data processed",
    golden: "traffic",
    unit: "bytes",
    role: "http",
    source: metric("DataProcessed", "Sum"),
    runbook: { means: "Bytes in and out. HTTP APIs are billed by requests of 512 KB." },
  },
});

/**
 * What is watched of the front door ("Recommended alarms", CloudWatch User Guide, 2026-11, where a number is not the project's own). What its users feel pages
 * here; what lies behind it (load balancer, targets) makes tickets, so that one outage pages once.
 */
export const apiSignals = { ...apiTrafficSignals, ...apiLatencySignals };
