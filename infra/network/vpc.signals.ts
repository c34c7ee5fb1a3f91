import { cloudwatch, signals } from "../signal/signal";

/** What an instance declares of itself. */
export interface VpcSize {
  /** Addresses in its ranges. */
  readonly addresses: number;
  /** It publishes its address usage. */
  readonly usageMetrics: boolean;
}

/** "Network Address Usage for your VPC", VPC User Guide, 2026-11: more are given on request. */
const quota = 64_000;

/** What is watched of a VPC: that it has room. One point a day is all that AWS publishes, so this warns weeks ahead or not at all. */
export const vpcSignals = signals<"vpc", "vpc", VpcSize>()({
  "vpc-addresses": {
    title: "The addresses of the VPC run out",
    golden: "saturation",
    unit: "count",
    role: "vpc",
    source: cloudwatch("AWS/EC2", "NetworkAddressUsage", "Maximum", { "Per-VPC Metrics": "vpc" }),
    when: {
      holds: ({ usageMetrics }) => usageMetrics,
      otherwise: "it does not publish its address usage (enableNetworkAddressUsageMetrics)",
    },
    alarm: {
      // A quarter of the range is nobody's while only three of four zones are in use.
      above: ({ addresses }) => 0.5 * Math.min(quota, addresses),
      every: "1 day",
      for: "1 day",
      severity: "ticket",
      whenMissing: "ok",
    },
    proof: {
      size: { addresses: 65_536, usageMetrics: true },
      bad: [["9000 for 3 days", "9000/32001 for 1 day"]],
      fine: [["32000 for 4 days"], ["missing for 3 days"]],
      healed: ["9000 for 1 day"],
    },
    runbook: {
      means:
        "Half of what the VPC can hold is in use. When a subnet is full, pods stay pending, functions fail to start, and neither load balancers nor endpoints can grow.",
      check: [
        "Which subnets are full: `aws ec2 describe-subnets --filters Name=vpc-id,Values=<vpc> --query 'Subnets[].[SubnetId,AvailabilityZone,CidrBlock,AvailableIpAddressCount]' --output table`?",
        "Who holds the addresses: `aws ec2 describe-network-interfaces --filters Name=vpc-id,Values=<vpc> --query 'NetworkInterfaces[].InterfaceType' --output text | tr '\\t' '\\n' | sort | uniq -c`?",
        "Do nodes keep more warm addresses than they need (the network plugin's WARM_IP_TARGET, prefixes)?",
      ],
      fix: [
        "Take away what nobody uses: old nodes, functions' versions, endpoints.",
        "Add a second range to the VPC, with further private subnets for the pods.",
        "Ask for a higher quota of network address usage, where that is what runs out.",
      ],
    },
  },
});
