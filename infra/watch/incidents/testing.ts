import type { Input } from "@pulumi/pulumi";
import { Queue } from "../../queue/queue";
import type { AlarmBook, NotedAlarm } from "../../signal/alarm.book";
import { Alarm } from "../../signal/alarm.resource";
import type { Watcher } from "../../signal/watch";
import type { Incident } from "./book";

/** ARNs of topics that are there already. */
export const topic = (severity: string) => `arn:aws:sns:eu-central-1:123456789012:${severity}`;
export const watcher = {
  actions: { page: [topic("page")], ticket: [topic("ticket")] },
  runbooks: "https://example.com/runbooks",
} as const satisfies Watcher;

export const shop: Incident = { name: "shop", about: "the shop", service: "shop" };

/** A queue whose alarms are noted: one page in an incident (queue-oldest-message), two pages alone, and tickets. */
export const queue = (name: string, book: AlarmBook): Queue =>
  new Queue(name, { oldestMessage: "10 minutes", messagesPerDay: 100_000, watcher: { ...watcher, book } });

/** Notes a page of a component, with an alarm that is made besides. */
export function page(
  book: AlarmBook,
  component: string,
  id = "queue-oldest-message",
  name?: Input<string>,
): NotedAlarm {
  const logicalName = `${component}-${id}`;
  const alarm = new Alarm(logicalName, {
    comparisonOperator: "GreaterThanThreshold",
    evaluationPeriods: 1,
    ...(name !== undefined && { name }),
  });
  const noted = { alarm, logicalName, id, severity: "page", component } as const;
  book.note(noted);
  return noted;
}
