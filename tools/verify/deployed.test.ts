import assert from "node:assert/strict";
import { deployedOf } from "./deployed";
import type { StateResource } from "./state";
import { readState } from "./state";
import { stateText, topics } from "./verify.fixtures";

const resource = (
  type: string,
  outputs: StateResource["outputs"],
  inputs: StateResource["inputs"] = {},
): StateResource => ({
  name: "x",
  type,
  id: "x",
  inputs,
  outputs,
});
const alarmArn = (name: string, region = "eu-central-1") => `arn:aws:cloudwatch:${region}:123456789012:alarm:${name}`;
const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const deployed = (...resources: readonly StateResource[]) => deployedOf("dev", { resources });

describe("what was deployed", () => {
  const whole = deployedOf("dev", readState("dev", stateText(), "the fixture"));

  it("is read from the state of a stack", () => {
    assert.deepEqual([whole.account, whole.region, whole.unreadable], ["123456789012", "eu-central-1", []]);
    assert.deepEqual(whole.paging, { page: topics.page, ticket: topics.ticket });
    assert.equal(whole.alarms.length, 6);
    assert.equal(whole.subscriptions.length, 5);
    assert.ok(whole.alarms.every(({ created }) => created !== undefined));
  });

  it("has the routes of the alert manager as AMP was given them", () => {
    assert.deepEqual(whole.prometheus?.routes, {
      page: { topics: [topics.prometheusPage], pagerDuty: 0, wait: 30, muted: [] },
      ticket: { topics: [topics.prometheusTicket], pagerDuty: 0, wait: 300, muted: [] },
    });
  });

  it("has the jobs of every collector, and the namespaces of which a workload asks to be scraped", () => {
    const { jobs = [], scraped } = whole.prometheus ?? {};
    for (const job of ["cadvisor", "pods", "collector", "broker-queues", "postgres-exporter"])
      assert.ok(jobs.includes(job), job);
    assert.deepEqual(scraped, ["shop"]);
  });

  it("has metric math, queries across dimensions, and composite alarms, each in its region", () => {
    const metric = {
      namespace: "AWS/SQS",
      metricName: "Sent",
      dimensions: { QueueName: "q" },
      period: 60,
      stat: "Sum",
    };
    const { alarms } = deployed(
      resource(metricAlarm, {
        arn: alarmArn("math"),
        name: "math",
        metricQueries: [
          { id: "value", expression: "a + a", returnData: true },
          { id: "a", metric },
        ],
      }),
      resource(metricAlarm, {
        arn: alarmArn("across", "eu-west-1"),
        name: "across",
        metricQueries: [
          {
            id: "value",
            expression: `SELECT MAX("Used") FROM SCHEMA("AWS/AmazonMQ", "Broker", "Node") WHERE "Broker" = 'b'`,
            period: 60,
          },
        ],
      }),
      resource(compositeAlarm, { arn: alarmArn("felt"), alarmName: "felt", alarmRule: 'ALARM("math")' }),
    );
    assert.deepEqual(
      alarms.map(({ name, region, reads }) => [name, region, reads]),
      [
        [
          "math",
          "eu-central-1",
          [{ namespace: "AWS/SQS", metric: "Sent", dimensions: { QueueName: "q" }, across: [] }],
        ],
        [
          "across",
          "eu-west-1",
          [{ namespace: "AWS/AmazonMQ", metric: "Used", dimensions: { Broker: "b" }, across: ["Node"] }],
        ],
        ["felt", "eu-central-1", []],
      ],
    );
  });

  it("names what it cannot read", () => {
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "x" };
    const workspace = {
      arn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1",
      prometheusEndpoint: "https://aps/workspaces/ws-1/",
    };
    const { unreadable } = deployed(
      resource(metricAlarm, {
        arn: alarmArn("a"),
        name: "a",
        namespace: "N",
        metricName: "M",
        dimensions: { D: secret },
      }),
      resource("aws:amp/workspace:Workspace", workspace),
      resource("aws:amp/ruleGroupNamespace:RuleGroupNamespace", {}, { data: secret }),
      resource("aws:amp/alertManagerDefinition:AlertManagerDefinition", {}, { definition: "alertmanager_config: [" }),
    );
    assert.deepEqual(unreadable.map((text) => text.split(" ")[0]?.split(":").pop()).sort(), [
      "AlertManagerDefinition",
      "MetricAlarm",
      "RuleGroupNamespace",
    ]);
  });
});
