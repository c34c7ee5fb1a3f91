import assert from "node:assert/strict";
import { Broker as MqBroker, type BrokerArgs as MqBrokerArgs } from "@pulumi/aws/mq/broker.js";
import { record } from "../kit/recorder";
import { catalogueOf } from "../signal/catalogue";
import { coverageOf } from "../signal/coverage";
import { watchBroker } from "./broker";
import { existing, expected } from "./broker.fixtures";
import { brokerKind } from "./broker.kind";

const catalogue = catalogueOf([brokerKind], {});
const foreign = { engineType: "RabbitMQ", engineVersion: "4.2", hostInstanceType: "mq.m7g.large", users: [] };

async function rowOf(args: Partial<MqBrokerArgs> = {}) {
  const { graph } = await record(() => new MqBroker("old", { ...foreign, ...args }), "preview");
  const [row] = coverageOf(graph, catalogue).rows;
  assert.ok(row);
  return row;
}
const ids = (signals: readonly { readonly id: string }[]) => signals.map(({ id }) => id).sort();

describe("brokers as the catalogue knows them", () => {
  it("are covered in a preview by what watches them", async () => {
    const { graph } = await record(() => void watchBroker("old", existing(), expected), "preview");
    const [row] = coverageOf(graph, catalogue).rows;
    assert.deepEqual(row?.missing, []);
    const found = row.signals.filter(({ alarm }) => alarm !== undefined);
    assert.equal(found.length, 20);
    assert.ok(found.every(({ alarm }) => alarm?.match === "dependency"));
  });

  it("of others have no rules, because nobody said that they are scraped", async () => {
    const row = await rowOf();
    assert.ok(row.missing.length > 0 && row.missing.every(({ backend }) => backend === "cloudwatch"));
    assert.ok(ids(row.missing).includes("broker-memory"));
  });

  it("of a size or version whose limits are not known are watched by what they tell themselves", async () => {
    for (const args of [{ hostInstanceType: "mq.m5.large" }, { engineVersion: "3.13" }])
      assert.deepEqual(
        ids((await rowOf(args)).missing),
        [
          "broker-cpu",
          "broker-disk-share",
          "broker-growing-backlog",
          "broker-memory-share",
          "broker-without-workers",
        ].sort(),
      );
  });

  it("of the other engine are not taken for RabbitMQ", async () => {
    const row = await rowOf({ engineType: "ActiveMQ", engineVersion: "5.19", hostInstanceType: "mq.m5.large" });
    assert.equal(row.role, "activemq");
    assert.deepEqual(ids(row.missing), ["broker-activemq-store"]);
  });

  it("cost three nodes in a cluster; a size without a price that can be cited has none", async () => {
    const cluster = { deploymentMode: "CLUSTER_MULTI_AZ" };
    assert.deepEqual((await rowOf(cluster)).costs, [
      { item: "instances of old (3 x mq.m7g.large)", price: "mq.m7g.large", quantity: 2_190 },
      { item: "storage of old", price: "mq.storage" },
    ]);
    const [instances] = (await rowOf({ ...cluster, hostInstanceType: "mq.m7g.xlarge" })).costs;
    assert.deepEqual(instances, { item: "instances of old (3 x mq.m7g.xlarge)" });
  });
});
