import type { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { type CustomResource, type CustomResourceOptions, type Input, jsonStringify } from "@pulumi/pulumi";

/** An IPv4 network: four numbers up to 255, and a prefix length. */
export const network = /^((25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(25[0-5]|2[0-4]\d|1?\d?\d)\/(3[0-2]|[12]?\d)$/;

/** The widest network that is a company's and not everybody's. */
const widest = 16;

/** What is wrong with the networks that may reach the public endpoint; undefined where nothing is. */
export function checkPublicAccess(cidrs: readonly string[]): string | undefined {
  for (const cidr of cidrs) {
    if (!network.test(cidr)) return `publicAccessCidrs must be IPv4 networks such as "203.0.113.0/24", got "${cidr}"`;
    if (Number(cidr.split("/")[1]) < widest)
      return `publicAccessCidrs must not let everybody in: networks of /${widest} or narrower, got "${cidr}"`;
  }
  return undefined;
}

/**
 * A provider of Kubernetes that signs in with the AWS credentials of whoever deploys. In the kubeconfig stands no secret, and in a preview of a new cluster all
 * of it is unknown, so that nothing is called.
 */
export function kubernetes(
  name: string,
  cluster: EksCluster,
  region: Input<string>,
  opts: CustomResourceOptions & { dependsOn: CustomResource[] },
): Provider {
  const server = { server: cluster.endpoint, "certificate-authority-data": cluster.certificateAuthority.data };
  const exec = {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "aws",
    args: ["eks", "get-token", "--cluster-name", cluster.name, "--region", region, "--output", "json"],
    interactiveMode: "Never",
  };
  const kubeconfig = jsonStringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "cluster", cluster: server }],
    users: [{ name: "aws", user: { exec } }],
    contexts: [{ name: "aws", context: { cluster: "cluster", user: "aws" } }],
    "current-context": "aws",
  });
  return new Provider(name, { kubeconfig, enableServerSideApply: true }, opts);
}
