import { Eip } from "@pulumi/aws/ec2/eip.js";
import { InternetGateway } from "@pulumi/aws/ec2/internetGateway.js";
import { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import { Route } from "@pulumi/aws/ec2/route.js";
import { RouteTable } from "@pulumi/aws/ec2/routeTable.js";
import { RouteTableAssociation } from "@pulumi/aws/ec2/routeTableAssociation.js";
import { Subnet } from "@pulumi/aws/ec2/subnet.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { ComponentResource } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { type Cidr, cidrText, parseCidr, subnetsOf, type Tier, tiers } from "./cidr";
import type { NormalNetwork } from "./network.args";

/** A subnet and its own route table: what happens to one zone's routes leaves the others alone. */
export interface SubnetNodes {
  readonly subnet: Subnet;
  readonly routeTable: RouteTable;
}

/** The raw resources of a zone. */
export type ZoneNodes = Readonly<Record<Tier, SubnetNodes>> & {
  /** Absent where zones share the one of the first. */
  readonly natGateway?: NatGateway;
};

/** Where load balancers that the cluster makes find their subnets ("Route application and HTTP traffic with ALB", EKS User Guide, 2026-11). */
const clusterTags: Readonly<Record<Tier, Readonly<Record<string, string>>>> = {
  public: { "kubernetes.io/role/elb": "1" },
  private: { "kubernetes.io/role/internal-elb": "1" },
  isolated: {},
};

const everywhere = "0.0.0.0/0";

/** What all zones have in common. */
export interface ZoneContext {
  readonly vpc: Vpc;
  readonly protect: boolean;
  readonly parent: ComponentResource;
}

function createSubnet(logical: string, zone: string, tier: Tier, cidr: Cidr, context: ZoneContext): SubnetNodes {
  const { vpc, parent } = context;
  const tags = { Name: logical, ...clusterTags[tier] };
  const subnet = new Subnet(
    logical,
    // Nothing gets a public address by itself: only NAT gateways have one, and they bring it along.
    { vpcId: vpc.id, availabilityZone: zone, cidrBlock: cidrText(cidr), mapPublicIpOnLaunch: false, tags },
    { parent },
  );
  const routeTable = new RouteTable(logical, { vpcId: vpc.id, tags: { Name: logical } }, { parent });
  new RouteTableAssociation(logical, { subnetId: subnet.id, routeTableId: routeTable.id }, { parent });
  return { subnet, routeTable };
}

function createNatGateway(
  logical: string,
  { subnet }: SubnetNodes,
  internet: readonly [InternetGateway, Route],
  { protect, parent }: ZoneContext,
): NatGateway {
  // Partners have the address on their lists, and one that is given back is never had again.
  const address = new Eip(logical, { domain: "vpc", tags: { Name: logical } }, { parent, ...kept(protect) });
  return new NatGateway(
    logical,
    { subnetId: subnet.id, allocationId: address.allocationId, tags: { Name: logical } },
    { parent, dependsOn: [...internet] },
  );
}

/** The subnets of every zone with their routes, and the NAT gateways: one in each zone, or one in the first. */
export function createZones(name: string, normal: NormalNetwork, context: ZoneContext): readonly ZoneNodes[] {
  const { vpc, parent } = context;
  const range = parseCidr(normal.cidr);
  if (!range) return [];
  const internet = new InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, { parent });
  const toInternet = (logical: string, { routeTable }: SubnetNodes) =>
    new Route(
      logical,
      { routeTableId: routeTable.id, destinationCidrBlock: everywhere, gatewayId: internet.id },
      { parent },
    );
  let first: NatGateway | undefined;
  return normal.zones.map((zone, at) => {
    const blocks = subnetsOf(range, at);
    const letter = zone.slice(-1);
    const [open, closed, isolated] = tiers.map((tier) =>
      createSubnet(`${name}-${tier}-${letter}`, zone, tier, blocks[tier], context),
    );
    if (!open || !closed || !isolated) throw new TypeError("a zone has three subnets");
    const out = toInternet(`${name}-public-${letter}`, open);
    const own = at === 0 || normal.natGateways === "one per zone";
    const natGateway = own ? createNatGateway(`${name}-nat-${letter}`, open, [internet, out], context) : undefined;
    first ??= natGateway;
    const through = natGateway ?? first;
    if (through)
      new Route(
        `${name}-private-${letter}`,
        { routeTableId: closed.routeTable.id, destinationCidrBlock: everywhere, natGatewayId: through.id },
        { parent },
      );
    return { public: open, private: closed, isolated, ...(natGateway && { natGateway }) };
  });
}
