import type { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { SecurityGroup } from "@pulumi/aws/ec2/securityGroup.js";
import { SecurityGroupRule } from "@pulumi/aws/ec2/securityGroupRule.js";
import type { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { Input, Output } from "@pulumi/pulumi";
import type { SubnetType } from "./subnets";
import type { VpcInputs } from "./vpc";

type Spec = NonNullable<VpcInputs["vpcEndpointSpecs"]>[number];
type Tags = Record<string, Input<string>>;
type Made = readonly {
  readonly planned: { readonly type: SubnetType; readonly zone: string };
  readonly subnet: Subnet;
  readonly table: RouteTable;
}[];

/** An endpoint that is wanted, with its type in lower case. */
export interface Endpoint {
  readonly spec: Spec;
  /** undefined: only known later. */
  readonly kind: string | undefined;
}

/** @throws in awsx's words when "Auto" cannot see an endpoint's type. */
export function endpointsOf({ vpcEndpointSpecs = [], vpcEndpointStrategy = "Legacy" }: VpcInputs): Endpoint[] {
  return vpcEndpointSpecs.map((spec) => {
    const type = spec.vpcEndpointType;
    const kind = type === undefined ? "gateway" : typeof type === "string" ? type.toLowerCase() : undefined;
    if (vpcEndpointStrategy === "Auto" && kind === undefined) {
      throw new Error(
        `vpcEndpointStrategy "Auto" requires vpcEndpointType for endpoint "${spec.serviceName}" to be omitted or a plain string. Use vpcEndpointStrategy "Legacy" for dynamic endpoint types.`,
      );
    }
    return { spec, kind };
  });
}

/**
 * Whether "Auto" switches on the VPC's DNS, for private names of interface endpoints; undefined: left to the program.
 * @throws in awsx's words when the program switched it off.
 */
export function needsDns(args: VpcInputs, endpoints: readonly Endpoint[]): true | undefined {
  const wanted = endpoints.some(({ spec, kind }) => kind === "interface" && spec.privateDnsEnabled !== false);
  if (args.vpcEndpointStrategy !== "Auto" || !wanted) return undefined;
  for (const name of ["enableDnsHostnames", "enableDnsSupport"] as const) {
    if (args[name] === false) {
      throw new Error(
        `vpcEndpointStrategy "Auto" requires ${name} to be true when Interface endpoint private DNS is enabled.`,
      );
    }
  }
  return true;
}

/** One subnet per zone: a private one if there is one, then an isolated, then a public one. */
function subnetIds(made: Made, zones: readonly string[]): Output<string>[] {
  return zones.flatMap((zone) => {
    const here = made.filter(({ planned }) => planned.zone === zone);
    const chosen = (["Private", "Isolated", "Public"] as const)
      .map((type) => here.find(({ planned }) => planned.type === type))
      .find((one) => one);
    return chosen ? [chosen.subnet.id] : [];
  });
}

function securityGroupId(
  { serviceName, tags, region: own }: Spec,
  region: string | undefined,
  vpc: Vpc,
  shared: Tags,
): Output<string> {
  const place = own ?? region;
  const group = new SecurityGroup(
    `${serviceName}-sg`,
    { region: place, vpcId: vpc.id, tags: { ...shared, ...(tags as Tags | undefined) } },
    { parent: vpc, dependsOn: [vpc] },
  );
  new SecurityGroupRule(
    `${serviceName}-ingress`,
    {
      region: place,
      type: "ingress",
      securityGroupId: group.id,
      protocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrBlocks: [vpc.cidrBlock],
    },
    { parent: vpc, dependsOn: [group] },
  );
  return group.id;
}

/** Makes the endpoints; with "Auto" they are attached to the VPC's own subnets or route tables. IPv6 sources are not modelled. */
export function addEndpoints(
  endpoints: readonly Endpoint[],
  args: VpcInputs,
  vpc: Vpc,
  made: Made,
  zones: readonly string[],
  shared: Tags,
): VpcEndpoint[] {
  return endpoints.map(({ spec, kind }) => {
    const auto = args.vpcEndpointStrategy === "Auto" ? kind : undefined;
    const ownSubnets = auto === "interface" && spec.subnetIds === undefined && spec.subnetConfigurations === undefined;
    const ownGroup = auto === "interface" && spec.securityGroupIds === undefined;
    return new VpcEndpoint(
      spec.serviceName,
      {
        ...spec,
        privateDnsEnabled: spec.privateDnsEnabled ?? (auto === "interface" ? true : undefined),
        region: spec.region ?? args.region,
        routeTableIds: spec.routeTableIds ?? (auto === "gateway" ? made.map(({ table }) => table.id) : undefined),
        securityGroupIds: ownGroup ? [securityGroupId(spec, args.region, vpc, shared)] : spec.securityGroupIds,
        subnetIds: ownSubnets ? subnetIds(made, zones) : spec.subnetIds,
        tags: { ...shared, ...(spec.tags as Tags | undefined) },
        vpcId: vpc.id,
      },
      { parent: vpc, dependsOn: [vpc] },
    );
  });
}
