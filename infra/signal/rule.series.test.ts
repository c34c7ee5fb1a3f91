import assert from "node:assert/strict";
import fc from "fast-check";
import { notation, scraped, scrapesIn, type Values } from "./rule.series";

const same = (series: string) => series;

/** What promtool reads ("Unit testing for rules: series", Prometheus documentation, 2026-11). */
function read(text: string): Values {
  return text.split(" ").flatMap((run): Values => {
    const missing = /^_x(\d+)$/.exec(run);
    if (missing) return Array<undefined>(Number(missing[1])).fill(undefined);
    const [, start, by = "+0", more = "0"] = /^(-?[\d.e-]+?)(?:([+-][\d.e-]+?)?x(\d+))?$/.exec(run) ?? [];
    return Array.from({ length: Number(more) + 1 }, (_, i) => Number(start) + i * Number(by));
  });
}

describe("scraped series", () => {
  it("hold a value for each scrape, a counter grows from its last value, also over a gap and into the next part", () => {
    const data = scraped(
      [
        { c: ["5 for 2 minutes", "+2 for 2 minutes", "missing for 1 minute", "+1 for 1 minute"] },
        { c: ["+3 for 1 minute", "0 for 1 minute"] },
      ],
      same,
      60,
    );
    assert.deepEqual(data.get("c"), [5, 5, 7, 9, undefined, 10, 13, 0]);
    assert.equal(scrapesIn(data), 8);
  });

  it("follow the interval of the scrape, and take values with a unit", () => {
    assert.deepEqual(
      scraped([{ a: ["2 KiB for 1 minute"], b: ["-1.5 for 1 minute"] }], same, 30),
      new Map([
        ["a", [2_048, 2_048]],
        ["b", [-1.5, -1.5]],
      ]),
    );
  });

  it("of a case must be the same and last equally long in each part", () => {
    assert.throws(
      () => scraped([{ a: ["1 for 1 minute"], b: ["1 for 2 minutes"] }], same, 60),
      /equally long, got 1, 2 scrapes/,
    );
    assert.throws(
      () => scraped([{ a: ["1 for 1 minute"] }, { b: ["1 for 1 minute"] }], same, 60),
      /^TypeError: a, b: each part/,
    );
    assert.throws(
      () => scraped([{ a: ["0/1 for 1 minute"] }], same, 60),
      /"0\/1 for 1 minute": a scrape brings one value/,
    );
    assert.throws(() => scraped([{ a: ["+1 for 90 seconds"] }], same, 60), /no whole number of scrapes of 60 seconds/);
    assert.throws(() => scraped([{ a: ["much for 1 minute"] }], same, 60), /"much" is not a value/);
  });

  it("are written as promtool reads them", () => {
    assert.equal(notation([6, 6, 6, undefined, undefined, 1, 3, 5, 0]), "6x2 _x2 1+2x2 0");
    const value = fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
        assert.deepEqual(read(notation(values)), values);
      }),
    );
  });
});
