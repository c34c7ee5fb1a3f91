import { createHash } from "node:crypto";
import { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { StatefulSet } from "@pulumi/kubernetes/apps/v1/statefulSet.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Service } from "@pulumi/kubernetes/core/v1/service.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/podDisruptionBudget.js";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Output,
} from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { Watch, type Watched } from "../signal/watch";
import { agentPort, agentsSpec, replicas } from "./agents";
import {
  type CollectorArgs,
  type CollectorExpectations,
  checkExpectations,
  normalizeCollector,
} from "./collector.args";
import { type CollectorSize, collectorSignals } from "./collector.signals";
import { configure } from "./configure";
import { createExporter } from "./exporter";
import { createIdentity, secretObjects } from "./identity";
import { defaultImages } from "./images";
import { labelsOf } from "./pods";
import { createNetworkPolicies } from "./policies";
import { probeModules } from "./probes";

/** The rules of a collector. */
export type CollectorWatch = Watch<"collector", CollectorSize>;

/**
 * A pair of Prometheus in agent mode, for what AMP's own collectors cannot read: brokers, which ask for a password, databases, by an exporter for each, and
 * addresses that are probed. Both read all and write all; AMP keeps one of them and turns to the other when it falls silent.
 */
export class Collector extends ComponentResource {
  /** The raw resources; exporters by their databases. */
  readonly nodes: {
    readonly agents: StatefulSet;
    readonly exporters: Readonly<Record<string, Deployment>>;
    readonly watch: CollectorWatch;
  };
  /** What both agents are configured with, as YAML. */
  readonly configuration: Output<string>;

  constructor(name: string, args: CollectorArgs, opts?: ComponentResourceOptions) {
    const size = normalizeCollector(name, args);
    super("vigia:collect:Collector", name, {}, opts);
    const { namespace = "monitoring", databases = {} } = args;
    const images = { ...defaultImages, ...args.images };
    const inside = { parent: this, provider: args.cluster.provider };
    this.configuration = configure(name, namespace, args);
    createNetworkPolicies(name, namespace, args, inside);
    const exporters = Object.entries(databases).map(
      ([key, database]) => [key, createExporter(name, key, database, args, { namespace, images }, inside)] as const,
    );
    const agents = this.createAgents(name, namespace, args, inside);
    const watch = watchWith(name, agents, size, args, { parent: this });
    this.nodes = { agents, exporters: Object.fromEntries(exporters), watch };
    this.registerOutputs({ configuration: this.configuration });
  }

  private createAgents(
    name: string,
    namespace: string,
    args: CollectorArgs,
    inside: CustomResourceOptions,
  ): StatefulSet {
    const { brokers = {}, probes = {}, memory = 512 } = args;
    const images = { ...defaultImages, ...args.images };
    const labels = labelsOf(name);
    const metadata = { name, namespace, labels };
    const account = new ServiceAccount(name, { metadata, automountServiceAccountToken: false }, inside);
    const identity = createIdentity(name, namespace, args, this);
    const files = { "prometheus.yaml": this.configuration, "blackbox.yaml": probeModules(probes) };
    const map = new ConfigMap(name, { metadata, data: files }, inside);
    const secrets =
      Object.keys(brokers).length > 0
        ? new KubernetesObject(
            name,
            {
              apiVersion: "secrets-store.csi.x-k8s.io/v1",
              kind: "SecretProviderClass",
              metadata,
              spec: {
                provider: "aws",
                parameters: { region: args.region, usePodIdentity: "true", objects: secretObjects(brokers) },
              },
            },
            inside,
          )
        : undefined;
    // Addresses of pods that are not ready as well: that one is down is what the other must see.
    const spec = {
      clusterIP: "None",
      publishNotReadyAddresses: true,
      selector: labels,
      ports: [{ name: "http", port: agentPort }],
    };
    new Service(name, { metadata, spec }, inside);
    new PodDisruptionBudget(
      name,
      { metadata, spec: { minAvailable: replicas - 1, selector: { matchLabels: labels } } },
      inside,
    );
    const checksum = all(Object.values(files)).apply((texts) =>
      createHash("sha256").update(texts.join()).digest("hex"),
    );
    const parts = {
      namespace,
      images,
      memory,
      configMap: map.metadata.name,
      checksum,
      ...(secrets && { secrets: name }),
      probes: Object.keys(probes).length > 0,
    };
    return new StatefulSet(
      name,
      { metadata, spec: agentsSpec(name, parts) },
      { ...inside, dependsOn: [account, identity.nodes.association, ...(secrets ? [secrets] : [])] },
    );
  }
}

function watchWith(
  name: string,
  existing: StatefulSet,
  size: CollectorSize,
  { service = "platform", changes = {}, watcher }: CollectorExpectations,
  opts?: ComponentResourceOptions,
): CollectorWatch {
  const part: Watched<"collector", CollectorSize> = {
    resource: existing,
    kind: "collector",
    signals: collectorSignals,
    role: "agents",
    size,
    subjects: { collector: name },
    texts: { collector: name },
    service,
    changes,
  };
  return new Watch(name, [part], watcher, opts);
}

/**
 * Watches agents that exist already, in any Pulumi program, whose configuration is that of `agentConfiguration`.
 * @param name the label `collector` of what they write
 */
export function watchCollector(
  name: string,
  existing: StatefulSet,
  options: CollectorExpectations & { /** @default 0 */ readonly probes?: number },
  opts?: ComponentResourceOptions,
): CollectorWatch {
  const problems = new Problems(`collector "${name}"`);
  const size = checkExpectations(problems, options, options.probes ?? 0);
  problems.throwIfAny();
  return watchWith(name, existing, size, options, opts);
}
