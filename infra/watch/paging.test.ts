import assert from "node:assert/strict";
import { place, record } from "../kit/recorder";
import { Queue } from "../queue/queue";
import { catalogue } from "../signal/catalogue";
import { coverageOf } from "../signal/coverage";
import { publisherOf } from "../topic/senders";
import { Topic } from "../topic/topic";
import { Paging, type PagingArgs } from "./paging";

const usual: PagingArgs = {
  ...place,
  runbooks: "https://example.com/runbooks",
  subscribers: {
    page: [
      { protocol: "email", endpoint: "on-call@example.com" },
      { protocol: "https", endpoint: "https://pager.example.com/sns" },
    ],
    ticket: [{ name: "team", protocol: "email", endpoint: "team@example.com" }],
  },
};
const made = (args: Partial<PagingArgs> = {}, mode?: "update" | "preview") =>
  record(() => new Paging("alerts", { ...usual, ...args }), mode);

const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const arn = (service: string, name: string) => `arn:aws:${service}:eu-central-1:123456789012:${name}-1234567`;

describe("paging", () => {
  it("is two topics behind one key, to which CloudWatch publishes, and by day those who report by themselves", async () => {
    const recording = await made();
    const topics = recording.ofType("aws:sns/topic:Topic");
    assert.deepEqual(topics.map(({ name, parent, inputs }) => [name, parent, inputs.kmsMasterKeyId]).sort(), [
      ["alerts-page", "alerts-page", arn("kms", "alerts")],
      ["alerts-ticket", "alerts-ticket", arn("kms", "alerts")],
    ]);
    assert.equal(recording.ofType("aws:kms/key:Key").length, 1);
    const sids = (type: string, name: string) =>
      (recording.document(type, name, "policy") as { Statement: { Sid: string }[] }).Statement.map(({ Sid }) => Sid);
    assert.deepEqual(sids("aws:kms/key:Key", "alerts"), [
      "Account",
      "Deliveries",
      "DeliveryLog",
      "CloudWatch",
      "Backup",
      "RdsEvents",
      "EventBridge",
    ]);
    const mayPublish = (name: string) => sids("aws:sns/topicPolicy:TopicPolicy", name);
    assert.deepEqual(mayPublish("alerts-page"), ["OnlyOverTls", "CloudWatch"]);
    assert.deepEqual(mayPublish("alerts-ticket"), ["OnlyOverTls", "CloudWatch", "Backup", "RdsEvents", "EventBridge"]);
  });

  it("leaves what no subscriber took in a queue of the subscription", async () => {
    const recording = await made();
    for (const { name, madeFrom } of recording.ofType("aws:sns/topicSubscription:TopicSubscription"))
      assert.deepEqual(madeFrom.redrivePolicy, [`${name}-dead-letters`]);
  });

  it("lets CloudWatch Logs use the key only when something is logged", async () => {
    const subscribers = { page: usual.subscribers.ticket, ticket: usual.subscribers.ticket };
    assert.doesNotMatch(
      String((await made({ subscribers })).one("aws:kms/key:Key", "alerts").inputs.policy),
      /DeliveryLog/,
    );
  });

  it("tells everyone who is named, by severity", async () => {
    const recording = await made();
    const told = recording.ofType("aws:sns/topicSubscription:TopicSubscription");
    assert.deepEqual(told.map(({ name, inputs }) => [name, inputs.topic, inputs.protocol, inputs.endpoint]).sort(), [
      ["alerts-page-email-1", arn("sns", "alerts-page"), "email", "on-call@example.com"],
      ["alerts-page-https-2", arn("sns", "alerts-page"), "https", "https://pager.example.com/sns"],
      ["alerts-ticket-team", arn("sns", "alerts-ticket"), "email", "team@example.com"],
    ]);
  });

  for (const mode of ["update", "preview"] as const) {
    it(`sends every alarm about one topic, and about its dead letters, to the other (${mode})`, async () => {
      const recording = await made({}, mode);
      const alarms = recording.ofType(alarm);
      const about = (name: string) => alarms.filter((made) => made.name.startsWith(`alerts-${name}`));
      assert.equal(about("page").length + about("ticket").length, alarms.length);
      for (const [topic, other] of [
        ["page", "ticket"],
        ["ticket", "page"],
      ] as const) {
        assert.ok(about(topic).length >= 4);
        for (const { madeFrom, inputs } of about(topic)) {
          assert.deepEqual([madeFrom.alarmActions, madeFrom.okActions], [[`alerts-${other}`], [`alerts-${other}`]]);
          if (mode === "update") assert.deepEqual(inputs.alarmActions, [arn("sns", `alerts-${other}`)]);
        }
      }
    });
  }

  for (const mode of ["update", "preview"] as const) {
    it(`is itself watched in every part, with a topic and a queue that use it (${mode})`, async () => {
      const recording = await record(() => {
        const { watcher } = new Paging("alerts", usual);
        const publishers = [publisherOf("orders", place)];
        const queue = new Queue("billing", { oldestMessage: "1 hour", messagesPerDay: 10, watcher, publishers });
        const subscriptions = [{ name: "billing", protocol: "sqs", queue }] as const;
        new Topic("orders", { ...place, publishesPerDay: 10, watcher, subscriptions });
      }, mode);
      const { rows, unknown } = coverageOf(recording.graph, catalogue);
      assert.deepEqual(unknown, []);
      assert.deepEqual(
        rows.flatMap(({ missing }) => missing),
        [],
      );
      const kinds = rows.map(({ kind, role, name }) => `${kind} ${role} ${name}`.replace("  ", " ")).sort();
      assert.deepEqual(
        kinds.filter((row) => !row.startsWith("exempt")),
        [
          "queue deadLetters alerts-page-email-1-dead-letters",
          "queue deadLetters alerts-page-https-2-dead-letters",
          "queue deadLetters alerts-ticket-team-dead-letters",
          "queue deadLetters billing-dead-letters",
          "queue deadLetters orders-billing-dead-letters",
          "queue source billing",
          "topic topic alerts-page",
          "topic topic alerts-ticket",
          "topic topic orders",
        ],
      );
    });
  }

  it("gives components a watcher that pages by one topic and tickets by the other", async () => {
    const recording = await record(() => {
      const { watcher, actions } = new Paging("alerts", usual);
      assert.equal(watcher.actions, actions);
      new Queue("orders", { oldestMessage: "1 hour", messagesPerDay: 10, watcher });
    });
    const actions = (id: string) => recording.one(alarm, `orders-${id}`).inputs.alarmActions;
    assert.deepEqual(actions("queue-dead-letters"), [arn("sns", "alerts-page")]);
    assert.deepEqual(actions("queue-in-flight"), [arn("sns", "alerts-ticket")]);
    assert.deepEqual(recording.one("vigia:watch:Paging", "alerts").outputs, {
      page: arn("sns", "alerts-page"),
      ticket: arn("sns", "alerts-ticket"),
    });
  });

  it("tells of each mistake once, though both topics suffer from it", async () => {
    await record(() => {
      const args = { ...usual, account: "1", runbooks: "", notificationsPerDay: -1 };
      assert.throws(() => new Paging("alerts", args), {
        message: [
          'account must be the twelve digits of an AWS account id, got "1"',
          'runbooks must be an address that starts with https:// and does not end with a slash, got ""',
          "notificationsPerDay must be a number of 0 or more, got -1",
        ]
          .map((text) => `paging "alerts": ${text}`)
          .join("\n"),
      });
    });
  });

  const cases: readonly [string, Partial<PagingArgs>, string][] = [
    [
      "nobody is paged",
      { subscribers: { ...usual.subscribers, page: [] } },
      "subscribers: nobody is told of a page; name at least one",
    ],
    [
      "nobody gets tickets",
      { subscribers: { ...usual.subscribers, ticket: [] } },
      "subscribers: nobody is told of a ticket; name at least one",
    ],
    [
      "runbooks without TLS",
      { runbooks: "http://example.com" },
      'runbooks must be an address that starts with https:// and does not end with a slash, got "http://example.com"',
    ],
    [
      "runbooks with a slash at the end",
      { runbooks: "https://example.com/" },
      'runbooks must be an address that starts with https:// and does not end with a slash, got "https://example.com/"',
    ],
    [
      "an e-mail that is none",
      { subscribers: { ...usual.subscribers, page: [{ protocol: "email", endpoint: "on-call" }] } },
      'page: subscribers: subscription "email-1": endpoint must be an e-mail address, got "on-call"',
    ],
  ];
  for (const [what, args, message] of cases) {
    it(`is refused before anything is made: ${what}`, async () => {
      const recording = await record(() => {
        assert.throws(() => new Paging("alerts", { ...usual, ...args }), {
          name: "RangeError",
          message: `paging "alerts": ${message}`,
        });
      });
      assert.deepEqual(recording.resources, []);
    });
  }
});
