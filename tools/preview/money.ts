/** An amount of money in whole micro-dollars, so that a total is exactly the sum of its lines. */
export type Micros = number & { readonly unit: "micro-dollar" };

const perDollar = 1_000_000;

/**
 * The price of a quantity, rounded to a whole micro-dollar; what costs anything at all costs at least one.
 * @param price USD for one unit
 * @throws RangeError for what is not a number of 0 or more, and for an amount that is too large to be exact (over 9 billion USD)
 */
export function amountOf(quantity: number, price: number): Micros {
  const exact = quantity * price * perDollar;
  const micros = exact > 0 ? Math.max(1, Math.round(exact)) : exact;
  if (!(quantity >= 0 && price >= 0) || !Number.isSafeInteger(micros)) {
    throw new RangeError(
      `${quantity} at ${price} USD is not an amount of money: quantity and price must be finite numbers of 0 or more`,
    );
  }
  return micros as Micros;
}

/** The exact sum. */
export const sumOf = (amounts: readonly Micros[]): Micros => amounts.reduce((sum, amount) => sum + amount, 0) as Micros;

/** USD, as the JSON report carries it. */
export const dollars = (amount: Micros): number => amount / perDollar;

/** USD as a person reads it: cents, and up to two more digits where the amount has them ("1.20", "0.0365"). Never "0.00" for more than 0. */
export function money(usd: number): string {
  const text = usd.toFixed(usd > 0 && usd < 0.0001 ? 6 : 4);
  return text.replace(/(\.\d\d\d*?)0+$/, "$1");
}

/** A total as a person reads it: in cents, and never "0.00" for more than 0. */
export const total = (usd: number): string => (usd > 0 && usd < 0.005 ? "<0.01" : usd.toFixed(2));
