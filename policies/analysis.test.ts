import assert from "node:assert/strict";
import type { PolicyResource } from "@pulumi/policy";
import { Analyses, judge } from "./analysis";
import { notesOn } from "./notes";
import type { Finding, Rule } from "./rule";
import type { Waiver } from "./waivers";

const orders: Finding = { urn: "urn:x::orders", message: "orders is broken: mend it" };
const odd: Finding = { urn: "urn:x::orders", message: "orders is odd", warning: true };
const waiver: Waiver = { rule: "one", resource: "orders", reason: "For now.", owner: "team", expires: "2027-01-15" };
const on = (today: string, ...waivers: Waiver[]) => ({ waivers, today });

describe("the judgement of a rule", () => {
  it("waives what a waiver in force is about, its last day included", () => {
    const { broken, waived } = judge("one", [orders], on("2027-01-15", waiver));
    assert.deepEqual([broken, waived], [[], [{ finding: orders, waiver }]]);
  });

  it("says of what an expired waiver is about that it has expired", () => {
    const { broken, waived, used } = judge("one", [orders], on("2027-01-16", waiver));
    assert.equal(waived.length, 0);
    assert.equal(broken[0]?.message, "orders is broken: mend it. Its waiver expired on 2027-01-15 (team: For now.)");
    assert.ok(used.has(waiver));
  });

  it("takes a newer waiver before an expired one", () => {
    const newer = { ...waiver, expires: "2027-06-30" };
    const { broken, waived } = judge("one", [orders], on("2027-02-01", waiver, newer));
    assert.deepEqual([broken, waived.map((one) => one.waiver)], [[], [newer]]);
  });

  it("minds neither the waivers of other rules nor those of other resources", () => {
    const others = [
      { ...waiver, rule: "two" },
      { ...waiver, resource: "invoices" },
    ];
    assert.deepEqual(judge("one", [orders], on("2027-01-01", ...others)).broken, [orders]);
  });

  it("never stops anything for a warning, and needs no waiver for it", () => {
    const { broken, warnings, used } = judge("one", [odd], on("2027-01-01", waiver));
    assert.deepEqual([broken, warnings, used.size], [[], [odd], 0]);
  });
});

describe("notes", () => {
  const notes = (findings: readonly Finding[], today: string) => {
    const pardon = on(today, waiver);
    return notesOn(new Map([["one", judge("one", findings, pardon)]]), pardon);
  };

  it("tell what is waived, and of what is only odd", () => {
    assert.deepEqual(notes([orders, odd], "2027-01-01"), [
      { urn: orders.urn, message: "one is waived until 2027-01-15 (team: For now): orders is broken: mend it" },
      { urn: odd.urn, message: "one: orders is odd" },
    ]);
  });

  it("tell of a waiver that is about nothing, and whether it has expired besides", () => {
    assert.deepEqual(notes([], "2027-01-01"), [
      { message: 'the waiver of one for "orders" (team) is about nothing that is broken: take it out of waivers.yaml' },
    ]);
    assert.match(notes([], "2027-02-01")[0]?.message ?? "", /\(team\) expired on 2027-01-15 and is about nothing/);
  });

  it("say nothing of the waivers of a rule that did not run", () => {
    assert.deepEqual(notesOn(new Map(), on("2027-01-01", waiver)), []);
  });
});

describe("the analyses of a pack", () => {
  const resource = (name: string): PolicyResource => ({
    type: "aws:sqs/queue:Queue",
    urn: `urn:x::${name}`,
    name,
    props: {},
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  });
  const rule = (name: string): Rule => ({ name, description: name, find: () => [] });
  const analyses = () => new Analyses(on("2027-01-01"));
  const stack = () => [resource("a"), resource("b")];

  it("are shared by rules that see the same resources, each by copies of its own", () => {
    const all = analyses();
    const first = all.for("one", stack());
    first.run(rule("one"), {});
    assert.equal(all.for("two", stack()), first);
  });

  it("begin anew with a rule that already ran: values may be known by now", () => {
    const all = analyses();
    const first = all.for("one", stack());
    first.run(rule("one"), {});
    assert.notEqual(all.for("one", stack()), first);
  });

  it("begin anew with other resources", () => {
    const all = analyses();
    const first = all.for("one", stack());
    first.run(rule("one"), {});
    assert.notEqual(all.for("two", [resource("a")]), first);
    assert.equal(all.end(stack()), undefined);
  });

  it("end with the notes", () => {
    const all = analyses();
    const first = all.for("one", stack());
    first.run(rule("one"), {});
    assert.equal(all.end(stack()), first);
    assert.equal(all.end(stack()), undefined);
  });
});
