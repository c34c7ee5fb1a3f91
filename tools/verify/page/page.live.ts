import assert from "node:assert/strict";
import { GetTopicAttributesCommand, ListSubscriptionsCommand, PublishCommand } from "@aws-sdk/client-sns";
import { ListQueuesCommand } from "@aws-sdk/client-sqs";
import { parse, stringify } from "yaml";
import { elsewhere } from "../../../infra/watch/alerting/alerting.testing";
import { type LiveAlertmanager, startAlertmanager } from "../../live/alertmanager";
import { type Emulator, startEmulator } from "../../live/alertmanager.receivers";
import { orSkipped } from "../../live/unavailable";
import { type Access, awsOf } from "../aws";
import { type Deployed, deployedOf } from "../deployed";
import { credentials, type FakeAws, fakeAws } from "../fake";
import { readState } from "../state";
import { account, region, stateText, topics } from "../verify.fixtures";
import { page } from "./page";

const nameOf = (arn: string) => arn.split(":").pop() ?? "";
const times = { group_wait: "1s", group_interval: "1s", repeat_interval: "1h" } as const;

/** The alert manager definition of the state, as a real Alertmanager takes it. */
function alertmanagerFiles(state: string, sns: string): Record<string, string> {
  const { resources } = JSON.parse(state).deployment;
  const type = "aws:amp/alertManagerDefinition:AlertManagerDefinition";
  const found = resources.find((resource: { readonly type: string }) => resource.type === type);
  const { alertmanager_config, template_files } = parse(found.inputs.definition);
  const config = elsewhere(parse(alertmanager_config), { sns, pagerDuty: "http://127.0.0.1:1/", times });
  return { "alertmanager.yml": stringify(config, { aliasDuplicateObjects: false }), ...template_files };
}

describe("verify --page on a real Alertmanager and an emulator of SNS and SQS", function () {
  this.timeout(120_000);
  let emulator: Emulator;
  let manager: LiveAlertmanager;
  let fake: FakeAws;
  let access: Access;
  let deployed: Deployed;

  before(async function () {
    await orSkipped(this, async () => {
      const { payments: _, ...people } = topics;
      const queues = Object.values(people).map((arn) => [`people-${nameOf(arn)}`, { topic: nameOf(arn) }]);
      emulator = await startEmulator(console.log, { region, queues: Object.fromEntries(queues) });
      // The emulator has an account of its own.
      const state = stateText().replaceAll(account, emulator.account);
      deployed = deployedOf("dev", readState("dev", state, "the fixture"));
      manager = await startAlertmanager(console.log, alertmanagerFiles(state, emulator.url));
    });
    const publisher = awsOf(region, { credentials, endpoints: { sns: emulator.url } }).sns(region);
    const alarms = new Map<string, { readonly topic: string; readonly description: unknown }>();
    // Neither has an emulator: CloudWatch publishes as it would, and AMP hands on to the real alert manager.
    fake = await fakeAws({
      "cloudwatch:PutMetricAlarm": ({ AlarmName, AlarmActions, AlarmDescription }) => {
        const [topic] = Array.isArray(AlarmActions) ? AlarmActions : [];
        alarms.set(String(AlarmName), { topic: String(topic), description: AlarmDescription });
        return { json: {} };
      },
      "cloudwatch:SetAlarmState": async ({ AlarmName, StateValue, StateReason }) => {
        const alarm = alarms.get(String(AlarmName));
        assert.ok(alarm);
        const { topic: TopicArn, description: AlarmDescription } = alarm;
        const notice = { AlarmName, AlarmDescription, NewStateValue: StateValue, NewStateReason: StateReason };
        const Subject = `${StateValue}: "${AlarmName}" in EU (Frankfurt)`;
        await publisher.send(new PublishCommand({ TopicArn, Subject, Message: JSON.stringify(notice) }));
        return { json: {} };
      },
      "cloudwatch:DeleteAlarms": ({ AlarmNames }) => {
        for (const name of Array.isArray(AlarmNames) ? AlarmNames : []) alarms.delete(String(name));
        return { json: {} };
      },
      "aps:CreateAlertManagerAlerts": async ({ alerts }) => {
        for (const { labels, annotations, endsAt } of Object.values(Object(alerts)).map(Object))
          await manager.post({ labels, annotations, ended: Date.parse(endsAt) <= Date.now() });
        return { json: {}, status: 202 };
      },
    });
    const endpoints = { ...fake.access.endpoints, sns: emulator.url, sqs: emulator.url };
    access = { credentials, endpoints, attempts: 2 };
  });

  after(async () => {
    await fake?.close();
    await manager?.stop();
    await emulator?.stop();
  });

  it("arrives by every way, at people too, and leaves nothing behind", async () => {
    const aws = awsOf(region, access);
    try {
      const before = await aws.sns(region).send(new ListSubscriptionsCommand({}));
      const lines: string[] = [];
      const test = { stack: "dev", token: "1f2e3d4c", caller: "nina", now: Date.now };
      const means = { test, tell: (line: string) => void lines.push(line), settle: 0, pace: 1 / 8 };
      const { deliveries, findings } = await page(aws, deployed, means);
      assert.deepEqual(findings, [], lines.join("\n"));
      assert.equal(deliveries.filter(({ seconds }) => seconds !== undefined).length, 4, lines.join("\n"));

      const told = await emulator.messages(`people-${nameOf(topics.prometheusPage)}`);
      const [first] = told.filter(({ Message }) => Message.includes("vigia-verify-page-1f2e3d4c"));
      assert.match(first?.Subject ?? "", /^\[PAGE FIRING\] TEST of a page: vigia-verify-page-1f2e3d4c$/);
      assert.match(first?.Message ?? "", /TEST\. Nothing is wrong/);
      const tickets = await emulator.messages(`people-${nameOf(topics.ticket)}`);
      assert.deepEqual(
        tickets.map(({ Subject }) => Subject.split(":")[0]),
        ["ALARM", "OK"],
      );

      const after = await aws.sns(region).send(new ListSubscriptionsCommand({}));
      assert.equal(after.Subscriptions?.length, before.Subscriptions?.length);
      const { QueueUrls = [] } = await aws
        .sqs(region)
        .send(new ListQueuesCommand({ QueueNamePrefix: "vigia-verify-" }));
      assert.deepEqual(QueueUrls, []);
    } finally {
      aws.close();
    }
  });

  it("leaves the topics as they were", async () => {
    const aws = awsOf(region, access);
    const TopicArn = deployed.paging?.page;
    const { Attributes } = await aws.sns(region).send(new GetTopicAttributesCommand({ TopicArn }));
    assert.equal(Attributes?.SubscriptionsConfirmed, "1");
    aws.close();
  });
});
