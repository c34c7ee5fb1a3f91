import assert from "node:assert/strict";
import { type CustomResourceOptions, Output, output, type ResourceTransformation, secret } from "@pulumi/pulumi";
import { record } from "../kit/recorder";
import { Broker } from "./broker";
import type { BrokerArgs } from "./broker.args";
import { usual } from "./broker.fixtures";

const broker = "aws:mq/broker:Broker";
const configuration = "aws:mq/configuration:Configuration";
const key = "aws:kms/key:Key";
const password = "random:index/randomPassword:RandomPassword";
const secretType = "aws:secretsmanager/secret:Secret";
const version = "aws:secretsmanager/secretVersion:SecretVersion";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const rules = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const made = (args: Partial<BrokerArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Broker("messages", { ...usual, ...args }), mode);
describe("a broker", () => {
  it("comes with key, configuration, a secret for each user and its watch, each with a parent", async () => {
    const { resources } = await made();
    assert.deepEqual(
      resources
        .filter(({ type }) => type !== alarm)
        .map(({ type, name, parent }) => `${parent ?? ""} > ${type} ${name}`)
        .sort(),
      [
        " > vigia:broker:Broker messages",
        `messages > ${rules} messages`,
        `messages > ${key} messages`,
        `messages > ${broker} messages`,
        `messages > ${configuration} messages`,
        `messages > ${secretType} messages-admin`,
        `messages > ${secretType} messages-application`,
        `messages > ${secretType} messages-monitoring`,
        `messages > ${password} messages-admin`,
        `messages > ${password} messages-application`,
        `messages > ${password} messages-monitoring`,
        "messages > vigia:signal:Watch messages",
        `messages-admin > ${version} messages-admin`,
        `messages-application > ${version} messages-application`,
        `messages-monitoring > ${version} messages-monitoring`,
      ].sort(),
    );
  });

  it("is private, in three zones, encrypted with its key, patched and logged", async () => {
    const { users: _, ...inputs } = (await made()).one(broker, "messages").inputs;
    assert.deepEqual(inputs, {
      engineType: "RabbitMQ",
      engineVersion: "4.3",
      hostInstanceType: "mq.m7g.large",
      deploymentMode: "CLUSTER_MULTI_AZ",
      publiclyAccessible: false,
      subnetIds: ["subnet-a", "subnet-b", "subnet-c"],
      securityGroups: ["sg-broker"],
      encryptionOptions: {
        useAwsOwnedKey: false,
        kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:messages-1234567",
      },
      configuration: { id: "messages-id" },
      autoMinorVersionUpgrade: true,
      maintenanceWindowStartTime: { dayOfWeek: "SUNDAY", timeOfDay: "03:00", timeZone: "Europe/Berlin" },
      applyImmediately: false,
      logs: { general: true },
    });
  });

  it("of a single node is in one zone, and a cluster in three however many the network has", async () => {
    const subnets = output(["subnet-a", "subnet-b", "subnet-c", "subnet-d"]);
    const inputs = async (mode: "single" | "cluster") => (await made({ subnets, mode })).one(broker, "messages").inputs;
    const single = await inputs("single");
    assert.deepEqual([single.deploymentMode, single.subnetIds], ["SINGLE_INSTANCE", ["subnet-a"]]);
    assert.deepEqual((await inputs("cluster")).subnetIds, ["subnet-a", "subnet-b", "subnet-c"]);
  });

  it("has a key that rotates, unless it is given one", async () => {
    const own = (await made()).one(key, "messages").inputs;
    assert.deepEqual([own.enableKeyRotation, own.deletionWindowInDays], [true, 30]);
    const recording = await made({ key: "arn:given" });
    assert.deepEqual(recording.ofType(key), []);
    assert.deepEqual(recording.one(broker, "messages").inputs.encryptionOptions, {
      useAwsOwnedKey: false,
      kmsKeyId: "arn:given",
    });
    assert.equal(recording.one(secretType, "messages-admin").inputs.kmsKeyId, "arn:given");
  });

  it("is configured with what is declared", async () => {
    const data = async (args: Partial<BrokerArgs>) =>
      (await made(args)).one(configuration, "messages").inputs.data as string;
    assert.equal(
      await data({}),
      "consumer_timeout = 1800000\nmax_message_size = 524288\nsecure.management.http.headers.enabled = true\n",
    );
    const raised: Partial<BrokerArgs> = {
      consumerTimeout: "1 hour",
      largestMessage: "1 MiB",
      limits: { connections: 900, queues: 2_000 },
    };
    assert.equal(
      await data(raised),
      "consumer_timeout = 3600000\nmax_message_size = 1048576\nsecure.management.http.headers.enabled = true\nconnection_max = 900\ncluster_queue_limit = 2000\n",
    );
  });

  it("says where services, the management API and the scraper find it", async () => {
    let found: unknown;
    await record(() => {
      const { endpoint, consoleUrl, host, metricsTargets } = new Broker("messages", usual);
      output([endpoint, consoleUrl, host, metricsTargets]).apply((all) => {
        found = all;
      });
    });
    const name = "b-1.mq.eu-central-1.on.aws";
    assert.deepEqual(found, [
      `amqps://${name}:5671`,
      `https://${name}`,
      name,
      [`${name}:16001`, `${name}:16002`, `${name}:16003`],
    ]);
  });

  it("takes a last change to its arguments", async () => {
    const transform: BrokerArgs["transform"] = { broker: (args) => ({ ...args, brokerName: "legacy" }) };
    assert.equal((await made({ transform })).one(broker, "messages").inputs.brokerName, "legacy");
  });
});

