import assert from "node:assert/strict";
import type { Side } from "../infra/signal/alarm";
import { catalogue } from "../infra/signal/catalogue";
import { type LivePrometheus, queriedOver, startPrometheus } from "../tools/live/prometheus";
import { orSkipped } from "../tools/live/unavailable";
import { casesFrom, isRecorded, queryOf, week } from "./cases.testing";
import { openMetrics } from "./samples.testing";

/** Information about what no alarm of the same kind reads: there is nothing here that it could show. */
const unproven: ReadonlySet<string> = new Set([
  "nodes-count",
  "nodes-disk-latency",
  "nodes-traffic",
  "namespace-cpu",
  "collector-samples",
  "logs-received",
  "service-received",
  "service-sent",
  "service-processor",
  "service-memory",
  // Proofs leave out the last edge of the histogram, without which there is no quantile: boards.live.ts has it.
  "service-response-time",
]);

const breaches: Readonly<Record<Side, ((value: number, limit: number) => boolean) | undefined>> = {
  above: (value, limit) => value > limit,
  atLeast: (value, limit) => value >= limit,
  below: (value, limit) => value < limit,
  atMost: (value, limit) => value <= limit,
  aboveBand: undefined,
  belowBand: undefined,
  outsideBand: undefined,
};

describe("panels of kinds on a real Prometheus", function () {
  this.timeout(300_000);
  const { cases, timelines, recorded } = casesFrom((Math.floor(Date.now() / 1_000 / week) - 2) * week);
  let server: LivePrometheus;

  before(async function () {
    server = await orSkipped(this, () =>
      startPrometheus(console.log, { configuration: "{}", samples: openMetrics(timelines) }),
    );
    console.log(
      `Prometheus ${server.version}: ${cases.length} bad cases, ${timelines.length} series; left out, because rules record what they read: ${recorded.join(", ")}`,
    );
  });
  after(() => server?.stop());

  it("show every bad case of their proofs, beyond the limit of the alarm", async () => {
    const missed: string[] = [];
    for (const { chart, kind, name, text, start, end } of cases) {
      const { alarm, id } = chart;
      const { expr, step } = queryOf(kind, chart, text);
      const shown = await queriedOver(server, expr, { start, end, step });
      const last = shown.flatMap(({ values }) => values.filter(([at]) => at === end).map(([, value]) => value));
      // Where a missing value is bad, a bad case may be that there is none: the panel has a hole.
      if (last.length === 0 && alarm?.whenMissing === "bad") continue;
      const beyond = alarm && breaches[alarm.side];
      if (!alarm || !beyond || !last.some((value) => beyond(value, alarm.limit)))
        missed.push(`${id}, ${name}: ${JSON.stringify(last)} against ${alarm?.side} ${alarm?.limit}: ${expr}`);
    }
    assert.deepEqual(missed, []);
  });

  it("show information from the same series", async () => {
    const empty: string[] = [];
    for (const kind of catalogue.kinds)
      for (const chart of kind.charts()) {
        if (chart.source.from !== "prometheus" || chart.alarm || isRecorded(chart)) continue;
        let lines = 0;
        for (const { text, start, end } of cases.filter((one) => one.kind === kind)) {
          const { expr, step } = queryOf(kind, chart, text);
          const shown = await queriedOver(server, expr, { start, end, step });
          // A histogram without its last edge gives lines of no number.
          lines += shown.filter(({ values }) => values.some(([, value]) => Number.isFinite(value))).length;
        }
        if (lines === 0) empty.push(chart.id);
      }
    // Executed, and no more: no proof of their kind has series of theirs.
    assert.deepEqual(
      empty.filter((id) => !unproven.has(id)),
      [],
    );
  });
});
