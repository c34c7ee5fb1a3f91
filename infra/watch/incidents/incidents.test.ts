import assert from "node:assert/strict";
import { type Recording, record } from "../../kit/recorder";
import { catalogue } from "../../signal/catalogue";
import { coverageOf } from "../../signal/coverage";
import { parseComposite } from "../../signal/evaluate/composite";
import { toldAlone } from "./alone";
import { type Incident, IncidentBook } from "./book";
import { Incidents, type IncidentsArgs } from "./incidents";
import { page, queue, shop, topic, watcher } from "./testing";

const composite = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

type Mode = "update" | "preview";
const made = (declare: (book: IncidentBook) => void, args: Partial<IncidentsArgs> = {}, mode?: Mode) =>
  record(() => {
    const book = new IncidentBook();
    declare(book);
    new Incidents("incidents", { book, watcher, prefix: "prod", ...args });
  }, mode);
const twoQueues = (book: IncidentBook) => {
  const shops = book.of(shop);
  queue("orders", shops);
  queue("payments", shops);
};
const ruleOf = (recording: Recording, name: string) =>
  parseComposite(String(recording.one(composite, name).inputs.alarmRule));

describe("incidents", () => {
  for (const mode of ["update", "preview"] as const) {
    it(`tell once what fails together, by an alarm that was made from the silent ones (${mode})`, async () => {
      const recording = await made(twoQueues, {}, mode);
      const { inputs, madeFrom, parent } = recording.one(composite, "shop");
      const children = ["orders-queue-oldest-message", "payments-queue-oldest-message"];
      assert.deepEqual([parent, madeFrom.alarmRule], ["incidents", children]);
      assert.deepEqual(
        [inputs.alarmName, inputs.alarmActions, inputs.okActions, inputs.actionsSuppressor],
        ["prod-shop", [topic("page")], [topic("page")], undefined],
      );
      assert.deepEqual(inputs.tags, { signal: "incident", severity: "page", incident: "shop" });
      for (const child of children) {
        const { alarmActions, okActions, tags } = recording.one(alarm, child).inputs;
        assert.deepEqual([alarmActions, okActions], [undefined, undefined]);
        assert.deepEqual(tags, { signal: "queue-oldest-message", severity: "page" });
      }
    });
  }

  it("are on when any of their alarms is", async () => {
    const rule = ruleOf(await made(twoQueues), "shop");
    const [one, other, ...more] = [...rule.children];
    assert.deepEqual(
      [one, other, more],
      ["orders-queue-oldest-message-1234567", "payments-queue-oldest-message-1234567", []],
    );
    const state = (first: "OK" | "ALARM", second: "OK" | "INSUFFICIENT_DATA") =>
      rule.state({ [String(one)]: first, [String(other)]: second });
    assert.deepEqual(
      [state("ALARM", "OK"), state("OK", "OK"), state("OK", "INSUFFICIENT_DATA")],
      ["ALARM", "OK", "OK"],
    );
  });

  it("say what fails, where the runbook is, and which alarms they gather", async () => {
    const recording = await made(twoQueues);
    assert.equal(
      recording.one(composite, "shop").inputs.alarmDescription,
      "Incident: the shop. It is told once: the reason names the alarm that began it. Runbook: https://example.com/runbooks/incident.md Alarms in it: orders (queue-oldest-message); payments (queue-oldest-message).",
    );
  });

  it("leave alone what a standing alarm would hide, and tickets", async () => {
    const recording = await made(twoQueues);
    const told = (name: string) => recording.one(alarm, name).inputs.alarmActions;
    assert.deepEqual(told("orders-queue-dead-letters"), [topic("page")]);
    assert.deepEqual(told("orders-queue-dead-letters-expiring"), [topic("page")]);
    assert.deepEqual(told("orders-queue-in-flight"), [topic("ticket")]);
  });

  it("are not made of what belongs to none", async () => {
    const recording = await made((book) => queue("orders", book.apart()));
    assert.equal(recording.ofType(composite).length, 0);
    assert.deepEqual(recording.one(alarm, "orders-queue-oldest-message").inputs.alarmActions, [topic("page")]);
  });

  it("leave every alarm in the coverage", async () => {
    const { rows } = coverageOf((await made(twoQueues)).graph, catalogue);
    assert.deepEqual(
      rows.flatMap(({ missing }) => missing),
      [],
    );
    assert.ok(rows.some(({ signals }) => signals.some(({ info }) => info.id === "queue-oldest-message")));
  });

  it("put more alarms than one may hold into silent ones between", async () => {
    const recording = await made((book) => {
      const shops = book.of(shop);
      for (let at = 0; at < 101; at++) page(shops, `queue-${at}`);
    });
    assert.deepEqual([...ruleOf(recording, "shop").children], ["prod-shop-part-1", "prod-shop-part-2"]);
    assert.equal(ruleOf(recording, "shop-part-1").children.size, 100);
    assert.equal(ruleOf(recording, "shop-part-2").children.size, 1);
    const { alarmActions } = recording.one(composite, "shop-part-1").inputs;
    assert.equal(alarmActions, undefined);
    assert.match(String(recording.one(composite, "shop").inputs.alarmDescription), /; and \d+ more components\.$/);
    assert.ok(String(recording.one(composite, "shop").inputs.alarmDescription).length <= 1_024);
  });

  it("put long names into as many rules as their letters need", async () => {
    const recording = await made((book) => {
      const shops = book.of(shop);
      for (let at = 0; at < 60; at++) page(shops, `${"x".repeat(200)}-${at}`);
    });
    const rules = recording.ofType(composite).map(({ inputs }) => String(inputs.alarmRule));
    assert.equal(rules.length, 3);
    for (const rule of rules) assert.doesNotThrow(() => parseComposite(rule));
  });

  it("wait while another explains them, in whatever order they are declared", async () => {
    const recording = await made((book) => {
      page(book.of({ ...shop, heldBackBy: "network" }), "orders");
      page(book.of({ name: "network", about: "the network" }), "nat", "nat-gateway-cut-off");
    });
    const { inputs, madeFrom } = recording.one(composite, "shop");
    assert.deepEqual(inputs.actionsSuppressor, { alarm: "prod-network", waitPeriod: 120, extensionPeriod: 120 });
    assert.deepEqual(madeFrom.actionsSuppressor, ["network"]);
  });

  it("do not wait for one without alarms", async () => {
    const recording = await made((book) => {
      book.of({ name: "network", about: "the network" });
      page(book.of({ ...shop, heldBackBy: "network" }), "orders");
    });
    assert.equal(recording.one(composite, "shop").inputs.actionsSuppressor, undefined);
  });

  it("must be made last: an alarm that comes later would be silent for ever", async () => {
    await assert.rejects(
      record(() => {
        const book = new IncidentBook();
        new Incidents("incidents", { book, watcher, prefix: "prod" });
        queue("orders", book.of(shop));
      }),
      /alarm "orders-queue-[a-z-]+" is made after the incidents were: nobody would hear of it/,
    );
  });

  const refused: readonly (readonly [string, (book: IncidentBook) => void, Partial<IncidentsArgs>, RegExp])[] = [
    ["a prefix that is none", twoQueues, { prefix: "Prod_" }, /prefix must be lower-case.*got "Prod_"/],
    [
      "nobody to be told",
      twoQueues,
      { watcher: { ...watcher, actions: { page: [], ticket: [] } } },
      /nobody is told of a page, and the alarms of an incident tell nobody by themselves/,
    ],
    [
      "a name with a blank",
      (book) => page(book.of({ ...shop, name: "the shop" }), "orders"),
      {},
      /incident "the shop": a name is lower-case/,
    ],
    [
      "no words",
      (book) => page(book.of({ ...shop, about: " " }), "orders"),
      {},
      /incident "shop": about must say what fails/,
    ],
    [
      "a name that is too long for an alarm",
      (book) => page(book.of({ ...shop, name: "x".repeat(255) }), "orders"),
      {},
      /alarm.*255/,
    ],
    [
      "a cause that there is not",
      (book) => {
        book.of({ name: "network", about: "the network" });
        page(book.of({ ...shop, heldBackBy: "netwrok" }), "orders");
      },
      {},
      /incident "shop": no incident that would hold it back has this name; did you mean "network"\?, got "netwrok"/,
    ],
    [
      "incidents that hold each other back",
      (book) => {
        page(book.of({ ...shop, heldBackBy: "network" }), "orders");
        page(book.of({ name: "network", about: "the network", heldBackBy: "shop" }), "nat");
      },
      {},
      /incidents hold each other back in a circle, got \["shop","network"\]/,
    ],
    [
      "a calendar with a mistake",
      twoQueues,
      {
        calendar: [
          { name: "x", reason: "x", timezone: "Mars", recurrence: "daily", start: "02:00", duration: "1 hour" },
        ],
      },
      /maintenance "x": timezone must be an IANA time zone/,
    ],
  ];
  for (const [what, declare, args, message] of refused)
    it(`refuse ${what}, before anything is registered`, async () => {
      await assert.rejects(made(declare, args), message);
    });

  it("refuse two declarations of one name that differ, and take one that is said again", () => {
    const book = new IncidentBook();
    book.of(shop);
    assert.doesNotThrow(() => book.of({ ...shop }));
    const other: Incident = { ...shop, about: "another shop" };
    assert.throws(() => book.of(other), /incident "shop" is declared twice with different words/);
  });
});

describe("what is told alone", () => {
  const signals = catalogue.kinds.flatMap((kind) => kind.signals);

  it("is a page of CloudWatch, each with its reason", () => {
    for (const [id, reason] of Object.entries(toldAlone)) {
      const { severity, backend } = signals.find((signal) => signal.id === id) ?? {};
      assert.deepEqual([id, severity, backend], [id, "page", "cloudwatch"]);
      assert.ok(reason.length > 0);
    }
  });
});
