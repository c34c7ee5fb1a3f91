import { createHash } from "node:crypto";
import { shapeOf, type TypeShape } from "./schema";
import { type Bag, text } from "./wire";

/** How a type's physical name is made and where it must be unique. */
export interface NameRule {
  /** The argument that holds the name. */
  readonly key: string;
  /** The longest name that AWS takes, in characters. */
  readonly max?: number;
  readonly lowercase?: true;
  readonly prefix?: string;
  /** What the name is unique within, beside the region: other arguments. Absent: the name may be used twice. */
  readonly unique?: { readonly within: readonly string[]; readonly global?: true; readonly error: string };
}

const unique = (error: string, ...within: string[]): Pick<NameRule, "unique"> => ({ unique: { within, error } });

/**
 * Lengths: the Create operation of each service's API reference. Those of metric alarms, security groups, IAM policies and roles, queues, topics and buckets
 * agree with the validators of the Terraform provider (files and commits: replacements.ts); that of log groups was read on CreateLogGroup; the others
 * were not re-read. Error names: the service's own where it refuses a second name. CloudWatch overwrites the alarm, Amazon SNS returns the topic and
 * Amazon SQS the queue when all attributes agree (CreateTopic, CreateQueue): a program that names two so has a mistake, which is refused here.
 */
const rules: Readonly<Record<string, NameRule>> = {
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace": {
    key: "name",
    max: 128,
    ...unique("ConflictException", "workspaceId"),
  },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": { key: "alarmName", max: 255, ...unique("ResourceAlreadyExists") },
  "aws:cloudwatch/logGroup:LogGroup": { key: "name", max: 512, ...unique("ResourceAlreadyExistsException") },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { key: "name", max: 255, ...unique("ResourceAlreadyExists") },
  "aws:ec2/securityGroup:SecurityGroup": { key: "name", max: 255, ...unique("InvalidGroup.Duplicate", "vpcId") },
  "aws:eks/cluster:Cluster": { key: "name", max: 100, ...unique("ResourceInUseException") },
  "aws:iam/policy:Policy": {
    key: "name",
    max: 128,
    unique: { within: [], global: true, error: "EntityAlreadyExists" },
  },
  "aws:iam/role:Role": { key: "name", max: 64, unique: { within: [], global: true, error: "EntityAlreadyExists" } },
  "aws:iam/rolePolicy:RolePolicy": {
    key: "name",
    max: 128,
    unique: { within: ["role"], global: true, error: "EntityAlreadyExists" },
  },
  "aws:kms/alias:Alias": { key: "name", max: 256, prefix: "alias/", ...unique("AlreadyExistsException") },
  "aws:lambda/function:Function": { key: "name", max: 64, ...unique("ResourceConflictException") },
  "aws:lb/loadBalancer:LoadBalancer": { key: "name", max: 32, ...unique("DuplicateLoadBalancerName") },
  "aws:lb/targetGroup:TargetGroup": { key: "name", max: 32, ...unique("DuplicateTargetGroupName") },
  "aws:mq/broker:Broker": { key: "brokerName", max: 50, ...unique("ConflictException") },
  "aws:msk/cluster:Cluster": { key: "clusterName", max: 64, ...unique("ConflictException") },
  "aws:rds/cluster:Cluster": {
    key: "clusterIdentifier",
    max: 63,
    lowercase: true,
    ...unique("DBClusterAlreadyExistsFault"),
  },
  "aws:rds/instance:Instance": { key: "identifier", max: 63, lowercase: true, ...unique("DBInstanceAlreadyExists") },
  "aws:s3/bucket:Bucket": {
    key: "bucket",
    max: 63,
    lowercase: true,
    unique: { within: [], global: true, error: "BucketAlreadyOwnedByYou" },
  },
  "aws:secretsmanager/secret:Secret": { key: "name", max: 512, ...unique("ResourceExistsException") },
  "aws:sns/topic:Topic": { key: "name", max: 256, ...unique("TopicAlreadyExists") },
  "aws:sqs/queue:Queue": { key: "name", max: 80, ...unique("QueueAlreadyExists") },
};

/**
 * How a type is named; undefined for types without a physical name. Types without a row of their own are named by `name` when the SDK declares
 * the property as always present though the argument is optional.
 */
export function nameRule(type: string, shape: TypeShape | undefined = shapeOf(type)): NameRule | undefined {
  const rule = rules[type];
  if (rule) return rule;
  const [input, output] = [shape?.inputs.name, shape?.outputs.name];
  const named = input?.type === "string" && !input.required && output?.type === "string" && !output.optional;
  return named ? { key: "name" } : undefined;
}

/** Lower-case hexadecimal digits that depend on the seed alone; at most 64. */
export const hex = (seed: string, length: number): string =>
  createHash("sha256").update(seed).digest("hex").slice(0, length);

/** A name of AWS's FIFO queues and topics must end so ("Amazon SQS FIFO queue quotas", Amazon SQS Developer Guide; CreateTopic of Amazon SNS; 2026-11). */
const fifo = ".fifo";

/**
 * The physical name of a resource that the program did not name: its logical name and seven hexadecimal digits.
 * @param proposed a name that the engine's autonaming settings ask for.
 * @throws when the name would be longer than AWS takes; the real provider refuses it too.
 */
export function automaticName(
  rule: NameRule,
  logicalName: string,
  seed: string,
  inputs: Bag,
  proposed?: string,
): string {
  const suffix = inputs.fifoQueue === true || inputs.fifoTopic === true ? fifo : "";
  const base = `${rule.prefix ?? ""}${proposed ?? `${logicalName}-${hex(seed, 7)}`}`;
  const full = base.endsWith(suffix) ? base : `${base}${suffix}`;
  const name = rule.lowercase ? full.toLowerCase() : full;
  if (rule.max !== undefined && name.length > rule.max) {
    throw new Error(
      `the automatic name "${name}" is longer than ${rule.max} characters: give "${rule.key}" or a shorter resource name`,
    );
  }
  return name;
}

/** The physical name in the arguments, when there is one and it is known. */
export function physicalName(type: string, inputs: Bag, shape?: TypeShape): string | undefined {
  const rule = nameRule(type, shape);
  return rule ? text(inputs[rule.key]) : undefined;
}
