import type { Graph } from "../signal/graph";
import { backupTag, noPlan, reasonTag } from "./tags";

/** Types that hold data and that AWS Backup takes ("Feature availability by resource", AWS Backup Developer Guide, 2026-11). */
const covered = [
  "aws:dynamodb/table:Table",
  "aws:ebs/volume:Volume",
  "aws:efs/fileSystem:FileSystem",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:s3/bucket:Bucket",
] as const;

/** What AWS Backup does not take, and what brings it back instead. */
export const notCovered: Readonly<Record<string, string>> = {
  "aws:mq/broker:Broker": "definitions are exported every day; messages in queues are lost with the broker's storage",
  "aws:msk/cluster:Cluster": "three copies of each partition within the cluster; another region needs MSK Replicator",
  "aws:sqs/queue:Queue": "made again from code; messages are lost with the region",
  "aws:sns/topic:Topic": "made again from code; it keeps no messages but those in dead-letter queues",
  "aws:amp/workspace:Workspace": "rules are code; series cannot be taken out and are lost with the region",
  "aws:grafana/workspace:Workspace": "dashboards and data sources are code",
};

/** A resource that holds data and that no plan takes. */
export interface Forgotten {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly why: string;
}

const tagsOf = (tags: unknown): Readonly<Record<string, unknown>> =>
  typeof tags === "object" && tags !== null ? { ...tags } : {};

/**
 * Resources of a program that hold data and that no plan of the same program takes. A replica of a bucket, which is a copy itself, counts as taken; so does a
 * resource that says why it needs no backup (tag `backup: none` with `backup-reason`).
 * @param plans names of the plans; without them any is believed
 */
export function forgotten(graph: Graph, plans?: readonly string[]): Forgotten[] {
  const copies = new Set(
    graph
      .ofType("aws:s3/bucketReplicationConfig:BucketReplicationConfig")
      .flatMap(({ madeFrom }) => madeFrom.rules ?? []),
  );
  return covered.flatMap((type) =>
    graph.ofType(type).flatMap(({ urn, name, known }) => {
      if (copies.has(urn)) return [];
      const tags = tagsOf(known.tags);
      const plan = tags[backupTag];
      const found = (why: string) => [{ urn, type, name, why }];
      if (typeof plan !== "string")
        return found(`carries no tag "${backupTag}": give it the name of a plan, or "none" with a reason`);
      if (plan === noPlan)
        return String(tags[reasonTag] ?? "").trim() === "" ? found("is not backed up, and does not say why") : [];
      if (plans && !plans.includes(plan))
        return found(`names the plan "${plan}", which there is not: ${plans.join(", ")}`);
      return [];
    }),
  );
}
