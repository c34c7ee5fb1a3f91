/** Series as a store of Prometheus takes them, for tests with a real one. */

/** A series and its values, one at each step; undefined where there is none. */
export interface Timeline {
  readonly series: string;
  /** Seconds since 1970 of the first value. */
  readonly start: number;
  readonly step: number;
  readonly values: readonly (number | undefined)[];
}

/** Reads promtool's notation of values: `6x9` is ten times 6, `5+5x3` is 5 10 15 20, `_x30` thirty times nothing ("Unit testing for rules", Prometheus documentation, 2026-11). */
export function expanded(notation: string): readonly (number | undefined)[] {
  return notation.split(" ").flatMap((run) => {
    const [, nothing, from = "", by = "0", more = "0"] =
      /^(?:_(?:x(\d+))?|(-?[\d.]+(?:e[+-]?\d+)?)([+-][\d.]+(?:e[+-]?\d+)?)?(?:x(\d+))?)$/.exec(run) ?? [];
    if (run.startsWith("_")) return Array<undefined>(Number(nothing ?? 1)).fill(undefined);
    if (from === "") throw new RangeError(`"${run}" is no values of promtool`);
    return Array.from({ length: Number(more) + 1 }, (_, at) => Number(from) + at * Number(by));
  });
}

const nameOf = (series: string): string => /^[^{]*/.exec(series)?.[0] ?? "";

/** As OpenMetrics writes a series: without spaces. */
const plain = (series: string): string => {
  const labels = [...series.matchAll(/(\w+)\s*=\s*("(?:[^"\\]|\\.)*")/g)].map(
    ([, label, value]) => `${label}=${value}`,
  );
  return `${nameOf(series)}{${labels.join(",")}}`;
};

/** Lines in the text format of OpenMetrics, where all series of a metric stand together. Each series may come once. */
export function openMetrics(timelines: readonly Timeline[]): string {
  const byName = new Map<string, string[]>();
  for (const { series, start, step, values } of timelines) {
    const name = nameOf(series);
    const lines = byName.get(name) ?? [`# TYPE ${name} unknown`];
    values.forEach((value, at) => {
      if (value !== undefined) lines.push(`${plain(series)} ${value} ${start + at * step}`);
    });
    byName.set(name, lines);
  }
  return `${[...byName.values()].flat().join("\n")}\n# EOF\n`;
}

const lengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of a length of time in promtool's notation: "90s", "5m". */
export function secondsOf(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const length = lengths[unit];
  if (count === undefined || length === undefined) throw new RangeError(`"${text}" is no length of time`);
  return Number(count) * length;
}
