import assert from "node:assert/strict";
import { MetricAlarm, type MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { type Output, output } from "@pulumi/pulumi";
import { record } from "../kit/recorder";
import { Alarm } from "./alarm.resource";

const args: MetricAlarmArgs = {
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: output("orders") },
  statistic: "Maximum",
  period: 60,
  evaluationPeriods: 1,
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  tags: { signal: "queue-dead-letters" },
};

const read = <Value>(value: Output<Value>) =>
  new Promise<Value>((resolve) => {
    value.apply(resolve);
  });

describe("an alarm", () => {
  it("registers what the SDK's own class registers", async () => {
    const own = await record(() => new Alarm("slow", args));
    const sdk = await record(() => new MetricAlarm("slow", args));
    assert.deepEqual(own.resources, sdk.resources);
    assert.equal(own.resources.length, 1);
  });

  it("offers the ARN and the name that the provider gave it", async () => {
    let found: Promise<[string, string]> | undefined;
    await record(() => {
      const alarm = new Alarm("slow", args);
      found = Promise.all([read(alarm.arn), read(alarm.name)]);
    });
    const [arn, name] = (await found) ?? [];
    assert.match(arn ?? "", /^arn:aws:cloudwatch:/);
    assert.match(name ?? "", /^slow-/);
  });

  it("keeps a name that was chosen", async () => {
    const { resources } = await record(() => new Alarm("slow", { ...args, name: "chosen" }));
    assert.equal(resources[0]?.inputs.name, "chosen");
  });

  it("is one of the SDK's alarms to whoever asks, of the same version of the provider", async () => {
    const alarms: (Alarm | MetricAlarm)[] = [];
    await record(() => {
      alarms.push(new Alarm("own", args), new MetricAlarm("sdk", args));
    });
    const [own, sdk] = alarms.map((alarm) => [MetricAlarm.isInstance(alarm), Reflect.get(alarm, "__version")]);
    assert.deepEqual(own, sdk);
    assert.match(String(own?.[1]), /^\d+\.\d+\.\d+$/);
  });
});
