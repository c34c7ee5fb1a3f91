import { isDuration, seconds } from "../kit/units";
import { parseStretches } from "./evaluate/samples";
import type { RuleSeries } from "./rule.record";
import type { Stretch } from "./signal";

/** What was scraped of one series: a value, or undefined where there was none. */
export type Values = readonly (number | undefined)[];
/** Scraped values by series, all of one length. */
export type Scraped = ReadonlyMap<string, Values>;

const growth = /^\+(\d+(?:\.\d+)?) for (.+)$/;

/** Values of one stretch; a counter goes on from the last value before it. */
function valuesOf(stretch: Stretch, step: number, last: number): Values {
  const [, grows, length] = growth.exec(stretch) ?? [];
  if (grows === undefined || length === undefined) {
    return parseStretches([stretch], step).points.map((point) => {
      const [value, ...others] = point ?? [];
      if (others.length > 0)
        throw new RangeError(`series "${stretch}": a scrape brings one value, write each series of its own`);
      return value;
    });
  }
  if (!isDuration(length) || !Number.isInteger(seconds(length) / step))
    throw new RangeError(`series "${stretch}": ${length} is no whole number of scrapes of ${step} seconds`);
  const by = Number(grows);
  return Array.from({ length: seconds(length) / step }, (_, i) => last + (i + 1) * by);
}

const lastOf = (values: Values): number => values.findLast((value) => value !== undefined) ?? 0;

/**
 * What was scraped, from the texts of a record. Parts follow each other; each must name the same series and last equally long in all of them.
 * @param name puts texts and numbers in the place of a series' placeholders
 * @param step seconds between two scrapes
 * @throws RangeError for a text that cannot be read, TypeError for parts that do not fit
 */
export function scraped(parts: readonly RuleSeries[], name: (series: string) => string, step: number): Scraped {
  const all = new Map<string, Values>();
  const [first = {}] = parts;
  for (const part of parts) {
    const unknown = Object.keys({ ...first, ...part }).filter((series) => !(series in first && series in part));
    if (unknown.length > 0)
      throw new TypeError(
        `${unknown.join(", ")}: each part of a case needs the same series; write "missing for 5 minutes"`,
      );
    const lengths = Object.entries(part).map(([series, stretches]) => {
      const before = all.get(name(series)) ?? [];
      const values = [...before];
      for (const stretch of stretches) values.push(...valuesOf(stretch, step, lastOf(values)));
      all.set(name(series), values);
      return values.length;
    });
    if (new Set(lengths).size > 1)
      throw new RangeError(`the series of a case must last equally long, got ${lengths.join(", ")} scrapes`);
  }
  return all;
}

/** Scrapes that a case lasts. */
export const scrapesIn = (data: Scraped): number => Math.max(0, ...[...data.values()].map(({ length }) => length));

const text = (value: number | undefined) => (value === undefined ? "_" : String(value));

/** Values in the notation of promtool: `6x9` is ten times 6, `_x30` thirty times nothing, `5+5x3` is 5 10 15 20. */
export function notation(values: Values): string {
  const runs: string[] = [];
  for (let at = 0; at < values.length; ) {
    const [value, next] = [values[at], values[at + 1]];
    const by = value !== undefined && next !== undefined ? next - value : 0;
    let end = at + 1;
    while (
      end < values.length &&
      (value === undefined ? values[end] === undefined : values[end] === value + (end - at) * by)
    )
      end++;
    const more = end - at - 1;
    if (value === undefined) runs.push(`_x${end - at}`);
    else if (more === 0) runs.push(text(value));
    else if (by === 0) runs.push(`${value}x${more}`);
    else runs.push(`${value}${by < 0 ? "-" : "+"}${Math.abs(by)}x${more}`);
    at = end;
  }
  return runs.join(" ");
}
