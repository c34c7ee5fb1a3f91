import { type Own, table } from "./table";

/** A zonal gateway has one dimension. A regional one has the zone too, and an alarm on its id alone would see nothing. */
const gateway = [["NatGatewayId"], ["AvailabilityZone", "NatGatewayId"]] as const;
const events: Own = { unit: "Count", kind: "counter", statistics: ["Sum"], dimensions: gateway };
const traffic: Own = { ...events, unit: "Bytes" };
/** The highest ten seconds of the minute. */
const peak: Own = { unit: "Count", kind: "gauge", statistics: ["Maximum"], dimensions: gateway, worse: "high" };

export const natGateways = table("AWS/NATGateway", "NAT gateway metrics and dimensions, VPC User Guide, 2026-11", {
  ActiveConnectionCount: { unit: "Count", kind: "gauge", statistics: ["Maximum"], dimensions: gateway },
  BytesInFromDestination: traffic,
  BytesInFromSource: traffic,
  BytesOutToDestination: traffic,
  BytesOutToSource: traffic,
  ConnectionAttemptCount: events,
  ConnectionEstablishedCount: events,
  ErrorPortAllocation: { ...events, worse: "high" },
  IdleTimeoutCount: { ...events, worse: "high" },
  PacketsDropCount: { ...events, worse: "high" },
  PacketsInFromDestination: events,
  PacketsInFromSource: events,
  PacketsOutToDestination: events,
  PacketsOutToSource: events,
  /** "NAT gateway basics", VPC User Guide, 2026-11: up to 100 Gbit/s and ten million packets a second. */
  PeakBytesPerSecond: peak,
  PeakPacketsPerSecond: peak,
});

const endpoint = [
  ["Endpoint Type", "Service Name", "VPC Endpoint Id", "VPC Id"],
  ["Endpoint Type", "Service Name", "Subnet Id", "VPC Endpoint Id", "VPC Id"],
] as const;
/** Reported for a minute in which the endpoint received traffic. */
const counted: Own = { unit: "Count", kind: "counter", statistics: ["Sum"], dimensions: endpoint, idle: true };

export const endpoints = table(
  "AWS/PrivateLinkEndpoints",
  "CloudWatch metrics for AWS PrivateLink, AWS PrivateLink guide, 2026-11",
  {
    ActiveConnections: {
      unit: "Count",
      kind: "gauge",
      statistics: ["Average", "Maximum", "Minimum"],
      dimensions: endpoint,
      idle: true,
    },
    BytesProcessed: { ...counted, unit: "Bytes" },
    NewConnections: counted,
    PacketsDropped: { ...counted, worse: "high" },
    RstPacketsReceived: { ...counted, worse: "high" },
  },
);

/** "Network Address Usage for your VPC", VPC User Guide, 2026-11: a quota of 64,000, of 256,000 at most. */
const usage: Own = {
  unit: "Count",
  kind: "gauge",
  statistics: ["Maximum", "Average", "Minimum"],
  dimensions: [["Per-VPC Metrics"]],
  period: 86_400,
  switch: "network address usage metrics",
  worse: "high",
};

export const addressUsage = table("AWS/EC2", "CloudWatch metrics for your VPCs, VPC User Guide, 2026-11", {
  NetworkAddressUsage: { ...usage, range: [0, 256_000] },
  NetworkAddressUsagePeered: { ...usage, range: [0, 512_000] },
});
