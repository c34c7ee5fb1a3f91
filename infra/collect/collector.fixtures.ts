import { inside, watcher } from "../cluster/inside.fixtures";
import { place } from "../kit/recorder";
import type { CollectorArgs } from "./collector.args";

/** A collector of tests. Made inside a recording, for its provider is a resource. */
export const usual = (given: Partial<CollectorArgs> = {}): CollectorArgs => ({
  ...place,
  ...inside(),
  network: "10.0.0.0/16",
  brokers: {
    broker: {
      targets: ["b-1.mq.eu-central-1.on.aws:16001", "b-1.mq.eu-central-1.on.aws:16002"],
      secretArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:monitoring",
      keyArn: "arn:aws:kms:eu-central-1:123456789012:key/broker",
    },
  },
  databases: {
    shop: {
      address: "shop.rds.amazonaws.com",
      databaseName: "shop",
      loginArn: "arn:aws:rds-db:eu-central-1:123456789012:dbuser:db-1/monitor",
    },
  },
  probes: { gateway: { url: "https://api.example.com/health" } },
  pods: {
    loki: { service: "loki-headless", namespace: "logs", port: 3_100, keep: "loki_.+", labels: { logs: "logs" } },
  },
  watcher,
  ...given,
});
