import { cloudwatch, math, repeat, signals } from "../signal/signal";

/** How an endpoint is attached: by interfaces, or by a route. */
export type EndpointRole = "interface" | "gateway";

/** What an instance declares of itself. */
export interface EndpointSize {
  /** Zones in which it has an interface; a gateway endpoint has none. */
  readonly zones: number;
}

type Subject = "vpc" | "endpoint" | "type" | "service";
const metric = (name: string, statistic: "Sum" | "Maximum") =>
  cloudwatch<Subject>("AWS/PrivateLinkEndpoints", name, statistic, {
    "VPC Id": "vpc",
    "VPC Endpoint Id": "endpoint",
    "Endpoint Type": "type",
    "Service Name": "service",
  });

/** The size at which alarms are proven. */
const example: EndpointSize = { zones: 3 };

/**
 * What is watched of an interface endpoint ("CloudWatch metrics for AWS PrivateLink", AWS PrivateLink guide, 2026-11). Gateway endpoints publish nothing. Latency
 * is not published either: whoever waits for the service measures it. All are tickets, because what users feel of it pages with the service that calls.
 */
export const endpointSignals = signals<EndpointRole, Subject, EndpointSize>()({
  "vpc-endpoint-dropping": {
    title: "An endpoint drops packets",
    golden: "availability",
    unit: "count",
    role: "interface",
    source: metric("PacketsDropped", "Sum"),
    alarm: { above: 100, for: "5 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 30 minutes", "101 for 5 minutes"],
        ["missing for 1 hour", "101 for 5 minutes"],
      ],
      fine: [
        ["100 for 1 hour"],
        ["0 for 10 minutes", "5000 for 4 minutes", "100 for 1 minute", "5000 for 4 minutes", "0 for 20 minutes"],
        ["missing for 1 hour"],
      ],
      healed: ["0 for 2 minutes"],
    },
    runbook: {
      means:
        "The endpoint, or the service behind it, is not healthy, or is asked for more than it can carry: calls to that AWS service get slow or fail.",
      check: [
        "Does AWS Health tell of trouble with the service, or in a zone?",
        "Is it one zone? The metric has a dimension `Subnet Id` too.",
        "How much goes through: BytesProcessed; a zone of an endpoint carries up to 100 Gbit/s.",
        "Which service calls most: `filter dstAddr = '<interface>' | stats sum(bytes) as total by srcAddr | sort total desc` in the flow log.",
      ],
      fix: [
        "Where AWS has trouble: take the endpoint out of `vigia:network.endpoints` and deploy; traffic then goes by NAT.",
        "Where it is load: slow down or spread what calls most.",
      ],
    },
  },
  "vpc-endpoint-resets": {
    title: "A service resets its connections",
    golden: "errors",
    unit: "percent",
    role: "interface",
    source: math("IF(opened >= 100, 100 * resets / opened, 0)", {
      resets: metric("RstPacketsReceived", "Sum"),
      opened: metric("NewConnections", "Sum"),
    }),
    alarm: { above: "25 %", every: "5 minutes", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { resets: ["0 for 30 minutes", "2505 for 15 minutes"], opened: ["10000 for 45 minutes"] },
        { resets: ["0 for 30 minutes", "6 for 15 minutes"], opened: ["20 for 45 minutes"] },
      ],
      fine: [
        { resets: ["250 for 45 minutes"], opened: ["1000 for 45 minutes"] },
        { resets: ["19 for 45 minutes"], opened: repeat(9, "20 for 4 minutes", "19 for 1 minute") },
        {
          resets: ["0 for 20 minutes", "900 for 6 minutes", "0 for 9 minutes", "900 for 6 minutes", "0 for 19 minutes"],
          opened: ["1000 for 1 hour"],
        },
        { resets: ["missing for 45 minutes"], opened: ["1000 for 45 minutes"] },
        { resets: ["missing for 45 minutes"], opened: ["missing for 45 minutes"] },
      ],
      healed: { resets: ["0 for 10 minutes"], opened: ["1000 for 10 minutes"] },
    },
    runbook: {
      means:
        "More than a quarter of the connections to that AWS service are reset by it: it is not healthy, or clients keep connections open for longer than it does.",
      check: [
        "Does AWS Health tell of trouble with the service?",
        "Which clients log `connection reset`, and do their retries succeed?",
        "Was a service released that keeps its connections for longer than 350 seconds without speaking?",
      ],
      fix: [
        "Where AWS has trouble: take the endpoint out of `vigia:network.endpoints` and deploy; traffic then goes by NAT.",
        "Set the idle time of the client's pool below 350 seconds.",
      ],
    },
  },
  "vpc-endpoint-connections": {
    title: "Open connections",
    golden: "saturation",
    unit: "count",
    role: "interface",
    source: metric("ActiveConnections", "Maximum"),
    runbook: { means: "Connections through the endpoint that are open or being opened." },
  },
  "vpc-endpoint-opened": {
    title: "Connections opened",
    golden: "traffic",
    unit: "count",
    role: "interface",
    source: metric("NewConnections", "Sum"),
    runbook: {
      means:
        "How often the service was called on a new connection. None at all while pods run: its private DNS name is gone.",
    },
  },
  "vpc-endpoint-bytes": {
    title: "Data through the endpoint",
    golden: "traffic",
    unit: "bytes",
    role: "interface",
    source: metric("BytesProcessed", "Sum"),
    runbook: { means: "Both directions together: what is billed by the gigabyte." },
  },
});
