import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Bytes,
  bytes,
  type Duration,
  durationText,
  isBytes,
  isDuration,
  isPercent,
  type Percent,
  percent,
  seconds,
} from "./units";

const timeUnits = { second: 1, minute: 60, hour: 3_600, day: 86_400 };
const sizeUnits = { B: 1, KiB: 1_024, MiB: 1_048_576, GiB: 1_073_741_824, TiB: 1_099_511_627_776 };

/** Texts that a person may write and that are no quantity: signs, exponents, other separators, digits and spaces, other units. */
const notNumbers = [
  "-5",
  "+5",
  "1e3",
  "1E3",
  "5,5",
  "1.000,5",
  "1 000",
  "1_000",
  "1'000",
  ".5",
  "5.",
  "0x10",
  "٥",
  "５",
  "Infinity",
  "NaN",
  "½",
  "",
];
const around = (text: string) => [
  ` ${text}`,
  `${text} `,
  `${text}\n`,
  `\n${text}`,
  `\u00a0${text}`,
  `${text}\u0000`,
  `"${text}"`,
  `${text} ${text}`,
];

describe("units", () => {
  it("reads a length of time in each unit, singular and plural", () => {
    assert.equal(seconds("30 seconds"), 30);
    assert.equal(seconds("1 minute"), 60);
    assert.equal(seconds("1.5 hours"), 5_400);
    assert.equal(seconds("14 days"), 1_209_600);
    assert.equal(seconds("0 seconds"), 0);
  });

  it("reads an amount of data and a share", () => {
    assert.equal(bytes("256 KiB"), 262_144);
    assert.equal(bytes("20 GiB"), 21_474_836_480);
    assert.equal(bytes("0.5 TiB"), 549_755_813_888);
    assert.equal(percent("80 %"), 80);
    assert.equal(percent("99.95 %"), 99.95);
  });

  it("writes the shortest exact text", () => {
    const texts = [0, 1, 59, 60, 90, 3_600, 5_400, 86_400, 90_000, 1_209_600].map(durationText);
    assert.deepEqual(texts, [
      "0 seconds",
      "1 second",
      "59 seconds",
      "1 minute",
      "90 seconds",
      "1 hour",
      "90 minutes",
      "1 day",
      "25 hours",
      "14 days",
    ]);
  });

  it("reads back every whole number of seconds that it writes", () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (value) => seconds(durationText(value)) === value));
  });

  it("writes the largest unit that is exact", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.constantFrom("minute", "hour", "day"), (count, unit) => {
        const written = Number.parseInt(durationText((count + 1) * timeUnits[unit]), 10);
        assert.ok(written <= count + 1);
      }),
    );
  });

  it("multiplies a whole number by its unit, exactly", () => {
    fc.assert(
      fc.property(
        fc.nat(10_000_000),
        fc.constantFrom("second", "minute", "hour", "day"),
        fc.boolean(),
        (count, unit, plural) => {
          const text: Duration = `${count} ${unit}${plural ? "s" : ""}` as Duration;
          assert.equal(seconds(text), count * timeUnits[unit]);
        },
      ),
    );
    fc.assert(
      fc.property(fc.nat(8_000), fc.constantFrom("B", "KiB", "MiB", "GiB", "TiB"), (count, unit) => {
        assert.equal(bytes(`${count} ${unit}`), count * sizeUnits[unit]);
      }),
    );
  });

  it("keeps the order of what it reads", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        assert.equal(Math.sign(seconds(`${one} days`) - seconds(`${other} days`)), Math.sign(one - other));
      }),
    );
  });

  it("refuses signs, exponents, separators of other languages and foreign digits", () => {
    for (const number of notNumbers) {
      assert.equal(isDuration(`${number} minutes`), false, `"${number} minutes"`);
      assert.equal(isBytes(`${number} GiB`), false, `"${number} GiB"`);
      assert.equal(isPercent(`${number} %`), false, `"${number} %"`);
    }
  });

  it("refuses other spaces, other units and other capitals", () => {
    for (const text of [
      "5minutes",
      "5  minutes",
      "5\tminutes",
      "5\u00a0minutes",
      "5 Minutes",
      "5 min",
      "5 m",
      "5",
      "minutes",
      "5 weeks",
      "5 months",
      "5 ms",
      "PT5M",
    ]) {
      assert.equal(isDuration(text), false, text);
    }
    for (const text of ["5 GB", "5 gib", "5GiB", "5 KB", "5 PiB", "5"]) assert.equal(isBytes(text), false, text);
    for (const text of ["80%", "80  %", "80 percent", "80", "0.8"]) assert.equal(isPercent(text), false, text);
    for (const text of around("5 minutes")) assert.equal(isDuration(text), false, JSON.stringify(text));
    for (const text of around("5 GiB")) assert.equal(isBytes(text), false, JSON.stringify(text));
    for (const text of around("5 %")) assert.equal(isPercent(text), false, JSON.stringify(text));
  });

  it("says in its error what was given and how it is written", () => {
    const fault = (read: () => number) => {
      try {
        return String(read());
      } catch (error) {
        assert.ok(error instanceof RangeError);
        return error.message;
      }
    };
    assert.equal(
      fault(() => seconds("-5 minutes")),
      '"-5 minutes" is not a length of time: write "30 seconds", "10 minutes", "6 hours" or "14 days"',
    );
    assert.match(
      fault(() => bytes("1e3 GiB")),
      /^"1e3 GiB" is not an amount of data: write "256 KiB"/,
    );
    assert.equal(
      fault(() => percent("-1 %")),
      '"-1 %" is not a share: write "80 %"',
    );
  });

  it("reads exactly the texts that it recognises, whatever they are", () => {
    const near = fc.tuple(
      fc.constantFrom("", " ", "-", "1", "1.5", "1e3"),
      fc.constantFrom(" ", "", "  "),
      fc.constantFrom("second", "days", "GiB", "%", "x"),
    );
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: "grapheme" }),
      near.map((parts) => parts.join("")),
    );
    const reads = (read: () => number) => {
      try {
        return Number.isFinite(read());
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(texts, (text) => {
        assert.equal(
          reads(() => seconds(text as Duration)),
          isDuration(text),
        );
        assert.equal(
          reads(() => bytes(text as Bytes)),
          isBytes(text),
        );
        assert.equal(
          reads(() => percent(text as Percent)),
          isPercent(text),
        );
      }),
    );
  });
});
