import assert from "node:assert/strict";
import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { place, type Recording, record } from "../kit/recorder";
import { catalogue } from "../signal/catalogue";
import { coverageOf } from "../signal/coverage";
import { daysPerMonth } from "../signal/prices";
import { AwsHealth, type AwsHealthArgs } from "./health";
import { healthPaths, healthPattern, healthTemplate } from "./health.message";
import { watchEventRule } from "./health.watch";

const topic = {
  arn: "arn:aws:sns:eu-central-1:123456789012:ticket",
  key: "arn:aws:kms:eu-central-1:123456789012:key/k",
};
const page = "arn:aws:sns:eu-central-1:123456789012:page";
const watcher = { actions: { page: [page], ticket: [page] }, runbooks: "https://example.com/runbooks" };
const rule = "aws:cloudwatch/eventRule:EventRule";
const target = "aws:cloudwatch/eventTarget:EventTarget";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

const made = (args: Partial<AwsHealthArgs> = {}, mode?: "update" | "preview"): Promise<Recording> =>
  record(() => new AwsHealth("aws-health", { ...place, topic, watcher, ...args }), mode);

/** An event as AWS Health writes it ("Reference: AWS Health events Amazon EventBridge schema", AWS Health User Guide, 2026-11). */
const event = (detail: Readonly<Record<string, unknown>> = {}) => ({
  version: "0",
  "detail-type": "AWS Health Event",
  source: "aws.health",
  account: "123456789012",
  region: "eu-central-1",
  resources: ["shop"],
  detail: {
    eventArn: "arn:aws:health:eu-central-1::event/RDS/AWS_RDS_MAINTENANCE_SCHEDULED/x",
    service: "RDS",
    eventTypeCode: "AWS_RDS_MAINTENANCE_SCHEDULED",
    eventTypeCategory: "scheduledChange",
    eventScopeCode: "ACCOUNT_SPECIFIC",
    statusCode: "upcoming",
    eventRegion: "eu-central-1",
    startTime: "Sat, 05 Dec 2026 02:00:00 GMT",
    eventDescription: [{ language: "en_US", latestDescription: 'The instance "shop" is patched.' }],
    page: "1",
    totalPages: "1",
    ...detail,
  },
});

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a pattern of EventBridge matches: lists of values, `exists`, and `$or` ("Event patterns", EventBridge User Guide, 2026-11). */
function matches(pattern: Json, value: Json): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === "$or") return Array.isArray(wanted) && wanted.some((one: Json) => matches(one, value));
    if (Array.isArray(wanted))
      return wanted.some((one: unknown) =>
        isJson(one) ? (value[key] !== undefined) === one.exists : one === value[key],
      );
    const inner = value[key];
    return isJson(wanted) && isJson(inner) && matches(wanted, inner);
  });
}

/** The text that a template gives: each line is a text in quotes, and what an event lacks is empty. */
function told(of: Json): string {
  const read = (path: string): unknown =>
    path
      .slice(2)
      .split(/\.|\[|\]\.?/)
      .filter((part) => part !== "")
      .reduce<unknown>((value, part) => (value as Json | undefined)?.[part], of);
  const paths: Readonly<Record<string, string>> = healthPaths;
  return healthTemplate
    .split("\n")
    .map((line) =>
      String(JSON.parse(line)).replace(/<(\w+)>/g, (_, name: string) => String(read(paths[name] ?? "") ?? "")),
    )
    .join("\n");
}

