import { EventSubscription } from "@pulumi/aws/rds/eventSubscription.js";
import type { Instance } from "@pulumi/aws/rds/instance.js";
import type { ComponentResource } from "@pulumi/pulumi";
import type { Watcher } from "../signal/watch";

/**
 * Events that a person must look into: it restarted, failed over or failed, storage nears its end, a replica broke, it is restored or was deleted. Backups, patches,
 * changes and notices come as planned ("Amazon RDS event categories and event messages", RDS User Guide, 2026-11).
 */
export const eventCategories = [
  "availability",
  "deletion",
  "failover",
  "failure",
  "low storage",
  "read replica",
  "recovery",
];

/** Tells those who work by day of events of instances; the topics must let events.rds.amazonaws.com publish. */
export const createEvents = (
  name: string,
  instances: readonly Instance[],
  { actions }: Watcher,
  parent: ComponentResource,
): EventSubscription[] =>
  actions.ticket.map(
    (snsTopic, index) =>
      new EventSubscription(
        index === 0 ? name : `${name}-${index + 1}`,
        {
          snsTopic,
          sourceType: "db-instance",
          sourceIds: instances.map(({ identifier }) => identifier),
          eventCategories,
        },
        { parent },
      ),
  );
