import assert from "node:assert/strict";
import { join } from "node:path";
import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import type { ResourceTransform } from "@pulumi/pulumi";
import { Queue, watchQueue } from "../infra/queue/queue";
import { queueSignals } from "../infra/queue/queue.signals";
import { Watch } from "../infra/signal/watch";
import type { Run } from "../tools/engine/record";
import { expected, handMade, pair, watchedPair, watcher } from "./programs/parts";
import { runPack } from "./testing";

/** Changes the alarm of a signal that a component makes, as a mistake in the component would. */
const spoilt =
  (signal: string, change: Partial<MetricAlarmArgs>): ResourceTransform =>
  ({ type, name, props, opts }) =>
    type === "aws:cloudwatch/metricAlarm:MetricAlarm" && name.endsWith(`-${signal}`)
      ? { props: { ...props, ...change }, opts }
      : undefined;

const size = {
  fifo: false,
  retention: 345_600,
  deadLetterRetention: 1_209_600,
  oldestMessage: 600,
  messagesPerDay: 1_000,
  steady: false,
};

function faults(): void {
  const { queue } = pair("removed");
  const { "queue-oldest-message": _, ...signals } = queueSignals; // wrong: one alarm removed
  const part = { resource: queue, kind: "queue", signals, role: "source", size, changes: {} };
  new Watch("removed", [{ ...part, subjects: { queue: queue.name } }], watcher);
  const misspelt = spoilt("queue-in-flight", { metricName: "ApproximateNumberOfMessageNotVisible" }); // wrong
  new Queue("misspelt", expected, { transforms: [misspelt] });
  const unwatched = pair("unwatched");
  watchQueue("unwatched", unwatched.queue, expected); // wrong: nothing watches its dead-letter queue
  const dimensions = { QueueName: watchedPair("overwritten").queue.name };
  for (const minutes of [10, 20]) handMade(`in-a-loop-${minutes}`, { name: "orders-age", dimensions }); // wrong: one name for both
}

describe("seeded faults, in a preview", () => {
  let run: Run;
  before(async () => {
    run = await runPack("preview", faults);
  });

  const said = (policy: string, name: string) => {
    const about = run.violations.filter((one) => one.policy === policy && one.urn?.endsWith(`::${name}`));
    assert.deepEqual(
      about.map(({ level }) => level),
      ["mandatory"],
    );
    return about[0]?.message ?? "";
  };

  it("stop it", () => assert.equal(run.failed, true));

  it("an alarm removed is refused", () => {
    const message = said("watched", "removed");
    assert.match(
      message,
      /queue "removed" \(source\) has no alarm for queue-oldest-message \(messages wait too long\)\. Watch it/,
    );
  });

  it("a metric misspelt is refused, as a wrong metric and as a signal that is missing", () => {
    assert.match(
      said("metric-fits", "misspelt-queue-in-flight"),
      /has no metric "ApproximateNumberOfMessageNotVisible"; did you mean "ApproximateNumberOfMessagesNotVisible"\?/,
    );
    assert.match(said("watched", "misspelt"), /no alarm for queue-in-flight/);
  });

  it("a dead-letter queue without alarm is refused", () => {
    assert.match(said("watched", "unwatched-dead-letters"), /has no alarm for queue-dead-letters /);
  });

  it("alarms of a loop that overwrite each other are refused", () => {
    assert.match(
      said("metric-fits", "in-a-loop-20"),
      /is named "orders-age" like "in-a-loop-10", and one overwrites the other/,
    );
  });

  it("a wrong type is refused by the provider, before any rule", async () => {
    const retention: unknown = "4 days";
    const wrong = await runPack("preview", () => {
      new SqsQueue("orders", { messageRetentionSeconds: retention as number }); // wrong: a number of seconds
    });
    assert.equal(wrong.failed, true);
    assert.match(JSON.stringify(wrong.cause), /messageRetentionSeconds.*number/);
  });

  it("waivers that cannot be understood are refused before any rule, with all their mistakes", async () => {
    const VIGIA_WAIVERS = join(__dirname, "programs", "mistaken-waivers.yaml");
    const wrong = await runPack("preview", () => undefined, { VIGIA_WAIVERS });
    assert.equal(wrong.failed, true);
    const { message = "" } = wrong.cause ?? {};
    assert.match(message, /mistaken-waivers\.yaml: waiver 1: owner is missing/);
    assert.match(message, /there is no rule "dead-leters"; did you mean "dead-letters"\?/);
    assert.match(message, /expires is "2027-02-30"; write the last day on which it counts like 2027-03-31/);
  });
});
