import { hex } from "./names";

/** The account of everything that the stand-in makes: the example account of AWS's documentation. */
export const account = "123456789012";

/** A resource that is being made. */
export interface Made {
  readonly type: string;
  /** The logical name. */
  readonly name: string;
  /** The physical name, or the logical one where the type has none. */
  readonly physical: string;
  readonly region: string;
  /** What all made-up values derive from: the URN, and how often it was made. */
  readonly seed: string;
}

/** An identifier in the form of a UUID, from the seed alone. */
export function uuid(seed: string): string {
  const h = hex(seed, 32);
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`;
}

/** `cloudwatch` and `LogGroup` of `aws:cloudwatch/logGroup:LogGroup`. */
export function partsOf(type: string): { module: string; kind: string } {
  const [, module = "", kind = ""] = type.split(":");
  return { module: module.split("/")[0] ?? "", kind: kind.charAt(0).toLowerCase() + kind.slice(1) };
}

/** Services whose name in an ARN differs from the SDK's module. */
const services: Readonly<Record<string, string>> = {
  alb: "elasticloadbalancing",
  amp: "aps",
  appautoscaling: "application-autoscaling",
  cfg: "config",
  lb: "elasticloadbalancing",
  msk: "kafka",
  pipes: "pipes",
  sfn: "states",
};

/** Services without a region in their ARNs; those of S3 and Route 53 have no account either. */
const regionless = new Set(["iam", "s3", "route53", "cloudfront"]);
const accountless = new Set(["s3", "route53"]);

/**
 * Prefixes of ids, by kind: before the 17 characters that EC2 makes (ModifyIdFormat, Amazon EC2 API Reference, 2026-11; the prefixes themselves were
 * not re-read), and of routes and rules, whose ids the Terraform provider makes up.
 */
const ec2Prefix: Readonly<Record<string, string>> = {
  defaultSecurityGroup: "sg",
  eip: "eipalloc",
  flowLog: "fl",
  instance: "i",
  internetGateway: "igw",
  launchTemplate: "lt",
  natGateway: "nat",
  networkAcl: "acl",
  networkInterface: "eni",
  route: "r",
  routeTable: "rtb",
  routeTableAssociation: "rtbassoc",
  securityGroup: "sg",
  securityGroupEgressRule: "sgr",
  securityGroupIngressRule: "sgr",
  securityGroupRule: "sgrule",
  subnet: "subnet",
  volume: "vol",
  vpc: "vpc",
  vpcEndpoint: "vpce",
};

/** The id that EC2 would give, or undefined for other services. */
export function ec2Id({ type, seed }: Made): string | undefined {
  const { module, kind } = partsOf(type);
  const prefix = ec2Prefix[kind];
  if ((module !== "ec2" && module !== "vpc") || prefix === undefined) return undefined;
  return prefix === "r" || prefix === "sgrule" ? `${prefix}-${hex(seed, 10)}` : `${prefix}-${hex(seed, 17)}`;
}

const tails: Readonly<Record<string, (made: Made) => string>> = {
  "amp/workspace": ({ seed }) => `workspace/ws-${uuid(seed)}`,
  "cloudwatch/alarmMuteRule": ({ physical }) => `alarm-mute-rule:${physical}`,
  "cloudwatch/compositeAlarm": ({ physical }) => `alarm:${physical}`,
  "cloudwatch/dashboard": ({ physical }) => `dashboard/${physical}`,
  "cloudwatch/eventRule": ({ physical }) => `rule/${physical}`,
  "cloudwatch/logGroup": ({ physical }) => `log-group:${physical}`,
  "cloudwatch/metricAlarm": ({ physical }) => `alarm:${physical}`,
  "ec2/eip": (made) => `elastic-ip/${ec2Id(made)}`,
  "grafana/workspace": ({ seed }) => `/workspaces/g-${hex(seed, 10)}`,
  "kms/alias": ({ physical }) => physical,
  "kms/key": ({ seed }) => `key/${uuid(seed)}`,
  "lambda/function": ({ physical }) => `function:${physical}`,
  "lb/loadBalancer": ({ physical, seed }) => `loadbalancer/app/${physical}/${hex(seed, 16)}`,
  "lb/targetGroup": ({ physical, seed }) => `targetgroup/${physical}/${hex(seed, 16)}`,
  "mq/broker": ({ physical, seed }) => `broker:${physical}:b-${uuid(seed)}`,
  "msk/cluster": ({ physical, seed }) => `cluster/${physical}/${uuid(seed)}-1`,
  "rds/cluster": ({ physical }) => `cluster:${physical}`,
  "rds/instance": ({ physical }) => `db:${physical}`,
  "rds/parameterGroup": ({ physical }) => `pg:${physical}`,
  "rds/subnetGroup": ({ physical }) => `subgrp:${physical}`,
  "s3/bucket": ({ physical }) => physical,
  "secretsmanager/secret": ({ physical, seed }) => `secret:${physical}-${hex(seed, 6)}`,
  "sns/topic": ({ physical }) => physical,
  "sqs/queue": ({ physical }) => physical,
};

/** Types whose module in the SDK is not that of their service. */
const elsewhere: Readonly<Record<string, string>> = {
  "cloudwatch/eventRule": "events",
  "cloudwatch/logGroup": "logs",
};

/** An ARN in the form of its service ("Actions, resources, and condition keys", AWS Service Authorization Reference; not re-read). */
export function arnOf(made: Made): string {
  const { module, kind } = partsOf(made.type);
  const service = elsewhere[`${module}/${kind}`] ?? services[module] ?? module;
  const name = ec2Id(made) ?? made.physical;
  const tail =
    tails[`${module}/${kind}`]?.(made) ?? `${kind.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}/${name}`;
  const region = regionless.has(service) ? "" : made.region;
  return `arn:aws:${service}:${region}:${accountless.has(service) ? "" : account}:${tail}`;
}
