import type { Output } from "@pulumi/pulumi";
import { Queue } from "../infra/queue/queue";
import type { Watcher } from "../infra/signal/watch";
import type { Settings } from "./settings";

/** What the layer of messages offers. */
export interface Messaging {
  /** Queue name to its URL. */
  readonly queues: Readonly<Record<string, Output<string>>>;
}

/** Queues with their dead-letter queues. */
export function messaging(settings: Settings, { watcher }: { watcher: Watcher }): Messaging {
  const queues = Object.entries(settings.queues).map(([name, queue]) => [name, new Queue(name, { ...queue, watcher }).url]);
  return { queues: Object.fromEntries(queues) };
}
