import type { SubnetType } from "./subnets";

/** @throws in awsx's words when gateways and addresses do not fit together. */
export function checkGateways(strategy: string, eips: number, zones: number, types: ReadonlySet<SubnetType>): void {
  if (strategy === "None") {
    if (eips > 0)
      throw new Error(`Elastic IP allocation IDs cannot be specified when NAT Gateway strategy is '${strategy}'.`);
    return;
  }
  if (strategy === "Single" && eips > 1)
    throw new Error(`Exactly one Elastic IP may be specified when NAT Gateway strategy is '${strategy}'.`);
  if (strategy === "OnePerAz" && eips > 0 && eips !== zones) {
    throw new Error(
      `The number of Elastic IPs, if specified, must match the number of availability zones for the VPC (${zones}) when NAT Gateway strategy is '${strategy}'`,
    );
  }
  if (!types.has("Public") || !(types.has("Private") || types.has("Isolated"))) {
    throw new Error(
      "If NAT Gateway strategy is 'OnePerAz' or 'Single', public subnets must be declared to host the NAT Gateway resource, along with private or isolated subnets to route through it.",
    );
  }
}

/** The /64 of a subnet inside the VPC's /56. */
export function ipv6Subnet(block: string, index: number): string {
  const [, prefix = "", fourth = ""] = /^((?:[0-9a-f]+:){3})([0-9a-f]+):.*\/56$/i.exec(block) ?? [];
  if (prefix === "") {
    throw new Error(
      "Subnets with assignIpv6AddressOnCreation=true require the VPC to have an IPv6 CIDR block. Set assignGeneratedIpv6CidrBlock=true or provide ipv6CidrBlock.",
    );
  }
  return `${prefix}${((Number.parseInt(fourth, 16) & 0xff00) | index).toString(16)}::/64`;
}
