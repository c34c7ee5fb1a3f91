import assert from "node:assert/strict";
import { proveRules } from "../../tools/promtool/run";
import { promtool } from "../../tools/toolchain/promtool";
import { recordingsOf } from "../signal/rule";
import { ruleDocument } from "../signal/rule.document";
import { here } from "./objective.records";
import { objectiveSignals } from "./objective.signals";
import type { ObjectiveSize } from "./objective.size";

const size: ObjectiveSize = { scraped: true, answered: 99, inTime: 95, acceptable: 1, days: 2 };
const texts = { cluster: "main", namespace: "shop", service: "shop", objective: "shop" };
const labels = here.replace("{cluster}", "main").replaceAll(/\{namespace\}|\{service\}/g, "shop");
const series = (name: string, more: string, values: string) => ({ series: `${name}{${labels}, ${more}}`, values });

/** What promtool finds wrong with what is said to be left of both budgets after a day. @param failed of a hundred requests a minute */
async function wrong(
  failed: number,
  late: number,
  left: { errors: number; latency: number },
): Promise<readonly string[]> {
  const rules = ["objective-budget-left", "objective-latency-budget-left"] as const;
  const planned = rules.flatMap((id) => {
    const { source } = objectiveSignals[id];
    assert.equal(source.from, "prometheus");
    return recordingsOf(id, source, { size, texts });
  });
  const count = "http_request_duration_seconds_count";
  const day = 1_440;
  const counter = (by: number) => `0+${by}x${day}`;
  const test = {
    rule_files: ["left.rules.yaml"],
    evaluation_interval: "5m",
    tests: [
      {
        interval: "1m",
        input_series: [
          series(count, 'code="200", pod="a"', counter(100 - failed)),
          ...(failed > 0 ? [series(count, 'code="503", pod="a"', counter(failed))] : []),
          series("http_request_duration_seconds_bucket", 'le="1", pod="a"', counter(100 - late)),
        ],
        promql_expr_test: Object.entries(left).map(([promise, value]) => ({
          expr: `round(objective:budget_left:percent{objective="shop", promise="${promise}"}, 0.01)`,
          eval_time: `${day}m`,
          exp_samples: [{ labels: `{objective="shop", promise="${promise}"}`, value }],
        })),
      },
    ],
  };
  const { path } = await promtool();
  const found = await proveRules(path, [
    { id: "left", lint: [], rules: ruleDocument("shop", planned), test: JSON.stringify(test) },
  ]);
  return found.get("left") ?? ["promtool said nothing"];
}

describe("what is left of a budget", () => {
  it("is all of it where nothing failed, though no failure was ever counted", async () =>
    assert.deepEqual(await wrong(0, 0, { errors: 100, latency: 100 }), []));

  it("is half of it where half of what may fail did, each promise for itself", async () =>
    assert.deepEqual(await wrong(0.5, 1, { errors: 50, latency: 80 }), []));

  it("is less than nothing where the promise is broken", async () =>
    assert.deepEqual(await wrong(3, 10, { errors: -200, latency: -100 }), []));
});
