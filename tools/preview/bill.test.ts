import assert from "node:assert/strict";
import fc from "fast-check";
import { prices } from "../../infra/signal/prices";
import { type Bill, billOf, watchingOf } from "./bill";
import { alarm, compositeAlarmType, coverageWith, info, queueType, resource, row, urnOf, watchType } from "./testing";

const watching = (names: readonly string[]) =>
  coverageWith([
    row("orders", {
      signals: names.map((name) => ({
        info: info(name),
        alarm: { urn: alarm(name).urn, match: "dependency" as const },
      })),
    }),
  ]);

const lineOf = (bill: Bill, key: string) => {
  const found = bill.lines.filter((line) => line.key === key);
  assert.equal(found.length, 1, `one line of ${key}`);
  return found[0];
};

const stat = (period: unknown) => ({
  id: "m",
  metric: { namespace: "AWS/SQS", metricName: "Age", period, stat: "Maximum" },
});

describe("the bill of monitoring", () => {
  it("puts alarms of one kind and price in one line, and names them", () => {
    const bill = billOf([alarm("a"), alarm("b"), alarm("c")], watching(["a", "b", "c"]));
    const line = lineOf(bill, "cloudwatch.alarm.standard");
    assert.equal(line?.item, "queue: CloudWatch alarm, standard resolution");
    assert.equal(line?.section, "monitoring");
    assert.equal(line?.quantity, 3);
    assert.equal(line?.amount, 0.3);
    assert.deepEqual(
      line?.urns,
      ["a", "b", "c"].map((name) => alarm(name).urn),
    );
    assert.deepEqual(bill.monthly, { monitoring: 0.3, infrastructure: 0 });
  });

  it("keeps alarms that watch no known resource apart", () => {
    const bill = billOf([alarm("a"), alarm("own")], watching(["a"]));
    assert.deepEqual(bill.lines.map(({ item, quantity }) => `${quantity} ${item.split(":")[0]}`).sort(), [
      "1 no kind",
      "1 queue",
    ]);
  });

  it("bills an alarm that two kinds share once, with the first", () => {
    const shared = { alarm: { urn: alarm("a").urn, match: "dependency" as const } };
    const rows = ["queue", "topic"].map((kind) =>
      row(kind, { kind, signals: [{ info: info(`${kind}-signal`, { kind }), ...shared }] }),
    );
    const line = lineOf(billOf([alarm("a")], coverageWith(rows)), "cloudwatch.alarm.standard");
    assert.deepEqual([line?.item, line?.quantity], ["queue: CloudWatch alarm, standard resolution", 1]);
  });

  it("counts metrics, not alarms", () => {
    const metricQueries = [{ id: "value", expression: "a/b", returnData: true }, stat(300), stat(300), stat(300)];
    const bill = billOf([alarm("math", { metricName: undefined, period: undefined, metricQueries })], undefined);
    assert.equal(lineOf(bill, "cloudwatch.alarm.standard")?.quantity, 3);
  });

  it("bills high resolution by the shortest period", () => {
    const metricQueries = [stat(60), stat(10)];
    const bill = billOf(
      [alarm("fast", { metricName: undefined, metricQueries }), alarm("faster", { period: 30 })],
      undefined,
    );
    const line = lineOf(bill, "cloudwatch.alarm.high");
    assert.equal(line?.quantity, 3);
    assert.equal(line?.amount, 0.9);
  });

  it("bills an anomaly band as three metrics", () => {
    const metricQueries = [stat(60), { id: "band", expression: "ANOMALY_DETECTION_BAND(m, 2)" }];
    const bill = billOf([alarm("odd", { metricName: undefined, metricQueries, thresholdMetricId: "band" })], undefined);
    assert.equal(lineOf(bill, "cloudwatch.alarm.standard")?.quantity, 3);
  });

  it("bills composite alarms at their own price", () => {
    const bill = billOf([resource(compositeAlarmType, "site")], watching([]));
    assert.equal(lineOf(bill, "cloudwatch.alarm.composite")?.amount, 0.5);
  });

  it("does not bill what is deleted", () => {
    const bill = billOf(
      [alarm("old", {}, { op: "delete" }), alarm("older", {}, { op: "delete-replaced" })],
      watching([]),
    );
    assert.deepEqual(bill.lines, []);
    assert.deepEqual(bill.notPriced, []);
  });

  const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
  for (const [what, inputs] of [
    ["an unknown period", { period: unknown }],
    ["an unknown list of queries", { metricName: undefined, metricQueries: unknown, period: undefined }],
    ["an unknown query among known ones", { metricName: undefined, metricQueries: [stat(60), unknown] }],
    ["a query of an unknown period", { metricName: undefined, metricQueries: [stat(60), stat(unknown)] }],
    [
      "a Metrics Insights query",
      { metricName: undefined, metricQueries: [{ id: "q", expression: 'SELECT MAX(Age) FROM "AWS/SQS"', period: 60 }] },
    ],
    ["no metric at all", { metricName: undefined, metricQueries: [{ id: "one", expression: "1" }] }],
  ] as const) {
    it(`does not guess the price of an alarm with ${what}`, () => {
      const bill = billOf([alarm("dark", inputs)], watching([]));
      assert.deepEqual(bill.lines, []);
      assert.equal(bill.notPriced.length, 1);
      assert.match(bill.notPriced[0] ?? "", /^alarm dark: /);
    });
  }
});

