/** The bad cases by which rules are proven, as series for a real Prometheus, for tests. */
import assert from "node:assert/strict";
import { z } from "zod";
import { boardOf } from "../infra/signal/board";
import { namesOf } from "../infra/signal/board.variables";
import { catalogue } from "../infra/signal/catalogue";
import type { Chart } from "../infra/signal/chart";
import type { Kind } from "../infra/signal/kind";
import { expanded, secondsOf, type Timeline } from "./samples.testing";

/** What is read of the tests by which promtool proves the rules of a signal. */
const proofs = z.object({
  /** From seeing a scrape to the evaluation that is asked what it saw. */
  evaluation_interval: z.string(),
  tests: z.array(
    z.object({
      name: z.string(),
      interval: z.string(),
      input_series: z.array(z.object({ series: z.string(), values: z.string() })),
      promql_expr_test: z.array(
        z.object({ eval_time: z.string(), exp_samples: z.array(z.object({ value: z.number() })) }),
      ),
    }),
  ),
});
const target = z.object({ expr: z.string(), interval: z.string() });

/** A bad case of a proof, at a time and under names of its own. */
export interface Case {
  readonly chart: Chart;
  readonly kind: Kind;
  readonly name: string;
  /** What stands for every subject in it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A week in seconds. The first second of 1970 was a Thursday's. */
export const week = 604_800;

/** The name that proofs give a subject. */
const proofName = /[\w-]+-1\.a/g;

/** What a query reads is recorded by rules, which nobody evaluates in a store that is only filled: promtool proves both together. */
export const isRecorded = ({ source }: Chart): boolean =>
  source.from === "prometheus" && /^\w+:[\w:]+\{/.test(source.query);

/** What proofs give. */
export interface Cases {
  readonly cases: readonly Case[];
  readonly timelines: readonly Timeline[];
  /** Ids of signals that are left out. */
  readonly recorded: readonly string[];
}

/** All bad cases of the rules of all kinds. @param start of each: a Thursday at midnight UTC, with which proofs begin, so that their hours and days are right */
export function casesFrom(start: number): Cases {
  const cases: Case[] = [];
  const timelines: Timeline[] = [];
  const recorded: string[] = [];
  for (const kind of catalogue.kinds)
    for (const chart of kind.charts()) {
      const proof = kind.ruleTest(chart.id);
      if (!proof) continue;
      // Where Loki records what is read, the proof has it.
      if (isRecorded(chart) && /\brecord\b/.test(proof.rules)) {
        recorded.push(chart.id);
        continue;
      }
      const { tests, evaluation_interval } = proofs.parse(JSON.parse(proof.test));
      const bad = tests.filter(({ name }) => /^bad .*, healed$/.test(name));
      bad.forEach(({ name, interval, input_series, promql_expr_test }, index) => {
        const [fires] = promql_expr_test;
        assert.equal(fires?.exp_samples[0]?.value, 1, `${chart.id}: ${name}`);
        const step = secondsOf(interval);
        const seen = secondsOf(fires.eval_time) - secondsOf(evaluation_interval);
        const points = Math.floor(seen / step) + 1;
        const text = `${chart.id}.${index}`;
        cases.push({ chart, kind, name, text, start, end: start + (points - 1) * step });
        for (const { series, values } of input_series) {
          const own = series.replace(proofName, text);
          // What belongs to others has the same names in every proof.
          if (own !== series) timelines.push({ series: own, start, step, values: expanded(values).slice(0, points) });
        }
      });
    }
  return { cases, timelines, recorded };
}

/** The query of a panel as Grafana sends it, with a name for each of its variables. */
export function queryOf(kind: Kind, chart: Chart, text: string): { readonly expr: string; readonly step: number } {
  const names = namesOf(kind.charts());
  const panel = boardOf(kind, { runbooks: "https://example.com" }).panels?.find(
    (one) => one.type !== "row" && "title" in one && one.title === chart.title,
  );
  assert.ok(panel && "targets" in panel, chart.id);
  const { expr, interval } = target.parse(panel.targets?.[0]);
  const values = new Map([
    ...(chart.source.from === "prometheus" ? chart.source.subjects : []).map(
      (subject) => [names.subject(chart.role, subject), text] as const,
    ),
    ...Object.entries(chart.parameters).map(
      ([parameter, value]) => [names.parameter(chart.id, parameter), String(value)] as const,
    ),
  ]);
  const filled = expr.replace(/\$\{(\w+)\}/g, (variable, name: string) => values.get(name) ?? assert.fail(variable));
  return { expr: filled, step: secondsOf(interval) };
}
