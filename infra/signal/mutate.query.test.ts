import assert from "node:assert/strict";
import { queryMutants } from "./mutate.query";

const has = (query: string, ...wanted: string[]) => {
  const mutants = queryMutants(query);
  for (const one of wanted) assert.ok(mutants.includes(one), `${one} is not among\n${mutants.join("\n")}`);
};
const lacks = (query: string, ...unwanted: string[]) => {
  for (const one of unwanted) assert.ok(!queryMutants(query).includes(one), one);
};

describe("mutants of PromQL", () => {
  it("take one aggregation and one function of a range for another", () => {
    assert.deepEqual(queryMutants("sum(up)"), ["avg(up)", "max(up)", "min(up)", "count(up)", "sum(ups)"]);
    has("sum(rate(x[5m]))", "sum(irate(x[5m]))", "sum(increase(x[5m]))");
    has("max_over_time(x[5m])", "min_over_time(x[5m])", "last_over_time(x[5m])");
  });

  it("double and halve ranges, steps and offsets, in whole seconds", () => {
    has("rate(x[5m])", "rate(x[10m])", "rate(x[150s])");
    has("max_over_time(x[1h30m:1m] offset 1d)", "max_over_time(x[3h:1m] offset 1d)");
    has("max_over_time(x[1h:1m] offset 1d)", "max_over_time(x[1h:30s] offset 1d)", "max_over_time(x[1h:1m] offset 2d)");
  });

  it("change each matcher in label, value and operator, and leave it out wherever it stands", () => {
    assert.deepEqual(queryMutants('up{a="b"}'), ['ups{a="b"}', 'up{as="b"}', 'up{a="misspelt"}', 'up{a!="b"}', "up{}"]);
    has('up{a="1", b!="2",c=~"3"}', 'up{ b!="2",c=~"3"}', 'up{a="1", c=~"3"}', 'up{a="1", b!="2"}');
    has('up{a!~"1"}', 'up{a=~"1"}');
    // Prometheus refuses a selector without a metric and without a condition that no empty label meets.
    assert.deepEqual(queryMutants('{a="b"}'), ['{as="b"}', '{a="misspelt"}']);
  });

  it("leave out each alternative of a pattern, but none of a pattern with groups or of plain text", () => {
    has('up{a=~"x|y|z"}', 'up{a=~"y|z"}', 'up{a=~"x|z"}', 'up{a=~"x|y"}');
    lacks('up{a=~"(x|y)z"}', 'up{a=~"(x"}', 'up{a=~"y)z"}');
    lacks('up{a="x|y"}', 'up{a="x"}');
  });

  it("leave out a grouping unless every selector has just one value for its labels", () => {
    has("sum by (pod) (up)", "sum  (up)");
    has('sum by (pod, a) (up{a="b"})', 'sum  (up{a="b"})');
    has('max without (pod) (up{pod="b"})', 'max  (up{pod="b"})');
    lacks('sum by (a) (up{c="d",a="b"})', 'sum  (up{c="d",a="b"})');
    has('sum by (a) (up{a="b"} - up{a=~"b"})', 'sum  (up{a="b"} - up{a=~"b"})');
    has('sum by (a) (up{b="a"})', 'sum  (up{b="a"})');
  });

  it("change operators and numbers, but not the same signs and digits in strings, names and lists", () => {
    assert.deepEqual(
      queryMutants('a1{l="1 - 2"} * on (b2) c * 4').filter((one) => /"1 - 2"/.test(one) && /on \(b2\)/.test(one)),
      [
        'a1s{l="1 - 2"} * on (b2) c * 4',
        'a1{ls="1 - 2"} * on (b2) c * 4',
        'a1{l!="1 - 2"} * on (b2) c * 4',
        'a1{l="1 - 2"} / on (b2) c * 4',
        'a1{l="1 - 2"} * on (b2) cs * 4',
        'a1{l="1 - 2"} * on (b2) c / 4',
        'a1{l="1 - 2"} * on (b2) c * 5',
        'a1{l="1 - 2"} * on (b2) c * 3',
        'a1{l="1 - 2"} * on (b2) c * 8',
        'a1{l="1 - 2"} * on (b2) c * 2',
      ],
    );
    has("x or vector(0)", "x or vector((-1))", "x and vector(0)", "x unless vector(0)");
    has("x > bool 0.3", "x >= bool 0.3", "x > bool 0.15");
  });

  it("differ from the query and from each other, and change nothing where there is nothing", () => {
    for (const query of ['sum by (q) (rate(a{b="c"}[5m])) / 2 > 0', "up", "topk(3, x)"]) {
      const mutants = queryMutants(query);
      assert.ok(mutants.length > 0 && !mutants.includes(query));
      assert.equal(new Set(mutants).size, mutants.length);
    }
    assert.deepEqual(queryMutants(""), []);
  });
});
