import assert from "node:assert/strict";
import fc from "fast-check";
import { isAbout, isDay, readWaivers, today, type Waiver, waiversIn } from "./waivers";

const rules = ["watched", "dead-letters"];
const fine = { rule: "watched", resource: "orders", reason: "Old.", owner: "team-orders", expires: "2027-03-31" };
const read = (text: string) => readWaivers(text, "waivers.yaml", rules);
const written = (waiver: object | string) => read(JSON.stringify([waiver]));
const about = (resource: string): Waiver => ({ ...fine, resource });
const urn = "urn:pulumi:dev::vigia::vigia:queue:Queue$aws:sqs/queue:Queue::orders";

describe("waivers", () => {
  it("are read from a list, and from a file without any", () => {
    assert.deepEqual(written(fine), [fine]);
    assert.deepEqual(read("# none\n[]\n"), []);
    assert.deepEqual(read(""), []);
    assert.deepEqual(waiversIn("/nowhere/waivers.yaml", rules), []);
  });

  it("are refused with every mistake at once, each with its place and the way out", () => {
    const { owner: _, ...mistaken } = { ...fine, rule: "wached", expires: "soon", expire: "2027-03-31" };
    assert.throws(
      () => read(JSON.stringify([fine, mistaken])),
      (error: Error) => {
        assert.deepEqual(error.message.split("\n"), [
          'waivers.yaml: waiver 2: "expire" is not a part of a waiver; did you mean "expires"?',
          "waivers.yaml: waiver 2: owner is missing: rule, resource, reason, owner, expires must each be written out",
          'waivers.yaml: waiver 2: there is no rule "wached"; did you mean "watched"?',
          'waivers.yaml: waiver 2: expires is "soon"; write the last day on which it counts like 2027-03-31',
        ]);
        return true;
      },
    );
  });

  it("are refused when a part is empty or no text, and when they are no list", () => {
    assert.throws(() => written({ ...fine, reason: "  " }), /waiver 1: reason is missing/);
    assert.throws(() => written({ ...fine, owner: 7 }), /waiver 1: owner is missing/);
    assert.throws(() => written("watched"), /waiver 1: rule is missing/);
    assert.throws(() => read("rule: watched"), /waivers are a list: begin each with a dash/);
    assert.throws(() => read("- rule: [watched"), /waivers\.yaml: this is no YAML: /);
  });

  it("are about a name or a URN, in which * stands for any characters", () => {
    for (const pattern of ["orders", "ord*", "*", urn, "urn:*::orders", "urn:pulumi:dev::*"])
      assert.ok(isAbout(about(pattern), urn), pattern);
    for (const pattern of ["order", "rders", "Orders", "ord.rs", "queue:Queue::orders", "urn:*::order", "orders*x"])
      assert.ok(!isAbout(about(pattern), urn), pattern);
  });

  it("take every other character of a pattern as it stands", () => {
    const text = fc.string({ minLength: 1 }).filter((part) => !part.includes("*") && !part.includes(":"));
    fc.assert(
      fc.property(text, text, (name, other) => {
        assert.equal(isAbout(about(name), `urn:x::${other}`), name === other);
        assert.ok(isAbout(about(`${name}*`), `urn:x::${name}${other}`));
      }),
    );
  });
});

describe("the day of waivers", () => {
  it("is that of VIGIA_TODAY, else of the clock in UTC", () => {
    const clock = Date.parse("2027-01-31T23:59:59Z");
    assert.equal(today({ VIGIA_TODAY: "2026-12-24" }, clock), "2026-12-24");
    assert.equal(today({}, clock), "2027-01-31");
    assert.equal(today({ VIGIA_TODAY: "" }, clock), "2027-01-31");
  });

  it("is refused when it is none", () => {
    assert.throws(
      () => today({ VIGIA_TODAY: "tomorrow" }),
      /VIGIA_TODAY is "tomorrow", which is no day: write it like/,
    );
  });

  it("is one of the calendar", () => {
    for (const day of ["2027-02-28", "2028-02-29"]) assert.ok(isDay(day), day);
    for (const day of ["2027-02-29", "2027-13-01", "2027-1-1", "27-01-01", "2027-01-01T00:00", ""])
      assert.ok(!isDay(day), day);
  });
});
