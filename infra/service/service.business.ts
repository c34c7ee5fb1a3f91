import { prometheus, type Stretch } from "../signal/signal";
import { type Business, businessMetrics } from "./metrics";
import { example, foreign, here, own } from "./service.fixtures";
import type { BusinessSize, ServiceSize } from "./service.size";

/** What a service declares of its business; a signal of one that it does not declare is never made. */
export const declared = (what: Business, { business }: ServiceSize): BusinessSize =>
  business[what] ?? { perHour: Number.NaN, opens: 0, closes: 24, lastDay: 6 };

/** Whether a signal of the business applies. */
export const due = (what: Business) => ({
  holds: ({ scraped, business }: ServiceSize): boolean => scraped && business[what] !== undefined,
  otherwise: "no collector scrapes its cluster, or the stack expects none of it",
});

/** In two currencies, from two sources or by two lines: what matters is their sum. */
const counters = (what: Business, first: readonly Stretch[], second: readonly Stretch[]) => {
  const { name, labels } = businessMetrics[what];
  return { [own(name, `${labels[0]}="a"`)]: first, [own(name, `${labels[0]}="b"`)]: second };
};

/**
 * An hour is open when it was so as the window began: after opening that is once the window is full, and at closing it empties for less time than the alarm waits.
 */
const open = (window: number): string => {
  const began = `vector(time() - ${60 * window})`;
  return `hour(${began}) >= {opens} and hour(${began}) < {closes} and (day_of_week(${began}) + 6) % 7 <= {lastDay}`;
};

/** What a person reads of a signal. */
interface Told {
  readonly title: string;
  readonly means: string;
  readonly felt?: string;
  readonly check: readonly [string, string, string, ...string[]];
  readonly fix: readonly [string, ...string[]];
}

/**
 * Nearly nothing is done in hours that are open. The window is as long as it takes to expect a dozen or more: by chance alone less than a tenth of that does not
 * happen in months.
 * @param window minutes
 */
export function silent<const Severity extends "page" | "ticket">(
  what: Business,
  window: 20 | 60,
  severity: Severity,
  { title, ...runbook }: Told,
) {
  const { name } = businessMetrics[what];
  // Longer than a tenth of the window.
  const pending = window === 20 ? "10 minutes" : "15 minutes";
  const silence = window === 20 ? 35 : 80;
  // The proof begins at midnight of a Thursday. It is open from 2 to 6, and then 50 are expected in five minutes.
  const day: readonly Stretch[] = ["+0 for 2 hours", "+25 for 4 hours", "+0 for 18 hours"];
  const other = (length: number, by: number) => foreign(name, "", [`+${by} for ${length} minutes`]);
  const bad = (before: readonly Stretch[], length: number) => ({
    ...counters(what, [...before, `+2.495 for ${silence} minutes`], [...before, `+2.5 for ${silence} minutes`]),
    ...other(length + silence, 90),
  });
  return {
    title,
    golden: "traffic",
    unit: "percent",
    role: "api",
    source: prometheus(`100 * sum(increase(${name}{${here}}[${window}m])) / {expected} and ${open(window)}`, {
      expected: (size: ServiceSize) => (declared(what, size).perHour * window) / 60,
      opens: (size: ServiceSize) => declared(what, size).opens,
      closes: (size: ServiceSize) => declared(what, size).closes,
      lastDay: (size: ServiceSize) => declared(what, size).lastDay,
    }),
    when: due(what),
    alarm: { below: "10 %", every: "5 minutes", for: pending, severity, whenMissing: "ok" },
    proof: {
      size: example,
      scrape: "5 minutes",
      bad: [
        // Since opening; in the last hour; and on a Friday.
        bad(["+0 for 2 hours"], 120),
        bad(["+0 for 2 hours", `+25 for ${240 + window - silence} minutes`], 360 + window - silence),
        bad([...day, "+0 for 2 hours", "+25 for 1 hour"], 1_620),
      ],
      fine: [
        {
          ...counters(what, [...day, ...day, "+0 for 8 hours"], [...day, ...day, "+0 for 8 hours"]),
          ...other(3_360, 0),
        },
        // Late, but not too late.
        {
          ...counters(
            what,
            [`+0 for ${125 + window} minutes`, "+25 for 2 hours"],
            [`+0 for ${125 + window} minutes`, "+25 for 2 hours"],
          ),
          ...other(245 + window, 0),
        },
        {
          ...counters(what, ["+0 for 2 hours", "+2.505 for 4 hours"], ["+0 for 2 hours", "+2.5 for 4 hours"]),
          ...other(360, 0),
        },
      ],
      healed: { ...counters(what, ["+25 for 10 minutes"], ["+25 for 10 minutes"]), ...other(10, 90) },
    },
    runbook,
  } as const;
}

/** How much of it was done in an hour. */
export const counted = (what: Business, title: string, means: string) =>
  ({
    title,
    golden: "traffic",
    unit: "count",
    role: "api",
    source: prometheus(`sum(increase(${businessMetrics[what].name}{${here}}[1h]))`),
    when: due(what),
    runbook: { means },
  }) as const;
