import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Canary as SyntheticsCanary } from "@pulumi/aws/synthetics/canary.js";
import { watcher } from "../gateway/testing";
import { place, record } from "../kit/recorder";
import { Canary, watchCanary } from "./canary";
import type { CanaryArgs } from "./canary.args";
import { digest, probe } from "./probe";

const type = "aws:synthetics/canary:Canary";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const usual: CanaryArgs = {
  ...place,
  addresses: ["https://api.example.com/shop/health", "https://api.example.com/crm/health"],
  artifacts: { bucket: "artifacts", keyArn: "arn:key" },
  watcher,
};
const made = (args: Partial<CanaryArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Canary("platform", { ...usual, ...args }), mode);

describe("a canary", () => {
  it("asks each address from outside the network, and keeps its reports encrypted", async () => {
    const { executionRoleArn: _, ...inputs } = (await made({ interval: "1 minute" })).one(type, "platform").inputs;
    assert.deepEqual(inputs, {
      runtimeVersion: "syn-nodejs-3.1",
      handler: "probe.handler",
      s3Bucket: "artifacts",
      s3Key: `canary/platform/script/${digest}.zip`,
      artifactS3Location: "s3://artifacts/canary/platform/reports",
      artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: "arn:key" } },
      schedule: { expression: "rate(1 minute)" },
      runConfig: {
        memoryInMb: 960,
        timeoutInSeconds: 45,
        environmentVariables: {
          ADDRESSES: "https://api.example.com/shop/health https://api.example.com/crm/health",
          PATIENCE: "10000",
        },
      },
      startCanary: true,
      deleteLambda: true,
      successRetentionPeriod: 31,
      failureRetentionPeriod: 31,
    });
  });

  it("has a role for just its own, which makes no log group", async () => {
    const text = String((await made()).one("aws:iam/rolePolicy:RolePolicy", "platform").inputs.policy);
    assert.match(text, /arn:aws:s3:::artifacts\/canary\/platform\/\*/);
    assert.match(text, /"cloudwatch:namespace":"CloudWatchSynthetics"/);
    assert.doesNotMatch(text, /CreateLogGroup/);
  });

  it("writes to an encrypted log that forgets, made from its function's name", async () => {
    const { madeFrom, inputs } = (await made({}, "preview")).one("aws:cloudwatch/logGroup:LogGroup", "platform-log");
    assert.deepEqual([madeFrom.name, madeFrom.kmsKeyId], [["platform"], ["platform-log"]]);
    assert.equal(inputs.retentionInDays, 90);
  });

  it("pages when users cannot get in, and tickets when it is slow or does not run", async () => {
    const recording = await made({ acceptable: "2 seconds" });
    assert.deepEqual(
      recording
        .ofType(alarm)
        .map(({ name, inputs }) => [name, inputs.alarmActions])
        .sort(),
      [
        ["platform-canary-failing", ["arn:page"]],
        ["platform-canary-not-running", ["arn:ticket"]],
        ["platform-canary-slow", ["arn:ticket"]],
      ],
    );
    assert.equal(recording.one(alarm, "platform-canary-slow").inputs.threshold, 2_000);
    assert.deepEqual(recording.one(alarm, "platform-canary-failing").madeFrom.dimensions, ["platform"]);
  });

  it("can exist already", async () => {
    const recording = await record(() => {
      const existing = new SyntheticsCanary("old", {
        name: "old",
        runtimeVersion: "syn-nodejs-3.1",
        handler: "a.handler",
        executionRoleArn: "arn:role",
        artifactS3Location: "s3://artifacts",
        schedule: { expression: "rate(1 minute)" },
      });
      watchCanary("old", existing, { watcher, changes: { "canary-failing": { severity: "ticket" } } });
    });
    const { inputs } = recording.one(alarm, "old-canary-failing");
    assert.deepEqual([inputs.dimensions, inputs.alarmActions], [{ CanaryName: "old" }, ["arn:ticket"]]);
  });

  const refused: readonly (readonly [string, Partial<CanaryArgs>, string])[] = [
    [
      "an address without TLS",
      { addresses: ["http://api.example.com"] },
      'addresses must be with https, and without a password, got "http://api.example.com"',
    ],
    ["no address", { addresses: [] }, "addresses must name at least one address"],
    [
      "an interval that its alarms do not see",
      { interval: "10 minutes" },
      'interval must be whole minutes, from 1 to 5, got "10 minutes"',
    ],
    [
      "an interval of half a minute",
      { interval: "90 seconds" },
      'interval must be whole minutes, from 1 to 5, got "90 seconds"',
    ],
    [
      "a run that never is too slow",
      { acceptable: "1 minute" },
      'acceptable must be longer than nothing, and at most 30 seconds, got "1 minute"',
    ],
    [
      "a runtime with another language",
      { runtime: "syn-python-selenium-1.0" },
      'runtime must be one for Node.js, such as "syn-nodejs-3.1", got "syn-python-selenium-1.0"',
    ],
    [
      "a silence without a reason",
      { changes: { "canary-slow": { off: "" } } },
      'changes: "canary-slow" is off without a reason: say why in words',
    ],
  ];
  for (const [what, args, text] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(() => new Canary("platform", { ...usual, ...args }), { message: `canary "platform": ${text}` });
    });
  }

  it("refuses capitals in its name", () => {
    assert.throws(() => new Canary("Platform", usual), /use only lower-case letters/);
  });
});

describe("the canary's script", () => {
  let server: Server;
  let address: string;
  let lines: unknown[];

  before((done) => {
    server = createServer(({ url }, response) => {
      if (url === "/silent") return;
      response.statusCode = url === "/moved" ? 302 : url === "/broken" ? 500 : 200;
      response.end("ok");
    }).listen(0, "127.0.0.1", () => {
      address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      done();
    });
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Runs the text as the runtime does: a module that exports its handler. */
  async function run(...paths: readonly string[]): Promise<void> {
    lines = [];
    const exported: { handler?: () => Promise<void> } = {};
    const env = { ADDRESSES: paths.map((path) => `${address}${path}`).join(" "), PATIENCE: "200" };
    const log = { log: (line: string) => lines.push(JSON.parse(line)) };
    new Function("exports", "process", "console", probe)(exported, { env }, log);
    await exported.handler?.();
  }

  it("succeeds when every address answers, and says how long each took", async () => {
    await run("/shop/health", "/crm/health");
    assert.equal(lines.length, 2);
    assert.deepEqual(Object.keys(lines[0] as object), ["address", "status", "milliseconds"]);
  });

  it("fails with every address that is wrong, moved or silent", async () => {
    await assert.rejects(run("/shop/health", "/broken", "/moved", "/silent"), (error: Error) => {
      assert.match(error.message, /^\S+\/broken: 500; \S+\/moved: 302; \S+\/silent: .*timeout/i);
      return true;
    });
    assert.equal(lines.length, 4);
  });
});
