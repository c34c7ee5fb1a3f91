import { Cloud } from "./cloud";
import { Provider, type UnknownReplacement } from "./provider";
import { loadSchema } from "./schema";
import { serve } from "./server";

export { Cloud, type CloudResource } from "./cloud";
export type { UnknownReplacement } from "./provider";

/** A running stand-in. */
export interface StandIn {
  /** For the engine's environment variable PULUMI_DEBUG_PROVIDERS. */
  readonly debugProviders: string;
  /** For reports, for example `stand-in (aws 7.48.0, awsx 3.9.0)`. */
  readonly version: string;
  /** What exists in the pretended account; also the way to change it behind the program's back. */
  readonly cloud: Cloud;
  /** Changes so far of which it is not known whether they replace the resource, each resource once. */
  replacementNotKnown(): readonly UnknownReplacement[];
  /** Stops serving, so that the process can end. */
  close(): Promise<void>;
}

/** How reports name the stand-in: with the packages whose schema it has. */
export function standInVersion(packages: readonly string[] = Object.keys(loadSchema().packages)): string {
  const versions = loadSchema().packages;
  return `stand-in (${packages.map((pkg) => `${pkg} ${versions[pkg] ?? "without schema"}`).join(", ")})`;
}

/**
 * Serves providers that pretend to be the real ones, from this process and without a network: one for each package. All share one account.
 * @param packages for example `["aws", "awsx"]`; all that the schema knows when left out.
 * @param cloud an account that already holds resources.
 * @throws when `generated/schema.json` is missing or no port can be had.
 */
export async function startStandIn(packages?: readonly string[], cloud: Cloud = new Cloud()): Promise<StandIn> {
  const served = packages ?? Object.keys(loadSchema().packages);
  const notKnown = new Map<string, UnknownReplacement>();
  const note = (replacement: UnknownReplacement): void => {
    notKnown.set(replacement.urn, replacement);
  };
  const servers = await Promise.all(served.map((pkg) => serve(new Provider(pkg, cloud, note))));
  return {
    debugProviders: served.map((pkg, index) => `${pkg}:${servers[index]?.port}`).join(","),
    version: standInVersion(served),
    cloud,
    replacementNotKnown: () => [...notKnown.values()],
    close: async () => {
      for (const server of servers) server.close();
    },
  };
}
