import { brokerReplacements } from "./replacements/broker";
import { bucketReplacements } from "./replacements/bucket";
import { clusterReplacements } from "./replacements/cluster";
import { database } from "./replacements/database";
import { functionReplacements } from "./replacements/function";
import { gateway } from "./replacements/gateway";
import { kafkaReplacements } from "./replacements/kafka";
import { releaseReplacement, releaseType } from "./replacements/logs";
import { network } from "./replacements/network";
import { recoveryReplacements } from "./replacements/recovery";
import { serviceReplacements } from "./replacements/service";
import { watchReplacements } from "./replacements/watch";

/** Which arguments replace a resource. A path may be nested, for example `metadata.name`. */
export interface Replacement {
  readonly inputs: readonly string[];
  /** Where it was read: file and commit, and the word by which the file says that a change replaces. */
  readonly source: string;
}

const aws = (path: string, commit: string): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ForceNew`;
const grafana = (path: string, commit: string): string =>
  `terraform-provider-grafana internal/resources/grafana/${path} at ${commit}, ForceNew`;
/** Every argument of these has such a plan modifier; `overrideSpecial` from "" to absent and `keepers` of nulls alone, which change in place, count as replacing. */
const random = (path: string, commit: string): Replacement => ({
  inputs: ["*"],
  source: `terraform-provider-random internal/provider/${path} at ${commit}, RequiresReplace`,
});

/**
 * By type token. `region` of an AWS resource replaces too (terraform-provider-aws website/docs/guides/enhanced-region-support.html.markdown at 0cb788c),
 * and is not repeated in each row. A file may be older than the SDK: arguments that it does not know yet count as changed in place (of NatGateway:
 * availabilityMode, availabilityZoneAddresses, vpcId; of Bucket: bucketNamespace; of Secret: type).
 */
const table: Readonly<Record<string, Replacement>> = {
  ...gateway,
  ...watchReplacements,
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace": {
    inputs: ["name", "workspaceId"],
    source: aws("amp/rule_group_namespace.go", "09537f6"),
  },
  "aws:amp/workspace:Workspace": { inputs: ["kmsKeyArn"], source: aws("amp/workspace.go", "0620f2a") },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    inputs: ["actionsEnabled", "alarmName"],
    source: aws("cloudwatch/composite_alarm.go", "050ac11"),
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    inputs: ["logGroupClass", "name", "namePrefix"],
    source: aws("logs/group.go", "0073593"),
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": { inputs: ["name"], source: aws("cloudwatch/metric_alarm.go", "055611a") },
  "aws:ec2/eip:Eip": {
    inputs: ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool"],
    source: aws("ec2/ec2_eip.go", "0160692"),
  },
  "aws:ec2/internetGateway:InternetGateway": { inputs: [], source: aws("ec2/vpc_internet_gateway.go", "08923b6") },
  "aws:ec2/natGateway:NatGateway": {
    inputs: ["allocationId", "connectivityType", "privateIp", "secondaryPrivateIpAddressCount", "subnetId"],
    source: aws("ec2/vpc_nat_gateway.go", "04088ea"),
  },
  "aws:ec2/route:Route": {
    inputs: ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "routeTableId"],
    source: aws("ec2/vpc_route.go", "0128541"),
  },
  "aws:ec2/routeTable:RouteTable": { inputs: ["vpcId"], source: aws("ec2/vpc_route_table.go", "bbb4af8") },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    inputs: ["gatewayId", "subnetId"],
    source: aws("ec2/vpc_route_table_association.go", "0be71be"),
  },
  "aws:ec2/securityGroup:SecurityGroup": {
    inputs: ["description", "name", "namePrefix", "vpcId"],
    source: aws("ec2/vpc_security_group.go", "0160692"),
  },
  "aws:ec2/subnet:Subnet": {
    inputs: [
      "availabilityZone",
      "availabilityZoneId",
      "cidrBlock",
      "ipv4IpamPoolId",
      "ipv4NetmaskLength",
      "ipv6IpamPoolId",
      "ipv6Native",
      "ipv6NetmaskLength",
      "outpostArn",
      "vpcId",
    ],
    source: aws("ec2/vpc_subnet.go", "00cda12"),
  },
  "aws:ec2/vpc:Vpc": {
    // The provider lets one change of tenancy happen in place, from dedicated to default.
    inputs: ["cidrBlock", "instanceTenancy", "ipv4IpamPoolId", "ipv4NetmaskLength"],
    source: aws("ec2/vpc_.go", "00081ce"),
  },
  "aws:grafana/workspace:Workspace": {
    inputs: ["authenticationProviders", "kmsKeyId"],
    source: aws("grafana/workspace.go", "00a3530"),
  },
  "aws:iam/policy:Policy": {
    inputs: ["description", "name", "namePrefix", "path"],
    source: aws("iam/policy.go", "01ccd9a"),
  },
  "aws:iam/role:Role": { inputs: ["name", "namePrefix", "path"], source: aws("iam/role.go", "0040ea6") },
  "aws:iam/rolePolicy:RolePolicy": {
    inputs: ["name", "namePrefix", "role"],
    source: aws("iam/role_policy.go", "02f97af"),
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    inputs: ["policyArn", "role"],
    source: aws("iam/role_policy_attachment.go", "81ae62f"),
  },
  "aws:kms/alias:Alias": { inputs: ["name", "namePrefix"], source: aws("kms/alias.go", "01c0800") },
  "aws:kms/key:Key": {
    inputs: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    source: aws("kms/key.go", "00a3530"),
  },
  "aws:mq/broker:Broker": {
    inputs: [
      "brokerName",
      "dataReplicationPrimaryBrokerArn",
      "deploymentMode",
      "encryptionOptions",
      "engineType",
      "ldapServerMetadata",
      "publiclyAccessible",
      "subnetIds",
    ],
    source: aws("mq/broker.go", "00a3530"),
  },
  "aws:rds/instance:Instance": {
    inputs: [
      "availabilityZone",
      "backupTarget",
      "characterSetName",
      "customIamInstanceProfile",
      "dbName",
      "engine",
      "kmsKeyId",
      "ncharCharacterSetName",
      "restoreToPointInTime",
      "s3Import",
      "snapshotIdentifier",
      "storageEncrypted",
      "timezone",
      "username",
    ],
    source: `pulumi/${aws("rds/instance.go", "0c2894b")}`,
  },
  "aws:s3/bucket:Bucket": {
    inputs: ["bucket", "bucketPrefix", "objectLockConfiguration.objectLockEnabled", "objectLockEnabled"],
    source: aws("s3/bucket.go", "4c72bcc"),
  },
  "aws:secretsmanager/secret:Secret": {
    inputs: ["name", "namePrefix"],
    source: aws("secretsmanager/secret.go", "00c21ce"),
  },
  "aws:secretsmanager/secretVersion:SecretVersion": {
    inputs: ["secretBinary", "secretId", "secretString", "secretStringWoVersion"],
    source: aws("secretsmanager/secret_version.go", "0042e8e"),
  },
  "aws:sns/topic:Topic": { inputs: ["fifoTopic", "name", "namePrefix"], source: aws("sns/topic.go", "00a3530") },
  "aws:sns/topicPolicy:TopicPolicy": { inputs: ["arn"], source: aws("sns/topic_policy.go", "00a3530") },
  "aws:sns/topicSubscription:TopicSubscription": {
    inputs: ["endpoint", "protocol", "topic"],
    source: aws("sns/topic_subscription.go", "04a2e6e"),
  },
  "aws:sqs/queue:Queue": { inputs: ["fifoQueue", "name", "namePrefix"], source: aws("sqs/queue.go", "cda04ab") },
  "aws:sqs/queuePolicy:QueuePolicy": { inputs: ["queueUrl"], source: aws("sqs/queue_policy.go", "af55dfb") },
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": {
    inputs: ["queueUrl"],
    source: aws("sqs/queue_redrive_allow_policy.go", "3154614"),
  },
  "aws:sqs/redrivePolicy:RedrivePolicy": {
    inputs: ["queueUrl"],
    source: aws("sqs/queue_redrive_policy.go", "d9c368c"),
  },
  "grafana:oss/dashboard:Dashboard": {
    inputs: ["folder", "orgId"],
    source: grafana("resource_dashboard.go", "0a5efe6"),
  },
  "grafana:oss/dataSource:DataSource": {
    inputs: ["orgId", "uid"],
    source: grafana("resource_data_source.go", "056e8f1"),
  },
  "grafana:oss/folder:Folder": {
    inputs: ["orgId", "parentFolderUid", "uid"],
    source: grafana("resource_folder.go", "000e61d"),
  },
  "random:index/randomBytes:RandomBytes": random("resource_bytes.go", "0bebee0"),
  "random:index/randomId:RandomId": random("resource_id.go", "0457202"),
  "random:index/randomInteger:RandomInteger": random("resource_integer.go", "04292d3"),
  "random:index/randomPassword:RandomPassword": random("resource_password.go", "0117aa6"),
  "random:index/randomPet:RandomPet": random("resource_pet.go", "0117aa6"),
  "random:index/randomUuid:RandomUuid": random("resource_uuid.go", "04292d3"),
  ...functionReplacements,
  ...brokerReplacements,
  ...clusterReplacements,
  ...database,
  ...bucketReplacements,
  ...recoveryReplacements,
  ...serviceReplacements,
  ...kafkaReplacements,
  ...network,
};

/** What replaces a Kubernetes object of any kind: the API has no rename and no move. */
const kubernetesObject: Replacement = {
  inputs: ["metadata.name", "metadata.namespace"],
  source: "pulumi-kubernetes provider/pkg/provider/diff.go at cafe8c4, forceNew",
};

/**
 * Kinds with more fields that replace, from the same file. Config maps and secrets as they are without the provider's options `enableConfigMapMutable`
 * and `enableSecretMutable`.
 */
const kubernetes: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:DaemonSet": ["spec.selector"],
  "kubernetes:apps/v1:Deployment": ["spec.selector"],
  "kubernetes:apps/v1:StatefulSet": [
    "spec.podManagementPolicy",
    "spec.revisionHistoryLimit",
    "spec.selector",
    "spec.serviceName",
    "spec.volumeClaimTemplates",
  ],
  "kubernetes:batch/v1:Job": ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"],
  "kubernetes:core/v1:ConfigMap": ["binaryData", "data"],
  "kubernetes:core/v1:PersistentVolumeClaim": [
    "spec.accessModes",
    "spec.selector",
    "spec.storageClassName",
    "spec.volumeName",
  ],
  "kubernetes:core/v1:ResourceQuota": ["spec.scopes"],
  "kubernetes:core/v1:Secret": ["data", "stringData", "type"],
  "kubernetes:core/v1:Service": ["spec.clusterIP"],
  "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": ["roleRef"],
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": ["roleRef"],
  "kubernetes:storage.k8s.io/v1:StorageClass": ["parameters", "provisioner"],
};

/** Their rules in that file go into each container, or into each kind of volume, which a path here cannot say. */
const kubernetesNotKnown = new Set(["kubernetes:core/v1:PersistentVolume", "kubernetes:core/v1:Pod"]);

/** What replaces a resource of this type; undefined: not known. */
export function replacementOf(type: string): Replacement | undefined {
  if (type === releaseType) return releaseReplacement;
  if (type.startsWith("kubernetes:") && !type.startsWith("kubernetes:helm.sh/")) {
    if (kubernetesNotKnown.has(type)) return undefined;
    return { ...kubernetesObject, inputs: [...kubernetesObject.inputs, ...(kubernetes[type] ?? [])] };
  }
  const row = table[type];
  if (!row) return undefined;
  return type.startsWith("aws:") ? { ...row, inputs: [...row.inputs, "region"] } : row;
}

/** Every row of the table, for a report and for tests. */
export const replacementRows: readonly (readonly [type: string, Replacement])[] = Object.entries(table);
