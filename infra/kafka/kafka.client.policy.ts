import { type Input, type Output, output } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { type RoleStatement, rolePolicy } from "../kit/policy";
import { Problems } from "../kit/problems";

/** What a service may do on a cluster. Names, never patterns. */
export interface KafkaAccess {
  /** Topics that it reads; then it needs a group. @default none */
  readonly reads?: readonly string[];
  /** Topics that it writes. @default none */
  readonly writes?: readonly string[];
  /** Consumer groups that it joins. @default none */
  readonly groups?: readonly string[];
}

const describeTopic = "kafka-cluster:DescribeTopic";

function check({ reads = [], writes = [], groups = [] }: KafkaAccess): void {
  const problems = new Problems("Kafka access");
  for (const topic of [...reads, ...writes]) problems.add(checkName("Kafka topic", topic, { physical: true }));
  for (const group of groups) problems.unless(!/[*?]/.test(group), "groups must be names, not patterns", group);
  problems.unless(reads.length + writes.length > 0, "reads or writes must name a topic");
  problems.unless(reads.length === 0 || groups.length > 0, "groups must name one: nobody reads a topic without");
  problems.unless(groups.length === 0 || reads.length > 0, "groups are for topics that are read: name them in reads");
  problems.throwIfAny();
}

/**
 * The policy of a role that uses a cluster, with just the actions that reading and writing need ("Common use cases for client authorization policy" and "Semantics of
 * IAM authorization policy actions and resources", MSK Developer Guide, 2026-11).
 * @param clusterArn of the cluster, from which the ARNs of its topics and groups follow
 */
export function kafkaClientPolicy(clusterArn: Input<string>, access: KafkaAccess): Output<string> {
  check(access);
  const { reads = [], writes = [], groups = [] } = access;
  const below = (kind: "topic" | "group", names: readonly string[]) =>
    names.map((name) => output(clusterArn).apply((arn) => `${arn.replace(":cluster/", `:${kind}/`)}/${name}`));
  const allow = (Sid: string, Action: readonly string[], Resource: readonly Input<string>[]): RoleStatement[] =>
    Resource.length === 0 ? [] : [{ Sid, Effect: "Allow", Action, Resource }];
  // Producers are idempotent by default, and a cluster is asked for that.
  const connect = ["kafka-cluster:Connect", ...(writes.length > 0 ? ["kafka-cluster:WriteDataIdempotently"] : [])];
  return rolePolicy([
    ...allow("Connect", connect, [clusterArn]),
    ...allow("Read", [describeTopic, "kafka-cluster:ReadData"], below("topic", reads)),
    ...allow("Write", [describeTopic, "kafka-cluster:WriteData"], below("topic", writes)),
    ...allow("Join", ["kafka-cluster:DescribeGroup", "kafka-cluster:AlterGroup"], below("group", groups)),
  ]);
}
