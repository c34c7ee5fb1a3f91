import { DefaultSecurityGroup } from "@pulumi/aws/ec2/defaultSecurityGroup.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupEgressRule } from "@pulumi/aws/vpc/securityGroupEgressRule.js";
import { SecurityGroupIngressRule } from "@pulumi/aws/vpc/securityGroupIngressRule.js";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { each } from "./each";
import type { EndpointService } from "./endpoints";
import { isOutside, type Outside, type Party, parties, partyNames, type Reach, rangesOf, reachWith } from "./reach";

/** Every party to its security group. */
export type SecurityGroups = Readonly<Record<Party, SecurityGroup>>;

/** Where the groups are. */
export interface SecurityContext {
  readonly vpcId: Input<string>;
  /** The name that rules have for S3 in this region. */
  readonly s3PrefixListId: Output<string>;
  readonly endpoints: readonly EndpointService[];
  readonly parent: Resource;
}

const everywhere = "0.0.0.0/0";

/** The part of a rule that both of its ends share. Protocol -1 is all of them, and takes no ports. */
const opened = ({ why }: Reach, range: readonly [number, number] | undefined) => ({
  description: why,
  ...(range ? { ipProtocol: "tcp", fromPort: range[0], toPort: range[1] } : { ipProtocol: "-1" }),
});

const portText = (range: readonly [number, number] | undefined) => (range ? [...new Set(range)].join("-") : "all");

/** Makes both ends of each line: who may send, and who may receive. A destination outside has just the first. */
function createRules(name: string, groups: SecurityGroups, context: SecurityContext): void {
  const { s3PrefixListId, endpoints, parent } = context;
  const outside: Readonly<Record<Outside, { prefixListId: Input<string> } | { cidrIpv4: string }>> = {
    s3: { prefixListId: s3PrefixListId },
    internet: { cidrIpv4: everywhere },
  };
  for (const line of reachWith(endpoints)) {
    const { from, to } = line;
    const sender = groups[from].id;
    for (const range of rangesOf(line)) {
      const logical = `${name}-${from}-${to}-${portText(range)}`;
      const port = opened(line, range);
      const target = isOutside(to) ? outside[to] : { referencedSecurityGroupId: groups[to].id };
      new SecurityGroupEgressRule(logical, { ...port, securityGroupId: sender, ...target }, { parent });
      if (isOutside(to)) continue;
      const into = { securityGroupId: groups[to].id, referencedSecurityGroupId: sender };
      new SecurityGroupIngressRule(logical, { ...port, ...into }, { parent });
    }
  }
}

/**
 * One security group for each party, with the rules of the table and no other: the provider takes away the way out that AWS opens in each new group
 * (terraform-provider-aws, aws_security_group: "Terraform will remove this rule"). The VPC's default group is emptied, so that what names none reaches nobody.
 */
export function createSecurityGroups(name: string, context: SecurityContext): SecurityGroups {
  const { vpcId, parent } = context;
  new DefaultSecurityGroup(name, { vpcId, ingress: [], egress: [], tags: { Name: `${name}-nobody` } }, { parent });
  const group = (party: Party) =>
    new SecurityGroup(
      `${name}-${party}`,
      { vpcId, description: parties[party], tags: { Name: `${name}-${party}` } },
      { parent },
    );
  const groups = each(partyNames, group);
  createRules(name, groups, context);
  return groups;
}
