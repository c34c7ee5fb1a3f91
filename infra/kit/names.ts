/** What AWS takes as a name. Checked before anything is registered, because AWS itself answers in the middle of an update. */

/** Characters of Pulumi's suffix for names that it makes: a hyphen and seven hexadecimal digits. */
export const suffixLength = 8;

interface NameRule {
  /** Longest name, whatever Pulumi or AWS add to it included. */
  readonly longest: number;
  readonly shortest?: number;
  /** Characters that are added to each name of the kind: ".fifo", "alias/". */
  readonly added?: number;
  readonly pattern: RegExp;
  /** The pattern in words. */
  readonly allowed: string;
  /** What is reserved: such a name is refused although its characters are right. */
  readonly reserved?: { readonly pattern: RegExp; readonly what: string };
  /** AWS page and date. */
  readonly source: string;
}

const sqs = { longest: 80, pattern: /^[A-Za-z0-9_-]*$/, allowed: "letters, digits, hyphens and underscores" };
const sns = { longest: 256, pattern: /^[A-Za-z0-9_-]*$/, allowed: "letters, digits, hyphens and underscores" };
const sqsPage = '"CreateQueue", Amazon SQS API Reference, 2026-11';
const snsPage = '"CreateTopic", Amazon SNS API Reference, 2026-11';
const iamPage = '"IAM and AWS STS quotas", IAM User Guide, 2026-11';
const iam = { pattern: /^[A-Za-z0-9_+=,.@-]*$/, allowed: "letters, digits and _+=,.@-" };

