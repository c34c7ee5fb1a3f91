import assert from "node:assert/strict";
import { Cluster as EksCluster } from "@pulumi/aws/eks/cluster.js";
import { CustomResource as KubernetesObject } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { record } from "../kit/recorder";
import { catalogue } from "../signal/catalogue";
import { clusterKind } from "./cluster.kind";
import { namespaceKind } from "./namespace.kind";
import { nodePoolType, nodesKind } from "./nodes.kind";

const all = [clusterKind, nodesKind, namespaceKind];

describe("the kinds of a cluster", () => {
  it("are in the catalogue", () => {
    for (const kind of all) for (const type of kind.types) assert.equal(catalogue.kindOf(type), kind);
  });

  for (const kind of all) {
    it(`stand their lint: ${kind.name}`, () => {
      for (const { id } of kind.signals) {
        assert.deepEqual(kind.ruleTest(id)?.lint ?? [], [], id);
        const verdict = kind.verdict(id);
        if (verdict) assert.deepEqual(Object.values(verdict).flat(), [], id);
      }
    });

    it(`page for what users feel or what is lost, and cover every golden signal: ${kind.name}`, () => {
      const golden = new Set(kind.signals.map((signal) => signal.golden));
      assert.deepEqual([...golden].sort(), ["availability", "errors", "latency", "saturation", "traffic"]);
      const pages = kind.signals.filter(({ severity }) => severity === "page").map(({ id }) => id);
      assert.deepEqual(
        pages,
        {
          cluster: ["cluster-api-silent", "cluster-storage-critical", "cluster-api-errors", "cluster-unseen"],
          nodes: ["nodes-too-few"],
          namespace: ["namespace-volume-full"],
        }[kind.name],
      );
    });
  }

  it("know the price of a control plane, and say what is not priced of nodes", async () => {
    const { graph } = await record(() => {
      new EksCluster("main", { roleArn: "arn", vpcConfig: { subnetIds: [] } });
      new KubernetesObject("pool", {
        apiVersion: "karpenter.sh/v1",
        kind: "NodePool",
        spec: { limits: { cpu: "32500m" } },
      });
      new KubernetesObject("endless", { apiVersion: "karpenter.sh/v1", kind: "NodePool", spec: {} });
    });
    const [cluster] = graph.ofType("aws:eks/cluster:Cluster");
    const [pool, endless] = graph.ofType(nodePoolType);
    assert.ok(cluster && pool && endless);
    assert.deepEqual(clusterKind.view(cluster, graph).costs, [
      { item: "control plane of main", price: "eks.cluster", quantity: 730 },
    ]);
    const unscraped = clusterKind.view(cluster, graph).signals.find(({ info: { id } }) => id === "cluster-unseen");
    assert.equal(unscraped?.notApplicable, "no collector scrapes it");
    assert.ok(nodesKind.view(pool, graph).costs.every(({ price }) => price === undefined));
    assert.equal(nodesKind.view(pool, graph).role, "nodes");
    assert.equal(nodesKind.view(endless, graph).role, "nodes");
  });
});
