import type { Bag } from "./wire";

/** Values that the provider's own schema fills in, so that they are known in a preview. */
interface DefaultRow {
  readonly inputs: Readonly<Bag>;
  /** File of hashicorp/terraform-provider-aws, and the commit at which it was read. */
  readonly source: string;
}

const service = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}`;

/**
 * Defaults of the Terraform schema: the Pulumi bridge adds them to the arguments when it checks them (pulumi-terraform-bridge pkg/tfbridge/schema.go,
 * applyDefaults). Types without a row get none, so their defaulted properties are absent in a preview. Defaults inside nested objects are not modelled.
 */
const rows: Readonly<Record<string, DefaultRow>> = {
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    inputs: { actionsEnabled: true },
    source: service("cloudwatch/composite_alarm.go", "050ac11"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    inputs: { retentionInDays: 0, skipDestroy: false },
    source: service("logs/group.go", "0073593"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    inputs: { actionsEnabled: true, treatMissingData: "missing" },
    source: service("cloudwatch/metric_alarm.go", "055611a"),
  },
  "aws:ec2/natGateway:NatGateway": {
    inputs: { connectivityType: "public" },
    source: service("ec2/vpc_nat_gateway.go", "04088ea"),
  },
  "aws:ec2/subnet:Subnet": {
    inputs: {
      assignIpv6AddressOnCreation: false,
      enableDns64: false,
      enableResourceNameDnsARecordOnLaunch: false,
      enableResourceNameDnsAaaaRecordOnLaunch: false,
      ipv6Native: false,
      mapPublicIpOnLaunch: false,
    },
    source: service("ec2/vpc_subnet.go", "00cda12"),
  },
  "aws:ec2/vpc:Vpc": {
    inputs: { enableDnsSupport: true, instanceTenancy: "default" },
    source: service("ec2/vpc_.go", "00081ce"),
  },
  "aws:iam/role:Role": {
    inputs: { forceDetachPolicies: false, maxSessionDuration: 3600, path: "/" },
    source: service("iam/role.go", "0040ea6"),
  },
  "aws:kms/key:Key": {
    inputs: {
      bypassPolicyLockoutSafetyCheck: false,
      customerMasterKeySpec: "SYMMETRIC_DEFAULT",
      enableKeyRotation: false,
      isEnabled: true,
      keyUsage: "ENCRYPT_DECRYPT",
    },
    source: service("kms/key.go", "00a3530"),
  },
  "aws:mq/broker:Broker": {
    inputs: {
      applyImmediately: false,
      autoMinorVersionUpgrade: false,
      deploymentMode: "SINGLE_INSTANCE",
      publiclyAccessible: false,
    },
    source: service("mq/broker.go", "00a3530"),
  },
  "aws:rds/instance:Instance": {
    inputs: {
      autoMinorVersionUpgrade: true,
      copyTagsToSnapshot: false,
      deleteAutomatedBackups: true,
      monitoringInterval: 0,
      performanceInsightsEnabled: false,
      publiclyAccessible: false,
      skipFinalSnapshot: false,
    },
    source: service("rds/instance.go", "00e4b23"),
  },
  "aws:sns/topic:Topic": {
    inputs: { contentBasedDeduplication: false, fifoTopic: false },
    source: service("sns/topic.go", "00a3530"),
  },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: { confirmationTimeoutInMinutes: 1, endpointAutoConfirms: false, rawMessageDelivery: false },
    source: service("sns/topic_subscription.go", "04a2e6e"),
  },
  "aws:sqs/queue:Queue": {
    inputs: {
      contentBasedDeduplication: false,
      delaySeconds: 0,
      fifoQueue: false,
      maxMessageSize: 262144,
      messageRetentionSeconds: 345600,
      receiveWaitTimeSeconds: 0,
      visibilityTimeoutSeconds: 30,
    },
    source: `${service("sqs/queue.go", "cda04ab")} and sqs/consts.go at 09e1b78`,
  },
};

/** The defaults of a type; empty when it has no row. */
export const defaultsOf = (type: string): Readonly<Bag> => rows[type]?.inputs ?? {};

/** The types with a row. */
export const defaultedTypes: readonly string[] = Object.keys(rows);

/** Properties of the random provider that its framework knows while planning (terraform-provider-random internal/provider/resource_password.go at 0117aa6, passwordSchemaV3). */
const characters: Readonly<Bag> = {
  lower: true,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
  minUpper: 0,
  number: true,
  numeric: true,
  special: true,
  upper: true,
};

/** Outputs that are known in a preview though the program did not give them and the arguments do not hold them. */
export const knownOutputsOf = (type: string): Readonly<Bag> =>
  /^random:index\/random(Password|String):/.test(type) ? characters : {};

/** Fields that the provider computes inside an argument that the program gives, so that they are unknown in a preview. By type, then argument. */
const within: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  // terraform-provider-aws internal/service/apigatewayv2/domain_name.go at bbb4af8, Computed.
  "aws:apigatewayv2/domainName:DomainName": { domainNameConfiguration: ["hostedZoneId", "targetDomainName"] },
};

/** The fields that the provider computes inside arguments of a type. */
export const computedWithin = (type: string): Readonly<Record<string, readonly string[]>> => within[type] ?? {};
