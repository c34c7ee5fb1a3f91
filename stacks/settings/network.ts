import { z } from "zod";
import { isRetention, retentions } from "../../infra/kit/retention";
import { parseCidr, vpcRangeProblem } from "../../infra/network/cidr";
import { endpointSignals } from "../../infra/network/endpoint.signals";
import { type EndpointService, endpointNames } from "../../infra/network/endpoints";
import { natSignals } from "../../infra/network/nat.signals";
import { type NetworkArgs, zonesProblem } from "../../infra/network/network.args";
import { vpcSignals } from "../../infra/network/vpc.signals";
import { changesOf } from "./changes";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { group, list, number, oneOf, text } from "./values";

/** What a stack says of its network. What it leaves out is the component's default. */
export type NetworkSettings = Omit<NetworkArgs, "account" | "region" | "watcher" | "protect">;

const range = text(
  'the first address of a range and its prefix, written like "10.20.0.0/16"',
  (given) => parseCidr(given) !== undefined,
);
const zone = text('a zone, written like "eu-central-1a"', (given) => /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/.test(given));
const endpoint = z.custom<EndpointService>((given) => endpointNames.some((name) => name === given), {
  error: `one of ${endpointNames.join(", ")}`,
});

const schema = group({
  cidr: range.describe("Range of addresses, from /16 to /20. A change replaces the whole network."),
  zones: list(zone, 'zones, such as "eu-central-1a"')
    .optional()
    .describe("Two to four zones of the region; one more may be added at the end. Left out, they are its a, b and c."),
  neighbours: list(range, 'ranges, such as "10.0.0.0/16"')
    .optional()
    .describe("Ranges of other networks with which this one may be joined one day, and which it must not overlap."),
  natGateways: oneOf("one per zone", "single")
    .optional()
    .describe("A NAT gateway in each zone survives the loss of one; a single one costs less."),
  endpoints: list(endpoint, 'services, such as "secretsmanager"')
    .optional()
    .describe(
      "AWS services with an endpoint in the VPC; the others are reached by NAT. Each costs an hour in each zone.",
    ),
  flowLogs: group({
    traffic: oneOf("all", "rejected").optional().describe("All traffic, or what security groups refused."),
    retentionInDays: number(`one of ${retentions.join(", ")}`, isRetention)
      .optional()
      .describe("Days that the record is kept."),
  })
    .optional()
    .describe("Record of the traffic."),
  changes: changesOf({ ...vpcSignals, ...natSignals, ...endpointSignals })
    .optional()
    .describe("What all parts of the network do differently, by signal id."),
}).describe("VPC of the stack.");

const texts = (given: unknown): readonly string[] =>
  Array.isArray(given) ? given.filter((item) => typeof item === "string") : [];

/** Rules between values: they hold for what each value alone is fine with. */
function mistakes(given: unknown, { region }: Mapping): SectionMistake[] {
  if (!isMapping(given)) return [];
  const { cidr, neighbours, zones, endpoints } = given;
  const fine = typeof cidr === "string" && parseCidr(cidr) !== undefined;
  const wrongRange = fine ? vpcRangeProblem(cidr, texts(neighbours)) : undefined;
  const known =
    Array.isArray(zones) && texts(zones).length === zones.length && zones.every((item) => zone.safeParse(item).success);
  const wrongZones =
    known && typeof region === "string" && region !== "" ? zonesProblem(texts(zones), region) : undefined;
  const services = texts(endpoints);
  return [
    ...(wrongRange === undefined ? [] : [{ path: ["cidr"], allowed: wrongRange }]),
    ...(wrongZones === undefined ? [] : [{ path: ["zones"], allowed: wrongZones }]),
    ...services.flatMap((service, at): SectionMistake[] =>
      services.indexOf(service) === at ? [] : [{ path: ["endpoints", at], allowed: "each service once" }],
    ),
  ];
}

/** The network of the platform, as production has it. Its range leaves room beside it for other stacks, which joined networks need. */
export const platformNetwork: NetworkSettings = {
  cidr: "10.20.0.0/16",
  natGateways: "one per zone",
  endpoints: [
    "ecr.api",
    "ecr.dkr",
    "eks-auth",
    "sts",
    "secretsmanager",
    "kms",
    "logs",
    "monitoring",
    "aps-workspaces",
    "sqs",
    "sns",
  ],
  flowLogs: { traffic: "all", retentionInDays: 90 },
};

/** The network. */
export const networkSection = section<NetworkSettings>({ schema, defaults: platformNetwork, mistakes });
