import { account, arnOf, type Made, uuid } from "./arn";
import { hex } from "./names";
import { gatewaySpecials } from "./outputs.gateway";
import { type Bag, text, type Value } from "./wire";

/** The id and the outputs of a type whose form no general rule gives. */
export interface Special {
  readonly id?: string;
  readonly outputs?: Bag;
}

/** Letters and digits from the seed, as long as wanted. */
export const pseudorandom = (seed: string, length: number): string =>
  Array.from({ length: Math.ceil(length / 64) }, (_, index) => hex(`${seed}#${index}`, 64))
    .join("")
    .slice(0, length);

const number = (value: Value | undefined, otherwise: number): number => (typeof value === "number" ? value : otherwise);

function broker({ seed, region }: Made, inputs: Bag): Special {
  const rabbit = /rabbit/i.test(text(inputs.engineType) ?? "");
  const pair = !rabbit && inputs.deploymentMode === "ACTIVE_STANDBY_MULTI_AZ";
  const instances = (pair ? [1, 2] : [1]).map((index) => {
    const host = `b-${uuid(seed)}${rabbit ? "" : `-${index}`}.mq.${region}.on.aws`;
    return {
      consoleUrl: rabbit ? `https://${host}` : `https://${host}:8162`,
      endpoints: rabbit ? [`amqps://${host}:5671`] : [`ssl://${host}:61617`, `amqp+ssl://${host}:5671`],
      ipAddress: rabbit ? "" : `10.0.${index}.10`,
    };
  });
  return { id: `b-${uuid(seed)}`, outputs: { instances } };
}

