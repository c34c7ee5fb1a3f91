import assert from "node:assert/strict";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import type { AssetArchive } from "@pulumi/pulumi/asset/index.js";
import { place, record } from "../../kit/recorder";
import { definitionsFile } from "./environment";
import { BrokerOperations } from "./operations";
import type { BrokerOperationsArgs } from "./operations.args";
import { small } from "./testing";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const lambda = "aws:lambda/function:Function";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rotation = "aws:secretsmanager/secretRotation:SecretRotation";
const invocation = "aws:lambda/invocation:Invocation";

const made = (args: Partial<BrokerOperationsArgs> = {}, mode?: "update" | "preview") =>
  record(() => {
    const secret = (name: string) => new Secret(name, {});
    const secrets = { admin: secret("admin"), application: secret("application"), monitoring: secret("monitoring") };
    const given: BrokerOperationsArgs = {
      broker: { name: "messages", consoleUrl: "https://b-1.mq.eu-central-1.on.aws" },
      secrets,
      secretsKeyArn: "arn:secrets-key",
      topology: small,
      exports: { bucket: "backups", arn: "arn:aws:s3:::backups", kmsKeyArn: "arn:bucket-key" },
      network: { subnets: ["subnet-1"], securityGroups: ["sg-functions"] },
      place,
      watcher,
    };
    return new BrokerOperations("broker", { ...given, ...args });
  }, mode);
interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
}
const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:${name}-1234567`;

describe("the operations of a broker", () => {
  it("are three functions in the VPC, which know the broker and where its secrets are, but no secret", async () => {
    const recording = await made();
    const functions = recording.ofType(lambda);
    assert.deepEqual(functions.map(({ name }) => name).sort(), ["broker-compare", "broker-import", "broker-rotate"]);
    for (const { inputs } of functions) {
      assert.deepEqual(inputs.vpcConfig, { subnetIds: ["subnet-1"], securityGroupIds: ["sg-functions"] });
      const { variables } = inputs.environment as { variables: Record<string, string> };
      assert.equal(variables.CONSOLE_URL, "https://b-1.mq.eu-central-1.on.aws");
      assert.equal(variables.ADMIN_SECRET, arn("admin"));
    }
    const files = async (name: string) =>
      Object.keys(await (recording.one(lambda, name).inputs.code as AssetArchive).assets).sort();
    assert.deepEqual(await files("broker-import"), [definitionsFile, "index.js"]);
    assert.deepEqual(await files("broker-rotate"), ["index.js"]);
  });

  it("may each do what they need, and nothing more", async () => {
    const recording = await made();
    const may = (name: string, sid: string) => {
      const policy = recording.document("aws:iam/rolePolicy:RolePolicy", name, "policy") as { Statement: Statement[] };
      const found = policy.Statement.find(({ Sid }) => Sid === sid);
      return found && [found.Action, found.Resource];
    };
    assert.equal(may("broker-import", "Rotate"), undefined);
    assert.equal(may("broker-import", "Export"), undefined);
    assert.deepEqual(may("broker-compare", "Export"), [
      ["s3:GetObject", "s3:PutObject"],
      ["arn:aws:s3:::backups/definitions/messages.json"],
    ]);
    // The administrator's secret is read, and never written.
    assert.deepEqual(may("broker-rotate", "Rotate")?.[1], [arn("application"), arn("monitoring")]);
  });

  it("import when topology, code or broker change, and rotate only once the users are there", async () => {
    const recording = await made();
    const { triggers } = recording.one(invocation, "broker").inputs as { triggers: Record<string, string> };
    const other = await made({ topology: { shop: { description: "s", exchanges: {}, queues: {} } } });
    const { triggers: changed } = other.one(invocation, "broker").inputs as { triggers: Record<string, string> };
    assert.notEqual(triggers.topology, changed.topology);
    assert.equal(triggers.broker, "messages");
    for (const name of ["broker-application", "broker-monitoring"]) {
      const { inputs, dependsOn } = recording.one(rotation, name);
      assert.deepEqual([inputs.rotateImmediately, inputs.rotationRules], [false, { automaticallyAfterDays: 30 }]);
      assert.ok(dependsOn.includes("broker"));
    }
    assert.equal(recording.ofType(rotation).length, 2);
  });

  it("have alarms on what they publish, which depend on the import and the rotations", async () => {
    const recording = await made({ rotateEvery: "7 days" }, "preview");
    assert.deepEqual(recording.one(alarm, "broker-topology-differs").madeFrom.dimensions, ["broker"]);
    assert.deepEqual(recording.one(alarm, "broker-topology-not-exported").madeFrom.dimensions, ["broker"]);
    const overdue = recording.one(alarm, "broker-application-secret-rotation-overdue");
    assert.deepEqual(overdue.madeFrom.dimensions, ["broker-application"]);
    assert.equal(overdue.inputs.threshold, 10 * 86_400);
    const after = await made();
    assert.deepEqual(after.one(alarm, "broker-topology-differs").inputs.dimensions, { Broker: "messages" });
  });

  it("let Secrets Manager run the rotation for those two secrets alone", async () => {
    const permissions = (await made()).ofType("aws:lambda/permission:Permission");
    assert.deepEqual(
      permissions.map(({ inputs }) => [inputs.principal, inputs.sourceAccount, inputs.sourceArn]),
      [
        ["secretsmanager.amazonaws.com", place.account, arn("application")],
        ["secretsmanager.amazonaws.com", place.account, arn("monitoring")],
      ],
    );
  });

  it("refuse a topology with mistakes and a period that Secrets Manager does not take", async () => {
    const topology = { shop: { description: "s", exchanges: {}, queues: { a: { from: [{ exchange: "b" }] } } } };
    await assert.rejects(made({ topology, rotateEvery: "12 hours" }), (error: Error) => {
      assert.deepEqual(error.message.split("\n"), [
        'operations of broker "broker": rotateEvery must be whole days, 1 to 365, got "12 hours"',
        'operations of broker "broker": topology shop.queues.a.from.0.exchange: an exchange of the same virtual host: none: the virtual host has no exchange',
      ]);
      return true;
    });
  });
});