describe("AWS Health", () => {
  it("tells by day, in words, and leaves what is not delivered in a queue that only its rule may fill", async () => {
    const recording = await made();
    const { inputs, madeFrom } = recording.one(target, "aws-health");
    assert.deepEqual(madeFrom.rule, ["aws-health"]);
    assert.deepEqual(
      [inputs.arn, inputs.roleArn, inputs.inputTransformer],
      [topic.arn, undefined, { inputPaths: { ...healthPaths }, inputTemplate: healthTemplate }],
    );
    assert.deepEqual(madeFrom.deadLetterConfig, ["aws-health-dead-letters"]);
    const queue = recording.one("aws:sqs/queue:Queue", "aws-health-dead-letters").inputs;
    assert.deepEqual([queue.kmsMasterKeyId, queue.messageRetentionSeconds], [topic.key, 1_209_600]);
    const { Statement } = recording.document(
      "aws:sqs/queuePolicy:QueuePolicy",
      "aws-health-dead-letters",
      "policy",
    ) as {
      Statement: { Sid: string; Condition: object }[];
    };
    assert.deepEqual(
      Statement.map(({ Sid, Condition }) => [Sid, Condition]),
      [
        ["OnlyOverTls", { Bool: { "aws:SecureTransport": "false" } }],
        [
          "EventBridgeLeaves",
          { ArnEquals: { "aws:SourceArn": "arn:aws:cloudwatch:eu-central-1:123456789012:aws-health-1234567" } },
        ],
      ],
    );
  });

  it("hears of what concerns no region where AWS tells it, and sends that home", async () => {
    const recording = await made();
    const { inputs } = recording.one(rule, "aws-health-us-east-1");
    assert.equal(inputs.region, "us-east-1");
    assert.deepEqual(JSON.parse(String(inputs.eventPattern)).detail.eventRegion, ["global"]);
    const forward = recording.one(target, "aws-health-us-east-1");
    assert.deepEqual(
      [forward.inputs.region, forward.inputs.arn, forward.madeFrom.roleArn],
      ["us-east-1", "arn:aws:events:eu-central-1:123456789012:event-bus/default", ["aws-health-forward"]],
    );
    assert.deepEqual(recording.document("aws:iam/rolePolicy:RolePolicy", "aws-health-forward", "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Forward",
          Effect: "Allow",
          Action: "events:PutEvents",
          Resource: "arn:aws:events:eu-central-1:123456789012:event-bus/default",
        },
      ],
    });
  });

  it("hears of other regions of the stack too, and needs no detour where it is at home", async () => {
    const names = async (args: Partial<AwsHealthArgs>) =>
      (await made(args))
        .ofType(rule)
        .map(({ name }) => name)
        .sort();
    assert.deepEqual(await names({ elsewhere: ["eu-west-1"] }), [
      "aws-health",
      "aws-health-eu-west-1",
      "aws-health-us-east-1",
    ]);
    assert.deepEqual(await names({ region: "us-east-1" }), ["aws-health"]);
    const both = await made({ elsewhere: ["us-east-1"] });
    const pattern = JSON.parse(String(both.one(rule, "aws-health-us-east-1").inputs.eventPattern));
    assert.deepEqual(pattern.detail.eventRegion, ["us-east-1", "global"]);
  });

  it("shows chat the event as AWS writes it, which it reads by itself", async () => {
    const chat = "arn:aws:sns:eu-central-1:123456789012:chat";
    const { inputs } = (await made({ chatTopic: chat })).one(target, "aws-health-chat");
    assert.deepEqual([inputs.arn, inputs.inputTransformer], [chat, undefined]);
  });

  for (const mode of ["update", "preview"] as const) {
    it(`is watched in its own region, and says why not in others (${mode})`, async () => {
      const recording = await made({}, mode);
      assert.deepEqual(
        recording
          .ofType(alarm)
          .map(({ name, madeFrom }) => [name, madeFrom.dimensions])
          .sort(),
        [
          ["aws-health-dead-letters-queue-dead-letters", ["aws-health-dead-letters"]],
          ["aws-health-dead-letters-queue-dead-letters-expiring", ["aws-health-dead-letters"]],
          ["aws-health-event-rule-failing", ["aws-health"]],
          ["aws-health-event-rule-failure-lost", ["aws-health"]],
          ["aws-health-event-rule-throttled", ["aws-health"]],
        ],
      );
      const { rows, unknown } = coverageOf(recording.graph, catalogue);
      assert.deepEqual([unknown, rows.flatMap(({ missing }) => missing)], [[], []]);
      const away = rows.find(({ name }) => name === "aws-health-us-east-1");
      assert.deepEqual(
        away?.notApplicable.map(({ id }) => id),
        ["event-rule-failing", "event-rule-failure-lost", "event-rule-throttled"],
      );
      assert.deepEqual(away?.costs, [
        {
          item: "events that aws-health-us-east-1 sends to another region",
          price: "eventbridge.events",
          quantity: daysPerMonth / 1e6,
        },
      ]);
    });
  }

  it("is watched where it exists already", async () => {
    const recording = await record(() => {
      watchEventRule("theirs", new EventRule("theirs", { eventPattern: "{}" }), { watcher });
    });
    assert.deepEqual(recording.one(alarm, "theirs-event-rule-failing").inputs.dimensions, {
      RuleName: "theirs-1234567",
    });
    assert.equal(recording.ofType(alarm).length, 2);
  });

  const refused: readonly (readonly [string, Partial<AwsHealthArgs>, RegExp])[] = [
    ["an account that is none", { account: "1" }, /account must be the twelve digits/],
    [
      "a region that is none",
      { elsewhere: ["Ireland"] },
      /elsewhere: a region is written as "eu-west-1", got "Ireland"/,
    ],
    ["its own region elsewhere", { elsewhere: ["eu-central-1"] }, /elsewhere must name other regions/],
    ["no services", { services: [] }, /services must name at least one, as AWS Health writes them/],
    [
      "a service by its usual name",
      { services: ["Amazon RDS"] },
      /services must name at least one.*got \["Amazon RDS"\]/,
    ],
    [
      "a signal that is off without a reason",
      { changes: { "event-rule-failing": { off: " " } } },
      /"event-rule-failing" is off without a reason/,
    ],
  ];
  for (const [what, args, message] of refused)
    it(`refuses ${what}`, async () => {
      await assert.rejects(made(args), message);
    });
});

