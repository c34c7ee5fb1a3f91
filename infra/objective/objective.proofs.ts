/** What the proofs of objectives share: requests of which some share breaks a promise, through minutes and days. */

import { type Duration, durationText, seconds } from "../kit/units";
import { metrics } from "../service/metrics";
import type { RuleSeries } from "../signal/rule.record";
import type { Stretch } from "../signal/signal";
import { here } from "./objective.records";
import type { ObjectiveSize } from "./objective.size";

/** The size at which limits are proven: one of a hundred may fail, and one of twenty may take longer than a second. */
export const example: ObjectiveSize = { scraped: true, answered: 99, inTime: 95, acceptable: 1, days: 30 };

const count = `${metrics.duration.name}_count`;
const bucket = `${metrics.duration.name}_bucket`;

/** A stretch of time with the share of the requests, in percent, that break the promise. */
export type Spell = readonly [percent: number, length: Duration];

/**
 * So many good answers that every window is diluted at once: what was bad is over from one evaluation to the next, whatever the windows remember. Only so can a proof
 * tell for how many evaluations something was bad.
 */
const flood = 1e9;

/** A counter that grows by so much in each minute of the spells. */
const grows = (spells: readonly Spell[], by: (percent: number) => number): Stretch[] =>
  spells.map(([percent, length]): Stretch => `+${Number(by(percent).toFixed(7))} for ${length}`);

const minutes = (spells: readonly Spell[]): number => spells.reduce((sum, [, length]) => sum + seconds(length), 0) / 60;

/** The labels of the service, each time with one that is somebody else's. */
const others = ["cluster", "namespace", "service"].map((subject) => here.replace(`"{${subject}}"`, '"other"'));

/** What was recorded of somebody else, and of the other promise. */
const elsewhere = (record: string, other: string, percent: number, length: Duration): RuleSeries => ({
  [`${record}{objective="other", promise="errors"}`]: [`${percent} for ${length}`],
  [`${record}{objective="other", promise="latency"}`]: [`${percent} for ${length}`],
  [`${record}{objective="{objective}", promise="${other}"}`]: [`${percent} for ${length}`],
});

/** What of a proof differs from promise to promise: the series of some spells. @param perMinute requests of two pods */
export type Series = (spells: readonly Spell[], perMinute?: number) => RuleSeries;

/** Two pods, whose failures are of two sorts. What others do, and what the caller did wrong, counts nothing. */
export const failing =
  (burning: string): Series =>
  (spells, perMinute = 1_000) => {
    const length = durationText(60 * minutes(spells));
    const own = (code: string, pod: string) => `${count}{${here}, code="${code}", pod="${pod}"}`;
    const good = (share: number) => (percent: number) => (share * perMinute * (100 - percent)) / 100;
    const bad = (share: number) => (percent: number) => (share * perMinute * percent) / 100;
    return {
      [own("200", "a")]: grows(spells, good(0.6)),
      [own("404", "a")]: grows(spells, good(0.1)),
      [own("200", "b")]: grows(spells, good(0.3)),
      [own("500", "a")]: grows(spells, bad(0.6)),
      [own("503", "b")]: grows(spells, bad(0.4)),
      ...Object.fromEntries(
        others.flatMap((labels) => [
          [`${count}{${labels}, code="500", pod="x"}`, [`+${perMinute} for ${length}`]] as const,
          [`${count}{${labels}, code="200", pod="y"}`, [`+${3 * perMinute} for ${length}`]] as const,
        ]),
      ),
      ...elsewhere(burning, "latency", 99, length),
    };
  };

/** One pod and nobody else, for the paces of days: whom a query counts is proven by the fast ones, and these are of thousands of scrapes. */
export const plainlyFailing =
  (burning: string): Series =>
  (spells, perMinute = 1_000) => ({
    [`${count}{${here}, code="200", pod="a"}`]: grows(spells, (percent) => (perMinute * (100 - percent)) / 100),
    [`${count}{${here}, code="500", pod="a"}`]: grows(spells, (percent) => (perMinute * percent) / 100),
    ...elsewhere(burning, "latency", 99, durationText(60 * minutes(spells))),
  });

/** Two pods, some of whose requests take longer than promised. */
export const late =
  (burning: string): Series =>
  (spells, perMinute = 1_000) => {
    const length = durationText(60 * minutes(spells));
    const all = (pod: string) => `${count}{${here}, code="200", pod="${pod}"}`;
    const within = (edge: string, pod: string) => `${bucket}{${here}, le="${edge}", pod="${pod}"}`;
    const good = (share: number) => (percent: number) => (share * perMinute * (100 - percent)) / 100;
    return {
      [all("a")]: grows(spells, () => 0.7 * perMinute),
      [all("b")]: grows(spells, () => 0.3 * perMinute),
      [within("0.5", "a")]: grows(spells, () => 0),
      [within("1", "a")]: grows(spells, good(0.7)),
      // Prometheus 3 writes it so.
      [within("1.0", "b")]: grows(spells, good(0.3)),
      [within("2.5", "a")]: grows(spells, () => 0.7 * perMinute),
      ...Object.fromEntries(
        others.flatMap((labels) => [
          [`${count}{${labels}, code="200", pod="x"}`, [`+${3 * perMinute} for ${length}`]] as const,
          [`${bucket}{${labels}, le="1", pod="y"}`, [`+${perMinute} for ${length}`]] as const,
        ]),
      ),
      ...elsewhere(burning, "errors", 99, length),
    };
  };

/** The end of a case: good answers without end, or nothing wrong at all. */
export const diluted = (series: Series, length: Duration): RuleSeries => series([[0, length]], flood);

/** Parts of a case, one after the other. */
export const inTurn = (...parts: readonly RuleSeries[]): RuleSeries => {
  const [first = {}] = parts;
  return Object.fromEntries(
    Object.keys(first).map((series) => [series, parts.flatMap((part) => part[series] ?? [])] as const),
  );
};

/** Nothing is scraped. */
export const unseen = (series: Series, length: Duration): RuleSeries =>
  Object.fromEntries(Object.keys(series([[0, length]])).map((name) => [name, [`missing for ${length}`] as const]));
