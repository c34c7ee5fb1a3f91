import { alarmPrice } from "../../infra/signal/price";
import type { PriceKey } from "../../infra/signal/prices";

type Inputs = Readonly<Record<string, unknown>>;

/** What an alarm costs a month, or why nobody can say. */
export type AlarmCost = { readonly price: PriceKey; readonly quantity: number } | { readonly unknown: string };

const isRecord = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const unknown = (reason: string): AlarmCost => ({ unknown: reason });
const notKnown = "what it reads is not known before the update";

function queriedCost(queries: readonly unknown[]): AlarmCost {
  const periods: number[] = [];
  let band = false;
  for (const query of queries) {
    if (!isRecord(query)) return unknown(notKnown);
    const { metric, expression } = query;
    if (isRecord(metric)) {
      const { period } = metric;
      if (typeof period !== "number") return unknown(notKnown);
      periods.push(period);
    } else if (typeof expression !== "string") return unknown(notKnown);
    else if (/^\s*SELECT\b/i.test(expression)) {
      return unknown(
        "CloudWatch bills each metric that its Metrics Insights query analyses, and only the account knows how many",
      );
    } else if (/\bANOMALY_DETECTION_BAND\s*\(/.test(expression)) band = true;
  }
  if (periods.length === 0) return unknown("it reads no metric");
  return alarmPrice({ metrics: periods.length, period: Math.min(...periods), band });
}

/** Our own alarms say by a tag how many metrics their query analyses. */
function analysedCost(queries: unknown, metrics: number): AlarmCost {
  const [query] = Array.isArray(queries) ? queries : [];
  const period = isRecord(query) ? query.period : undefined;
  return typeof period === "number" ? alarmPrice({ metrics, period, band: false }) : unknown(notKnown);
}

/** What a metric alarm costs, by its inputs as the engine has them; values that are unknown in a preview stand there as text. */
export function metricAlarmCost(inputs: Inputs): AlarmCost {
  const { metricQueries, metricName, period, tags } = inputs;
  const analysed = isRecord(tags) ? Number(tags.analysed) : Number.NaN;
  if (analysed > 0) return analysedCost(metricQueries, analysed);
  if (Array.isArray(metricQueries) && metricQueries.length > 0) return queriedCost(metricQueries);
  if (metricName === undefined || typeof period !== "number") return unknown(notKnown);
  return alarmPrice({ metrics: 1, period, band: false });
}
