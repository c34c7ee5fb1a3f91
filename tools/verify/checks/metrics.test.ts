import assert from "node:assert/strict";
import type { Read } from "../deployed";
import { type Verdict, verdictOf, wantedOf } from "./metrics";
import { shownMetrics } from "./metrics.shown";

const read = (dimensions: Read["dimensions"], across: readonly string[] = []): Read => ({
  namespace: "AWS/X",
  metric: "M",
  dimensions,
  across,
});
const old = 30 * 86_400_000;
const group = { LoadBalancer: "app/a", TargetGroup: "tg/1" };
const plain = {};
const sparse = { sparse: true };
const idle = { idle: true };
const daily = { period: 86_400 };

describe("whether a metric is published as an alarm asks for it", () => {
  const cases: readonly (readonly [
    what: string,
    wanted: Read,
    listed: readonly Readonly<Record<string, string>>[],
    known: Parameters<typeof verdictOf>[2],
    age: number,
    is: Verdict["is"],
  ])[] = [
    [
      "the very dimensions, in any order",
      read(group),
      [{ TargetGroup: "tg/1", LoadBalancer: "app/a" }],
      plain,
      old,
      "listed",
    ],
    ["none, and none asked for", read({}), [{}], plain, old, "listed"],
    ["another resource's", read(group), [{ LoadBalancer: "app/b", TargetGroup: "tg/1" }], plain, old, "missing"],
    ["nothing", read(group), [], plain, old, "missing"],
    ["nothing, and the catalogue does not know it", read(group), [], undefined, old, "missing"],
    ["nothing yet, of an alarm that was just made", read(group), [], plain, 59 * 60_000, "not seen yet"],
    ["nothing an hour later", read(group), [], plain, 61 * 60_000, "missing"],
    ["nothing of what is told once a day, within two", read(group), [], daily, 47 * 3_600_000, "not seen yet"],
    ["nothing of what is told once a day, after two", read(group), [], daily, 49 * 3_600_000, "missing"],
    ["nothing of an error that never happened", read(group), [], sparse, old, "not seen yet"],
    ["nothing of a flow that never flowed", read(group), [], idle, old, "not seen yet"],
    ["only in more detail", read(group), [{ ...group, AvailabilityZone: "a" }], plain, old, "otherwise"],
    [
      "an error in more detail, where the whole must be too",
      read(group),
      [{ ...group, AvailabilityZone: "a" }],
      sparse,
      old,
      "otherwise",
    ],
    [
      "in more detail, of another resource",
      read(group),
      [{ ...group, TargetGroup: "tg/2", AvailabilityZone: "a" }],
      sparse,
      old,
      "not seen yet",
    ],
    // The errors of the balancer are those of another target group.
    ["an error of the whole only", read(group), [{ LoadBalancer: "app/a" }], sparse, old, "not seen yet"],
    ["a metric of the whole only", read(group), [{ LoadBalancer: "app/a" }], plain, old, "missing"],
    ["any value across", read({ Broker: "b" }, ["Node"]), [{ Broker: "b", Node: "1" }], plain, old, "listed"],
    ["nothing across", read({ Broker: "b" }, ["Node"]), [{ Broker: "b" }], plain, old, "missing"],
    ["another's across", read({ Broker: "b" }, ["Node"]), [{ Broker: "c", Node: "1" }], plain, old, "missing"],
  ];
  for (const [what, wanted, listed, known, age, is] of cases)
    it(`${what}: ${is}`, () => assert.equal(verdictOf(wanted, listed, known, age).is, is));

  it("names what is nearest", () => {
    const verdict = verdictOf(read(group), [{ LoadBalancer: "app/b" }, { LoadBalancer: "app/a" }], plain, old);
    assert.deepEqual(verdict, { is: "missing", near: { LoadBalancer: "app/a" } });
  });

  it("asks for a metric once, however many alarms read it, and by region", () => {
    const alarm = (name: string, region: string, created: number, dimensions: Read["dimensions"]) => ({
      name,
      region,
      created,
      reads: [read(dimensions)],
    });
    const wanted = wantedOf({
      alarms: [
        alarm("one", "eu-central-1", 20, { A: "1", B: "2" }),
        alarm("two", "eu-central-1", 10, { B: "2", A: "1" }),
        alarm("three", "eu-west-1", 30, { A: "1", B: "2" }),
      ],
    });
    assert.deepEqual(
      wanted.map(({ region, alarms, since }) => [region, alarms, since]),
      [
        ["eu-central-1", ["one", "two"], 10],
        ["eu-west-1", ["three"], 30],
      ],
    );
  });

  it("looks for what only boards show at the stack's own resources", () => {
    const types = new Set(["aws:sqs/queue:Queue"]);
    const alarmed = [
      { ...read({ QueueName: "orders" }), namespace: "AWS/SQS", metric: "ApproximateAgeOfOldestMessage" },
    ];
    const shown = shownMetrics({ types, region: "eu-central-1" }, alarmed);
    assert.ok(shown.length > 0);
    for (const { namespace, metric, kind, fits } of shown) {
      assert.deepEqual([namespace, kind], ["AWS/SQS", "queue"], metric);
      assert.equal(fits({ QueueName: "orders" }), true);
      assert.equal(fits({ QueueName: "somebody-elses" }), false);
      assert.equal(fits({ QueueName: "orders", Shard: "1" }), false);
    }
  });
});
