import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as random from "@pulumi/random";
import { onEngine, summary } from "./testing";
import { unknown } from "./wire";

const queue =
  (args: aws.sqs.QueueArgs, options?: pulumi.CustomResourceOptions): PulumiFn =>
  async () => {
    const orders = new aws.sqs.Queue("orders", args, options);
    return { url: orders.url };
  };

/** A type that no SDK declares. */
class Unlisted extends pulumi.CustomResource {}

const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

describe("what the stand-in takes from the real providers", () => {
  it("knows in a preview what the real provider knows, and nothing more", () =>
    onEngine(async ({ preview, up }) => {
      const [step] = (await preview(queue({}))).steps;
      const { arn, url, name, region, tagsAll, visibilityTimeoutSeconds, maxMessageSize, kmsMasterKeyId } =
        step?.outputs ?? {};
      assert.deepEqual({ arn, url }, { arn: unknown, url: unknown });
      assert.match(text(name), /^orders-[0-9a-f]{7}$/);
      assert.deepEqual(
        { region, tagsAll, visibilityTimeoutSeconds, maxMessageSize },
        { region: "eu-west-1", tagsAll: {}, visibilityTimeoutSeconds: 30, maxMessageSize: 262144 },
      );
      assert.equal(kmsMasterKeyId, undefined, "not given and not computed: absent, not unknown");

      const [made] = (await up(queue({}))).steps;
      assert.equal(made?.outputs.name, name, "the update makes the name that the preview showed");
      assert.equal(made?.outputs.arn, `arn:aws:sqs:eu-west-1:123456789012:${text(name)}`);
      assert.equal(made?.outputs.url, `https://sqs.eu-west-1.amazonaws.com/123456789012/${text(name)}`);
    }));

  it("refuses in a preview an unknown type, a missing, an unknown and a wrongly typed argument", () =>
    onEngine(async ({ preview }) => {
      const refused = async (program: PulumiFn): Promise<string> => {
        const { failed, said } = await preview(program);
        assert.equal(failed, true);
        return said;
      };
      const unlisted = async () => {
        new Unlisted("aws:nowhere/thing:Thing", "thing", {});
      };
      assert.match(
        await refused(unlisted),
        /the stand-in has no schema row for aws:nowhere\/thing:Thing: run npm run generate/,
      );
      const missing = async () => {
        // The SDK would refuse or drop these itself, so the slips are made without it.
        new Unlisted("aws:sns/topicSubscription:TopicSubscription", "mail", { topic: "a", protocol: "email" });
      };
      assert.match(await refused(missing), /missing required argument "endpoint"/);
      const misspelt = async () => {
        new Unlisted("aws:sqs/queue:Queue", "orders", { visibilityTimeout: 30 });
      };
      assert.match(
        await refused(misspelt),
        /unknown argument "visibilityTimeout": did you mean "visibilityTimeoutSeconds"\?/,
      );
      const wrong = async () => {
        new aws.cloudwatch.MetricAlarm("slow", {
          comparisonOperator: "GreaterThanThreshold",
          evaluationPeriods: 1,
          metricQueries: [{ id: "m", metric: { metricName: "x", stat: "Sum", period: "60" as unknown as number } }],
        });
      };
      assert.match(await refused(wrong), /metricQueries\[0\]\.metric\.period: expected number, got "60"/);
    }));

  it("refuses to create what exists under the same physical name", () =>
    onEngine(async ({ up }) => {
      const { failed, said } = await up(async () => {
        const first = new aws.sqs.Queue("first", { name: "orders" });
        new aws.sqs.Queue("second", { name: "orders" }, { dependsOn: [first] });
      });
      assert.equal(failed, true);
      assert.match(said, /QueueAlreadyExists: .*"orders" already exists/);
    }));

  it("keeps secrets secret", () =>
    onEngine(async ({ stack, up }) => {
      const made = await up(async () => {
        const password = new random.RandomPassword("password", { length: 20 });
        new aws.secretsmanager.SecretVersion("value", { secretId: "arn", secretString: password.result });
      });
      assert.equal(made.failed, false, made.said);
      const state = JSON.stringify(await stack.exportStack());
      assert.doesNotMatch(state, /"(secretString|result|bcryptHash)":"/, "a secret stands in the state as plain text");
      for (const { inputs, outputs, type } of made.steps) {
        const hidden = type.includes("Password") ? outputs.result : inputs.secretString;
        assert.equal(typeof hidden, "object", `${type} shows its secret`);
      }
    }));

  it("gives each provider instance its own region and default tags", () =>
    onEngine(async ({ cloud, up }) => {
      const made = await up(async () => {
        const copy = new aws.Provider("copy", { region: "eu-central-1", defaultTags: { tags: { owner: "ops" } } });
        new aws.sqs.Queue("here", { tags: { name: "here" } });
        new aws.sqs.Queue("there", {}, { provider: copy });
        new aws.sqs.Queue("named", { region: "us-west-2" });
      });
      assert.equal(made.failed, false, made.said);
      const places = cloud.resources().map(({ outputs }) => [outputs.region, outputs.tagsAll, outputs.arn]);
      const found = places
        .map(([region, tags, arn]) => `${text(region)} ${text(tags)} ${text(arn).split(":")[3]}`)
        .sort();
      assert.deepEqual(found, [
        'eu-central-1 {"owner":"ops"} eu-central-1',
        'eu-west-1 {"name":"here"} eu-west-1',
        "us-west-2 {} us-west-2",
      ]);
    }));

  it("imports and reads what the program names by id", () =>
    onEngine(async ({ cloud, up }) => {
      const url = "https://sqs.eu-central-1.amazonaws.com/999999999999/theirs";
      let arn = "";
      const made = await up(async () => {
        const theirs = aws.sqs.Queue.get("theirs", url);
        theirs.arn.apply((value) => {
          arn = value;
        });
        return { url: theirs.url };
      });
      assert.equal(made.failed, false, made.said);
      assert.equal(arn, "arn:aws:sqs:eu-central-1:999999999999:theirs");
      assert.deepEqual(cloud.resources(), [], "what is only read is not managed");

      const adopted = await up(queue({ name: "theirs", region: "eu-central-1" }, { import: url }));
      assert.equal(adopted.failed, false, adopted.said);
      assert.deepEqual(summary(adopted.steps), ["import Queue orders"]);
      assert.equal(cloud.resources()[0]?.id, url, "what was imported is managed");
    }));
});
