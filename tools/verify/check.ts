import type { Aws } from "./aws";
import type { Deployed } from "./deployed";

/** Something that is not as it should be. */
export interface Finding {
  readonly what: string;
  readonly where: string;
  readonly wayOut: string;
}

/** What a check saw. */
export interface Seen {
  /** In one line, with its figure. */
  readonly seen: string;
  readonly findings: readonly Finding[];
  /** What a person may want to know, and what is no fault. */
  readonly notes?: readonly string[];
}

/** What a check works with. */
export interface Context {
  readonly deployed: Deployed;
  readonly aws: Aws;
  /** Milliseconds. */
  readonly now: number;
}

/** One thing that is verified. It reads only. */
export interface Check {
  readonly name: string;
  /** What IAM must allow: the policy of docs/verify.md. */
  readonly actions: readonly string[];
  /** Why there is nothing to look at; undefined where there is. */
  readonly skipped: (deployed: Deployed) => string | undefined;
  readonly run: (context: Context) => Promise<Seen>;
}

/** Why nothing of Prometheus is looked at. */
export const withoutPrometheus = ({ prometheus }: Deployed): string | undefined =>
  prometheus ? undefined : "the stack has no Prometheus workspace";

/** Does work on each item, a few at a time, and keeps the order. The first failure ends it. */
export async function each<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
  atOnce = 5,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const waiting = items.entries();
  let failed = false;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results.set(index, await work(item));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return [...results].sort(([one], [other]) => one - other).map(([, result]) => result);
}

/** Items by a key, in the order in which keys appear first. */
export function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}

/** `{QueueName="orders"}` */
export const labelsText = (labels: Readonly<Record<string, string>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(", ")}}`;

/** The first few of many. */
export const few = (names: readonly string[], most = 5): string =>
  names.length <= most ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${names.length - most} more`;

/** "1 day", "36 hours", "20 minutes" */
export function age(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  const [value, unit] = hours >= 48 ? [hours / 24, "day"] : hours >= 1 ? [hours, "hour"] : [hours * 60, "minute"];
  const whole = Math.floor(value);
  return `${whole} ${unit}${whole === 1 ? "" : "s"}`;
}
