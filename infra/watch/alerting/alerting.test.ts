import assert from "node:assert/strict";
import { parse } from "yaml";
import { place, record } from "../../kit/recorder";
import { catalogue } from "../../signal/catalogue";
import { coverageOf } from "../../signal/coverage";
import { Alerting } from "./alerting";
import type { AlertingArgs } from "./alerting.args";

const usual: AlertingArgs = {
  ...place,
  workspace: { id: "ws-1", arn: "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1" },
  watcher: { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" },
  subscribers: {
    page: [
      { protocol: "email", endpoint: "on-call@example.com" },
      { protocol: "pagerduty", secret: "vigia/pagerduty/page" },
      { protocol: "pagerduty", name: "shop-crew", secret: "vigia/pagerduty/shop", services: ["shop"] },
    ],
    ticket: [
      { protocol: "email", endpoint: "team@example.com" },
      { protocol: "email", name: "crm", endpoint: "crm@example.com", services: ["crm"] },
    ],
  },
};
const made = (args: Partial<AlertingArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Alerting("prometheus", { ...usual, ...args }), mode);

const alarmType = "aws:cloudwatch/metricAlarm:MetricAlarm";
const definitionType = "aws:amp/alertManagerDefinition:AlertManagerDefinition";
const sids = (document: unknown) => (document as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);

describe("alerting of Prometheus", () => {
  it("has a topic for each severity and one for the Watchdog, behind a key that only AMP and SNS use", async () => {
    const recording = await made();
    const topics = recording.ofType("aws:sns/topic:Topic");
    assert.deepEqual(topics.map(({ name, madeFrom }) => [name, madeFrom.kmsMasterKeyId]).sort(), [
      ["prometheus-page", ["prometheus"]],
      ["prometheus-ticket", ["prometheus"]],
      ["prometheus-watchdog", ["prometheus"]],
    ]);
    assert.deepEqual(sids(recording.document("aws:kms/key:Key", "prometheus", "policy")), [
      "Account",
      "Deliveries",
      "Amp",
    ]);
    for (const { name } of topics)
      assert.deepEqual(sids(recording.document("aws:sns/topicPolicy:TopicPolicy", name, "policy")), [
        "OnlyOverTls",
        "Amp",
      ]);
  });

  it("tells who is named, and of one service only who is for it", async () => {
    const recording = await made();
    const told = recording.ofType("aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual(told.map(({ name, inputs }) => [name, inputs.endpoint, inputs.filterPolicy]).sort(), [
      ["prometheus-page-email-1", "on-call@example.com", undefined],
      ["prometheus-ticket-crm", "crm@example.com", '{"service":["crm"]}'],
      ["prometheus-ticket-email-1", "team@example.com", undefined],
    ]);
  });

  it("gives the definition the topics' real names, after their policies", async () => {
    const recording = await made({ boards: "https://boards.example.com" });
    const { inputs, dependsOn } = recording.one(definitionType, "prometheus");
    assert.equal(inputs.workspaceId, "ws-1");
    const text = String(inputs.definition);
    const { receivers } = parse(parse(text).alertmanager_config);
    assert.equal(
      receivers[0].sns_configs[0].topic_arn,
      "arn:aws:sns:eu-central-1:123456789012:prometheus-page-1234567",
    );
    assert.match(text, /https:\/\/boards\.example\.com\/d\/vigia-/);
    for (const name of ["prometheus-page", "prometheus-ticket", "prometheus-watchdog"])
      assert.ok(dependsOn.includes(name), name);
  });

  it("keeps the keys of PagerDuty in secrets that this workspace's alert manager alone reads", async () => {
    const recording = await made();
    const secrets = recording.ofType("aws:secretsmanager/secret:Secret");
    assert.deepEqual(secrets.map(({ inputs, madeFrom }) => [inputs.name, madeFrom.kmsKeyId]).sort(), [
      ["vigia/pagerduty/page", ["prometheus-pagerduty"]],
      ["vigia/pagerduty/shop", ["prometheus-pagerduty"]],
    ]);
    assert.deepEqual(recording.ofType("aws:secretsmanager/secretVersion:SecretVersion"), []);
    const Condition = {
      StringEquals: { "aws:SourceAccount": place.account },
      ArnEquals: { "aws:SourceArn": usual.workspace.arn },
    };
    for (const { name } of recording.ofType("aws:secretsmanager/secretPolicy:SecretPolicy")) {
      assert.deepEqual(recording.document("aws:secretsmanager/secretPolicy:SecretPolicy", name, "policy"), {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Amp",
            Effect: "Allow",
            Principal: { Service: "aps.amazonaws.com" },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
            Condition,
          },
        ],
      });
    }
    assert.deepEqual(sids(recording.document("aws:kms/key:Key", "prometheus-pagerduty", "policy")), ["Account", "Amp"]);
  });

  it("makes no secret and no key for PagerDuty where nobody uses it", async () => {
    const subscribers = { page: usual.subscribers.ticket, ticket: usual.subscribers.ticket };
    const recording = await made({ subscribers });
    assert.deepEqual(recording.ofType("aws:secretsmanager/secret:Secret"), []);
    assert.equal(recording.ofType("aws:kms/key:Key").length, 1);
  });

  it("shows chat all of it and lets it do nothing", async () => {
    const recording = await made({ slack: { team: "T0123ABCD", channel: "C0123ABCD" }, alarmTopics: ["arn:alarms"] });
    const channel = recording.one("aws:chatbot/slackChannelConfiguration:SlackChannelConfiguration", "prometheus");
    assert.deepEqual(channel.inputs.guardrailPolicyArns, ["arn:aws:iam::aws:policy/AWSDenyAll"]);
    assert.deepEqual(channel.inputs.snsTopicArns, [
      "arn:alarms",
      "arn:aws:sns:eu-central-1:123456789012:prometheus-chat-1234567",
    ]);
    assert.deepEqual(recording.ofType("aws:iam/rolePolicy:RolePolicy"), []);
    const { receivers } = parse(
      parse(String(recording.one(definitionType, "prometheus").inputs.definition)).alertmanager_config,
    );
    assert.equal(receivers[0].sns_configs.length, 2);
  });

  for (const mode of ["update", "preview"] as const) {
    it(`is woken by CloudWatch when the Watchdog stops (${mode})`, async () => {
      const recording = await made({}, mode);
      const alarm = recording.one(alarmType, "prometheus-watchdog-silent");
      assert.deepEqual(alarm.inputs.alarmActions, ["arn:page"]);
      assert.deepEqual(alarm.madeFrom.metricQueries, ["prometheus", "prometheus-watchdog"]);
      assert.equal(alarm.inputs.treatMissingData, "breaching");
      const rule = recording.one("aws:amp/ruleGroupNamespace:RuleGroupNamespace", "prometheus-watchdog");
      const [group] = parse(String(rule.inputs.data)).groups;
      assert.deepEqual([group.rules[0].alert, group.rules[0].expr], ["Watchdog", "vector(1)"]);
      assert.ok(rule.dependsOn.includes("prometheus"));
    });

    it(`is itself watched in every part (${mode})`, async () => {
      const recording = await made({ heartbeat: "https://heartbeat.example.com/vigia" }, mode);
      const { rows, unknown } = coverageOf(recording.graph, catalogue);
      assert.deepEqual(unknown, []);
      assert.deepEqual(
        rows.flatMap(({ missing }) => missing),
        [],
      );
      assert.ok(rows.some(({ kind }) => kind === "alert-manager"));
      // Not by its own topics: an alert manager that is broken cannot say so.
      for (const { inputs } of recording.ofType(alarmType))
        assert.match(String(inputs.alarmActions), /^arn:(page|ticket)$/);
    });
  }

  it("sends the Watchdog out of the account where a heartbeat is wanted", async () => {
    const recording = await made({ heartbeat: "https://heartbeat.example.com/vigia" });
    const { inputs } = recording.one("aws:sns/topicSubscription:TopicSubscription", "prometheus-watchdog-heartbeat");
    assert.deepEqual([inputs.protocol, inputs.endpoint], ["https", "https://heartbeat.example.com/vigia"]);
  });

  const { page, ticket } = usual.subscribers;
  const work = {
    name: "work",
    recurrence: "daily",
    start: "02:00",
    duration: "1 hour",
    timezone: "UTC",
    reason: "x",
  } as const;
  const cases: readonly [string, Partial<AlertingArgs>, string][] = [
    [
      "nobody who is told of everything",
      { subscribers: { page: [{ protocol: "email", endpoint: "a@example.com", services: ["shop"] }], ticket } },
      "page: nobody is told of everything; name at least one subscriber without services",
    ],
    [
      "a service that is misspelt",
      { services: ["shop", "crm"], calendar: [{ ...work, services: ["shpo"] }] },
      'maintenance "work": no such service, did you mean "shop"?, got "shpo"',
    ],
    [
      "a service that no matcher can name",
      { subscribers: { page: [...page, { protocol: "email", endpoint: "a@example.com", services: ['a"b'] }], ticket } },
      'page: subscriber "email-4": a service is lower-case letters and digits in parts joined by hyphens, got "a\\"b"',
    ],
    [
      "two PagerDuty subscribers with one secret",
      { subscribers: { page: [...page, { protocol: "pagerduty", secret: "vigia/pagerduty/page" }], ticket } },
      'each PagerDuty subscriber needs a secret of its own; two have, got "vigia/pagerduty/page"',
    ],
    [
      "a secret whose name AWS refuses",
      { subscribers: { page: [...page, { protocol: "pagerduty", secret: "a b" }], ticket } },
      'name of secret "a b": use only letters, digits and /_+=.@-',
    ],
    [
      "boards without TLS",
      { boards: "http://boards.example.com" },
      'boards must be an address that starts with https:// and does not end with a slash, got "http://boards.example.com"',
    ],
    [
      "a channel by its name",
      { slack: { team: "T0123ABCD", channel: "alerts" } },
      'slack must be the ids of a workspace and of a channel, such as { team: "T0123ABCD", channel: "C0123ABCD" }, got {"team":"T0123ABCD","channel":"alerts"}',
    ],
    [
      "a heartbeat without TLS",
      { heartbeat: "http://heartbeat.example.com" },
      'heartbeat: subscribers: subscription "heartbeat": endpoint must be an address that starts with https://',
    ],
    [
      "a calendar with an unknown zone",
      { calendar: [{ ...work, timezone: "Mars" }] },
      'maintenance "work": timezone must be an IANA time zone, written like "Europe/Berlin"',
    ],
    ["two entries of a name", { calendar: [work, work] }, 'maintenance "work": two entries have this name'],
    ["a negative bill", { notificationsPerDay: -1 }, "notificationsPerDay must be a number of 0 or more, got -1"],
  ];
  for (const [what, args, message] of cases) {
    it(`is refused before anything is made: ${what}`, async () => {
      const recording = await record(() => {
        assert.throws(() => new Alerting("prometheus", { ...usual, ...args }), {
          name: "RangeError",
          message: `alerting "prometheus": ${message}`,
        });
      });
      assert.deepEqual(recording.resources, []);
    });
  }
});
