import { Queue } from "../../../infra/queue/queue";
import { queueNames, runbooks, topics } from "./terms";

/** This project's queues, watched: oldest message, dead letters, and dead letters about to be lost. */
export function watched(count: number): void {
  const watcher = { actions: { page: [topics.page], ticket: [topics.ticket] }, runbooks };
  const off = { off: "the bench compares three alarms" };
  const changes = { "queue-in-flight": off, "queue-growing-backlog": off };
  for (const name of queueNames(count)) {
    new Queue(name, { oldestMessage: "10 minutes", messagesPerDay: 100_000, changes, watcher });
  }
}
