import { z } from "zod";
import { collectorSignals } from "../../infra/collect/collector.signals";
import { pinnedImage } from "../../infra/collect/images";
import type { Changes } from "../../infra/signal/signal";
import { changesOf } from "./changes";
import { isMapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { group, isPublicAddress, list, number, text, whole } from "./values";

/** An address that is asked from inside the cluster, besides those of the stack itself. */
interface ProbeSettings {
  readonly url: string;
  readonly status?: readonly number[] | undefined;
}

/** What a stack says of what reads its brokers and databases. */
export interface CollectorSettings {
  readonly memory: number;
  readonly slowProbe: number;
  readonly user: string;
  readonly probes: Readonly<Record<string, ProbeSettings>>;
  readonly images?:
    | Readonly<Partial<Record<"prometheus" | "blackbox" | "postgres" | "login", string | undefined>>>
    | undefined;
  readonly changes?: Changes<typeof collectorSignals> | undefined;
}

const image = (what: string) =>
  text('an image with a version or a digest, written like "quay.io/prometheus/prometheus:v3.11.3"', (given) =>
    pinnedImage.test(given),
  )
    .optional()
    .describe(`Image of ${what}: one of a registry of the account, or another version.`);

const schema: z.ZodType<CollectorSettings> = group({
  memory: whole(256, 65_536).describe("Mebibytes of memory that each of the two agents has."),
  slowProbe: number("seconds above 0 and below 15", (given) => given > 0 && given < 15).describe(
    "Seconds that a probe may take on average.",
  ),
  user: text("lower-case letters, digits and underscores", (given) => /^[a-z_][a-z0-9_]{0,62}$/.test(given)).describe(
    "User of PostgreSQL by which databases are looked into: with the roles pg_monitor and rds_iam.",
  ),
  probes: z
    .record(
      z.string(),
      group({
        url: text('an address without secrets, written like "https://example.com/health"', isPublicAddress).describe(
          "Address that is asked once a minute.",
        ),
        status: list(
          number("a status from 200 to 599", (given) => Number.isInteger(given) && given >= 200 && given <= 599),
          "numbers, such as 200",
        )
          .optional()
          .describe("Answers that are fine; 200 if left out."),
      }),
      { error: "a mapping of names to addresses" },
    )
    .describe("Addresses that are asked from inside the cluster, besides the stack's own."),
  images: group({
    prometheus: image("Prometheus 3.11 or later"),
    blackbox: image("the black-box exporter"),
    postgres: image("postgres_exporter 0.20 or later"),
    login: image("the AWS CLI, which makes logins of the exporters"),
  })
    .optional()
    .describe("What runs."),
  changes: changesOf(collectorSignals).optional().describe("What it does differently, by signal id."),
}).describe("The pair of agents that reads brokers and databases, and probes addresses.");

/** Rules between values: they hold for what each value alone is fine with. */
function mistakes(given: unknown): SectionMistake[] {
  const probes = isMapping(given) && isMapping(given.probes) ? given.probes : {};
  return Object.entries(probes).flatMap(([name, probe]): SectionMistake[] => {
    const url = isMapping(probe) && typeof probe.url === "string" && isPublicAddress(probe.url) ? probe.url : undefined;
    return [
      ...(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name)
        ? []
        : [
            {
              path: ["probes", name],
              allowed: "a name has up to 40 lower-case letters, digits and hyphens, a letter first",
              aside: true,
            },
          ]),
      ...(url !== undefined && new URL(url).port !== ""
        ? [{ path: ["probes", name, "url"], allowed: "an address without a port: only that of https is reached" }]
        : []),
      ...(isMapping(probe) && Array.isArray(probe.status) && probe.status.length === 0
        ? [{ path: ["probes", name, "status"], allowed: "at least one status, or none at all for 200" }]
        : []),
    ];
  });
}

/** What reads brokers and databases. */
export const collectorSection = section<CollectorSettings>({
  schema,
  defaults: { memory: 512, slowProbe: 2, user: "monitor", probes: {} },
  mistakes,
});
