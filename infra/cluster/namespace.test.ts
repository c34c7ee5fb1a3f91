import assert from "node:assert/strict";
import { Namespace as KubernetesNamespace } from "@pulumi/kubernetes/core/v1/namespace.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { type Recording, record } from "../kit/recorder";
import { watcher } from "./cluster.testing";
import { Namespace, watchNamespace } from "./namespace";
import type { NamespaceArgs } from "./namespace.args";

const policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (args: Partial<Omit<NamespaceArgs, "provider">> = {}, mode?: "update" | "preview") =>
  record(() => {
    const provider = new Provider("cluster", {});
    const quota = { cpu: 4, memory: "8 GiB" } as const;
    return new Namespace("main-shop", { namespace: "shop", cluster: "main", quota, provider, watcher, ...args });
  }, mode);
const spec = (recording: Recording, name: string) => recording.one(policy, name).inputs.spec;
const policies = (recording: Recording) =>
  recording
    .ofType(policy)
    .map(({ name }) => name)
    .sort();

describe("a namespace", () => {
  it("holds its pods to the strictest standard", async () => {
    const { metadata } = (await made()).one("kubernetes:core/v1:Namespace", "main-shop").inputs;
    assert.deepEqual(metadata, {
      name: "shop",
      labels: {
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/warn": "restricted",
        service: "shop",
      },
    });
  });

  it("lets nothing in or out but names and the credentials of roles", async () => {
    const recording = await made();
    assert.deepEqual(policies(recording), ["main-shop-basics", "main-shop-deny"]);
    assert.deepEqual(spec(recording, "main-shop-deny"), { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
    assert.deepEqual(spec(recording, "main-shop-basics"), {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] },
      ],
    });
  });

  it("lets the collector in, on the ports of metrics only", async () => {
    const recording = await made({ collector: ["10.0.0.0/24", "10.0.1.0/24"], metricsPorts: [3100] });
    assert.deepEqual(spec(recording, "main-shop-collector"), {
      podSelector: {},
      policyTypes: ["Ingress"],
      ingress: [
        {
          from: [{ ipBlock: { cidr: "10.0.0.0/24" } }, { ipBlock: { cidr: "10.0.1.0/24" } }],
          ports: [{ protocol: "TCP", port: 3100 }],
        },
      ],
    });
  });

  it("lets its pods talk with each other where it says so", async () => {
    assert.deepEqual(spec(await made({ within: true }), "main-shop-within"), {
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: [{ podSelector: {} }] }],
      egress: [{ to: [{ podSelector: {} }] }],
    });
  });

  it("bounds what its pods may have", async () => {
    const recording = await made();
    assert.deepEqual(recording.one("kubernetes:core/v1:ResourceQuota", "main-shop").inputs.spec, {
      hard: {
        "requests.cpu": "4",
        "requests.memory": "8192Mi",
        "limits.memory": "8192Mi",
        pods: "100",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    });
    assert.deepEqual(recording.one("kubernetes:core/v1:LimitRange", "main-shop").inputs.spec, {
      limits: [{ type: "Container", defaultRequest: { cpu: "50m", memory: "64Mi" }, default: { memory: "128Mi" } }],
    });
  });

  it("has rules that name it and its cluster, grouped by its service, in a preview too", async () => {
    const recording = await made({ collector: ["10.0.0.0/24"], service: "platform" }, "preview");
    const { inputs, dependsOn } = recording.one(rules, "main-shop");
    const text = String(inputs.data);
    assert.match(text, /cluster="main", namespace="shop"/);
    assert.match(text, /service: platform/);
    assert.ok(dependsOn.includes("main-shop"));
  });

  it("has no rules where nothing collects", async () => {
    assert.deepEqual((await made()).ofType(rules), []);
  });

  it("can be watched where it exists already", async () => {
    const recording = await record(() => {
      const existing = new KubernetesNamespace("theirs", {});
      watchNamespace("theirs", existing, { namespace: "theirs", cluster: "main", watcher });
    });
    assert.match(String(recording.one(rules, "theirs").inputs.data), /namespace="theirs"/);
  });

  it("refuses names that are not its own to give, and quotas of nothing, at once", async () => {
    const quota = { cpu: 0, memory: "8 GB", pods: 1.5 } as unknown as NamespaceArgs["quota"];
    await assert.rejects(
      made({ namespace: "kube-shop", quota, changes: { "namespace-quota": { off: "" } } }),
      (error: unknown) => {
        assert.ok(error instanceof RangeError);
        const [name, cpu, memory, pods, change, ...more] = error.message.split("\n");
        assert.equal(name, 'namespace "main-shop": "kube-shop": Kubernetes and AWS keep that name for themselves');
        assert.equal(cpu, 'namespace "main-shop": quota.cpu must be a number of cores above 0, got 0');
        assert.match(memory ?? "", /^namespace "main-shop": quota\.memory: /);
        assert.equal(pods, 'namespace "main-shop": quota.pods must be a whole number above 0, got 1.5');
        assert.equal(
          change,
          'namespace "main-shop": changes: "namespace-quota" is off without a reason: say why in words',
        );
        assert.deepEqual(more, []);
        return true;
      },
    );
    await assert.rejects(made({ namespace: "Shop" }), /a namespace is named with up to 63 lower-case letters/);
  });
});
