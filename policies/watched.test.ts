import assert from "node:assert/strict";
import { MetricAlarm } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { Table } from "@pulumi/aws/dynamodb/table.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { type Input, jsonStringify } from "@pulumi/pulumi";
import { Queue, watchQueue } from "../infra/queue/queue";
import { type Judged, judge } from "./testing";

const watcher = { actions: { page: ["arn:aws:sns:eu-central-1:123456789012:page"], ticket: [] }, runbooks: "https://example.com/runbooks" };
const expected = { oldestMessage: "10 minutes", messagesPerDay: 1_000, watcher } as const;

/** A queue and its dead-letter queue as any program makes them. */
function plain(name: string) {
  const deadLetters = new SqsQueue(`${name}-dead-letters`, { messageRetentionSeconds: 1_209_600 });
  const queue = new SqsQueue(name, {
    redrivePolicy: jsonStringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 5 }),
  });
  return { queue, deadLetters };
}

/** An alarm of a program that does not know this project. */
const handMade = (name: string, metricName: string, dimensions: Record<string, Input<string>>) =>
  new MetricAlarm(name, {
    namespace: "AWS/SQS",
    metricName,
    dimensions,
    statistic: "Maximum",
    period: 60,
    evaluationPeriods: 1,
    comparisonOperator: "GreaterThanThreshold",
    threshold: 0,
  });

/** Everything is watched: by a component, by watchQueue, by hand, or off with a reason. */
async function passes(): Promise<void> {
  new Queue("orders", expected);
  new Queue("invoices", { ...expected, changes: { "queue-in-flight": { off: "one consumer at a time" } } });
  const existing = plain("existing");
  watchQueue("existing", existing.queue, { ...expected, deadLetters: existing.deadLetters });
  new Role("reader", { assumeRolePolicy: "{}" });
  new Key("own", {});
}

/** Each queue lacks something else. */
async function fails(): Promise<void> {
  const unwatched = plain("unwatched");
  watchQueue("unwatched", unwatched.queue, expected); // wrong: its dead-letter queue has no alarm
  const misspelt = new SqsQueue("misspelt", { name: "misspelt" });
  handMade("misspelt-age", "ApproximateAgeOfOldestMesage", { QueueName: misspelt.name }); // wrong: no such metric
  const literal = new SqsQueue("literal", { name: "literal-orders" });
  handMade("literal-age", "ApproximateAgeOfOldestMessage", { QueueName: "literal-orders" });
  handMade("literal-in-flight", "ApproximateNumberOfMessagesNotVisible", { QueueName: "literal-order" }); // wrong: another queue's name
  handMade("literal-backlog", "ApproximateNumberOfMessagesVisible", { QueueName: literal.name }); // wrong: another signal
  new Table("carts", { attributes: [{ name: "id", type: "S" }], hashKey: "id", billingMode: "PAY_PER_REQUEST" }); // wrong: unknown to the catalogue
}

for (const when of ["preview", "update"] as const) {
  describe(`rule watched, in ${when === "preview" ? "a preview with unknown values" : "an update"}`, () => {
    let good: Judged;
    let bad: Judged;
    before(async () => {
      good = await judge(when, passes);
      bad = await judge(when, fails);
    });

    const about = (name: string) => bad.violations.filter((violation) => violation.urn?.endsWith(`::${name}`));

    it("accepts queues that are watched by a component, by watchQueue, or not at all with a reason", () => {
      assert.deepEqual(good.violations, []);
      assert.equal(good.failed, false);
    });

    it("refuses a dead-letter queue without alarms, and names the missing signals", () => {
      const [violation, ...others] = about("unwatched-dead-letters");
      assert.equal(others.length, 0);
      assert.equal(violation?.level, "mandatory");
      assert.match(violation?.message ?? "", /queue "unwatched-dead-letters" \(deadLetters\) has no alarm for queue-dead-letters .*queue-dead-letters-expiring/s);
      assert.deepEqual(about("unwatched"), []);
    });

    it("is not fooled by an alarm on a metric that does not exist", () => {
      assert.match(about("misspelt")[0]?.message ?? "", /no alarm for queue-in-flight .*queue-oldest-message/s);
    });

    it("counts a literal name that the program itself gives, and no other name", () => {
      const message = about("literal")[0]?.message ?? "";
      assert.match(message, /queue-in-flight/);
      assert.match(message, /queue-growing-backlog/);
      assert.doesNotMatch(message, /queue-oldest-message/);
    });

    it("refuses a type whose service publishes metrics that the catalogue does not know", () => {
      assert.match(about("carts")[0]?.message ?? "", /aws:dynamodb\/table:Table, whose service publishes metrics \(AWS\/DynamoDB\)/);
    });

    it("stops the preview with nothing but mandatory violations of this rule", () => {
      assert.equal(bad.failed, true);
      assert.deepEqual([...new Set(bad.violations.map(({ policy, level }) => `${policy} ${level}`))], ["watched mandatory"]);
    });
  });
}
