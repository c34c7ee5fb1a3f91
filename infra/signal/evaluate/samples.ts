import {
  type Bytes,
  bytes,
  type Duration,
  isBytes,
  isDuration,
  isPercent,
  type Percent,
  percent,
  seconds,
} from "../../kit/units";
import type { Series, Stretch } from "../signal";
import type { Statistic } from "../spec";

/** The samples that a metric published in one of its points, or undefined when it published none. */
export type Point = readonly number[] | undefined;

/** What a metric published. */
export interface Raw {
  /** Seconds between points. */
  readonly step: number;
  /** Oldest first; the first covers the seconds from 0 to `step`. */
  readonly points: readonly Point[];
}

/** Raw data by metric id. A spec with a single metric calls it `value`. */
export type RawById = Readonly<Record<string, Raw>>;

/** Seconds that the data covers. */
export const durationOf = ({ step, points }: Raw): number => step * points.length;

/** Data of `first`, and then of `next`. Throws a TypeError when an id or its step differs. */
export function join(first: RawById, next: RawById): RawById {
  const ids = new Set([...Object.keys(first), ...Object.keys(next)]);
  const joined = [...ids].map((id): [string, Raw] => {
    const [before, after] = [first[id], next[id]];
    if (!before || !after || before.step !== after.step) {
      throw new TypeError(
        `series of "${id}": both parts need data at the same step; write the missing one as "missing for 5 minutes"`,
      );
    }
    return [id, { step: before.step, points: [...before.points, ...after.points] }];
  });
  return Object.fromEntries(joined);
}

/** The share that a percentile names, 0 to 1, or undefined for another statistic. Throws a RangeError for one that is not in p0 to p100. */
export function percentileOf(statistic: Statistic): number | undefined {
  if (!statistic.startsWith("p")) return undefined;
  const share = Number(statistic.slice(1)) / 100;
  if (!/^p\d/.test(statistic) || !(share >= 0 && share <= 1)) {
    throw new RangeError(`"${statistic}" is not a percentile: write p0 to p100, for example p99.9`);
  }
  return share;
}

/**
 * One statistic of the samples of a period; undefined without samples. AWS does not say how CloudWatch finds a percentile between two samples: this takes
 * the nearest rank, the smallest sample that at least that share of all samples does not exceed (assumed).
 */
export function statistic(samples: readonly number[], kind: Statistic): number | undefined {
  if (samples.length === 0) return undefined;
  const sum = () => samples.reduce((total, sample) => total + sample, 0);
  switch (kind) {
    case "SampleCount":
      return samples.length;
    case "Sum":
      return sum();
    case "Average":
      return sum() / samples.length;
    case "Minimum":
      return samples.reduce((least, sample) => Math.min(least, sample));
    case "Maximum":
      return samples.reduce((most, sample) => Math.max(most, sample));
    default: {
      const rank = Math.ceil((percentileOf(kind) ?? 0) * samples.length - 1e-9);
      return samples.toSorted((one, other) => one - other)[Math.max(rank, 1) - 1];
    }
  }
}

const plain = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const howToWrite =
  'write "20 for 5 minutes", "0/1 for 3 minutes" (two samples a point), "90 seconds for 1 hour", "2 GiB for 1 day", "80 % for 1 hour" or "missing for 10 minutes"';

const typed = (text: string): number | undefined => {
  const [sign, size] = text.startsWith("-") ? [-1, text.slice(1)] : [1, text];
  if (isDuration(size)) return sign * seconds(size satisfies Duration);
  if (isBytes(size)) return sign * bytes(size satisfies Bytes);
  return isPercent(size) ? sign * percent(size satisfies Percent) : undefined;
};

function samplesIn(text: string, where: string): Point {
  if (text === "missing") return undefined;
  const parts = text.split("/").map((part) => part.trim());
  const values = parts.map((part) => {
    const value = plain.test(part) ? Number(part) : typed(part);
    if (value === undefined) throw new RangeError(`${where}: "${part}" is not a value; ${howToWrite}`);
    return value;
  });
  const bare = parts.filter((part) => plain.test(part)).length;
  if (bare > 0 && bare < parts.length) throw new RangeError(`${where}: give every sample its unit, or none`);
  return values;
}

/**
 * What a metric did, from the texts of a table. Values with a unit become seconds, bytes or percent of 100.
 * @param step seconds between two points of the metric
 * @throws RangeError for a text that cannot be read, or that lasts no whole number of points
 */
export function parseStretches(stretches: readonly Stretch[], step: number): Raw {
  const points = stretches.flatMap((stretch): Point[] => {
    const where = `series "${stretch}"`;
    const found = /^(.+) for (.+)$/.exec(stretch);
    const [text, length] = [found?.[1]?.trim(), found?.[2]];
    if (text === undefined || length === undefined || !isDuration(length))
      throw new RangeError(`${where}: ${howToWrite}`);
    const count = seconds(length) / step;
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(
        `${where}: ${length} is no whole number of points; this metric has one every ${step} seconds`,
      );
    }
    return Array<Point>(count).fill(samplesIn(text, where));
  });
  return { step, points };
}

const isList = (series: Series): series is readonly Stretch[] => Array.isArray(series);

/**
 * The data of an alarm from the texts of a table, by metric id; a plain list is that of `value`.
 * @param step seconds between two points: one number, or one by metric id (60 where it has none)
 * @throws RangeError as {@link parseStretches} does, and when the series of a record do not last equally long
 */
export function parseSeries(series: Series, step: number | Readonly<Record<string, number>> = 60): RawById {
  const byId = isList(series) ? { value: series } : series;
  const stepOf = (id: string) => (typeof step === "number" ? step : (step[id] ?? 60));
  const raw = Object.entries(byId).map(([id, stretches]): [string, Raw] => [id, parseStretches(stretches, stepOf(id))]);
  const lengths = raw.map(([id, data]) => `${id} ${durationOf(data)} seconds`);
  if (new Set(raw.map(([, data]) => durationOf(data))).size > 1) {
    throw new RangeError(
      `series of one alarm must last equally long, got ${lengths.join(", ")}: make them cover the same time`,
    );
  }
  return Object.fromEntries(raw);
}
