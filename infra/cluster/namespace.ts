import { LimitRange } from "@pulumi/kubernetes/core/v1/limitRange.js";
import { Namespace as KubernetesNamespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { ResourceQuota } from "@pulumi/kubernetes/core/v1/resourceQuota.js";
import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { bytes } from "../kit/units";
import { Watch, type Watched, type Watcher } from "../signal/watch";
import { checkNamespace, type NamespaceArgs, type NamespaceExpectations } from "./namespace.args";
import { createPolicies } from "./namespace.policies";
import { type NamespaceSize, type NamespaceSubject, namespaceSignals } from "./namespace.signals";

/** A namespace whose pods are restricted, bounded and cut off from each other until a policy says otherwise, and that is watched. */
export class Namespace extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly namespace: KubernetesNamespace; readonly watch: NamespaceWatch };

  constructor(name: string, args: NamespaceArgs, opts?: ComponentResourceOptions) {
    const problems = new Problems(`namespace "${name}"`);
    checkNamespace(problems, args);
    problems.throwIfAny();
    super("vigia:cluster:Namespace", name, {}, opts);
    const { namespace: kubernetesName, podSecurity = "restricted", service = args.namespace, collector } = args;
    const own = { parent: this, provider: args.provider };
    const levels = ["enforce", "audit", "warn"].map((mode) => [`pod-security.kubernetes.io/${mode}`, podSecurity]);
    const labels = { ...Object.fromEntries(levels), service };
    const namespace = new KubernetesNamespace(name, { metadata: { name: kubernetesName, labels } }, own);
    const inside = { ...own, dependsOn: [namespace] };
    this.createBounds(name, args, inside);
    createPolicies(name, args, inside);
    const watch = watchNamespace(name, namespace, { ...args, service, scraped: collector !== undefined }, own);
    this.nodes = { namespace, watch };
    this.registerOutputs({ namespace: kubernetesName });
  }

  /** An autoscaler or a loop that runs away stops at the quota, before it takes the nodes from the others. */
  private createBounds(name: string, { namespace, quota }: NamespaceArgs, opts: InsideOptions): void {
    const memory = `${Math.floor(bytes(quota.memory) / 2 ** 20)}Mi`;
    const hard = {
      "requests.cpu": String(quota.cpu),
      "requests.memory": memory,
      "limits.memory": memory,
      pods: String(quota.pods ?? 100),
      "services.loadbalancers": "0",
      "services.nodeports": "0",
    };
    new ResourceQuota(name, { metadata: { name: "quota", namespace }, spec: { hard } }, opts);
    // A pod that says nothing would not be let in by the quota: it gets a little.
    const limits = [
      { type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { memory: "128Mi" } },
    ];
    new LimitRange(name, { metadata: { name: "defaults", namespace }, spec: { limits } }, opts);
  }
}

type InsideOptions = ConstructorParameters<typeof ResourceQuota>[2];

/** The alarms of a namespace. */
export type NamespaceWatch = Watch<NamespaceSubject, NamespaceSize>;

/** How an existing namespace is watched. */
export interface WatchNamespaceOptions extends Pick<NamespaceExpectations, "service" | "changes"> {
  /** Its name in Kubernetes. */
  readonly namespace: string;
  /** The label `cluster` of its series. */
  readonly cluster: string;
  /** A collector scrapes the cluster. @default true */
  readonly scraped?: boolean;
  readonly watcher: Watcher;
}

/** Watches a namespace that exists already, in any Pulumi program, where a collector labels its series with the cluster. */
export function watchNamespace(
  name: string,
  existing: KubernetesNamespace,
  options: WatchNamespaceOptions,
  opts?: ComponentResourceOptions,
): NamespaceWatch {
  const { cluster, namespace, scraped = true, service = namespace, changes = {}, watcher } = options;
  const part: Watched<NamespaceSubject, NamespaceSize> = {
    resource: existing,
    kind: "namespace",
    signals: namespaceSignals,
    role: "namespace",
    size: { scraped },
    subjects: { cluster, namespace },
    texts: { cluster, namespace },
    service,
    changes,
  };
  return new Watch(name, [part], watcher, opts);
}