describe("the bill of infrastructure", () => {
  const costs = (...own: Parameters<typeof row>[1][]) => coverageWith(own.map((more, i) => row(`q${i}`, more)));
  const bill = (more: Parameters<typeof row>[1]) => billOf([resource(queueType, "q0")], costs(more));

  it("takes costs, with the quantity that settings declare", () => {
    const result = bill({ costs: [{ item: "requests of q0", price: "sqs.requests.standard", quantity: 9.125 }] });
    const line = lineOf(result, "sqs.requests.standard");
    assert.deepEqual(
      [line?.section, line?.quantity, line?.unit, line?.price, line?.amount],
      ["infrastructure", 9.125, "million requests", 0.4, 3.65],
    );
    assert.equal(line?.source, prices["sqs.requests.standard"].source);
    assert.deepEqual(result.notPriced, []);
  });

  it("counts a declared 0 as 0", () => {
    assert.equal(
      lineOf(
        bill({ costs: [{ item: "requests", price: "sqs.requests.standard", quantity: 0 }] }),
        "sqs.requests.standard",
      )?.amount,
      0,
    );
  });

  it("adds equal items of several resources up", () => {
    const key = { costs: [{ item: "key", price: "kms.key" as const, quantity: 1 }] };
    const line = lineOf(billOf([], costs(key, key)), "kms.key");
    assert.deepEqual([line?.quantity, line?.amount, line?.urns.length], [2, 2, 2]);
  });

  for (const [what, cost] of [
    ["without a quantity", { item: "requests", price: "sqs.requests.fifo" }],
    ["without a price", { item: "requests", quantity: 12 }],
    ["with a quantity that is no number", { item: "requests", price: "sqs.requests.fifo", quantity: Number.NaN }],
    ["with a negative quantity", { item: "requests", price: "sqs.requests.fifo", quantity: -1 }],
  ] as const) {
    it(`lists a cost ${what} as not priced, by the name of its resource`, () => {
      const result = bill({ costs: [cost] });
      assert.deepEqual(result.lines, []);
      assert.deepEqual(result.notPriced, [
        `requests of q0: ${"price" in cost ? "no quantity is declared" : "no price is known"}`,
      ]);
    });
  }

  it("takes a quantity that did not survive JSON as not priced", () => {
    const cost: { item: string; price: "kms.key"; quantity: number } = {
      item: "key",
      price: "kms.key",
      quantity: Number.NaN,
    };
    const read = JSON.parse(JSON.stringify(costs({ costs: [cost] }))) as ReturnType<typeof costs>;
    assert.equal(billOf([], read).notPriced.length, 1);
  });

  it("lists types of AWS without a price, and not those that are free or of the program itself", () => {
    const result = billOf(
      [
        resource("aws:dynamodb/table:Table", "carts"),
        resource("aws:iam/role:Role", "reader"),
        resource("aws:sqs/queuePolicy:QueuePolicy", "tls"),
        resource(watchType, "orders"),
        resource("pulumi:providers:aws", "default"),
      ],
      coverageWith([]),
    );
    assert.deepEqual(result.notPriced, ["aws:dynamodb/table:Table carts: no price is known for its type"]);
  });

  it("says that it is not known where the coverage is not", () => {
    const result = billOf([alarm("a"), resource(queueType, "orders")], undefined);
    assert.equal(result.lines.length, 1);
    assert.equal(result.notPriced.length, 1);
    assert.match(result.notPriced[0] ?? "", /all resources but alarms/);
  });
});

