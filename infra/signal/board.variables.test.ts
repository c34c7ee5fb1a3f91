import assert from "node:assert/strict";
import { z } from "zod";
import { read } from "./board.reader";
import { kindOf, type Size, toy, toys } from "./board.toy";
import { cloudwatch, signals } from "./signal";

describe("variables of a dashboard", () => {
  it("offers a number that follows the size as a field that begins with the proof's", () => {
    const field = read(toy).templating.list.find(({ name }) => name === "toy_share_most");
    assert.equal(field?.type, "textbox");
    assert.equal(field?.query, "40");
  });

  it("lists resources by the data source that knows them, and lets the rest be typed", () => {
    const list = new Map(read(toy).templating.list.map((variable) => [variable.name, variable]));
    assert.deepEqual(
      [...list.keys()],
      [
        "cloudwatch",
        "region",
        "prometheus",
        "queue_toy",
        "group",
        "free",
        "queue_late",
        "toy_share_most",
        "toy_lag_most",
        "runbooks",
      ],
    );
    const { metricName, dimensionKey, region } = z
      .looseObject({ metricName: z.string(), dimensionKey: z.string(), region: z.string() })
      .parse(list.get("queue_toy")?.query);
    assert.deepEqual(
      { metricName, dimensionKey, region },
      { metricName: "NumberOfMessagesDeleted", dimensionKey: "QueueName", region: `\${region}` },
    );
    assert.equal(list.get("group")?.query, "label_values(lag, group)");
    assert.equal(list.get("free")?.type, "textbox");
    assert.equal(list.get("queue_late")?.regex, "/late$/i");
    assert.equal(list.get("queue_toy")?.regex, undefined);
  });

  it("narrows by the names of a role only the dimension that holds the resource's name", () => {
    const source = cloudwatch("AWS/SQS", "NumberOfMessagesSent", "Sum", { QueueName: "queue", Shard: "shard" });
    const { list } = read(kindOf({ "toy-told": { ...toys["toy-told"], role: "late", source } })).templating;
    assert.deepEqual(
      list.filter(({ type }) => type === "query").map(({ name, regex }) => [name, regex]),
      [
        ["region", undefined],
        ["queue", "/late$/i"],
        ["shard", undefined],
      ],
    );
  });

  it("looks up again what can be chosen: regions when it is opened, resources also for another time", () => {
    const list = read(toy).templating.list.filter(({ type }) => type === "query");
    assert.deepEqual(
      list.map(({ name, refresh }) => [name, refresh]),
      [
        ["region", 1],
        ["queue_toy", 2],
        ["group", 2],
        ["queue_late", 2],
      ],
    );
  });

  it("asks for the second dimension of a metric among the resources that have the first", () => {
    const kind = kindOf(
      signals<string, string, Size>()({
        "toy-depth": {
          title: "Depth",
          golden: "traffic",
          unit: "count",
          role: "toy",
          source: cloudwatch("AWS/AmazonMQ", "MessageCount", "Maximum", { Broker: "broker", VirtualHost: "host" }),
          runbook: { means: "It is so." },
        },
      }),
    );
    const filters = read(kind).templating.list.flatMap(({ query }) => {
      const found = z.looseObject({ dimensionFilters: z.record(z.string(), z.string()) }).safeParse(query);
      return found.success ? [found.data.dimensionFilters] : [];
    });
    assert.deepEqual(filters, [{}, { Broker: `\${broker}` }]);
  });
});
