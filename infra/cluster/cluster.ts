import type { Scraper as AmpScraper } from "@pulumi/aws/amp/scraper.js";
import { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import type { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import type { Provider } from "@pulumi/kubernetes/provider.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { createAccess } from "./cluster.access";
import { createAddons } from "./cluster.addons";
import { type ClusterArgs, type NormalCluster, normalizeCluster } from "./cluster.args";
import { clusterArgs } from "./cluster.eks";
import { kubernetes } from "./cluster.endpoint";
import { controlPlaneLog, createKey, createLog, scraperLog } from "./cluster.key";
import { allowKey, createClusterRole, createNodeRole } from "./cluster.roles";
import { type ClusterWatch, watchCluster } from "./cluster.watch";
import { Namespace } from "./namespace";
import type { NamespaceExpectations } from "./namespace.args";
import { createNodes, createStorage, watchNodes } from "./nodes";
import { scrapeConfiguration } from "./scrape";
import { createScraper } from "./scraper";

/**
 * An EKS cluster in Auto Mode: AWS runs and patches nodes, network, storage and load balancing. Private, encrypted by a customer managed key, entered by
 * access entries alone, with its namespaces, add-ons and collector, and watched.
 */
export class Cluster extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly cluster: EksCluster;
    readonly pool: KubernetesObject;
    readonly watch: ClusterWatch;
    readonly scraper?: AmpScraper;
  };
  /** The label `cluster` of its series. */
  readonly label: string;
  /** Whatever is made in the cluster is made with it. */
  readonly provider: Provider;
  /** By name. */
  readonly namespaces: Readonly<Record<string, Namespace>>;

  constructor(name: string, args: ClusterArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeCluster(name, args);
    super("vigia:cluster:Cluster", name, {}, opts);
    this.label = name;
    const key = args.kmsKeyArn ?? createKey(name, normal, args, this);
    const role = createClusterRole(name, this);
    const ready = [...role.policies, allowKey(`${name}-control-plane`, role, key, this)];
    const log = createLog(name, controlPlaneLog(normal.clusterName), normal.logRetention, key, this);
    const made = clusterArgs(args, normal, role.role.arn, key);
    const cluster = new EksCluster(name, args.transform?.cluster?.(made) ?? made, {
      parent: this,
      dependsOn: [...ready, log],
      ...kept(normal.protect),
    });
    const nodeRole = createNodeRole(name, this);
    const access = createAccess(name, cluster, normal.admins, args.account, nodeRole.role.arn, this);
    this.provider = kubernetes(name, cluster, args.region, { parent: this, dependsOn: access.admins });
    const inside = { parent: this, provider: this.provider };
    // Network policies mean nothing until this says so ("Use Network Policies with EKS Auto Mode", Amazon EKS User Guide, 2026-11).
    const cni = { metadata: { name: "amazon-vpc-cni", namespace: "kube-system" } };
    const enforced = new ConfigMap(name, { ...cni, data: { "enable-network-policy-controller": "true" } }, inside);
    createStorage(name, key, normal.protect, inside);
    const pool = createNodes(
      name,
      args.nodes,
      {
        subnets: args.subnets,
        securityGroups: args.securityGroups.nodes,
        role: nodeRole.role.name,
        key,
        provider: this.provider,
      },
      { parent: this, dependsOn: [access.nodes, ...nodeRole.policies, enforced] },
    );
    const addons = createAddons(name, cluster.name, args.addonVersions ?? {}, this, pool);
    this.namespaces = this.createNamespaces(name, args);
    const scraper = this.createScraper(name, args, normal, { cluster, key }, [...addons, ...access.admins]);
    const scraped = scraper !== undefined;
    watchNodes(`${name}-nodes`, pool, { ...args.nodes, cluster: name, scraped, watcher: args.watcher }, inside);
    const watch = watchCluster(name, cluster, { ...args, label: name, scraped }, { parent: this });
    this.nodes = { cluster, pool, watch, ...(scraper && { scraper }) };
    this.registerOutputs({ clusterName: cluster.name, endpoint: cluster.endpoint });
  }

  /** Its name in AWS. */
  get clusterName(): Output<string> {
    return this.nodes.cluster.name;
  }

  get arn(): Output<string> {
    return this.nodes.cluster.arn;
  }

  /** The group that EKS makes for the control plane's interfaces; nodes carry the platform's own. */
  get clusterSecurityGroup(): Output<string | undefined> {
    return this.nodes.cluster.vpcConfig.clusterSecurityGroupId;
  }

  private createNamespaces(name: string, args: ClusterArgs): Readonly<Record<string, Namespace>> {
    const collector = args.scraping?.cidrs;
    return Object.fromEntries(
      Object.entries<NamespaceExpectations>(args.namespaces).map(([namespace, expected]) => {
        const common = { namespace, cluster: name, provider: this.provider, watcher: args.watcher };
        const own = { ...expected, ...common, ...(collector && { collector }) };
        return [namespace, new Namespace(`${name}-${namespace}`, own, { parent: this })];
      }),
    );
  }

  private createScraper(
    name: string,
    args: ClusterArgs,
    { clusterName, logRetention }: NormalCluster,
    { cluster, key }: { readonly cluster: EksCluster; readonly key: Input<string> },
    dependsOn: readonly Resource[],
  ): AmpScraper | undefined {
    if (!args.scraping) return undefined;
    const log = createLog(`${name}-collector`, scraperLog(clusterName), logRetention, key, this);
    const configuration = scrapeConfiguration({ cluster: name, namespaces: Object.keys(args.namespaces) });
    const parts = { clusterArn: cluster.arn, configuration, log };
    return createScraper(name, args.scraping, parts, args, { parent: this, dependsOn });
  }
}
