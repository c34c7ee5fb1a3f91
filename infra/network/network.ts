import { Vpc } from "@pulumi/aws/ec2/vpc.js";
import { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import { ComponentResource, type ComponentResourceOptions, type Output, output } from "@pulumi/pulumi";
import { type Tier, tiers } from "./cidr";
import { each } from "./each";
import type { EndpointService } from "./endpoints";
import { createFlowLog, type FlowLogNodes } from "./flow-log";
import { type NetworkArgs, type NormalNetwork, normalizeNetwork } from "./network.args";
import { watchEndpoint, watchNatGateway, watchVpc } from "./network.watch";
import { type Party, partyNames } from "./reach";
import { createSecurityGroups, type SecurityGroups } from "./security";
import { createZones, type ZoneNodes } from "./subnets";

/**
 * A VPC over several zones: public subnets for NAT gateways alone, private ones for what works, isolated ones for data; endpoints of AWS services; a security group
 * for each party, with the rules of the table in reach.ts; all traffic recorded, and everything watched that publishes something.
 */
export class Network extends ComponentResource {
  readonly cidr: string;
  readonly zones: readonly string[];
  /** By kind of subnet: their ids, one for each zone, in the order of {@link zones}. */
  readonly subnets: Readonly<Record<Tier, Output<string[]>>>;
  /** Party to the id of its security group. */
  readonly securityGroups: Readonly<Record<Party, Output<string>>>;
  /** Public addresses from which everything inside calls: partners put them on their lists. */
  readonly publicAddresses: Output<string[]>;
  /** The raw resources. */
  readonly nodes: {
    readonly vpc: Vpc;
    readonly zones: readonly ZoneNodes[];
    readonly s3: VpcEndpoint;
    readonly endpoints: Readonly<Partial<Record<EndpointService, VpcEndpoint>>>;
    readonly securityGroups: SecurityGroups;
    readonly flowLog: FlowLogNodes;
  };

  constructor(name: string, args: NetworkArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeNetwork(name, args);
    super("vigia:network:Network", name, {}, opts);
    const within = { parent: this };
    const vpc = new Vpc(
      name,
      {
        cidrBlock: normal.cidr,
        // Private names of endpoints and the managed scrapers of AMP need both.
        enableDnsSupport: true,
        enableDnsHostnames: true,
        enableNetworkAddressUsageMetrics: true,
        tags: { Name: name },
      },
      within,
    );
    const zones = createZones(name, normal, { vpc, protect: args.protect ?? true, parent: this });
    const s3 = this.createS3(name, vpc, zones, normal);
    const groups = createSecurityGroups(name, {
      vpcId: vpc.id,
      s3PrefixListId: s3.prefixListId,
      endpoints: normal.endpoints,
      parent: this,
    });
    const flowLog = createFlowLog(name, vpc.id, normal, this);
    this.cidr = normal.cidr;
    this.zones = normal.zones;
    this.subnets = each(tiers, (tier) => output(zones.map((zone) => zone[tier].subnet.id)));
    this.securityGroups = each(partyNames, (party) => groups[party].id);
    const endpoints = this.createEndpoints(name, vpc, groups, normal);
    this.publicAddresses = output(zones.flatMap(({ natGateway }) => (natGateway ? [natGateway.publicIp] : [])));
    this.nodes = { vpc, zones, s3, endpoints, securityGroups: groups, flowLog };
    this.watch(name, args, normal);
    this.registerOutputs({ vpcId: vpc.id });
  }

  get vpcId(): Output<string> {
    return this.nodes.vpc.id;
  }

  /** S3 for every subnet but the public ones, in which nothing asks for it: free, and image layers come that way. */
  private createS3(name: string, vpc: Vpc, zones: readonly ZoneNodes[], { region }: NormalNetwork): VpcEndpoint {
    return new VpcEndpoint(
      `${name}-s3`,
      {
        vpcId: vpc.id,
        serviceName: `com.amazonaws.${region}.s3`,
        vpcEndpointType: "Gateway",
        routeTableIds: zones.flatMap((zone) => [zone.private.routeTable.id, zone.isolated.routeTable.id]),
        tags: { Name: `${name}-s3` },
      },
      { parent: this },
    );
  }

  private createEndpoints(name: string, vpc: Vpc, groups: SecurityGroups, { endpoints, region }: NormalNetwork) {
    const endpoint = (service: EndpointService) =>
      new VpcEndpoint(
        `${name}-${service}`,
        {
          vpcId: vpc.id,
          serviceName: `com.amazonaws.${region}.${service}`,
          vpcEndpointType: "Interface",
          privateDnsEnabled: true,
          subnetIds: this.subnets.private,
          securityGroupIds: [groups.endpoints.id],
          tags: { Name: `${name}-${service}` },
        },
        { parent: this },
      );
    return Object.fromEntries(endpoints.map((service) => [service, endpoint(service)]));
  }

  private watch(name: string, { watcher, changes }: NetworkArgs, { addresses, zones }: NormalNetwork): void {
    const options = { watcher, ...(changes && { changes }) };
    const within = { parent: this };
    watchVpc(name, this.nodes.vpc, { ...options, addresses }, within);
    for (const [at, { natGateway }] of this.nodes.zones.entries())
      if (natGateway) watchNatGateway(`${name}-nat-${zones[at]?.slice(-1)}`, natGateway, options, within);
    for (const [service, endpoint] of Object.entries(this.nodes.endpoints))
      watchEndpoint(`${name}-${service}`, endpoint, { ...options, zones: zones.length }, within);
  }
}
