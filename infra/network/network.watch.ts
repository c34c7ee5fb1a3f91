import type { NatGateway } from "@pulumi/aws/ec2/natGateway.js";
import type { Vpc } from "@pulumi/aws/ec2/vpc.js";
import type { VpcEndpoint } from "@pulumi/aws/ec2/vpcEndpoint.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import type { Change, Changes, Unit } from "../signal/signal";
import { Watch, type Watcher } from "../signal/watch";
import { type EndpointSize, endpointSignals } from "./endpoint.signals";
import type { NatSize } from "./nat.metrics";
import { natSignals } from "./nat.signals";
import { type VpcSize, vpcSignals } from "./vpc.signals";

/** How an existing resource is watched. */
export interface WatchOptions<Table> {
  /** What it does differently, by signal id. */
  readonly changes?: Changes<Table>;
  /** Who is told. */
  readonly watcher: Watcher;
}

type AnyChanges = Readonly<Record<string, Change<Unit> | undefined>>;

/** The changes of one kind among those of the whole network. */
const changesOf = (changes: AnyChanges | undefined, table: object): AnyChanges =>
  Object.fromEntries(Object.entries(changes ?? {}).filter(([id]) => Object.hasOwn(table, id)));

/** Watches a NAT gateway of one zone that exists already, in any Pulumi program. @param name the alarms' names start with it */
export function watchNatGateway(
  name: string,
  existing: NatGateway,
  { changes, watcher }: WatchOptions<typeof natSignals>,
  opts?: ComponentResourceOptions,
): Watch<"gateway", NatSize> {
  const part = { resource: existing, kind: "nat-gateway", signals: natSignals, role: "gateway", size: {} } as const;
  return new Watch(
    name,
    [{ ...part, subjects: { gateway: existing.id }, changes: changesOf(changes, natSignals) }],
    watcher,
    opts,
  );
}

/**
 * Watches an interface endpoint that exists already, in any Pulumi program. Gateway endpoints publish nothing.
 * @param name the alarms' names start with it
 */
export function watchEndpoint(
  name: string,
  existing: VpcEndpoint,
  { zones, changes, watcher }: WatchOptions<typeof endpointSignals> & EndpointSize,
  opts?: ComponentResourceOptions,
): Watch<"vpc" | "endpoint" | "type" | "service", EndpointSize> {
  const problems = new Problems(`endpoint "${name}"`);
  problems.unless(Number.isInteger(zones) && zones > 0, "zones must be a whole number above 0", zones);
  problems.throwIfAny();
  const subjects = {
    vpc: existing.vpcId,
    endpoint: existing.id,
    type: existing.vpcEndpointType.apply((type) => type ?? "Interface"),
    service: existing.serviceName.apply((service) => service ?? ""),
  };
  const part = { resource: existing, kind: "vpc-endpoint", signals: endpointSignals, role: "interface" } as const;
  return new Watch(
    name,
    [{ ...part, size: { zones }, subjects, changes: changesOf(changes, endpointSignals) }],
    watcher,
    opts,
  );
}

/**
 * Watches a VPC that exists already and publishes its address usage (`enableNetworkAddressUsageMetrics`), in any Pulumi program.
 * @param name the alarms' names start with it
 */
export function watchVpc(
  name: string,
  existing: Vpc,
  { addresses, changes, watcher }: WatchOptions<typeof vpcSignals> & Pick<VpcSize, "addresses">,
  opts?: ComponentResourceOptions,
): Watch<"vpc", VpcSize> {
  const problems = new Problems(`vpc "${name}"`);
  problems.unless(Number.isInteger(addresses) && addresses > 0, "addresses must be a whole number above 0", addresses);
  problems.throwIfAny();
  const size = { addresses, usageMetrics: true };
  const part = { resource: existing, kind: "vpc", signals: vpcSignals, role: "vpc", size } as const;
  return new Watch(
    name,
    [{ ...part, subjects: { vpc: existing.id }, changes: changesOf(changes, vpcSignals) }],
    watcher,
    opts,
  );
}
