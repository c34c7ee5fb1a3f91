import { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { addressesIn, mostZones, parseCidr, vpcRangeProblem } from "./cidr";
import type { endpointSignals } from "./endpoint.signals";
import { type EndpointService, endpointNames } from "./endpoints";
import type { natSignals } from "./nat.signals";
import type { vpcSignals } from "./vpc.signals";

/** How the network's traffic is recorded. */
export interface FlowLogSettings {
  /** `rejected` is what security groups refused; `all` also says who spoke with whom, which an inquiry needs. @default "all" */
  readonly traffic?: "all" | "rejected";
  /** How many days it is kept. @default 90 */
  readonly retentionInDays?: number;
}

/** How private subnets reach the internet: a gateway in each zone survives the loss of one; a single one costs a third. */
export type NatGateways = "one per zone" | "single";

/** What a network is made from. */
export interface NetworkArgs extends Place {
  /** Range of its addresses, from /16 to /20. Replaces everything. */
  readonly cidr: string;
  /** Zones, two to four: one more may be added at the end, and moves no subnet. @default the region's a, b and c */
  readonly zones?: readonly string[];
  /** Ranges that it may be joined with one day, and must not overlap. @default none */
  readonly neighbours?: readonly string[];
  /** @default "one per zone" */
  readonly natGateways?: NatGateways;
  /** Services with an interface endpoint. @default none: all go by NAT */
  readonly endpoints?: readonly EndpointService[];
  /** How traffic is recorded. */
  readonly flowLogs?: FlowLogSettings;
  /** Keeps the public addresses of the NAT gateways, which partners may have on their lists. @default true */
  readonly protect?: boolean;
  /** What all its parts do differently, by signal id. */
  readonly changes?: Changes<typeof natSignals & typeof endpointSignals & typeof vpcSignals>;
  /** Who is told. */
  readonly watcher: Watcher;
}

/** Arguments with every default in place. */
export interface NormalNetwork extends Place {
  readonly cidr: string;
  readonly zones: readonly string[];
  readonly natGateways: NatGateways;
  readonly endpoints: readonly EndpointService[];
  readonly flowLogs: Required<FlowLogSettings>;
  /** Addresses in its range. */
  readonly addresses: number;
}

/** The zones of a region that most regions have. */
export const usualZones = (region: string): readonly string[] => ["a", "b", "c"].map((letter) => `${region}${letter}`);

/** What is wrong with a list of zones; undefined where nothing is. */
export function zonesProblem(zones: readonly string[], region: string): string | undefined {
  if (zones.length < 2 || zones.length > mostZones) return `2 to ${mostZones} zones`;
  const twice = zones.find((zone, at) => zones.indexOf(zone) !== at);
  if (twice !== undefined) return `each zone once: ${twice} stands there twice`;
  const foreign = zones.find((zone) => !zone.startsWith(region) || !/^[a-z]$/.test(zone.slice(region.length)));
  return foreign === undefined ? undefined : `zones of the region ${region}, such as ${region}a: ${foreign} is none`;
}

const traffics: readonly string[] = ["all", "rejected"];
const strategies: readonly string[] = ["one per zone", "single"];

/** The arguments of a network, checked. Throws one error with every problem, before anything is registered. */
export function normalizeNetwork(name: string, args: NetworkArgs): NormalNetwork {
  const { account, region, cidr, zones = usualZones(region), neighbours = [], endpoints = [] } = args;
  const { natGateways = "one per zone", flowLogs: { traffic = "all", retentionInDays = 90 } = {} } = args;
  const problems = new Problems(`network "${name}"`);
  checkPlace(problems, { account, region });
  const range = vpcRangeProblem(cidr, neighbours);
  problems.unless(range === undefined, `cidr must be ${range}`, cidr);
  for (const neighbour of neighbours)
    problems.unless(
      parseCidr(neighbour) !== undefined,
      'neighbours must be ranges written like "10.20.0.0/16"',
      neighbour,
    );
  const wrongZones = zonesProblem(zones, region);
  problems.unless(wrongZones === undefined, `zones must be ${wrongZones}`, zones);
  problems.unless(strategies.includes(natGateways), 'natGateways must be "one per zone" or "single"', natGateways);
  for (const endpoint of endpoints)
    problems.unless(endpointNames.includes(endpoint), `endpoints must be among ${endpointNames.join(", ")}`, endpoint);
  problems.unless(new Set(endpoints).size === endpoints.length, "endpoints must name each service once", endpoints);
  problems.unless(traffics.includes(traffic), 'flowLogs.traffic must be "all" or "rejected"', traffic);
  problems.unless(
    isRetention(retentionInDays),
    `flowLogs.retentionInDays must be among ${retentions.join(", ")}`,
    retentionInDays,
  );
  checkChanges(problems, args.changes);
  problems.throwIfAny();
  const parsed = parseCidr(cidr);
  const addresses = parsed ? addressesIn(parsed) : 0;
  return { account, region, cidr, zones, natGateways, endpoints, flowLogs: { traffic, retentionInDays }, addresses };
}
