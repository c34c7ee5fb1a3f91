import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import { Vpc as Ec2Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { getAvailabilityZones } from "@pulumi/aws/getAvailabilityZones.js";
import type { VpcArgs } from "@pulumi/awsx/ec2/vpc.js";
import * as pulumi from "@pulumi/pulumi";
import { checkLayout, layOut, layoutOf, type Subnet as Planned, type SubnetSpec, type SubnetType } from "./subnets";
import { checkGateways, ipv6Subnet } from "./vpcchecks";
import { addEndpoints, endpointsOf, needsDns } from "./vpcendpoints";

type Tags = Record<string, pulumi.Input<string>>;

/** Arguments of awsx:ec2:Vpc as they arrive: plain where awsx wants them plain. */
export type VpcInputs = Omit<VpcArgs, "tags" | "region"> & { readonly tags?: Tags; readonly region?: string };

interface Parts {
  readonly vpc: Ec2Vpc;
  readonly internetGateway: InternetGateway;
  readonly subnets: { readonly planned: Planned<Tags>; readonly subnet: Subnet; readonly table: RouteTable }[];
  readonly associations: RouteTableAssociation[];
  readonly natGateways: NatGateway[];
  readonly eips: Eip[];
  readonly routes: Route[];
}

const order: readonly SubnetType[] = ["Public", "Private", "Isolated", "Unused"];

/**
 * The component awsx:ec2:Vpc: the children of awsx 3.9, with their names, parents, dependencies and tags (pulumi-awsx awsx/ec2/vpc.ts at 6eca153).
 * IPAM pools are not modelled: an address range must be given or is 10.0.0.0/16.
 */
export class Vpc extends pulumi.ComponentResource {
  /** What the component hands back. */
  readonly state: pulumi.Inputs;

  constructor(name: string, args: VpcInputs, options: pulumi.ComponentResourceOptions) {
    super("awsx:ec2:Vpc", name, {}, options);
    const data = pulumi.output(this.build(name, args));
    const keys = [
      "eips",
      "internetGateway",
      "isolatedSubnetIds",
      "isolatedSubnets",
      "natGateways",
      "privateSubnetIds",
      "privateSubnets",
      "publicSubnetIds",
      "publicSubnets",
      "routeTableAssociations",
      "routeTables",
      "routes",
      "subnetLayout",
      "subnets",
      "vpc",
      "vpcEndpoints",
      "vpcId",
    ] as const;
    this.state = Object.fromEntries(keys.map((key) => [key, data[key]]));
    this.registerOutputs(this.state);
  }

  private async build(name: string, args: VpcInputs) {
    if (args.ipv4IpamPoolId !== undefined)
      throw new Error("the stand-in's awsx:ec2:Vpc does not model IPAM pools: give cidrBlock");
    if (args.availabilityZoneNames && args.numberOfAvailabilityZones) {
      throw new Error("Only one of [availabilityZoneNames] and [numberOfAvailabilityZones] can be specified");
    }
    const zones = args.availabilityZoneNames ?? (await this.defaultZones(args));
    const cidrBlock = args.cidrBlock ?? "10.0.0.0/16";
    const strategy = args.natGateways?.strategy ?? "OnePerAz";
    const specs = args.subnetSpecs as readonly SubnetSpec<Tags>[] | undefined;
    const subnetStrategy = args.subnetStrategy ?? "Legacy";
    const planned = layOut({
      vpcName: name,
      cidrBlock,
      zones,
      specs,
      strategy: subnetStrategy,
      zoneMask: args.availabilityZoneCidrMask,
    });
    checkLayout(planned, cidrBlock, subnetStrategy === "Exact");
    const allocations = args.natGateways?.elasticIpAllocationIds ?? [];
    checkGateways(strategy, allocations.length, zones.length, new Set(planned.map(({ type }) => type)));

    const tags: Tags = { Name: name, ...args.tags };
    const endpoints = endpointsOf(args);
    const dns = needsDns(args, endpoints);
    const vpc = new Ec2Vpc(
      name,
      {
        assignGeneratedIpv6CidrBlock: args.assignGeneratedIpv6CidrBlock,
        cidrBlock,
        enableDnsHostnames: args.enableDnsHostnames ?? dns,
        enableDnsSupport: args.enableDnsSupport ?? dns,
        enableNetworkAddressUsageMetrics: args.enableNetworkAddressUsageMetrics,
        instanceTenancy: args.instanceTenancy,
        region: args.region,
        tags,
      },
      { parent: this },
    );
    const internetGateway = new InternetGateway(
      name,
      { region: args.region, vpcId: vpc.id, tags },
      { parent: vpc, dependsOn: [vpc] },
    );
    const parts: Parts = { vpc, internetGateway, subnets: [], associations: [], natGateways: [], eips: [], routes: [] };
    for (const [index, zone] of zones.entries()) {
      const here = planned.filter((subnet) => subnet.zone === zone && subnet.type !== "Unused");
      // Public ones first: their gateways must exist before the routes of the others.
      here.sort((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
      for (const [position, subnet] of here.entries())
        this.addSubnet(name, args, parts, subnet, index, index + position * zones.length, tags);
    }
    const vpcEndpoints = addEndpoints(endpoints, args, vpc, parts.subnets, zones, tags);
    const layout =
      specs === undefined || subnetStrategy === "Legacy" || subnetStrategy === "AutoMerge"
        ? layoutOf(planned, zones.length)
        : specs;
    return this.outputs(parts, vpcEndpoints, layout);
  }

  private outputs(parts: Parts, vpcEndpoints: VpcEndpoint[], layout: readonly SubnetSpec<Tags>[]) {
    const of = (type: SubnetType): Subnet[] =>
      parts.subnets.filter(({ planned }) => planned.type === type).map(({ subnet }) => subnet);
    const ids = (type: SubnetType): pulumi.Output<string>[] => of(type).map(({ id }) => id);
    return {
      eips: parts.eips,
      internetGateway: parts.internetGateway,
      isolatedSubnetIds: ids("Isolated"),
      isolatedSubnets: of("Isolated"),
      natGateways: parts.natGateways,
      privateSubnetIds: ids("Private"),
      privateSubnets: of("Private"),
      publicSubnetIds: ids("Public"),
      publicSubnets: of("Public"),
      routeTableAssociations: parts.associations,
      routeTables: parts.subnets.map(({ table }) => table),
      routes: parts.routes,
      subnetLayout: layout.map(({ type, name, cidrMask, size, cidrBlocks }) => ({
        type,
        name,
        cidrMask,
        size,
        cidrBlocks: cidrBlocks ? [...cidrBlocks] : undefined,
      })),
      subnets: parts.subnets.map(({ subnet }) => subnet),
      vpc: parts.vpc,
      vpcEndpoints,
      vpcId: parts.vpc.id,
    };
  }

  private addSubnet(
    name: string,
    args: VpcInputs,
    parts: Parts,
    planned: Planned<Tags>,
    zone: number,
    ipv6Index: number,
    tags: Tags,
  ): void {
    const { vpc } = parts;
    const { label, type, cidrBlock } = planned;
    const region = args.region;
    const nameTag =
      args.subnetNameTagStrategy === "AvailabilityZone"
        ? label.replace(/\d+$/, planned.zone.replace(/^[a-z]{2}(?:-[a-z]+)+-/, ""))
        : label;
    const assign = pulumi
      .output(args.assignGeneratedIpv6CidrBlock)
      .apply((generated) => planned.assignIpv6AddressOnCreation ?? generated ?? false);
    const ipv6 = pulumi
      .all([vpc.ipv6CidrBlock, assign])
      .apply(([block, wanted]) => (wanted ? ipv6Subnet(block, ipv6Index) : undefined));
    const subnet = new Subnet(
      label,
      {
        assignIpv6AddressOnCreation: assign,
        availabilityZone: planned.zone,
        cidrBlock,
        ipv6CidrBlock: ipv6,
        mapPublicIpOnLaunch: type === "Public",
        region,
        tags: { ...tags, ...planned.tags, Name: nameTag, SubnetType: type },
        vpcId: vpc.id,
      },
      { parent: vpc, dependsOn: [vpc] },
    );
    const table = new RouteTable(
      label,
      { region, vpcId: vpc.id, tags: { ...tags, Name: nameTag, SubnetType: type } },
      { parent: subnet, dependsOn: [subnet] },
    );
    parts.subnets.push({ planned, subnet, table });
    const within = { parent: table, dependsOn: [table] };
    parts.associations.push(
      new RouteTableAssociation(label, { region, routeTableId: table.id, subnetId: subnet.id }, within),
    );

    const strategy = args.natGateways?.strategy ?? "OnePerAz";
    const wanted = strategy === "None" ? 0 : strategy === "Single" ? 1 : zone + 1;
    if (type === "Public" && parts.natGateways.length < wanted)
      this.addGateway(`${name}-${zone + 1}`, args, parts, subnet, zone);
    const gateway = strategy === "Single" ? parts.natGateways[0] : parts.natGateways[zone];
    const target =
      type === "Public"
        ? { gatewayId: parts.internetGateway.id }
        : type === "Private" && gateway
          ? { natGatewayId: gateway.id }
          : undefined;
    if (target)
      parts.routes.push(
        new Route(label, { region, routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...target }, within),
      );
  }

  private addGateway(label: string, args: VpcInputs, parts: Parts, subnet: Subnet, zone: number): void {
    const within = { parent: subnet, dependsOn: [subnet] };
    const common = { region: args.region, tags: { ...args.tags, Name: label } };
    const given = args.natGateways?.elasticIpAllocationIds?.[zone];
    const eip = given === undefined ? new Eip(label, common, within) : undefined;
    if (eip) parts.eips.push(eip);
    parts.natGateways.push(
      new NatGateway(label, { ...common, subnetId: subnet.id, allocationId: eip ? eip.allocationId : given }, within),
    );
  }

  private async defaultZones({ numberOfAvailabilityZones: wanted = 3, region }: VpcInputs): Promise<string[]> {
    const { names } = await getAvailabilityZones(region ? { region } : undefined, { parent: this });
    if (names.length >= wanted) return names.slice(0, wanted);
    throw new Error(
      `The configured region for this provider does not have at least ${wanted} Availability Zones. Either specify an explicit list of zones in availabilityZoneNames or choose a region with at least ${wanted} AZs.`,
    );
  }
}
