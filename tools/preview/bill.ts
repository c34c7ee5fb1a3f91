import type { Coverage, CoverageRow } from "../../infra/signal/coverage";
import type { Cost } from "../../infra/signal/kind";
import { type Price, type PriceKey, prices, priceTable } from "../../infra/signal/prices";
import type { Step } from "../engine/record";
import { metricAlarmCost } from "./alarmcost";
import { mayCost } from "./free";
import { amountOf, dollars, type Micros, sumOf } from "./money";

/** What the bill reads of a resource. */
export type BilledResource = Pick<Step, "urn" | "type" | "name" | "op" | "inputs">;

/** The two halves of the bill: the price of watching, and of what is watched. */
export type Section = "monitoring" | "infrastructure";

/** One line: `quantity` times `price` is `amount`, to the micro-dollar. */
export interface BillLine {
  readonly section: Section;
  readonly item: string;
  readonly quantity: number;
  readonly unit: string;
  /** USD for one unit. */
  readonly price: number;
  /** USD a month. */
  readonly amount: number;
  /** Row of the price table. */
  readonly key: PriceKey;
  /** Where the price stands, with its date. */
  readonly source: string;
  /** The resources that the line is about. */
  readonly urns: readonly string[];
}

/** What a stack costs a month by the price table, before tax and without free tiers. */
export interface Bill {
  readonly currency: string;
  readonly region: string;
  readonly priceDate: string;
  /** USD. */
  readonly monthly: Readonly<Record<Section, number>>;
  readonly lines: readonly BillLine[];
  /** What has no price or no quantity: each stands for an amount that nobody knows, not for 0. */
  readonly notPriced: readonly string[];
}

interface Item extends Cost {
  readonly urn: string;
  /** Why there is no quantity. */
  readonly why?: string;
}

/** A quantity that was not finite is null once it went through the coverage file. */
const isPriced = <C extends Cost>(cost: C): cost is C & { readonly price: PriceKey; readonly quantity: number } =>
  cost.price !== undefined && Number.isFinite(cost.quantity) && Number(cost.quantity) >= 0;

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Services that exist only to watch others. */
const monitors = /^(cloudwatch|amp|grafana)\./;
const sectionOf = (key: PriceKey): Section => (monitors.test(key) ? "monitoring" : "infrastructure");

function alarmItems(resources: readonly BilledResource[], coverage: Coverage | undefined): Item[] {
  const kinds = new Map<string, string>();
  for (const { kind, signals } of coverage?.rows ?? []) {
    for (const { alarm } of signals) if (alarm && !kinds.has(alarm.urn)) kinds.set(alarm.urn, kind);
  }
  return resources.flatMap(({ urn, type, name, inputs }): Item[] => {
    if (type === compositeAlarm) {
      const price = "cloudwatch.alarm.composite";
      return [{ item: prices[price].item, price, quantity: 1, urn }];
    }
    if (type !== metricAlarm) return [];
    const cost = metricAlarmCost(inputs);
    if ("unknown" in cost) return [{ item: `alarm ${name}`, why: cost.unknown, urn }];
    return [{ item: `${kinds.get(urn) ?? "no kind"}: ${prices[cost.price].item}`, ...cost, urn }];
  });
}

/**
 * What the watching of each resource costs a month, in USD: its alarms, and the metrics that are paid for because of them. Rules of Prometheus are not in it:
 * what they read is billed by the sample, and only the running stack knows how many.
 * @returns by row, only where something costs
 */