describe("the bill as a whole", () => {
  const cost = fc.record(
    {
      item: fc.constantFrom("requests", "key", "publishes"),
      price: fc.constantFrom(
        "sqs.requests.standard" as const,
        "kms.key" as const,
        "sns.publishes" as const,
        "cloudwatch.alarm.high" as const,
      ),
      quantity: fc.double({ min: 0, max: 1e5, noNaN: true }),
    },
    { requiredKeys: ["item"] },
  );

  it("has totals that are exactly its lines, and a place for every cost", () => {
    fc.assert(
      fc.property(fc.array(fc.array(cost, { maxLength: 4 }), { maxLength: 8 }), (all) => {
        const rows = all.map((costs, i) => row(`q${i}`, { costs }));
        const bill = billOf([], coverageWith(rows));
        for (const section of ["monitoring", "infrastructure"] as const) {
          const micros = bill.lines
            .filter((line) => line.section === section)
            .reduce((sum, { amount }) => sum + Math.round(amount * 1e6), 0);
          assert.equal(Math.round(bill.monthly[section] * 1e6), micros);
        }
        for (const { amount, quantity, price, key } of bill.lines) {
          assert.ok(Math.abs(amount - quantity * price) <= 1e-6, `${quantity} x ${price} = ${amount}`);
          assert.equal(prices[key].price, price);
        }
        const priced = all.flat().filter((one) => one.price !== undefined && one.quantity !== undefined).length;
        assert.equal(
          bill.lines.reduce((sum, { urns }) => sum + urns.length, 0),
          priced,
        );
        assert.equal(bill.notPriced.length, all.flat().length - priced);
      }),
    );
  });

  it("starts with monitoring, the largest line first", () => {
    const costs = [
      { item: "small", price: "kms.key" as const, quantity: 1 },
      { item: "large", price: "kms.key" as const, quantity: 9 },
    ];
    const bill = billOf([alarm("a")], coverageWith([row("q", { urn: urnOf(queueType, "q"), costs })]));
    assert.deepEqual(
      bill.lines.map(({ item }) => item),
      ["no kind: CloudWatch alarm, standard resolution", "large", "small"],
    );
  });
});

describe("what the watching of a resource costs", () => {
  it("is its alarms, each once, and the metrics that are paid for because of them", () => {
    const metricQueries = [{ id: "value", expression: "a/b", returnData: true }, stat(60), stat(60)];
    const ratio = alarm("ratio", { metricName: undefined, period: undefined, metricQueries });
    const { rows, ...rest } = watching(["plain", "ratio"]);
    const [orders] = rows;
    assert.ok(orders);
    const costs = [
      { item: "requests", price: "sqs.requests.standard" as const, quantity: 10 },
      { item: "an alarm that it brings", price: "cloudwatch.alarm.composite" as const, quantity: 1 },
      { item: "unknown" },
    ];
    const twice = [...orders.signals, ...orders.signals];
    const coverage = { ...rest, rows: [{ ...orders, signals: twice, costs }, row("silent")] };
    assert.deepEqual([...watchingOf([alarm("plain"), ratio], coverage)], [[coverage.rows[0], 0.8]]);
  });
});
