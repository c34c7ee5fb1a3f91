import { inTurns } from "../../../infra/kit/turns";
import { Queue } from "../../../infra/queue/queue";
import { queueNames, runbooks, topics } from "./terms";

const watcher = { actions: { page: [topics.page], ticket: [topics.ticket] }, runbooks };
const off = { off: "the bench compares three alarms" };

/** This project's queue, watched: oldest message, dead letters, and dead letters about to be lost. */
const watchedQueue = (name: string): Queue =>
  new Queue(name, {
    oldestMessage: "10 minutes",
    messagesPerDay: 100_000,
    changes: { "queue-in-flight": off, "queue-growing-backlog": off },
    watcher,
  });

/** The queues as this project makes many of them. */
export const watched = (count: number): Promise<void> =>
  inTurns(queueNames(count), (name) => watchedQueue(name).nodes.queue);

/** The same in a loop, as the plain program makes them: what the components alone cost. */
export function watchedInLoop(count: number): void {
  for (const name of queueNames(count)) watchedQueue(name);
}