function cluster({ seed, region, physical }: Made, inputs: Bag): Special {
  const h = hex(seed, 32).toUpperCase();
  const given = typeof inputs.vpcConfig === "object" && inputs.vpcConfig !== null ? inputs.vpcConfig : {};
  return {
    id: physical,
    outputs: {
      certificateAuthority: { data: Buffer.from(`stand-in certificate of ${physical}`).toString("base64") },
      createdAt: "2026-01-01T00:00:00Z",
      endpoint: `https://${h}.gr7.${region}.eks.amazonaws.com`,
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${h}` }] }],
      platformVersion: "eks.1",
      status: "ACTIVE",
      vpcConfig: { clusterSecurityGroupId: `sg-${hex(seed, 17)}`, vpcId: `vpc-${hex(seed, 17)}`, ...given },
    },
  };
}

function database({ seed, region, physical }: Made, inputs: Bag): Special {
  const port = number(inputs.port, /mysql|maria/.test(text(inputs.engine) ?? "") ? 3306 : 5432);
  const address = `${physical}.${hex(seed, 12)}.${region}.rds.amazonaws.com`;
  const resourceId = `db-${hex(seed, 26).toUpperCase()}`;
  const masterUserSecrets = inputs.manageMasterUserPassword
    ? [
        {
          kmsKeyId: "",
          secretArn: `arn:aws:secretsmanager:${region}:${account}:secret:rds!${resourceId}-${hex(seed, 6)}`,
          secretStatus: "active",
        },
      ]
    : [];
  return {
    id: resourceId,
    outputs: { address, endpoint: `${address}:${port}`, masterUserSecrets, port, resourceId, status: "available" },
  };
}

function msk({ seed, region, physical }: Made, inputs: Bag): Special {
  const host = (index: number): string =>
    `b-${index}.${physical.toLowerCase()}.${hex(seed, 6)}.c2.kafka.${region}.amazonaws.com`;
  const list = (port: number): string =>
    Array.from({ length: number(inputs.numberOfBrokerNodes, 3) }, (_, index) => `${host(index + 1)}:${port}`).join(",");
  return {
    outputs: {
      bootstrapBrokersSaslIam: list(9098),
      bootstrapBrokersSaslScram: list(9096),
      bootstrapBrokersTls: list(9094),
    },
  };
}

function secretVersion({ seed }: Made, inputs: Bag): Special {
  const arn = text(inputs.secretId) ?? "";
  return { id: `${arn}|${uuid(seed)}`, outputs: { arn, versionId: uuid(seed), versionStages: ["AWSCURRENT"] } };
}

const grafanaObject =
  (path: string) =>
  ({ seed }: Made, inputs: Bag): Special => {
    const uid = text(inputs.uid) ?? hex(seed, 14);
    return { id: `1:${uid}`, outputs: { uid, url: `https://grafana.example.com/${path}/${uid}` } };
  };

const alarm = ({ physical }: Made): Special => ({ id: physical });

/** By type token. Forms: the examples of each service's API reference. */
export const specials: Readonly<Record<string, (made: Made, inputs: Bag) => Special>> = {
  ...gatewaySpecials,
  "aws:amp/ruleGroupNamespace:RuleGroupNamespace": ({ region, physical }, inputs) => {
    const arn = `arn:aws:aps:${region}:${account}:rulegroupsnamespace/${text(inputs.workspaceId) ?? ""}/${physical}`;
    return { id: arn, outputs: { arn } };
  },
  "aws:amp/workspace:Workspace": ({ seed, region }) => ({
    id: `ws-${uuid(seed)}`,
    outputs: { prometheusEndpoint: `https://aps-workspaces.${region}.amazonaws.com/workspaces/ws-${uuid(seed)}/` },
  }),
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": alarm,
  "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
  "aws:ec2/eip:Eip": ({ seed }) => ({
    outputs: {
      allocationId: `eipalloc-${hex(seed, 17)}`,
      domain: "vpc",
      publicIp: `203.0.113.${Number.parseInt(hex(seed, 2), 16)}`,
    },
  }),
  "aws:ec2/natGateway:NatGateway": ({ seed }) => ({
    outputs: { publicIp: `203.0.113.${Number.parseInt(hex(seed, 2), 16)}`, privateIp: "10.0.0.10" },
  }),
  "aws:ec2/managedPrefixList:ManagedPrefixList": ({ seed }) => ({ id: `pl-${hex(seed, 17)}` }),
  "aws:ec2/vpcEndpoint:VpcEndpoint": ({ seed }) => ({ outputs: { prefixListId: `pl-${hex(seed, 8)}` } }),
  "aws:ecr/repository:Repository": ({ region, physical }) => ({
    id: physical,
    outputs: { repositoryUrl: `${account}.dkr.ecr.${region}.amazonaws.com/${physical}`, registryId: account },
  }),
  "aws:eks/cluster:Cluster": cluster,
  "aws:grafana/workspace:Workspace": ({ seed, region }) => ({
    id: `g-${hex(seed, 10)}`,
    outputs: { endpoint: `g-${hex(seed, 10)}.grafana-workspace.${region}.amazonaws.com`, grafanaVersion: "10.4" },
  }),
  "aws:grafana/workspaceServiceAccount:WorkspaceServiceAccount": ({ seed }, inputs) => {
    const serviceAccountId = String(Number.parseInt(hex(seed, 4), 16));
    return { id: `${text(inputs.workspaceId) ?? ""},${serviceAccountId}`, outputs: { serviceAccountId } };
  },
  "aws:iam/rolePolicy:RolePolicy": ({ physical }, inputs) => ({ id: `${text(inputs.role) ?? ""}:${physical}` }),
  "aws:kms/key:Key": ({ seed }) => ({ id: uuid(seed), outputs: { keyId: uuid(seed), rotationPeriodInDays: 365 } }),
  "aws:lb/loadBalancer:LoadBalancer": (made) => ({
    id: arnOf(made),
    outputs: {
      arnSuffix: `app/${made.physical}/${hex(made.seed, 16)}`,
      dnsName: `${made.physical}-${Number.parseInt(hex(made.seed, 8), 16)}.${made.region}.elb.amazonaws.com`,
    },
  }),
  "aws:lb/targetGroup:TargetGroup": (made) => ({
    id: arnOf(made),
    outputs: { arnSuffix: `targetgroup/${made.physical}/${hex(made.seed, 16)}` },
  }),
  "aws:mq/broker:Broker": broker,
  "aws:mq/configuration:Configuration": ({ seed }) => ({ id: `c-${uuid(seed)}`, outputs: { latestRevision: 1 } }),
  "aws:msk/cluster:Cluster": msk,
  "aws:rds/instance:Instance": database,
  "aws:s3/bucket:Bucket": ({ physical, region }) => ({
    outputs: {
      bucketDomainName: `${physical}.s3.amazonaws.com`,
      bucketRegionalDomainName: `${physical}.s3.${region}.amazonaws.com`,
      bucketRegion: region,
    },
  }),
  "aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
  "aws:sns/topicPolicy:TopicPolicy": (_made, inputs) => ({ id: text(inputs.arn) ?? "", outputs: { owner: account } }),
  "aws:sns/topicSubscription:TopicSubscription": ({ seed }, inputs) => {
    const arn = `${text(inputs.topic) ?? ""}:${uuid(seed)}`;
    const pending = ["email", "email-json", "http", "https", "sms"].includes(text(inputs.protocol) ?? "");
    return {
      id: arn,
      outputs: { arn, ownerId: account, pendingConfirmation: pending, confirmationWasAuthenticated: !pending },
    };
  },
  "aws:sqs/queue:Queue": ({ physical, region }, inputs) => {
    const url = `https://sqs.${region}.amazonaws.com/${account}/${physical}`;
    const fifo: Bag = inputs.fifoQueue === true ? { deduplicationScope: "queue", fifoThroughputLimit: "perQueue" } : {};
    // On for new queues unless a KMS key is given ("aws-cdk-lib.aws_sqs module", AWS CDK API Reference, 2026-11).
    const sqsManagedSseEnabled = inputs.kmsMasterKeyId === undefined;
    return { id: url, outputs: { ...fifo, kmsDataKeyReusePeriodSeconds: 300, sqsManagedSseEnabled, url } };
  },
  "aws:sqs/queuePolicy:QueuePolicy": (_made, inputs) => ({ id: text(inputs.queueUrl) ?? "" }),
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": (_made, inputs) => ({ id: text(inputs.queueUrl) ?? "" }),
  "aws:sqs/redrivePolicy:RedrivePolicy": (_made, inputs) => ({ id: text(inputs.queueUrl) ?? "" }),
  "grafana:oss/dashboard:Dashboard": grafanaObject("d"),
  "grafana:oss/dataSource:DataSource": grafanaObject("datasources/edit"),
  "grafana:oss/folder:Folder": grafanaObject("dashboards/f"),
  "random:index/randomBytes:RandomBytes": ({ seed }, inputs) => {
    const bytes = pseudorandom(seed, 2 * number(inputs.length, 1));
    return { id: "none", outputs: { base64: Buffer.from(bytes, "hex").toString("base64"), hex: bytes } };
  },
  "random:index/randomId:RandomId": ({ seed }, inputs) => {
    const bytes = pseudorandom(seed, 2 * number(inputs.byteLength, 1));
    const b64Url = Buffer.from(bytes, "hex").toString("base64url");
    return {
      id: b64Url,
      outputs: {
        b64Std: Buffer.from(bytes, "hex").toString("base64"),
        b64Url,
        dec: BigInt(`0x${bytes}`).toString(),
        hex: bytes,
      },
    };
  },
  "random:index/randomInteger:RandomInteger": ({ seed }, inputs) => {
    const [min, max] = [number(inputs.min, 0), number(inputs.max, 0)];
    const result = min + (Number.parseInt(hex(seed, 8), 16) % (max - min + 1));
    return { id: String(result), outputs: { result } };
  },
  "random:index/randomPassword:RandomPassword": ({ seed }, inputs) => ({
    id: "none",
    outputs: { bcryptHash: `$2a$10$${pseudorandom(seed, 53)}`, result: pseudorandom(seed, number(inputs.length, 1)) },
  }),
  "random:index/randomPet:RandomPet": ({ seed }) => ({ id: `calm-${hex(seed, 6)}` }),
  "random:index/randomString:RandomString": ({ seed }, inputs) => {
    const result = pseudorandom(seed, number(inputs.length, 1));
    return { id: result, outputs: { result } };
  },
  "random:index/randomUuid:RandomUuid": ({ seed }) => ({ id: uuid(seed), outputs: { result: uuid(seed) } }),
};