describe("what is told of AWS Health", () => {
  const pattern = healthPattern(["eu-central-1", "global"]);
  const isTold = (detail: Json, of: Json = {}) => matches(pattern, { ...event(detail), ...of });

  it("is all about the account's own resources, and of the rest what the platform uses", () => {
    assert.equal(isTold({}), true);
    assert.equal(isTold({ service: "WORKSPACES" }), true);
    assert.equal(isTold({ eventScopeCode: "PUBLIC" }), true);
    assert.equal(isTold({ eventScopeCode: "PUBLIC", service: "WORKSPACES" }), false);
    assert.equal(isTold({ eventRegion: "global", service: "IAM", eventScopeCode: "PUBLIC" }), true);
    assert.equal(isTold({}, { source: "aws.ec2" }), false);
  });

  it("is told once: neither its further pages, nor copies for other regions", () => {
    assert.equal(isTold({ page: "2", totalPages: "2" }), false);
    assert.equal(isTold({ page: undefined }), true);
    assert.equal(isTold({ eventRegion: "us-west-2", eventScopeCode: "PUBLIC" }), false);
  });

  it("is short enough for EventBridge", () => {
    assert.ok(JSON.stringify(healthPattern(["eu-central-1", "eu-west-1", "us-east-1", "global"])).length <= 2_048);
    assert.ok(healthTemplate.length <= 8_192);
  });

  it("begins with what a subject would say, and has the words, the times and the way on", () => {
    assert.equal(
      told(event()),
      `[TICKET] AWS Health: RDS scheduledChange in eu-central-1 (upcoming)
The instance "shop" is patched.
Type: AWS_RDS_MAINTENANCE_SCHEDULED, ACCOUNT_SPECIFIC, account 123456789012
From: Sat, 05 Dec 2026 02:00:00 GMT To: 
Event: arn:aws:health:eu-central-1::event/RDS/AWS_RDS_MAINTENANCE_SCHEDULED/x
Details: https://health.console.aws.amazon.com/health/home#/account/event-log`,
    );
  });

  it("uses every path in the template, and no other", () => {
    const used = [...healthTemplate.matchAll(/<(\w+)>/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(used)].sort(), Object.keys(healthPaths).sort());
  });
});
