import { keepingPrices } from "./prices/keeping";
import { messagingPrices } from "./prices/messaging";
import { networkPrices } from "./prices/network";
import { runningPrices } from "./prices/running";
import { watchingPrices } from "./prices/watching";

/**
 * The price table, a part for each kind of use: the only place where a price stands. USD in us-east-1 before tax, without free tiers. A price list changes without notice: the date says
 * when a row was last compared with its source.
 */
export interface Price {
  readonly item: string;
  /** USD for one {@link unit}. */
  readonly price: number;
  readonly unit: string;
  readonly source: string;
}

/** By what the money is spent on; no two have a row of the same key. */
export const priceParts = [watchingPrices, messagingPrices, runningPrices, keepingPrices, networkPrices];

const table = {
  ...watchingPrices,
  ...messagingPrices,
  ...runningPrices,
  ...keepingPrices,
  ...networkPrices,
};

/** A line of the price table. */
export type PriceKey = keyof typeof table;
export const prices: Readonly<Record<PriceKey, Price>> = table;

/** What the table as a whole is about. */
export const priceTable = { currency: "USD", region: "us-east-1", date: "2026-10-02" } as const;

/** Days in an average month: what a quantity per day is multiplied by. */
export const daysPerMonth = 365 / 12;
