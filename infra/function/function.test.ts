import assert from "node:assert/strict";
import { Function as Lambda } from "@pulumi/aws/lambda/function.js";
import { place, type Recording, record } from "../kit/recorder";
import { archiveOf, bundled } from "./bundle";
import { LambdaFunction, watchFunction } from "./function";
import type { LambdaFunctionArgs } from "./function.args";
import { functionKind } from "./function.kind";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const entry = "infra/broker/operations/handlers/rotate.ts";
const usual: LambdaFunctionArgs = { entry, description: "Does something", timeout: "1 minute", place, watcher };
const network = { subnets: ["subnet-1", "subnet-2"], securityGroups: ["sg-1"] };

const lambda = "aws:lambda/function:Function";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const made = (args: Partial<LambdaFunctionArgs> = {}, mode?: "update" | "preview") =>
  record(() => new LambdaFunction("job", { ...usual, ...args }), mode);
const alarms = (recording: Recording) =>
  recording
    .ofType(alarm)
    .map(({ name }) => name)
    .sort();
interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: object;
}
const statements = (recording: Recording, name: string) =>
  (recording.document("aws:iam/rolePolicy:RolePolicy", name, "policy") as { Statement: Statement[] }).Statement;

describe("a function", () => {
  it("comes with its role, its log, its key and its alarms, each with a parent", async () => {
    const { resources } = await made();
    assert.deepEqual(resources.map(({ type, name, parent }) => `${parent ?? ""} > ${type} ${name}`).sort(), [
      " > vigia:function:LambdaFunction job",
      "job > aws:cloudwatch/logGroup:LogGroup job",
      `job > ${alarm} job-function-concurrency`,
      `job > ${alarm} job-function-failed`,
      `job > ${alarm} job-function-near-timeout`,
      `job > ${alarm} job-function-throttled`,
      "job > aws:iam/role:Role job",
      "job > aws:iam/rolePolicy:RolePolicy job",
      "job > aws:kms/key:Key job",
      `job > ${lambda} job`,
      "job > vigia:signal:Watch job",
    ]);
  });

  it("runs the newest Node.js on arm64, with tracing, and logs into its own encrypted group", async () => {
    const recording = await made({ environment: { A_B: "c" }, concurrency: 2 });
    const { code: _, role: __, kmsKeyArn, ...inputs } = recording.one(lambda, "job").inputs;
    assert.deepEqual(inputs, {
      description: "Does something",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      handler: "index.handler",
      timeout: 60,
      memorySize: 256,
      reservedConcurrentExecutions: 2,
      environment: { variables: { A_B: "c" } },
      loggingConfig: {
        logFormat: "JSON",
        logGroup: "job-1234567",
        applicationLogLevel: "INFO",
        systemLogLevel: "WARN",
      },
      tracingConfig: { mode: "Active" },
    });
    const { retentionInDays, kmsKeyId } = recording.one("aws:cloudwatch/logGroup:LogGroup", "job").inputs;
    assert.deepEqual([retentionInDays, kmsKeyId], [30, kmsKeyArn]);
    assert.equal(recording.one("aws:kms/key:Key", "job").inputs.enableKeyRotation, true);
  });

  it("may write its own log and use its own key, and nothing else but what it is given", async () => {
    const recording = await made({ may: [{ Sid: "Own", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::b/*"] }] });
    assert.deepEqual(
      statements(recording, "job").map(({ Sid, Effect }) => `${Effect} ${Sid}`),
      ["Allow Log", "Allow Trace", "Allow Key", "Allow Own"],
    );
    assert.match(String(statements(recording, "job")[0]?.Resource), /^arn:aws:cloudwatch:.*job-1234567:\*$/);
  });

  it("leaves the interfaces of its network to Lambda: its code may not touch them", async () => {
    const recording = await made({ network });
    const { vpcConfig } = recording.one(lambda, "job").inputs;
    assert.deepEqual(vpcConfig, { subnetIds: network.subnets, securityGroupIds: network.securityGroups });
    const never = statements(recording, "job").filter(({ Effect }) => Effect === "Deny");
    assert.deepEqual(
      never.map(({ Condition }) => Condition),
      [{ ArnLike: { "lambda:SourceFunctionArn": "arn:aws:lambda:eu-central-1:123456789012:function:job-*" } }],
    );
  });

  it("is run by a schedule in a group of its own, and keeps what failed", async () => {
    const recording = await made({ every: "15 minutes" });
    const { target, scheduleExpression, groupName, kmsKeyArn } = recording.one(
      "aws:scheduler/schedule:Schedule",
      "job",
    ).inputs;
    const queue = "arn:aws:sqs:eu-central-1:123456789012:job-failures-1234567";
    assert.equal(scheduleExpression, "rate(15 minutes)");
    assert.equal(groupName, "job-1234567");
    assert.ok(kmsKeyArn);
    const { deadLetterConfig, retryPolicy } = target as Record<string, unknown>;
    assert.deepEqual(
      [deadLetterConfig, retryPolicy],
      [{ arn: queue }, { maximumEventAgeInSeconds: 900, maximumRetryAttempts: 185 }],
    );
    const config = recording.one("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "job").inputs;
    assert.deepEqual(config.destinationConfig, { onFailure: { destination: queue } });
    assert.deepEqual(alarms(recording), [
      "job-failures-queue-dead-letters",
      "job-failures-queue-dead-letters-expiring",
      "job-function-concurrency",
      "job-function-events-waiting",
      "job-function-failure-lost",
      "job-function-near-timeout",
      "job-function-not-run-for-an-hour",
      "job-function-throttled",
      "job-schedule-failure-lost",
      "job-schedule-target-errors",
      "job-schedule-target-throttled",
      "job-schedule-throttled",
    ]);
    const { alarmActions } = recording.one(alarm, "job-failures-queue-dead-letters").inputs;
    assert.deepEqual(alarmActions, ["arn:ticket"]);
    assert.deepEqual(
      statements(recording, "job-schedule").map(({ Sid }) => Sid),
      ["Invoke", "Key", "KeepFailures"],
    );
  });

  it("pages for what failed where that was asked for", async () => {
    const recording = await made({ failures: "page" });
    const { alarmActions } = recording.one(alarm, "job-failures-queue-dead-letters").inputs;
    assert.deepEqual(alarmActions, ["arn:page"]);
  });

  it("is what its alarms are about, in a preview too, where its name is unknown", async () => {
    const recording = await made({ every: "1 hour" }, "preview");
    assert.deepEqual(recording.one(alarm, "job-function-not-run-for-hours").madeFrom.dimensions, ["job"]);
    assert.deepEqual(recording.one(alarm, "job-schedule-throttled").madeFrom.dimensions, ["job"]);
    assert.deepEqual(recording.one("aws:scheduler/schedule:Schedule", "job").parent, "job");
  });

  it("is answered with every mistake at once, before anything is made", async () => {
    const bad = {
      timeout: "20 minutes",
      memory: "64 MiB",
      concurrency: 0,
      logDays: 31,
      every: "90 seconds",
      description: " ",
    } as const;
    let message = "";
    const { resources } = await record(() => {
      try {
        new LambdaFunction("job", {
          ...usual,
          ...bad,
          environment: { AWS_REGION: "x" },
          network: { subnets: [], securityGroups: [] },
        });
      } catch (error) {
        message = error instanceof Error ? error.message : "";
      }
    });
    assert.deepEqual(resources, []);
    assert.deepEqual(
      message
        .split("\n")
        .map((line) => line.replace(/^function "job": /, "").split(/,| must| needs/)[0])
        .sort(),
      [
        "concurrency",
        "description",
        "environment: a name has letters",
        "every",
        "logDays",
        "memory",
        "network",
        "timeout",
      ],
    );
  });
});

describe("a function that exists already", () => {
  it("is watched by what it declares: busy ones by shares, rare ones by every failure", async () => {
    const watched = (options: object) =>
      record(
        () =>
          void watchFunction("theirs", new Lambda("api", { role: "r" }), {
            timeout: "10 seconds",
            watcher,
            ...options,
          }),
      );
    assert.deepEqual(alarms(await watched({ runsPerDay: 500_000 })), [
      "theirs-function-concurrency",
      "theirs-function-failing",
      "theirs-function-slow",
      "theirs-function-throttled",
    ]);
    assert.ok(alarms(await watched({ asynchronous: true })).includes("theirs-function-events-dropped"));
    assert.ok(alarms(await watched({ every: "1 day" })).includes("theirs-function-not-run-for-a-day"));
  });

  it("is known to the catalogue by what catches its failures", async () => {
    const recording = await made({ every: "15 minutes" });
    const [resource] = recording.graph.ofType(lambda);
    assert.ok(resource);
    const { signals } = functionKind.view(resource, recording.graph);
    const lost = signals.find(({ info }) => info.id === "function-failure-lost");
    assert.equal(lost?.notApplicable, undefined);
  });
});

describe("the code of a function", () => {
  it("is one file that needs nothing but the runtime", () => {
    const code = bundled(entry);
    const required = [...code.matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(required)].sort(), ["@aws-sdk/client-secrets-manager", "node:crypto"]);
    assert.match(code, /handler/);
    assert.doesNotMatch(code, /pulumi\/pulumi/);
  });

  it("is the same for the same sources, and says where it was written from nowhere", () => {
    assert.equal(bundled(entry), bundled(entry));
    assert.doesNotMatch(bundled(entry), new RegExp(process.cwd()));
  });

  it("tells file and line of what does not compile", () => {
    assert.throws(() => bundled("infra/function/not-there.ts"), /not-there\.ts/);
  });

  it("has the files beside it that it is given", async () => {
    const { assets } = archiveOf("code", { "definitions.json": "{}" });
    assert.deepEqual(Object.keys(await assets).sort(), ["definitions.json", "index.js"]);
  });
});
