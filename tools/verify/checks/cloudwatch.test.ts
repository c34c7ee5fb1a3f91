import assert from "node:assert/strict";
import type { Answer, Answers } from "../fake";
import {
  described,
  healthy,
  listedMetrics,
  listedSubscriptions,
  mail,
  namesIn,
  queues,
  topics,
  workspace,
} from "../verify.fixtures";
import { verifyWith } from "../verify.testing";

describe("what verify finds of CloudWatch and SNS", function () {
  this.timeout(30_000);
  const { finding, only, run } = verifyWith();

  describe("subscriptions", () => {
    const at = (where: string, answer: Answer): Answers => ({
      "sns:ListSubscriptionsByTopic": (input, nth) =>
        input.TopicArn === where ? answer : (healthy({})["sns:ListSubscriptionsByTopic"]?.(input, nth) ?? answer),
    });

    it("that nobody confirmed, and that therefore nobody hears of a page", async () => {
      const { findings } = await only(
        "subscriptions",
        at(topics.page, listedSubscriptions(mail(topics.page, "PendingConfirmation"))),
      );
      assert.match(findings[0]?.what ?? "", /^nobody hears of an alarm/);
      assert.equal(findings[1]?.what, "the subscription is not confirmed: nothing is delivered");
      assert.equal(findings[1]?.where, `email dev-alarms@example.com at ${topics.page}`);
    });

    it("that somebody left by the link in an e-mail", async () => {
      const { findings } = await only("subscriptions", at(topics.prometheusPage, listedSubscriptions("")));
      assert.deepEqual(
        findings.map(({ what }) => what.split(":")[0]),
        ["nobody hears of an alarm", "the subscription is gone"],
      );
    });

    it("of another address at the same topic do not count as ours", async () => {
      const other = mail(topics.page).replace("dev-alarms@", "somebody@");
      const { what } = await finding("subscriptions", at(topics.page, listedSubscriptions(other)));
      assert.equal(what, "the subscription is gone");
    });
  });

  describe("alarms", () => {
    const one = "orders-queue-growing-backlog";
    const changed = (more: Readonly<Record<string, unknown>>): Answers => ({
      "cloudwatch:DescribeAlarms": (input) => ({
        json: { MetricAlarms: namesIn(input).map((name) => described(name, name.startsWith(one) ? more : {})) },
      }),
    });

    it("without data for a day", async () => {
      const since = (at: string) =>
        changed({ StateValue: "INSUFFICIENT_DATA", StateTransitionedTimestamp: Date.parse(at) / 1_000 });
      const { what, where } = await finding("alarms", since("2026-11-23T17:59:00Z"));
      assert.equal(what, "no data for 24 hours");
      assert.match(where, /^alarm orders-queue-growing-backlog-\w+ in eu-central-1$/);
      const { code, out } = await run(since("2026-11-23T18:01:00Z"));
      assert.equal(code, 0);
      assert.match(out, /5 OK, 0 in alarm, 1 without data/);
    });

    it("whose actions somebody switched off", async () => {
      const { wayOut } = await finding("alarms", changed({ ActionsEnabled: false }));
      assert.match(wayOut, /^aws cloudwatch enable-alarm-actions --region eu-central-1 --alarm-names orders-/);
    });

    it("that CloudWatch cannot evaluate", async () => {
      assert.match(
        (await finding("alarms", changed({ EvaluationState: "EVALUATION_ERROR" }))).what,
        /EVALUATION_ERROR/,
      );
    });

    it("that somebody deleted", async () => {
      const { what } = await finding("alarms", {
        "cloudwatch:DescribeAlarms": (input) => ({
          json: {
            MetricAlarms: namesIn(input)
              .filter((name) => !name.startsWith(one))
              .map((name) => described(name)),
          },
        }),
      });
      assert.equal(what, "the alarm is not there");
    });

    it("in alarm are told of, and are no fault of the watching", async () => {
      const { code, read } = await run(changed({ StateValue: "ALARM" }));
      assert.equal(code, 0);
      assert.match(read().checks.find(({ name }) => name === "alarms")?.notes[0] ?? "", /^in alarm now: orders-/);
    });

    it("are all asked for, composite ones too, however many pages the answer has", async () => {
      const { code, asked } = await run({
        "cloudwatch:DescribeAlarms": (input) => {
          const [first, ...rest] = namesIn(input).map((name) => described(name));
          return {
            json: input.NextToken === undefined ? { MetricAlarms: [first], NextToken: "two" } : { MetricAlarms: rest },
          };
        },
      });
      assert.equal(code, 0);
      const [question] = asked.filter(({ action }) => action === "cloudwatch:DescribeAlarms");
      assert.deepEqual(question?.input.AlarmTypes, ["MetricAlarm", "CompositeAlarm"]);
    });
  });

  describe("metrics", () => {
    const listing = (metric: string, ...sets: readonly Readonly<Record<string, string>>[]): Answers => ({
      "cloudwatch:ListMetrics": (input, nth) =>
        input.MetricName === metric
          ? listedMetrics(sets)
          : (healthy({})["cloudwatch:ListMetrics"]?.(input, nth) ?? listedMetrics([])),
    });

    it("that nobody publishes, with what is nearest", async () => {
      const { what, where } = await finding("metrics", listing("BucketSizeBytes", { BucketName: "invoices-82dd519" }));
      assert.equal(what, 'not published in the last two weeks; there is one with {BucketName="invoices-82dd519"}');
      assert.match(
        where,
        /^AWS\/S3 BucketSizeBytes \{.*StorageType="StandardStorage".*\} in eu-central-1, read by invoices-bucket-over-capacity-/,
      );
    });

    it("that are published in more detail only", async () => {
      const [QueueName] = queues;
      const { what } = await finding(
        "metrics",
        listing(
          "ApproximateNumberOfMessagesVisible",
          { QueueName, Shard: "1" },
          ...queues.slice(1).map((name) => ({ QueueName: name })),
        ),
      );
      assert.equal(what, `published with other dimensions: {QueueName="${QueueName}", Shard="1"}`);
    });

    it("that stay away until something happens are no finding", async () => {
      const { code, read } = await run(listing("DiscardedSamples"));
      assert.equal(code, 0);
      const notes = read().checks.find(({ name }) => name === "metrics")?.notes ?? [];
      assert.ok(
        notes.includes("not seen yet: AWS/Prometheus DiscardedSamples: published only while something happens"),
      );
      assert.ok(
        notes.includes(
          "not seen yet: AWS/SNS NumberOfNotificationsFailed: published only when there is something to tell",
        ),
      );
    });

    it("that come once a day are waited for", async () => {
      const { code, read } = await run(listing("BucketSizeBytes"), { now: () => Date.parse("2026-11-22T10:00:00Z") });
      assert.equal(code, 0);
      const notes = read().checks.find(({ name }) => name === "metrics")?.notes ?? [];
      assert.ok(notes.includes("not seen yet: AWS/S3 BucketSizeBytes: published once a day"));
    });

    it("of a query across dimensions count whatever the value of those", async () => {
      assert.equal((await run(listing("DiscardedSamples", { Workspace: workspace, Reason: "any" }))).code, 0);
    });
  });
});
