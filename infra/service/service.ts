import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import type { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { PodIdentity } from "../cluster/pod-identity";
import { kafkaClientPolicy } from "../kafka/kafka.client.policy";
import type { Problems } from "../kit/problems";
import { type NormalService, normalizeService, type ServiceArgs } from "./service.args";
import { createAddress, createNetworkPolicy, createScaling, createSecretFiles } from "./service.parts";
import { deploymentSpec, hasFiles } from "./service.pod";
import { permissionsOf } from "./service.uses";
import { type ServiceWatch, watchService } from "./service.watch";

/** Notes what only the component can see wrong. */
function checkPlace(problems: Problems, { cluster, namespace, uses, watcher, scraped }: ServiceArgs): void {
  const known = Object.keys(cluster.namespaces);
  problems.unless(known.includes(namespace), `namespace must be one of the cluster's: ${known.join(", ")}`, namespace);
  problems.unless(
    scraped !== true || watcher.prometheus !== undefined,
    "its rules need a workspace: give its watcher one (prometheus: { workspaceId }), or say scraped: false",
  );
  const { kafka } = uses ?? {};
  if (kafka) problems.read("uses.kafka", () => kafkaClientPolicy(kafka.clusterArn, kafka));
}

/**
 * An HTTP service on a cluster: pods that are restricted, spread over zones, scaled and replaced without losing a request; a role that may do just what it says
 * that it uses; secrets as files; a network that lets through just that; and its golden signals and what the business expects, watched.
 */
export class Service extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly deployment: Deployment;
    readonly account: ServiceAccount;
    readonly identity?: PodIdentity;
    readonly binding?: KubernetesObject;
    readonly watch: ServiceWatch;
  };

  constructor(name: string, args: ServiceArgs, opts?: ComponentResourceOptions) {
    const balanced = args.targetGroupArn !== undefined;
    const normal = normalizeService(name, { ...args, balanced }, args, (problems) => checkPlace(problems, args));
    super("vigia:service:Service", name, {}, opts);
    const { cluster, namespace } = args;
    const home = cluster.namespaces[namespace];
    const own = { parent: this, provider: cluster.provider, ...(home && { dependsOn: [home] }) };
    const account = new ServiceAccount(
      name,
      { metadata: { name, namespace }, automountServiceAccountToken: false },
      own,
    );
    const { identity, ready } = this.createIdentity(name, args);
    const files = hasFiles(args) ? [createSecretFiles(name, args, own)] : [];
    const policy = createNetworkPolicy(name, args, normal, own);
    const { binding } = createAddress(name, args, own);
    const before = [...(home ? [home] : []), policy, ...files, ...ready];
    const deployment = this.createDeployment(name, args, normal, account, before);
    createScaling(name, args, own);
    const watch = watchService(name, deployment, { ...args, cluster: cluster.label, balanced }, { parent: this });
    this.nodes = { deployment, account, watch, ...(identity && { identity }), ...(binding && { binding }) };
    this.registerOutputs({ service: name, namespace });
  }

  /** ARN of the role of its pods; undefined where it has no rights. */
  get roleArn(): Output<string> | undefined {
    return this.nodes.identity?.nodes.role.arn;
  }

  /** Pods that start before they have their rights would fail first. */
  private createIdentity(
    name: string,
    { cluster, namespace, region, uses = {} }: ServiceArgs,
  ): { readonly identity?: PodIdentity; readonly ready: readonly Resource[] } {
    const statements = permissionsOf(uses, region);
    if (statements.length === 0) return { ready: [] };
    const identity = new PodIdentity(name, { cluster, namespace, serviceAccount: name, statements }, { parent: this });
    const { role, association } = identity.nodes;
    if (!uses.kafka) return { identity, ready: [association] };
    const policy = kafkaClientPolicy(uses.kafka.clusterArn, uses.kafka);
    const kafka = new RolePolicy(`${name}-kafka`, { role: role.name, policy }, { parent: this });
    return { identity, ready: [association, kafka] };
  }

  private createDeployment(
    name: string,
    args: ServiceArgs,
    normal: NormalService,
    account: ServiceAccount,
    dependsOn: Resource[],
  ): Deployment {
    const { cluster, namespace } = args;
    const serviceAccountName = account.metadata.name;
    const made = {
      metadata: { name, namespace, labels: { "app.kubernetes.io/name": name } },
      spec: deploymentSpec(name, args, normal, serviceAccountName),
    };
    return new Deployment(name, args.transform?.deployment?.(made) ?? made, {
      parent: this,
      provider: cluster.provider,
      dependsOn,
    });
  }
}
