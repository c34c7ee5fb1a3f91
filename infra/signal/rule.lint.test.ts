import assert from "node:assert/strict";
import { type ToySize, toySignals, toySize } from "./rule.fixtures";
import { lintRule } from "./rule.lint";
import { type AnyRuled, prometheus } from "./signal";

const backlog: AnyRuled<ToySize> = toySignals["toy-backlog"];
const base = { for: "5 minutes", severity: "page", whenMissing: "ok" } as const;
/** What is said of a query; `bad` is how its value is compared. */
const said = (query: string, bad: { above: number } | { below: number } | { atMost: number } = { above: 5 }): string =>
  lintRule(
    { ...backlog, source: prometheus(query, {}), alarm: { ...base, ...bad } as AnyRuled<ToySize>["alarm"] },
    toySize,
  ).join("; ");

describe("lint of a rule", () => {
  it("finds nothing wrong with sound ones", () => {
    for (const id of ["toy-backlog", "toy-failing"] as const)
      assert.deepEqual(lintRule<ToySize>(toySignals[id], toySize), []);
    for (const query of [
      'kube_pod_info{limitk="holt_winters(x)"}',
      "count(up) or vector(0)",
      "rate(a[4m]) - rate(b[4m])",
    ]) {
      assert.equal(said(query, { atMost: 0 }), "", query);
    }
  });

  it("refuses what another version of Prometheus does not take", () => {
    assert.match(said("limitk(1, up)"), /limitk is newer than Prometheus 2\.42/);
    assert.match(said("limitk by (x) (1, up)"), /limitk is newer/);
    assert.match(said("rate(x[5m] smoothed)"), /smoothed is newer/);
    assert.match(said("holt_winters(x[10m], 0.5, 0.5)"), /holt_winters is gone/);
    assert.match(said('{"http.requests"}'), /a quoted metric or label name/);
    assert.match(said('up{"a.b"="c"}'), /a quoted metric or label name/);
  });

  it("refuses a count that is compared with 0, which it never is", () => {
    const never = /count\(\) of nothing has no value/;
    assert.match(said('count(up{job="a"})', { atMost: 0 }), never);
    assert.match(said("count by (x) (up)", { below: 1 }), never);
    assert.doesNotMatch(said("count(up)", { below: 2 }), never);
    assert.doesNotMatch(said("count(up)", { above: 0 }), never);
    assert.doesNotMatch(said("count(up) - count(down)", { atMost: 0 }), never);
  });

  it("refuses a rate below 0, which it never is", () => {
    assert.match(said("rate(x[5m])", { below: 0 }), /rate\(\) is never negative/);
    assert.doesNotMatch(said("rate(x[5m])", { atMost: 0 }), /never negative/);
    assert.doesNotMatch(said("deriv(x[5m])", { below: 0 }), /never negative/);
  });

  it("wants four scrapes in a range", () => {
    assert.match(said("rate(x[3m])"), /a range of 180 seconds holds fewer than 4 scrapes of 60 seconds/);
    assert.equal(said("rate(x[4m])"), "");
  });
});
