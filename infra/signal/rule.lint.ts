import { seconds } from "../kit/units";
import { limitOf, thresholdOf } from "./alarm";
import { fill, fillRecorded, rangesIn, subjectsOf } from "./rule.query";
import type { AnyRuled, Change, Unit } from "./signal";

/** What Prometheus 2.42 does not know. AMP does not state its version, so rules keep to what every version since then takes. */
const tooNew = [
  "sort_by_label",
  "sort_by_label_desc",
  "info",
  "limitk",
  "limit_ratio",
  "mad_over_time",
  "histogram_avg",
  "histogram_stddev",
  "histogram_stdvar",
  "ts_of_max_over_time",
  "ts_of_min_over_time",
  "ts_of_last_over_time",
  "first_over_time",
  "double_exponential_smoothing",
  "trim_zero",
];
/** The same for words that stand after a range. */
const newModifiers = ["anchored", "smoothed"];
/** What newer versions no longer know, or know as an experiment. */
const gone = ["holt_winters"];

const unquoted = (query: string): string => query.replace(/"(?:[^"\\]|\\.)*"/g, '""');
const calls = (query: string, name: string): boolean =>
  new RegExp(`\\b${name}\\s*(?:\\(|by\\b|without\\b)`).test(query);
const uses = (query: string, word: string): boolean => new RegExp(`\\]\\s*${word}\\b`).test(query);

/** The function or aggregation whose result is the value, where a query is just one of them. */
function outermost(query: string): string | undefined {
  const [, name, rest] = /^(\w+)\s*(?:(?:by|without)\s*\([^)]*\)\s*)?(\(.*\))$/s.exec(query.trim()) ?? [];
  let depth = 0;
  for (const [i, letter] of [...(rest ?? "")].entries()) {
    if (letter === "(") depth++;
    if (letter === ")" && --depth === 0) return i === (rest ?? "").length - 1 ? name : undefined;
  }
  return undefined;
}

/** Functions of a counter, which are never negative. */
const ofCounter: ReadonlySet<string> = new Set(["rate", "irate", "increase"]);

/** Scrapes that a range must hold: with fewer, one that is late or lost leaves the query without a value. */
const scrapesInRange = 4;

/** What is wrong with a query of any rule, whether it alerts or is recorded. @param query without the contents of its strings */
const lintQuery = (query: string, scrape: number): string[] => [
  ...[...tooNew.filter((name) => calls(query, name)), ...newModifiers.filter((word) => uses(query, word))].map(
    (name) => `${name} is newer than Prometheus 2.42: AMP may refuse it`,
  ),
  ...gone.filter((name) => calls(query, name)).map((name) => `${name} is gone from Prometheus 3`),
  ...(/[{,]\s*""|""\s*[=!]/.test(query) ? ["a quoted metric or label name is newer than Prometheus 2.42"] : []),
  ...rangesIn(query)
    .filter((range) => range < scrapesInRange * scrape)
    .map(
      (range) =>
        `a range of ${range} seconds holds fewer than ${scrapesInRange} scrapes of ${scrape} seconds: with a late one there is no value`,
    ),
];

/**
 * What is wrong with the rule of a signal that Prometheus would take without a word: it can never fire, has no value at times, or is refused by another version.
 */
export function lintRule<Size>(signal: AnyRuled<Size>, size: Size, change: Change<Unit> = {}): string[] {
  const { alarm, proof, source } = signal;
  const texts = Object.fromEntries(subjectsOf(source).map((subject) => [subject, subject]));
  const query = unquoted(fill(source.query, source, size, texts));
  const recorded = (source.records ?? []).map((one) => unquoted(fillRecorded(one, size, texts).query));
  const { side } = limitOf<Size>(alarm);
  const threshold = thresholdOf(signal, size, change);
  const scrape = seconds(proof.scrape ?? "1 minute");
  const outer = outermost(query);
  const onlyZero = (side === "below" && threshold <= 1) || (side === "atMost" && threshold < 1);
  const negative = (side === "below" && threshold <= 0) || (side === "atMost" && threshold < 0);
  return [
    ...(outer === "count" && onlyZero
      ? [
          "count() of nothing has no value, so it is never 0 and the rule can never fire: make a missing value bad, or expect a number",
        ]
      : []),
    ...(outer !== undefined && ofCounter.has(outer) && negative
      ? [`${outer}() is never negative, so the rule can never fire: move the threshold`]
      : []),
    ...[query, ...recorded].flatMap((one) => lintQuery(one, scrape)),
  ];
}
