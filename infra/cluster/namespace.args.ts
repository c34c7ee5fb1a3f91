import type { Provider } from "@pulumi/kubernetes/provider.js";
import type { Input } from "@pulumi/pulumi";
import type { Problems } from "../kit/problems";
import { type Bytes, bytes } from "../kit/units";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { namespaceSignals } from "./namespace.signals";

/** Standards that pods of a namespace are held to ("Pod Security Standards", Kubernetes documentation, 2026-11). */
export type PodSecurity = "restricted" | "baseline" | "privileged";

/** What all pods of a namespace may have together. */
export interface QuotaArgs {
  /** Cores that they may request. */
  cpu: number;
  /** Memory that they may request, and be limited to. */
  memory: Bytes;
  /** @default 100 */
  pods?: number;
}

/** What a stack says of a namespace. */
export interface NamespaceExpectations {
  /** The standard that its pods are held to. @default "restricted" */
  podSecurity?: PodSecurity;
  quota: QuotaArgs;
  /** Its pods may talk with each other. @default false */
  within?: boolean;
  /** Ports on which its pods show metrics. @default [8080] */
  metricsPorts?: readonly number[];
  /** The service that owns what runs here: its alerts are grouped by it. @default the namespace's name */
  service?: string;
  /** What this namespace does differently, by signal id. */
  changes?: Changes<typeof namespaceSignals>;
}

/** What a namespace is made from. */
export interface NamespaceArgs extends NamespaceExpectations {
  /** Its name in Kubernetes. */
  namespace: string;
  /** The label `cluster` of its series. */
  cluster: string;
  provider: Provider;
  /** Networks that the collector is in: undefined where nothing collects. */
  collector?: readonly Input<string>[];
  watcher: Watcher;
}

/** Names that Kubernetes and AWS keep for themselves. */
const reserved = /^(kube-|default$|amazon-|aws-)/;

/** What is wrong with the name of a namespace; undefined where nothing is. */
export function refusedNamespace(name: string): string | undefined {
  if (!/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name))
    return `"${name}": a namespace is named with up to 63 lower-case letters, digits and hyphens, a letter first`;
  return reserved.test(name) ? `"${name}": Kubernetes and AWS keep that name for themselves` : undefined;
}

/** What is wrong with a namespace. @param where what stands before each problem */
export function checkNamespace(
  problems: Problems,
  args: Omit<NamespaceArgs, "provider" | "watcher" | "cluster">,
  where = "",
): void {
  const unless = (fine: boolean, text: string, got?: unknown) => problems.unless(fine, `${where}${text}`, got);
  const refused = refusedNamespace(args.namespace);
  problems.add(refused === undefined ? undefined : `${where}${refused}`);
  const { cpu, memory, pods = 100 } = args.quota;
  unless(Number.isFinite(cpu) && cpu > 0, "quota.cpu must be a number of cores above 0", cpu);
  const most = problems.read(`${where}quota.memory`, () => bytes(memory));
  unless(most === undefined || most >= bytes("256 MiB"), "quota.memory must be at least 256 MiB", memory);
  unless(Number.isInteger(pods) && pods > 0, "quota.pods must be a whole number above 0", pods);
  for (const port of args.metricsPorts ?? [])
    unless(
      Number.isInteger(port) && port >= 1_024 && port <= 65_535,
      "metricsPorts must be from 1024 to 65535: a restricted pod opens none below",
      port,
    );
  checkChanges(problems, args.changes, where);
}
