import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import fc from "fast-check";
import { place, record } from "../kit/recorder";
import { Queue } from "../queue/queue";
import type { Sender } from "./senders";
import type { FilterPolicy, Subscription } from "./subscription";
import { Topic, watchTopic } from "./topic";
import { normalizeTopic, type TopicArgs } from "./topic.args";

const watcher = { actions: { page: ["arn:page"], ticket: ["arn:ticket"] }, runbooks: "https://example.com/runbooks" };
const usual: TopicArgs = { ...place, publishesPerDay: 100_000, watcher };
const queueArn = "arn:aws:sqs:eu-central-1:123456789012:billing";
const bySqs = (rest: Partial<Subscription> = {}) =>
  ({ name: "billing", protocol: "sqs", endpoint: queueArn, ...rest }) as Subscription;
const https = (endpoint: string): Subscription => ({ name: "shop", protocol: "https", endpoint });
const filtered = (policy: FilterPolicy, scope: "MessageBody" | "MessageAttributes" = "MessageAttributes") => ({
  subscriptions: [bySqs({ filter: { scope, policy } })],
});

const secret =
  'subscription "shop": endpoint seems to hold a secret (a user, a query or a key in its path): keep it in Secrets Manager and give its value as a secret output';

describe("bad arguments of a topic", () => {
  const cases: readonly [string, Partial<TopicArgs>, string][] = [
    ["traffic under nothing", { publishesPerDay: -1 }, "publishesPerDay must be a number of 0 or more, got -1"],
    [
      "an account that is a name",
      { account: "prod" },
      'account must be the twelve digits of an AWS account id, got "prod"',
    ],
    [
      "a zone instead of a region",
      { region: "eu-central-1a" },
      'region must be written as "eu-central-1", got "eu-central-1a"',
    ],
    [
      "a signal that is off without a reason",
      { changes: { "topic-lost": { off: " " } } },
      'changes: "topic-lost" is off without a reason: say why in words',
    ],
    [
      "a sender that is none",
      { senders: ["s3" as Sender] },
      'senders must be among cloudwatch, amp, eventbridge, backup, rdsEvents, got "s3"',
    ],
    ["a sender twice", { senders: ["amp", "amp"] }, 'senders must name each service once, got ["amp","amp"]'],
    [
      "a sender to a FIFO topic",
      { fifo: true, senders: ["amp"] },
      'a FIFO topic takes no messages from AWS services: leave senders out or make it a standard topic, got ["amp"]',
    ],
    [
      "the key of SNS itself",
      { key: "alias/aws/sns" },
      'key must be a customer managed key: AWS services cannot publish to a topic that is encrypted with the key of SNS itself, got "alias/aws/sns"',
    ],
    [
      "half a percent of the log",
      { loggedSuccesses: "0.5 %" },
      'loggedSuccesses must be whole percent from 0 % to 100 %, got "0.5 %"',
    ],
    [
      "more than all of the log",
      { loggedSuccesses: "101 %" },
      'loggedSuccesses must be whole percent from 0 % to 100 %, got "101 %"',
    ],
    [
      "a share that is none",
      { loggedSuccesses: "all" as "1 %" },
      'loggedSuccesses: "all" is not a share: write "80 %"',
    ],
    [
      "two subscriptions of one name",
      { subscriptions: [bySqs(), bySqs()] },
      'each subscription must have a name of its own, got ["billing","billing"]',
    ],
    [
      "a name with a space",
      { subscriptions: [bySqs({ name: "the billing" })] },
      'subscription "the billing": a name is lower-case letters and digits in parts joined by hyphens',
    ],
    [
      "e-mail from a FIFO topic",
      { fifo: true, subscriptions: [{ name: "people", protocol: "email", endpoint: "a@example.com" }] },
      'subscription "people": a FIFO topic delivers only to queues, got "email"',
    ],
    [
      "an e-mail that is none",
      { subscriptions: [{ name: "people", protocol: "email", endpoint: "people at example.com" }] },
      'subscription "people": endpoint must be an e-mail address, got "people at example.com"',
    ],
    [
      "an address of a queue instead of its ARN",
      { subscriptions: [bySqs({ endpoint: "https://sqs.eu-central-1.amazonaws.com/1/b" })] },
      'subscription "billing": endpoint must be the ARN of a queue, got "https://sqs.eu-central-1.amazonaws.com/1/b"',
    ],
    [
      "a function's name instead of its ARN",
      { subscriptions: [{ name: "bill", protocol: "lambda", endpoint: "bill" }] },
      'subscription "bill": endpoint must be the ARN of a function, got "bill"',
    ],
    [
      "an address without TLS",
      { subscriptions: [https("http://shop.example.com")] },
      'subscription "shop": endpoint must be an address that starts with https://',
    ],
    [
      "an address that is none",
      { subscriptions: [https("shop")] },
      'subscription "shop": endpoint must be an address that starts with https://',
    ],
    ["a password in an address", { subscriptions: [https("https://me:hunter2@shop.example.com")] }, secret],
    ["a token in an address", { subscriptions: [https("https://shop.example.com/?token=hunter2")] }, secret],
    [
      "a key in the path of an address",
      { subscriptions: [https("https://events.example.com/integration/0123456789abcdef0123456789abcdef/enqueue")] },
      secret,
    ],
    [
      "a filter without a key",
      filtered({}),
      'subscription "billing": a filter must name a value for each key; leave it out to get every message',
    ],
    [
      "a filter without a value",
      filtered({ store: [] }),
      'subscription "billing": a filter must name a value for each key; leave it out to get every message',
    ],
    [
      "a nested filter on attributes",
      filtered({ store: { region: ["eu"] } }),
      'subscription "billing": only a filter of scope "MessageBody" can be nested',
    ],
    [
      "a filter of six keys",
      filtered({ a: [1], b: [1], c: [1], d: [1], e: [1], f: [1] }),
      'subscription "billing": a filter takes at most 5 keys, got 6',
    ],
    [
      "a filter of too many combinations",
      filtered({ a: [1, 2, 3, 4], b: { c: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], d: [1, 2] } }, "MessageBody"),
      'subscription "billing": a filter takes at most 150 combinations of values, got 320',
    ],
  ];

  for (const [what, args, message] of cases) {
    it(`are refused: ${what}`, () => {
      assert.throws(() => new Topic("orders", { ...usual, ...args }), {
        name: "RangeError",
        message: `topic "orders": ${message}`,
      });
    });
  }

  it("are told all at once, and leave nothing half made", async () => {
    const recording = await record(() => {
      const args = { ...usual, account: "1", region: "here", publishesPerDay: -1 };
      assert.throws(
        () => new Topic("orders", args),
        (error: Error) => error.message.split("\n").length === 3,
      );
    });
    assert.deepEqual(recording.resources, []);
  });

  it("of an existing topic are refused before it is watched", async () => {
    const recording = await record(() => {
      const { nodes } = new Topic("orders", usual);
      assert.throws(
        () => watchTopic("orders", nodes.topic, { publishesPerDay: Number.POSITIVE_INFINITY, watcher }),
        /publishesPerDay must be a number of 0 or more/,
      );
    });
    assert.equal(recording.ofType("vigia:signal:Watch").length, 1);
  });

  it("never repeat an address that holds a secret, whatever it looks like", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{10}[0-9]{10}$/),
        fc.constantFrom("https://e.com/", "https://e.com/?key=", "http://e.com/", "https://u:p@e.com/"),
        (word, start) => {
          assert.throws(
            () => normalizeTopic("orders", { ...usual, subscriptions: [https(start + word)] }),
            (error: Error) => !error.message.includes(word),
          );
        },
      ),
    );
  });
});