/** Kinds of names and their limits. The name of a FIFO queue or topic is given without `.fifo`, that of a key alias without `alias/`. */
export const nameRules = {
  queue: { ...sqs, source: sqsPage },
  "FIFO queue": { ...sqs, added: ".fifo".length, source: sqsPage },
  topic: { ...sns, source: snsPage },
  "FIFO topic": { ...sns, added: ".fifo".length, source: snsPage },
  alarm: {
    longest: 255,
    pattern: /^\P{Cc}*$/u,
    allowed: "any characters but control characters",
    source: '"PutMetricAlarm", Amazon CloudWatch API Reference, 2026-11',
  },
  "key alias": {
    longest: 256,
    added: "alias/".length,
    pattern: /^[A-Za-z0-9/_-]*$/,
    allowed: "letters, digits, slashes, hyphens and underscores",
    reserved: { pattern: /^aws\//, what: 'names that begin with "aws/", which are for the keys of AWS' },
    source: '"CreateAlias", AWS KMS API Reference, 2026-11',
  },
  role: { ...iam, longest: 64, source: iamPage },
  policy: { ...iam, longest: 128, source: iamPage },
  bucket: {
    longest: 63,
    shortest: 3,
    pattern: /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
    allowed: "lower-case letters, digits, dots and hyphens, with a letter or digit at both ends",
    reserved: {
      pattern:
        /^(?:xn--|sthree-|amzn-s3-demo-)|(?:-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$|\.\.|^\d{1,3}(?:\.\d{1,3}){3}$/,
      what: 'prefixes and suffixes that S3 keeps for itself ("xn--", "sthree-", "amzn-s3-demo-", "-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"), two dots in a row, and IP addresses',
    },
    source: '"General purpose bucket naming rules", Amazon S3 User Guide, 2026-11',
  },
  "backup vault": {
    longest: 50,
    shortest: 2,
    pattern: /^[A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores",
    source: '"CreateBackupVault", AWS Backup API Reference, 2026-11',
  },
  "backup plan": {
    longest: 50,
    pattern: /^[A-Za-z0-9_.-]*$/,
    allowed: "letters, digits and -_.",
    source: '"BackupPlanInput", AWS Backup API Reference, 2026-11',
  },
  function: {
    longest: 64,
    pattern: /^[A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores",
    source: '"CreateFunction", AWS Lambda API Reference, 2026-11',
  },
  "event rule": {
    longest: 64,
    pattern: /^[A-Za-z0-9_.-]*$/,
    allowed: "letters, digits and -_.",
    source: '"PutRule", Amazon EventBridge API Reference, 2026-11',
  },
  "schedule group": {
    longest: 64,
    pattern: /^[A-Za-z0-9_.-]*$/,
    allowed: "letters, digits and -_.",
    source: '"CreateScheduleGroup", Amazon EventBridge Scheduler API Reference, 2026-11',
  },
  cluster: {
    longest: 100,
    pattern: /^(?:[A-Za-z0-9][A-Za-z0-9_-]*)?$/,
    allowed: "letters, digits, hyphens and underscores, with a letter or digit first",
    source: '"CreateCluster", Amazon EKS API Reference, 2026-11',
  },
  "log group": {
    longest: 512,
    pattern: /^[A-Za-z0-9_/.#-]*$/,
    allowed: "letters, digits and _-/.#",
    reserved: { pattern: /^aws\//, what: 'names that begin with "aws/"' },
    source: '"CreateLogGroup", Amazon CloudWatch Logs API Reference, 2026-11',
  },
  broker: {
    longest: 50,
    pattern: /^[A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores",
    source: '"CreateBroker", Amazon MQ REST API Reference, 2026-11',
  },
  secret: {
    longest: 512,
    pattern: /^[A-Za-z0-9/_+=.@-]*$/,
    allowed: "letters, digits and /_+=.@-",
    source: '"CreateSecret", AWS Secrets Manager API Reference, 2026-11',
  },
  "Kafka cluster": {
    longest: 64,
    pattern: /^[A-Za-z0-9][A-Za-z0-9-]*$/,
    allowed: "letters, digits and hyphens, and no hyphen at the beginning",
    source: '"CreateCluster", Amazon MSK API Reference, 2026-11',
  },
  "Kafka topic": {
    longest: 249,
    pattern: /^[A-Za-z0-9._-]*$/,
    allowed: "letters, digits, dots, underscores and hyphens",
    reserved: {
      pattern: /^(?:\.{1,2}|__.*)$/,
      what: 'names of dots alone, and names that begin with "__", which are for Kafka itself',
    },
    source: '"CreateTopic", Amazon MSK API Reference, 2026-11',
  },
  "load balancer": {
    longest: 32,
    pattern: /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)?$/,
    allowed: "letters, digits and hyphens, with a letter or digit at both ends",
    reserved: { pattern: /^internal-/, what: 'names that begin with "internal-"' },
    source: '"CreateLoadBalancer", Elastic Load Balancing API Reference, 2026-11',
  },
  "target group": {
    longest: 32,
    pattern: /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)?$/,
    allowed: "letters, digits and hyphens, with a letter or digit at both ends",
    source: '"CreateTargetGroup", Elastic Load Balancing API Reference, 2026-11',
  },
  api: {
    longest: 128,
    pattern: /^\P{Cc}*$/u,
    allowed: "any characters but control characters",
    source: '"CreateApi", Amazon API Gateway Version 2 API Reference, 2026-11',
  },
  "web ACL": {
    longest: 128,
    pattern: /^[A-Za-z0-9_-]*$/,
    allowed: "letters, digits, hyphens and underscores",
    source: '"CreateWebACL", AWS WAF API Reference, 2026-11',
  },
  canary: {
    longest: 255,
    pattern: /^[a-z0-9_-]*$/,
    allowed: "lower-case letters, digits, hyphens and underscores",
    source: '"CreateCanary", Amazon CloudWatch Synthetics API Reference, 2026-11',
  },
  database: {
    longest: 63,
    pattern: /^[a-z](?:[a-z0-9]|-(?!-|$))*$/,
    allowed: "lower-case letters, digits and single hyphens, beginning with a letter and ending with none",
    source: '"CreateDBInstance", Amazon RDS API Reference, 2026-11',
  },
} as const satisfies Record<string, NameRule>;

/** A kind of thing that has a name in AWS. */
export type NameKind = keyof typeof nameRules;

/** Who makes the final name. */
export interface NameOptions {
  /** The program gives the physical name, so that Pulumi adds no suffix to it. @default false */
  readonly physical?: boolean;
}

/**
 * What is wrong with a name: what, where, and the way out.
 * @param name without what AWS or Pulumi add to it
 * @returns undefined where nothing is
 */
export function checkName(kind: NameKind, name: string, { physical = false }: NameOptions = {}): string | undefined {
  const rule: NameRule = nameRules[kind];
  const shortest = physical ? (rule.shortest ?? 1) : 1;
  const longest = rule.longest - (rule.added ?? 0) - (physical ? 0 : suffixLength);
  const where = `name of ${kind} ${JSON.stringify(name)}`;
  // AWS counts characters, not UTF-16 units.
  const length = [...name].length;
  if (length < shortest) return `${where}: it has ${length} characters, ${shortest} or more are needed`;
  if (!rule.pattern.test(name)) return `${where}: use only ${rule.allowed}`;
  if (rule.reserved?.pattern.test(name)) return `${where}: not allowed are ${rule.reserved.what}; choose another name`;
  if (length <= longest) return undefined;
  const suffix = physical ? "" : `, because ${suffixLength} of ${rule.longest} are left for Pulumi's suffix`;
  return `${where}: it has ${length} characters, at most ${longest} are allowed${suffix}; shorten it by ${length - longest}`;
}
