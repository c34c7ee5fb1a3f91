import assert from "node:assert/strict";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import { ComponentResource, Config, jsonStringify, runtime } from "@pulumi/pulumi";
import { record } from "./recorder";

class Pair extends ComponentResource {
  constructor(name: string) {
    super("test:index:Pair", name);
    const queue = new Queue(name, { delaySeconds: 5 }, { parent: this });
    new QueuePolicy(name, { queueUrl: queue.url, policy: jsonStringify({ of: queue.arn }) }, { parent: this });
    this.registerOutputs({ arn: queue.arn });
  }
}

describe("a recording", () => {
  it("has every resource with awaited inputs, parent, and what each input was made from", async () => {
    const recording = await record(() => new Pair("orders"));
    const arn = "arn:aws:sqs:eu-central-1:123456789012:orders-1234567";
    assert.deepEqual(recording.one("aws:sqs/queuePolicy:QueuePolicy", "orders"), {
      type: "aws:sqs/queuePolicy:QueuePolicy",
      name: "orders",
      inputs: {
        queueUrl: "https://sqs.eu-central-1.amazonaws.com/123456789012/orders-1234567",
        policy: `{"of":"${arn}"}`,
      },
      parent: "orders",
      madeFrom: { queueUrl: ["orders"], policy: ["orders"] },
      dependsOn: ["orders"],
    });
    assert.deepEqual(recording.one("test:index:Pair", "orders").outputs, { arn });
    assert.deepEqual(recording.document("aws:sqs/queuePolicy:QueuePolicy", "orders", "policy"), { of: arn });
  });

  it("knows of a preview what was made from what, but no output of a new resource", async () => {
    const recording = await record(() => new Pair("orders"), "preview");
    const { inputs, madeFrom } = recording.one("aws:sqs/queuePolicy:QueuePolicy", "orders");
    assert.doesNotMatch(JSON.stringify(inputs), /arn:aws/);
    assert.deepEqual(madeFrom, { queueUrl: ["orders"], policy: ["orders"] });
  });

  it("starts empty each time", async () => {
    await record(() => new Pair("first"));
    assert.deepEqual(
      (await record(() => new Pair("second"))).ofType("aws:sqs/queue:Queue").map(({ name }) => name),
      ["second"],
    );
  });

  it("ends with the error of its program", async () => {
    await assert.rejects(
      record(() => void new Config().require("nothing")),
      /nothing/,
    );
  });

  it("refuses a program that asks AWS something", async () => {
    await assert.rejects(
      record(async () => void (await runtime.invoke("aws:index/getRegion:getRegion", {}))),
      /a preview must not need an answer from AWS/,
    );
  });

  it("names what there is when something is missing", async () => {
    const recording = await record(() => new Pair("orders"));
    assert.throws(
      () => recording.one("aws:sqs/queue:Queue", "order"),
      /no aws:sqs\/queue:Queue "order" among\naws:sqs\/queue:Queue orders\n/,
    );
  });
});