describe("a queue that is subscribed", () => {
  const subscribe = (queue: ConstructorParameters<typeof Queue>[1], args: Partial<TopicArgs> = {}) =>
    record(() => {
      const made = new Queue("billing", queue);
      normalizeTopic("orders", {
        ...usual,
        ...args,
        subscriptions: [{ name: "billing", protocol: "sqs", queue: made }],
      });
    });
  const queue = { oldestMessage: "1 hour", messagesPerDay: 10, watcher } as const;
  const way =
    'topic "orders": subscription "billing": the queue does not let this topic deliver; make it with publishers: ["arn:aws:sns:eu-central-1:123456789012:orders-*"]';

  it("must let the topic deliver: by pattern, by any of several, or by an ARN that is not known yet", async () => {
    await subscribe({ ...queue, publishers: ["arn:aws:sns:eu-central-1:123456789012:orders-*"] });
    await subscribe({
      ...queue,
      publishers: ["arn:aws:sns:eu-central-1:123456789012:shop-*", "arn:aws:sns:*:123456789012:orders-???????"],
    });
    await subscribe({ ...queue, publishers: [output("arn:other")] });
  });

  it("is refused when it names no publisher, another topic, or a topic whose name only looks alike", async () => {
    const close = [
      "arn:aws:sns:eu-central-1:123456789012:orders",
      "arn.aws:sns:eu-central-1:123456789012:orders-*",
      "aws:sns:eu-central-1:123456789012:orders-*",
    ];
    for (const publishers of [[], ...close.map((arn) => [arn])]) {
      await assert.rejects(subscribe({ ...queue, publishers }), { message: way });
    }
  });

  it("may name the topic as it likes when a transform can give it another name", async () => {
    const transform = { topic: (args: object) => ({ ...args, name: "orders" }) };
    await subscribe({ ...queue, publishers: ["arn:aws:sns:eu-central-1:123456789012:orders"] }, { transform });
    await assert.rejects(subscribe(queue, { transform }), { message: way });
  });

  it("cannot be FIFO under a standard topic, but standard under a FIFO one", async () => {
    const publishers = ["arn:aws:sns:eu-central-1:123456789012:orders-*"];
    await assert.rejects(subscribe({ ...queue, publishers, fifo: true }), {
      message:
        'topic "orders": subscription "billing": a standard topic cannot deliver to a FIFO queue; make both FIFO or neither',
    });
    await subscribe({ ...queue, publishers, fifo: true }, { fifo: true });
    await subscribe({ ...queue, publishers }, { fifo: true });
  });
});

