/** The kinds of values that settings are made of. Each says what is allowed in one text, which is the message of a mistake as well. */
import { z } from "zod";
import {
  type Bytes,
  bytes,
  type Duration,
  isBytes,
  isDuration,
  isPercent,
  type Percent,
  seconds,
} from "../../infra/kit/units";

/** A value that `fits`; everything else is answered with what is allowed. */
const value = <Value>(allowed: string, fits: (given: unknown) => boolean) => z.custom<Value>(fits, { error: allowed });

/** Values at the top of a stack's settings arrive as text; what reads as a number or a truth value is one. */
const numeric = /^-?\d+(\.\d+)?$/;
const asNumber = (given: unknown) => (typeof given === "string" && numeric.test(given) ? Number(given) : given);
const asBoolean = (given: unknown) => (given === "true" ? true : given === "false" ? false : given);

/** A text. */
export const text = (allowed: string, fits: (given: string) => boolean) =>
  value<string>(allowed, (given) => typeof given === "string" && fits(given));

/** Words for people. */
export const words = (what: string) => text(`${what}, in words`, (given) => given.trim() !== "");

/** A number that `fits`. */
export const number = (allowed: string, fits: (given: number) => boolean) =>
  z.preprocess(
    asNumber,
    value<number>(allowed, (given) => typeof given === "number" && Number.isFinite(given) && fits(given)),
  );

/** A whole number in bounds. */
export const whole = (least: number, most: number) =>
  number(
    `a whole number from ${least} to ${most}`,
    (given) => Number.isInteger(given) && given >= least && given <= most,
  );

/** How many. */
export const count = () => number("a number of 0 or more", (given) => given >= 0);

/** Yes or no. */
export const truth = () =>
  z.preprocess(
    asBoolean,
    value<boolean>("true or false", (given) => typeof given === "boolean"),
  );

/** One of a few words. */
export const oneOf = <const Word extends string>(...choices: readonly [Word, ...Word[]]) =>
  value<Word>(choices.map((choice) => `"${choice}"`).join(" or "), (given) =>
    choices.some((choice) => choice === given),
  );

/** A length of time in bounds, in whole seconds because AWS takes no fractions. @param example how one is written */
export const duration = (least: Duration, most: Duration | undefined, example: Duration) =>
  value<Duration>(
    `${most === undefined ? `at least ${least}` : `${least} to ${most}`} in whole seconds, written like "${example}"`,
    (given) => {
      if (typeof given !== "string" || !isDuration(given)) return false;
      const length = seconds(given);
      return (
        Number.isSafeInteger(length) && length >= seconds(least) && (most === undefined || length <= seconds(most))
      );
    },
  );

/** An amount of data. */
export const amount = () =>
  value<Bytes>(
    'an amount of data, written like "256 KiB"',
    (given) => typeof given === "string" && isBytes(given) && Number.isSafeInteger(bytes(given)),
  );

/** A share of a whole. */
export const share = () =>
  value<Percent>('a share, written like "80 %"', (given) => typeof given === "string" && isPercent(given));

/** A mapping with these keys and no other. */
export const group = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape, { error: `a mapping with ${Object.keys(shape).join(", ")}` });

/** A list. @param what what it is a list of */
export const list = <Item extends z.ZodType>(item: Item, what: string) => z.array(item, { error: `a list of ${what}` });

/** An address on the web that is safe to show: TLS, and nothing in it that lets its reader in. */
export function isPublicAddress(given: string): boolean {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return (
    url?.protocol === "https:" && url.username === "" && url.password === "" && url.search === "" && url.hash === ""
  );
}
