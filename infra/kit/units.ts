/**
 * Typed quantities. A number in a table or in settings always carries its unit in the text ("10 minutes", "20 GiB", "80 %"), and is converted
 * once, at the edge, to the base unit that CloudWatch and the SDK take: seconds, bytes, percent of 100.
 */

const secondsIn = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;
const bytesIn = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

type TimeUnit = keyof typeof secondsIn;

/** A length of time: "30 seconds", "1 minute", "14 days". */
export type Duration = `${number} ${TimeUnit | `${TimeUnit}s`}`;
/** An amount of data in binary units: "256 KiB", "20 GiB". */
export type Bytes = `${number} ${keyof typeof bytesIn}`;
/** A share of a whole: "80 %". */
export type Percent = `${number} %`;

const number = String.raw`(\d+(?:\.\d+)?)`;
const duration = new RegExp(`^${number} (${Object.keys(secondsIn).join("|")})s?$`);
const amount = new RegExp(`^${number} (${Object.keys(bytesIn).join("|")})$`);
const share = new RegExp(`^${number} %$`);

/** Whether a text is a length of time as {@link Duration} writes it. */
export const isDuration = (text: string): text is Duration => duration.test(text);
/** Whether a text is an amount of data as {@link Bytes} writes it. */
export const isBytes = (text: string): text is Bytes => amount.test(text);
/** Whether a text is a share as {@link Percent} writes it. */
export const isPercent = (text: string): text is Percent => share.test(text);

function parse(text: string, pattern: RegExp, factors: Readonly<Record<string, number>>, what: string): number {
  const found = pattern.exec(text);
  const value = found ? Number(found[1]) * (factors[found[2] ?? ""] ?? 1) : Number.NaN;
  if (!Number.isFinite(value)) throw new RangeError(`"${text}" is not ${what}`);
  // Decimal fractions times a factor leave binary dust ("1.1 hours" is 3960.0000000000005), which AWS refuses.
  return Number.isInteger(value) ? value : Number(value.toPrecision(15));
}

/** Seconds in a length of time. Throws a RangeError that says how one is written. */
export const seconds = (text: Duration): number =>
  parse(text, duration, secondsIn, 'a length of time: write "30 seconds", "10 minutes", "6 hours" or "14 days"');

/** Bytes in an amount of data. Throws a RangeError that says how one is written. */
export const bytes = (text: Bytes): number =>
  parse(text, amount, bytesIn, 'an amount of data: write "256 KiB", "20 GiB" or another of B, KiB, MiB, GiB, TiB');

/** Percent of 100 in a share. Throws a RangeError that says how one is written. */
export const percent = (text: Percent): number => parse(text, share, {}, 'a share: write "80 %"');

/** The shortest exact text for a number of seconds: 5400 is "90 minutes". Throws a RangeError for a number that no {@link Duration} has. */
export function durationText(value: number): Duration {
  const units: TimeUnit[] = ["day", "hour", "minute"];
  const unit = units.find((name) => value !== 0 && value % secondsIn[name] === 0) ?? "second";
  const count = value / secondsIn[unit];
  const text: Duration = `${count} ${unit}${count === 1 ? "" : "s"}`;
  if (!isDuration(text)) throw new RangeError(`${value} seconds cannot be written as a length of time`);
  return text;
}
