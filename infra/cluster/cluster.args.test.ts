import assert from "node:assert/strict";
import type { ClusterArgs } from "./cluster.args";
import { made } from "./cluster.recorded";

describe("the arguments of a cluster", () => {
  const refused = async (args: Partial<ClusterArgs>, ...lines: readonly string[]) => {
    await assert.rejects(made(args), (error: unknown) => {
      assert.ok(error instanceof RangeError);
      assert.deepEqual(
        error.message.split("\n"),
        lines.map((line) => `cluster "main": ${line}`),
      );
      return true;
    });
  };

  it("are refused all at once, before anything is made", () =>
    refused(
      {
        clusterName: "-x",
        version: "1.29" as "1.36",
        admins: ["arn:aws:iam::123456789012:user/me"],
        securityGroups: { controlPlane: ["sg"], nodes: [] },
        serviceCidr: "172.20.0.0/8",
        logRetention: 100,
        addonVersions: { "metrics-server": "0.8" },
        nodes: { cpuLimit: 2, sizes: [2, 3], disk: "8 GiB", memoryLimit: "1 GiB" },
        namespaces: { "kube-shop": { quota: { cpu: 0, memory: "1 MiB" }, metricsPorts: [80] } },
        changes: { "cluster-api-slow": { off: " " } },
      },
      'name of cluster "-x": use only letters, digits, hyphens and underscores, with a letter or digit first',
      'version must be 1.35 or 1.36, got "1.29": others are out of standard support, or not known yet (infra/cluster/cluster.versions.ts)',
      'admins must be names or ARNs of IAM roles, without a session, got "arn:aws:iam::123456789012:user/me"',
      "securityGroups.nodes must name a group, or its traffic is not let through",
      'serviceCidr must be a private block of /12 to /24, got "172.20.0.0/8"',
      "logRetention must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days, got 100",
      'addonVersions.metrics-server is written like "v2.16.0-eksbuild.1", got "0.8"',
      "nodes.sizes must be of 2, 4, 8, 16, 32, 48, 64, 96, got 3",
      "nodes.cpuLimit must be enough for two nodes of the smallest of nodes.sizes, or one failure takes all, got 2",
      'nodes.disk must be at least 40 GiB, got "8 GiB"',
      'nodes.memoryLimit must be at least 1 GiB for each core of cpuLimit, got "1 GiB"',
      'namespaces.kube-shop: "kube-shop": Kubernetes and AWS keep that name for themselves',
      "namespaces.kube-shop: quota.cpu must be a number of cores above 0, got 0",
      'namespaces.kube-shop: quota.memory must be at least 256 MiB, got "1 MiB"',
      "namespaces.kube-shop: metricsPorts must be from 1024 to 65535: a restricted pod opens none below, got 80",
      'changes: "cluster-api-slow" is off without a reason: say why in words',
    ));

  it("let no one in from everywhere, and someone in from somewhere", async () => {
    await refused(
      { publicAccessCidrs: ["0.0.0.0/0"] },
      'publicAccessCidrs must not let everybody in: networks of /16 or narrower, got "0.0.0.0/0"',
    );
    await refused(
      { publicAccessCidrs: ["10.0.0"] },
      'publicAccessCidrs must be IPv4 networks such as "203.0.113.0/24", got "10.0.0"',
    );
    await refused({ admins: [] }, "admins must name a role, or nobody can enter the cluster");
  });
});
