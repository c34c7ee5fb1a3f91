import { defineKind } from "../signal/kind";
import { addressesIn, parseCidr } from "./cidr";
import { type VpcSize, vpcSignals } from "./vpc.signals";

/** The largest range that a VPC may have ("VPC CIDR blocks", VPC User Guide, 2026-11): assumed where a range is not known. */
const largest = 65_536;

/** VPCs as the catalogue knows them, ours and those of any other program. */
export const vpcKind = defineKind<"vpc", "vpc", VpcSize>({
  name: "vpc",
  types: ["aws:ec2/vpc:Vpc"],
  signals: vpcSignals,
  nameOf: {},
  roleOf: () => "vpc",
  sizeOf: ({ known }) => {
    const cidr = typeof known.cidrBlock === "string" ? parseCidr(known.cidrBlock) : undefined;
    return {
      addresses: cidr ? addressesIn(cidr) : largest,
      usageMetrics: known.enableNetworkAddressUsageMetrics === true,
    };
  },
  costs: () => [],
});
