import { Secret } from "@pulumi/kubernetes/core/v1/secret.js";
import { ServiceAccount } from "@pulumi/kubernetes/core/v1/serviceAccount.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import { ClusterRole } from "@pulumi/kubernetes/rbac/v1/clusterRole.js";
import { ClusterRoleBinding } from "@pulumi/kubernetes/rbac/v1/clusterRoleBinding.js";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { shipperConfiguration } from "./shipper.config";
import { shipperValues } from "./shipper.values";

/** What the shippers are made from. */
export interface ShipperArgs {
  readonly namespace: string;
  readonly cluster: string;
  readonly address: string;
  readonly version: string;
  readonly password: Input<string>;
}

/** One Alloy on every node: it reads what pods write, and sends it to the address that boards ask. */
export function createShipper(name: string, args: ShipperArgs, opts: CustomResourceOptions): Release {
  const { namespace } = args;
  const metadata = { name, namespace };
  const account = new ServiceAccount(name, { metadata }, opts);
  // It asks which pods are on its node, and nothing else: the chart would let it read secrets.
  const role = new ClusterRole(
    name,
    { metadata: { name }, rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"] }] },
    opts,
  );
  const bound = new ClusterRoleBinding(
    name,
    {
      metadata: { name },
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: role.metadata.name },
      subjects: [{ kind: "ServiceAccount", name, namespace }],
    },
    opts,
  );
  const secret = new Secret(name, { metadata, stringData: { password: args.password } }, opts);
  return new Release(
    name,
    {
      name,
      namespace,
      chart: "alloy",
      version: args.version,
      repositoryOpts: { repo: "https://grafana.github.io/helm-charts" },
      values: shipperValues({
        fullname: name,
        serviceAccount: name,
        configuration: shipperConfiguration(args.cluster, args.address),
        secret: name,
      }),
      atomic: true,
      timeout: 900,
      maxHistory: 10,
    },
    { ...opts, dependsOn: [account, bound, secret] },
  );
}
