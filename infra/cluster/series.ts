import type { Duration } from "../kit/units";
import type { RuleSeries } from "../signal/rule.record";
import type { Stretch } from "../signal/signal";

/** Series of a proof that keep one value, or grow evenly (`"+2"`), for as long as the case lasts. */
export const steady = (length: Duration, values: Readonly<Record<string, number | `+${number}`>>): RuleSeries =>
  Object.fromEntries(
    Object.entries(values).map(([series, value]): [string, readonly Stretch[]] => [series, [`${value} for ${length}`]]),
  );

/** A value that falls by 60 from minute to minute, scraped so many times. */
export const falling = (from: number, scrapes: number): readonly Stretch[] =>
  Array.from({ length: scrapes }, (_, i): Stretch => `${from - 60 * i} for 1 minute`);