describe("arguments at their limits", () => {
  it("are accepted", () => {
    const combinations = filtered(
      { a: [1, 2, 3, 4, 5], b: { c: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] } },
      "MessageBody",
    );
    assert.equal(normalizeTopic("orders", { ...usual, ...combinations }).size.filters, true);
    assert.equal(
      normalizeTopic("orders", { ...usual, publishesPerDay: 0, loggedSuccesses: "100 %" }).loggedSuccesses,
      100,
    );
    normalizeTopic("orders", {
      ...usual,
      region: "us-gov-west-1",
      subscriptions: [https("https://shop.example.com/hooks/orders/v2")],
    });
    const fromSecret = {
      name: "pager",
      protocol: "https",
      endpoint: output("https://e.com/0123456789abcdef0123"),
    } as const;
    normalizeTopic("orders", { ...usual, subscriptions: [fromSecret] });
  });

  it("say of a topic what its subscriptions do", () => {
    const size = (subscriptions: Subscription[]) => normalizeTopic("orders", { ...usual, subscriptions }).size;
    assert.deepEqual(size([]), {
      publishesPerDay: 100_000,
      filters: false,
      deadLetters: false,
      retries: false,
      steady: false,
    });
    assert.deepEqual(size([bySqs(), https("https://shop.example.com")]), {
      publishesPerDay: 100_000,
      filters: false,
      deadLetters: true,
      retries: true,
      steady: false,
    });
  });
});
