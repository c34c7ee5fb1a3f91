import assert from "node:assert/strict";
import { Function as Lambda } from "@pulumi/aws/lambda/function.js";
import { Schedule as AwsSchedule } from "@pulumi/aws/scheduler/schedule.js";
import fc from "fast-check";
import { place, record } from "../kit/recorder";
import { rateOf, Schedule, type ScheduleArgs, watchSchedule } from "./schedule";
import { everyOf } from "./schedule.kind";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const made = (args: Partial<ScheduleArgs> = {}) =>
  record(() => {
    const target = { function: new Lambda("job", { role: "r" }) };
    return new Schedule("nightly", { every: "1 day", target, kmsKeyArn: "arn:key", place, watcher, ...args });
  });

describe("a schedule", () => {
  it("tells by itself what it gave up where nothing keeps it, and that it started nothing", async () => {
    const recording = await made();
    assert.deepEqual(
      recording
        .ofType(alarm)
        .map(({ name }) => name)
        .sort(),
      [
        "nightly-schedule-dropped",
        "nightly-schedule-silent",
        "nightly-schedule-target-errors",
        "nightly-schedule-target-throttled",
        "nightly-schedule-throttled",
      ],
    );
    assert.deepEqual(recording.one(alarm, "nightly-schedule-silent").inputs.dimensions, {
      ScheduleGroup: "nightly-1234567",
    });
  });

  it("may only run its function, and only for its own group", async () => {
    const recording = await made();
    const trust = recording.document("aws:iam/role:Role", "nightly-schedule", "assumeRolePolicy");
    assert.deepEqual(trust, {
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "scheduler.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:SourceAccount": place.account },
            ArnEquals: { "aws:SourceArn": "arn:aws:scheduler:eu-central-1:123456789012:nightly-1234567" },
          },
        },
      ],
    });
    const policy = recording.document("aws:iam/rolePolicy:RolePolicy", "nightly-schedule", "policy") as {
      Statement: object[];
    };
    assert.deepEqual(policy.Statement[0], {
      Sid: "Invoke",
      Effect: "Allow",
      Action: ["lambda:InvokeFunction"],
      Resource: ["arn:aws:lambda:eu-central-1:123456789012:job-1234567"],
    });
  });

  it("is watched where it exists already", async () => {
    const recording = await record(() => {
      const target = { arn: "arn:t", roleArn: "arn:r" };
      const theirs = new AwsSchedule("theirs", {
        scheduleExpression: "rate(1 hour)",
        flexibleTimeWindow: { mode: "OFF" },
        groupName: "g",
        target,
      });
      watchSchedule("theirs", theirs, { every: "1 hour", watcher });
    });
    assert.deepEqual(recording.one(alarm, "theirs-schedule-dropped").inputs.dimensions, { ScheduleGroup: "g" });
  });

  it("refuses what the scheduler cannot do", async () => {
    await assert.rejects(
      made({ every: "30 seconds" }),
      /schedule "nightly": every must be whole minutes, up to 365 days, got "30 seconds"/,
    );
    await assert.rejects(
      made({ changes: { "schedule-dropped": { off: " " } } }),
      /"schedule-dropped" is off without a reason/,
    );
  });

  it("writes rates that read as the same time", () => {
    assert.deepEqual([60, 900, 3_600, 7_200, 86_400].map(rateOf), [
      "rate(1 minute)",
      "rate(15 minutes)",
      "rate(1 hour)",
      "rate(2 hours)",
      "rate(1 day)",
    ]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 525_600 }), (minutes) =>
        assert.equal(everyOf(rateOf(60 * minutes)), 60 * minutes),
      ),
    );
    assert.ok(Number.isNaN(everyOf("cron(0 3 * * ? *)")));
  });
});
