import type { ClusterArgs as EksClusterArgs } from "@pulumi/aws/eks/cluster.js";
import type { Input } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import type { Transform } from "../kit/transform";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { type AddonName, addonNames, addonVersion } from "./cluster.addons";
import { checkPublicAccess } from "./cluster.endpoint";
import type { clusterSignals } from "./cluster.signals";
import { defaultVersion, type KubernetesVersion, refusedVersion } from "./cluster.versions";
import { checkNamespace, type NamespaceExpectations } from "./namespace.args";
import { checkNodes, type NodesArgs } from "./nodes.args";
import type { ScrapingArgs } from "./scraper";

/** What a cluster is made from. */
export interface ClusterArgs extends Place {
  /** Its name in AWS, unique in account and region: log groups and roles are named by it beforehand. Replaces the cluster. @default the component's name */
  clusterName?: string;
  /** Minor version of Kubernetes: only one step up at a time. @default "1.36" */
  version?: KubernetesVersion;
  /** Private subnets, one per zone, for nodes, pods and the control plane's interfaces. */
  subnets: Input<readonly Input<string>[]>;
  /** Security groups of each party. */
  securityGroups: Readonly<Record<"controlPlane" | "nodes", readonly Input<string>[]>>;
  /** The IAM roles that administer it, by name, or by ARN where they are another account's: the one that deploys must be among them. Nobody else is let in. */
  admins: readonly string[];
  /** Networks that may reach the API from outside the VPC, until there is a runner inside. @default none: the API has no public endpoint */
  publicAccessCidrs?: readonly string[];
  /** What nodes may be made. */
  nodes: NodesArgs;
  /** Namespaces by name, and what may run in each. */
  namespaces: Readonly<Record<string, NamespaceExpectations>>;
  /** Addresses of services: a private block of /12 to /24 that no network in reach uses. Replaces the cluster. @default "172.20.0.0/16" */
  serviceCidr?: string;
  /** Days that the control plane's logs, the audit log among them, are kept. @default 365 */
  logRetention?: number;
  /** Versions of add-ons. @default what AWS gives to the version of Kubernetes when the add-on is made */
  addonVersions?: Readonly<Partial<Record<AddonName, string>>>;
  /** Customer managed key for secrets, nodes' disks, volumes and logs. CloudWatch Logs must be let use it. @default a key of its own */
  kmsKeyArn?: Input<string>;
  /** How its metrics are collected. Without it no rule of Prometheus is made for it, its nodes or its namespaces. @default not at all */
  scraping?: ScrapingArgs;
  /** Refuse to delete or replace the cluster and its key; volumes outlive their claims. @default true */
  protect?: boolean;
  /** What this cluster does differently, by signal id. */
  changes?: Changes<typeof clusterSignals>;
  /** Who is told. */
  watcher: Watcher;
  /** Last changes to the arguments of the cluster, for what has no option here. */
  transform?: { cluster?: Transform<EksClusterArgs> };
}

/** Arguments with every default in place. */
export interface NormalCluster {
  /** ARNs. */
  readonly admins: readonly string[];
  readonly clusterName: string;
  readonly version: KubernetesVersion;
  readonly publicAccessCidrs: readonly string[];
  readonly serviceCidr: string;
  readonly logRetention: number;
  readonly protect: boolean;
}

/** An IAM role, as the principal of an access entry. */
const roleArn = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/** Whether somebody is an IAM role: by the name of one of the own account, or by ARN. */
export const isAdmin = (admin: string): boolean => /^[\w+=,.@-]{1,64}$/.test(admin) || roleArn.test(admin);

const adminArn = (admin: string, account: string): string =>
  admin.startsWith("arn:") ? admin : `arn:aws:iam::${account}:role/${admin}`;

/** Blocks that EKS takes for services ("CreateCluster", Amazon EKS API Reference, 2026-11): private, /12 to /24. */
export const serviceBlock = /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){2,3}\/(1[2-9]|2[0-4])$/;

/** The arguments of a cluster, checked. Throws one error with every problem. */
export function normalizeCluster(name: string, args: ClusterArgs): NormalCluster {
  const problems = new Problems(`cluster "${name}"`);
  const normal: NormalCluster = {
    admins: args.admins.map((admin) => adminArn(admin, args.account)),
    clusterName: args.clusterName ?? name,
    version: args.version ?? defaultVersion,
    publicAccessCidrs: args.publicAccessCidrs ?? [],
    serviceCidr: args.serviceCidr ?? "172.20.0.0/16",
    logRetention: args.logRetention ?? 365,
    protect: args.protect ?? true,
  };
  problems.add(checkName("cluster", normal.clusterName, { physical: true }));
  problems.add(refusedVersion(normal.version));
  problems.unless(args.admins.length > 0, "admins must name a role, or nobody can enter the cluster");
  problems.add(checkName("role", `${name}-control-plane`));
  for (const admin of args.admins)
    problems.unless(isAdmin(admin), "admins must be names or ARNs of IAM roles, without a session", admin);
  problems.unless(new Set(normal.admins).size === normal.admins.length, "admins must name each role once", args.admins);
  for (const [party, groups] of Object.entries(args.securityGroups))
    problems.unless(groups.length > 0, `securityGroups.${party} must name a group, or its traffic is not let through`);
  problems.add(checkPublicAccess(normal.publicAccessCidrs));
  problems.unless(
    serviceBlock.test(normal.serviceCidr),
    "serviceCidr must be a private block of /12 to /24",
    normal.serviceCidr,
  );
  problems.unless(
    isRetention(normal.logRetention),
    `logRetention must be one of ${retentions.join(", ")} days`,
    normal.logRetention,
  );
  for (const [addon, version] of Object.entries(args.addonVersions ?? {})) {
    problems.unless(
      addonNames.some((known) => known === addon),
      `addonVersions knows ${addonNames.join(", ")}`,
      addon,
    );
    problems.unless(
      version === undefined || addonVersion.test(version),
      `addonVersions.${addon} is written like "v2.16.0-eksbuild.1"`,
      version,
    );
  }
  checkNodes(problems, args.nodes);
  for (const [namespace, expected] of Object.entries(args.namespaces))
    checkNamespace(problems, { ...expected, namespace }, `namespaces.${namespace}: `);
  if (args.scraping)
    problems.unless(args.scraping.cidrs.length > 0, "scraping.cidrs must name the networks that the collector is in");
  checkChanges(problems, args.changes);
  problems.throwIfAny();
  return normal;
}
