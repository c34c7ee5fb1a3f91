import type { Statistic } from "../spec";
import type { Raw } from "./samples";

/**
 * Sums of samples from the beginning of the data, so that those of a window of a day are one subtraction, however many it holds. Only for whole numbers, of which
 * differences are exact: of fractions they would be off by the last bit.
 */
export class Totals {
  readonly #step: number;
  readonly #counts: readonly number[];
  readonly #sums: readonly number[];

  private constructor(step: number, counts: readonly number[], sums: readonly number[]) {
    this.#step = step;
    this.#counts = counts;
    this.#sums = sums;
  }

  /** Undefined where a sample is no whole number. */
  static of({ step, points }: Raw): Totals | undefined {
    const [counts, sums] = [[0], [0]];
    let [count, sum] = [0, 0];
    for (const point of points) {
      for (const sample of point ?? []) {
        if (!Number.isInteger(sample)) return undefined;
        count += 1;
        sum += sample;
      }
      counts.push(count);
      sums.push(sum);
    }
    return Number.isSafeInteger(sum) ? new Totals(step, counts, sums) : undefined;
  }

  /** Whether totals are enough for a statistic. */
  static has = (kind: Statistic): boolean => kind === "Sum" || kind === "SampleCount" || kind === "Average";

  /** A statistic of what was published from one second to another; undefined of nothing. */
  between(from: number, to: number, kind: Statistic): number | undefined {
    const [first, end] = [Math.ceil(from / this.#step), Math.ceil(to / this.#step)];
    const of = (totals: readonly number[]) =>
      (totals[Math.min(end, totals.length - 1)] ?? 0) - (totals[Math.min(first, totals.length - 1)] ?? 0);
    const count = of(this.#counts);
    if (count === 0) return undefined;
    if (kind === "SampleCount") return count;
    return kind === "Sum" ? of(this.#sums) : of(this.#sums) / count;
  }
}
