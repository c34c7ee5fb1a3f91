import { type Input, interpolate } from "@pulumi/pulumi";
import type { KafkaAccess } from "../kafka/kafka.client.policy";
import type { Permission } from "../kit/policy";

/** A resource that is encrypted with a key of the account. */
interface Encrypted {
  readonly arn: Input<string>;
  /** ARN of the key. @default a key that AWS manages, for which no right is needed */
  readonly key?: Input<string>;
}

/** A queue. */
export interface QueueUse extends Encrypted {
  readonly url: Input<string>;
}

/** A bucket. */
export interface BucketUse extends Encrypted {
  readonly bucketName: Input<string>;
  /** It writes and deletes objects too. @default false: it only reads them */
  readonly writes?: boolean;
}

/** A database that it logs in to by IAM, without a password. */
export interface DatabaseUse {
  readonly loginArn: Input<string>;
  readonly address: Input<string>;
  readonly port: Input<number>;
  readonly databaseName: Input<string>;
  /** Of PostgreSQL, with the role rds_iam. */
  readonly user: string;
}

/** A virtual host of RabbitMQ. */
export interface BrokerUse {
  /** `amqps://...:5671` */
  readonly endpoint: Input<string>;
  readonly virtualHost: string;
  /** Secret of the services' user, and its key. */
  readonly secret: Encrypted;
}

/** Topics of Kafka, by IAM. */
export interface KafkaUse extends KafkaAccess {
  readonly clusterArn: Input<string>;
  /** Hosts and ports, with commas between. */
  readonly brokers: Input<string>;
}

/** What a service uses: its rights, its addresses, its files and what its network lets through all follow from it. */
export interface ServiceUses {
  readonly sendsTo?: Readonly<Record<string, QueueUse>>;
  readonly receivesFrom?: Readonly<Record<string, QueueUse>>;
  readonly publishesTo?: Readonly<Record<string, Encrypted>>;
  readonly buckets?: Readonly<Record<string, BucketUse>>;
  readonly database?: DatabaseUse;
  readonly broker?: BrokerUse;
  readonly kafka?: KafkaUse;
  /** Secrets of Secrets Manager, by the name of the file. */
  readonly secrets?: Readonly<Record<string, Encrypted>>;
}

/** Where its secrets lie as files, which change when a secret is rotated. */
export const secretsPath = "/var/run/secrets/vigia";

/** All its secrets, by the name of the file: that of the broker is one of them. */
export const secretFiles = ({ secrets = {}, broker }: ServiceUses): Readonly<Record<string, Encrypted>> => ({
  ...secrets,
  ...(broker && { broker: broker.secret }),
});

const values = <Value>(given: Readonly<Record<string, Value>> = {}): readonly Value[] => Object.values(given);
const arns = (given: readonly Encrypted[]) => given.map(({ arn }) => arn);

/** Rights to a key, only by way of the service that uses it. */
function keys(Sid: string, service: string, region: string, encrypted: readonly Encrypted[]): Permission[] {
  const Resource = encrypted.flatMap(({ key }) => (key === undefined ? [] : [key]));
  if (Resource.length === 0) return [];
  const Condition = { StringEquals: { "kms:ViaService": `${service}.${region}.amazonaws.com` } };
  return [{ Sid, Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource, Condition }];
}

const allow = (Sid: string, Action: readonly string[], Resource: readonly Input<string>[]): Permission[] =>
  Resource.length === 0 ? [] : [{ Sid, Action, Resource }];

/** What its role may do: just this. Reading and writing topics of Kafka is in a policy of its own. */
export function permissionsOf(uses: ServiceUses, region: string): readonly Permission[] {
  const { sendsTo, receivesFrom, publishesTo, buckets, database, kafka } = uses;
  const files = values(secretFiles(uses));
  const [read, written] = [values(buckets), values(buckets).filter(({ writes }) => writes === true)];
  const objects = (of: readonly Encrypted[]) => of.map(({ arn }) => interpolate`${arn}/*`);
  return [
    ...allow("Send", ["sqs:SendMessage", "sqs:GetQueueUrl"], arns(values(sendsTo))),
    ...allow(
      "Receive",
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:GetQueueAttributes"],
      arns(values(receivesFrom)),
    ),
    ...keys("QueueKeys", "sqs", region, [...values(sendsTo), ...values(receivesFrom)]),
    ...allow("Publish", ["sns:Publish"], arns(values(publishesTo))),
    ...keys("TopicKeys", "sns", region, values(publishesTo)),
    ...allow("List", ["s3:ListBucket"], arns(read)),
    ...allow("Read", ["s3:GetObject"], objects(read)),
    ...allow("Write", ["s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"], objects(written)),
    ...keys("BucketKeys", "s3", region, read),
    ...allow("LogIn", ["rds-db:connect"], database ? [database.loginArn] : []),
    ...allow("DescribeKafka", ["kafka-cluster:DescribeCluster"], kafka ? [kafka.clusterArn] : []),
    ...allow("Secrets", ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"], arns(files)),
    ...keys("SecretKeys", "secretsmanager", region, files),
  ];
}

/** `order-events` is ORDER_EVENTS. */
const variable = (name: string): string => name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
const each = <Value>(
  given: Readonly<Record<string, Value>> = {},
  name: (of: string) => string,
  value: (of: Value) => Input<string>,
) => Object.entries(given).map(([key, one]) => ({ name: name(variable(key)), value: value(one) }));

/** A variable of its environment. */
export interface Variable {
  readonly name: string;
  readonly value: Input<string>;
}

/** Addresses of what it uses. None is a secret: those are files. */
export function environmentOf({
  sendsTo,
  receivesFrom,
  publishesTo,
  buckets,
  database,
  broker,
  kafka,
}: ServiceUses): Variable[] {
  return [
    ...each(
      { ...sendsTo, ...receivesFrom },
      (name) => `QUEUE_${name}_URL`,
      ({ url }) => url,
    ),
    ...each(
      publishesTo,
      (name) => `TOPIC_${name}_ARN`,
      ({ arn }) => arn,
    ),
    ...each(
      buckets,
      (name) => `BUCKET_${name}`,
      ({ bucketName }) => bucketName,
    ),
    ...(database
      ? [
          { name: "DATABASE_HOST", value: database.address },
          { name: "DATABASE_PORT", value: interpolate`${database.port}` },
          { name: "DATABASE_NAME", value: database.databaseName },
          { name: "DATABASE_USER", value: database.user },
        ]
      : []),
    ...(broker
      ? [
          { name: "BROKER_URL", value: broker.endpoint },
          { name: "BROKER_VIRTUAL_HOST", value: broker.virtualHost },
          { name: "BROKER_SECRET_FILE", value: `${secretsPath}/broker` },
        ]
      : []),
    ...(kafka ? [{ name: "KAFKA_BROKERS", value: kafka.brokers }] : []),
  ];
}

/** TCP ports of the networks of databases and brokers that it must reach. */
export const portsOf = ({ database, broker, kafka }: ServiceUses): readonly number[] => [
  ...(database ? [5432] : []),
  ...(broker ? [5671] : []),
  ...(kafka ? [9098] : []),
];

/** Whether it calls services of AWS. */
export const callsAws = ({ sendsTo, receivesFrom, publishesTo, buckets }: ServiceUses): boolean =>
  [sendsTo, receivesFrom, publishesTo, buckets].some((used) => values<unknown>(used).length > 0);
