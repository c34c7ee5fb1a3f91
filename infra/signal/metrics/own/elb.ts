import { type Own, readings, table, totals } from "./table";

const balancer = [["LoadBalancer"], ["AvailabilityZone", "LoadBalancer"]] as const;
const group = [
  ["LoadBalancer", "TargetGroup"],
  ["AvailabilityZone", "LoadBalancer", "TargetGroup"],
] as const;
/** A load balancer reports only while requests flow through it. */
const flow: Own = { unit: "Count", kind: "counter", statistics: totals, dimensions: balancer, idle: true };
/** Published when there is something to count. */
const faults: Own = { ...flow, sparse: true, worse: "high" };
const answers: Own = { ...flow, dimensions: [...balancer, ...group] };
const targetFaults: Own = { ...faults, dimensions: [...balancer, ...group] };
const hosts: Own = { unit: "Count", kind: "gauge", statistics: readings, dimensions: group };

/** Of an Application Load Balancer. Counts of hosts need both dimensions: with the load balancer alone nobody publishes them. */
export const elb = table(
  "AWS/ApplicationELB",
  "CloudWatch metrics for your Application Load Balancer, Elastic Load Balancing User Guide, 2026-11",
  {
    RequestCount: answers,
    ActiveConnectionCount: flow,
    NewConnectionCount: flow,
    ProcessedBytes: { ...flow, unit: "Bytes" },
    RuleEvaluations: flow,
    ConsumedLCUs: { ...flow, kind: "gauge", statistics: [...readings, "Sum"], dimensions: [["LoadBalancer"]] },
    PeakLCUs: { ...flow, kind: "gauge", statistics: [...readings, "Sum"], dimensions: [["LoadBalancer"]] },
    RejectedConnectionCount: faults,
    ClientTLSNegotiationErrorCount: faults,
    HTTP_Fixed_Response_Count: { ...flow, sparse: true },
    ...Object.fromEntries(
      ["3XX", "4XX", "5XX", "500", "502", "503", "504"].map((status) => [`HTTPCode_ELB_${status}_Count`, faults]),
    ),
    HTTPCode_Target_2XX_Count: answers,
    HTTPCode_Target_3XX_Count: answers,
    HTTPCode_Target_4XX_Count: answers,
    HTTPCode_Target_5XX_Count: { ...answers, worse: "high" },
    /** In seconds, not in milliseconds. */
    TargetResponseTime: {
      unit: "Seconds",
      kind: "distribution",
      statistics: ["Average", "Maximum", "Percentile"],
      dimensions: [...balancer, ...group],
      idle: true,
      worse: "high",
    },
    TargetConnectionErrorCount: targetFaults,
    TargetTLSNegotiationErrorCount: targetFaults,
    /** Requests that went to targets although none was healthy. */
    UnhealthyRoutingRequestCount: { ...faults, dimensions: group },
    /** Both are published while targets are registered. One that is deregistered leaves the first, and never enters the second. */
    HealthyHostCount: { ...hosts, worse: "low" },
    UnHealthyHostCount: { ...hosts, worse: "high" },
    RequestCountPerTarget: { ...flow, dimensions: [["TargetGroup"], ...group] },
    HealthyStateDNS: { ...hosts, worse: "low" },
    HealthyStateRouting: { ...hosts, worse: "low" },
    UnhealthyStateDNS: { ...hosts, worse: "high" },
    UnhealthyStateRouting: { ...hosts, worse: "high" },
  },
);
