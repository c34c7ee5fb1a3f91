import assert from "node:assert/strict";
import { normalizeCluster } from "../../infra/cluster/cluster.args";
import { usual } from "../../infra/cluster/cluster.testing";
import { platformCluster } from "./cluster";
import { answers, parsed } from "./testing";

const cluster = (given: unknown) => ({ "vigia:cluster": given });

describe("a mistake in the cluster is answered with key, value and what is allowed", () => {
  answers([
    ["a version out of support", cluster({ version: "1.29" }), 'vigia:cluster.version = "1.29": "1.35" or "1.36"'],
    [
      "a user instead of a role",
      cluster({ admins: ["vigia-deploy", "arn:aws:iam::123456789012:user/me"] }),
      'vigia:cluster.admins[1] = "arn:aws:iam::123456789012:user/me": the name of an IAM role, or the ARN of one in another account, written like "arn:aws:iam::123456789012:role/deploy"',
    ],
    [
      "nobody who may enter",
      cluster({ admins: [] }),
      "vigia:cluster.admins = []: one role or more, or nobody can enter the cluster",
    ],
    ["a role twice", cluster({ admins: ["a", "a"] }), 'vigia:cluster.admins[1] = "a": each role once'],
    [
      "roles of other accounts only",
      cluster({ admins: ["arn:aws:iam::999999999999:role/deploy"] }),
      'vigia:cluster.admins = ["arn:aws:iam::999999999999:role/deploy"]: a role of the stack\'s own account 123456789012 among them: the one that deploys',
    ],
    [
      "public access for everybody",
      cluster({ publicAccessCidrs: ["203.0.113.0/24", "0.0.0.0/0"] }),
      'vigia:cluster.publicAccessCidrs[1] = "0.0.0.0/0": a network of /16 or narrower: public access for everybody is refused',
    ],
    [
      "an address without a prefix",
      cluster({ publicAccessCidrs: ["203.0.113.7"] }),
      'vigia:cluster.publicAccessCidrs[0] = "203.0.113.7": an IPv4 network, written like "203.0.113.0/24"',
    ],
    [
      "too few cores for two nodes",
      cluster({ nodes: { cpuLimit: 8, sizes: [8, 16] } }),
      "vigia:cluster.nodes.cpuLimit = 8: enough for two nodes of the smallest size (16), or one failure takes all",
    ],
    [
      "half a core",
      cluster({ nodes: { cpuLimit: 4.5 } }),
      "vigia:cluster.nodes.cpuLimit = 4.5: a whole number from 2 to 10000",
    ],
    [
      "a size that no instance has",
      cluster({ nodes: { sizes: [3] } }),
      "vigia:cluster.nodes.sizes[0] = 3: of 2, 4, 8, 16, 32, 48, 64, 96 cores",
    ],
    [
      "capacity that AWS does not sell",
      cluster({ nodes: { capacityType: "reserved" } }),
      'vigia:cluster.nodes.capacityType = "reserved": "on-demand" or "spot"',
    ],
    [
      "no architecture",
      cluster({ nodes: { architectures: [] } }),
      'vigia:cluster.nodes.architectures = []: "arm64", "amd64" or both',
    ],
    [
      "a retention that CloudWatch Logs does not know",
      cluster({ logRetention: 100 }),
      "vigia:cluster.logRetention = 100: one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 days",
    ],
    [
      "a namespace of Kubernetes' own",
      cluster({ namespaces: { "kube-system": { quota: { cpu: 1, memory: "1 GiB" } } } }),
      'vigia:cluster.namespaces.kube-system: "kube-system": Kubernetes and AWS keep that name for themselves',
    ],
    [
      "a quota without memory",
      cluster({ namespaces: { lab: { quota: { cpu: 1 } } } }),
      'vigia:cluster.namespaces.lab.quota.memory is missing: an amount of data, written like "256 KiB"',
    ],
    [
      "a standard that Kubernetes does not have",
      cluster({ namespaces: { logs: { podSecurity: "strict" } } }),
      'vigia:cluster.namespaces.logs.podSecurity = "strict": "restricted" or "baseline" or "privileged"',
    ],
    [
      "an add-on's version of somebody else",
      cluster({ addonVersions: { "metrics-server": "0.8.0" } }),
      'vigia:cluster.addonVersions.metrics-server = "0.8.0": a version, written like "v2.16.0-eksbuild.1"',
    ],
    [
      "a name that EKS does not take",
      cluster({ clusterName: "-shop" }),
      'vigia:cluster.clusterName: name of cluster "-shop": use only letters, digits, hyphens and underscores, with a letter or digit first',
    ],
    [
      "services among public addresses",
      cluster({ serviceCidr: "100.64.0.0/16" }),
      'vigia:cluster.serviceCidr = "100.64.0.0/16": a private block of /12 to /24',
    ],
    [
      "a misspelt signal of a namespace",
      cluster({ namespaces: { shop: { changes: { "namespace-quotas": { off: "x" } } } } }),
      "vigia:cluster.namespaces.shop.changes.namespace-quotas is not a setting: did you mean vigia:cluster.namespaces.shop.changes.namespace-quota?",
    ],
  ]);
});

describe("the cluster of a stack", () => {
  it("is the platform's, with what the stack changes", () => {
    const { cluster: settings } = parsed(cluster({ nodes: { capacityType: "spot" }, namespaces: { mes: null } }));
    assert.equal(settings.nodes.capacityType, "spot");
    assert.equal(settings.nodes.cpuLimit, platformCluster.nodes.cpuLimit);
    assert.deepEqual(Object.keys(settings.namespaces), ["shop", "crm", "monitoring", "logs", "shippers"]);
  });

  it("is one that the component takes", () => {
    const { cluster: settings } = parsed({});
    const { version, admins } = normalizeCluster("main", { ...usual, ...settings });
    assert.equal(version, "1.36");
    assert.deepEqual(admins, ["arn:aws:iam::123456789012:role/vigia-deploy"]);
  });
});