export function watchingOf(resources: readonly BilledResource[], coverage: Coverage): ReadonlyMap<CoverageRow, number> {
  const alarms = new Map(
    resources.flatMap(({ urn, type, inputs }) =>
      type === metricAlarm ? [[urn, metricAlarmCost(inputs)] as const] : [],
    ),
  );
  const costs = coverage.rows.map((row) => {
    const { signals, costs } = row;
    // An alarm of several signals is paid once.
    const own = [...new Set(signals.flatMap(({ alarm }) => (alarm ? [alarm.urn] : [])))].flatMap(
      (alarm) => alarms.get(alarm) ?? [],
    );
    const paid = costs.filter((cost) => isPriced(cost) && sectionOf(cost.price) === "monitoring");
    const amounts = [...own, ...paid].flatMap((cost) =>
      "price" in cost && cost.price !== undefined && cost.quantity !== undefined
        ? [amountOf(cost.quantity, prices[cost.price].price)]
        : [],
    );
    return [row, dollars(sumOf(amounts))] as const;
  });
  return new Map(costs.filter(([, amount]) => amount > 0));
}

/** Costs that the kinds and the exemptions give, and resources of which nobody knows a price. */
function resourceItems(resources: readonly BilledResource[], coverage: Coverage | undefined): Item[] {
  if (!coverage) return [];
  const known = new Set([...coverage.rows.map(({ urn }) => urn), metricAlarm, compositeAlarm]);
  const costs = coverage.rows.flatMap(({ urn, name, costs: own }) =>
    own.map((cost) => ({ ...cost, item: isPriced(cost) ? cost.item : named(name, cost.item), urn })),
  );
  const others = resources
    .filter(({ urn, type }) => mayCost(type) && !known.has(urn) && !known.has(type))
    .map(({ urn, type, name }) => ({ item: `${type} ${name}`, why: "no price is known for its type", urn }));
  return [...costs, ...others];
}

const named = (name: string, item: string) => (item.includes(name) ? item : `${item} of ${name}`);

/** Items of the same name and price are one line. */
function linesOf(items: readonly Item[]): { line: BillLine; amount: Micros }[] {
  const groups = new Map<string, { item: string; key: PriceKey; quantity: number; urns: string[] }>();
  for (const { item, price: key, quantity, urn } of items.filter(isPriced)) {
    const id = `${key} ${item}`;
    const group = groups.get(id) ?? { item, key, quantity: 0, urns: [] };
    group.quantity += quantity;
    group.urns.push(urn);
    groups.set(id, group);
  }
  return [...groups.values()].map(({ item, key, quantity, urns }) => {
    const { price, unit, source }: Price = prices[key];
    const amount = amountOf(quantity, price);
    return {
      amount,
      line: { section: sectionOf(key), item, quantity, unit, price, amount: dollars(amount), key, source, urns },
    };
  });
}

const reasonOf = ({ item, price, why }: Item) =>
  `${item}: ${why ?? (price === undefined ? "no price is known" : "no quantity is declared")}`;

/**
 * The monthly bill.
 * @param resources as the engine saw them; what is deleted is not billed
 * @param coverage undefined where the run failed before it was known: then no resource but an alarm can be priced, and the bill says so
 */
export function billOf(resources: readonly BilledResource[], coverage: Coverage | undefined): Bill {
  const kept = resources.filter(({ op }) => !op.startsWith("delete"));
  const items = [...alarmItems(kept, coverage), ...resourceItems(kept, coverage)];
  const lines = linesOf(items);
  const total = (section: Section) =>
    dollars(sumOf(lines.filter(({ line }) => line.section === section).map(({ amount }) => amount)));
  return {
    currency: priceTable.currency,
    region: priceTable.region,
    priceDate: priceTable.date,
    monthly: { monitoring: total("monitoring"), infrastructure: total("infrastructure") },
    lines: lines
      .map(({ line }) => ({ ...line, urns: [...line.urns].sort() }))
      .sort((a, b) => b.section.localeCompare(a.section) || b.amount - a.amount || (a.item < b.item ? -1 : 1)),
    notPriced: [
      ...items
        .filter((item) => !isPriced(item))
        .map(reasonOf)
        .sort(),
      ...(coverage
        ? []
        : ["all resources but alarms: the run ended before their coverage, which holds their costs, was known"]),
    ],
  };
}
