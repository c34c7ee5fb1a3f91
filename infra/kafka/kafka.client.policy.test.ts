import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { type KafkaAccess, kafkaClientPolicy } from "./kafka.client.policy";

const uuid = "0f1e2d3c-0000-4000-8000-123456789012-1";
const arn = `arn:aws:kafka:eu-central-1:123456789012:cluster/events-1234567/${uuid}`;
const below = (kind: string, name: string) =>
  `arn:aws:kafka:eu-central-1:123456789012:${kind}/events-1234567/${uuid}/${name}`;
const policy = (access: KafkaAccess) =>
  new Promise<unknown>((resolve) => {
    kafkaClientPolicy(output(arn), access).apply((text) => resolve(JSON.parse(text)));
  });

describe("the policy of a client of Kafka", () => {
  it("lets it write just its topics", async () => {
    assert.deepEqual(await policy({ writes: ["orders"] }), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Connect",
          Effect: "Allow",
          Action: ["kafka-cluster:Connect", "kafka-cluster:WriteDataIdempotently"],
          Resource: [arn],
        },
        {
          Sid: "Write",
          Effect: "Allow",
          Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:WriteData"],
          Resource: [below("topic", "orders")],
        },
      ],
    });
  });

  it("lets it read just its topics, in its own groups", async () => {
    assert.deepEqual(await policy({ reads: ["orders", "stock"], groups: ["search"] }), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "Connect", Effect: "Allow", Action: ["kafka-cluster:Connect"], Resource: [arn] },
        {
          Sid: "Read",
          Effect: "Allow",
          Action: ["kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"],
          Resource: [below("topic", "orders"), below("topic", "stock")],
        },
        {
          Sid: "Join",
          Effect: "Allow",
          Action: ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"],
          Resource: [below("group", "search")],
        },
      ],
    });
  });

  const rows: readonly (readonly [what: string, access: KafkaAccess, message: string])[] = [
    ["nothing", {}, "reads or writes must name a topic"],
    [
      "a pattern of topics",
      { writes: ["*"] },
      'name of Kafka topic "*": use only letters, digits, dots, underscores and hyphens',
    ],
    ["a pattern of groups", { reads: ["a"], groups: ["a*"] }, 'groups must be names, not patterns, got "a*"'],
    ["reading without a group", { reads: ["a"] }, "groups must name one: nobody reads a topic without"],
    [
      "a group that reads nothing",
      { writes: ["a"], groups: ["b"] },
      "groups are for topics that are read: name them in reads",
    ],
  ];
  for (const [what, access, message] of rows)
    it(`is refused for ${what}`, () => {
      assert.throws(() => kafkaClientPolicy(arn, access), { message: `Kafka access: ${message}` });
    });
});