/** Options that no recording shows. */
async function optionsOf(args: Partial<BrokerArgs>): Promise<Readonly<Record<string, CustomResourceOptions>>> {
  const seen: Record<string, CustomResourceOptions> = {};
  const note: ResourceTransformation = ({ type, name, opts }) => {
    seen[`${type} ${name}`] = opts;
    return undefined;
  };
  await record(() => new Broker("messages", { ...usual, ...args }, { transformations: [note] }));
  return seen;
}

describe("what a broker keeps", () => {
  it("is protected and stays in the account, unless somebody says otherwise", async () => {
    const seen = await optionsOf({});
    const open = await optionsOf({ protect: false });
    for (const one of [`${broker} messages`, `${key} messages`, `${secretType} messages-application`]) {
      assert.deepEqual([seen[one]?.protect, seen[one]?.retainOnDelete], [true, true], one);
      assert.deepEqual([open[one]?.protect, open[one]?.retainOnDelete], [undefined, undefined], one);
    }
  });

  it("is never replaced because of its first user, and its rotated secrets never overwritten", async () => {
    const seen = await optionsOf({});
    assert.deepEqual(seen[`${broker} messages`]?.ignoreChanges, ["users"]);
    for (const user of ["admin", "application", "monitoring"]) {
      const options = seen[`${version} messages-${user}`];
      assert.deepEqual(options?.ignoreChanges, ["secretString", "versionStages"], user);
      assert.equal(options?.retainOnDelete, true, user);
      assert.ok(Output.isInstance(options?.replacementTrigger), user);
    }
  });

  it("has secrets that hold a user each, the first of the services' two among them", async () => {
    const recording = await record(() => {
      const note: ResourceTransformation = ({ type, name, props, opts }) =>
        type === password ? { props: { ...props, result: secret(`first-password-of-${name}`) }, opts } : undefined;
      new Broker("messages", usual, { transformations: [note] });
    });
    const value = (user: string) => recording.one(version, `messages-${user}`).inputs;
    const first = (username: string, of: string) =>
      JSON.stringify({ engine: "rabbitmq", username, password: `first-password-of-messages-${of}` });
    assert.equal(value("admin").secretString, first("admin", "admin"));
    assert.equal(value("application").secretString, first("app-a", "application"));
    assert.equal(value("monitoring").secretString, first("monitoring", "monitoring"));
    assert.deepEqual(value("admin").versionStages, ["AWSCURRENT", "first"]);
    assert.deepEqual(recording.one(broker, "messages").inputs.users, [
      { username: "admin", password: "first-password-of-messages-admin" },
    ]);
  });

  it("has passwords that Amazon MQ takes", async () => {
    const recording = await made();
    assert.deepEqual(recording.one(password, "messages-admin").inputs, {
      length: 40,
      overrideSpecial: "-_.~",
      minLower: 1,
      minUpper: 1,
      minNumeric: 1,
      minSpecial: 1,
    });
  });

  it("can be deleted at once where it is not protected", async () => {
    const window = async (args: Partial<BrokerArgs>) =>
      (await made(args)).one(secretType, "messages-admin").inputs.recoveryWindowInDays;
    assert.deepEqual([await window({}), await window({ protect: false })], [30, 0]);
  });
});
