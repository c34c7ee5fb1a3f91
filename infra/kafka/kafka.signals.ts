import { clientSignals } from "./kafka.client.signals";
import { diskSignals } from "./kafka.disk.signals";
import { loadSignals } from "./kafka.load.signals";
import { replicationSignals } from "./kafka.replication.signals";
import { scrapedSignals } from "./kafka.scraped.signals";

/** What is watched of a cluster. Lag is watched of each consumer group that is declared: see consumer.signals.ts. */
export const kafkaSignals = {
  ...replicationSignals,
  ...scrapedSignals,
  ...diskSignals,
  ...loadSignals,
  ...clientSignals,
} as const;
