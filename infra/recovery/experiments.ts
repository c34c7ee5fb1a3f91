import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { ExperimentTemplate } from "@pulumi/aws/fis/experimentTemplate.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { Document } from "@pulumi/aws/ssm/document.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  jsonStringify,
  type Output,
} from "@pulumi/pulumi";
import {
  administration,
  inNameOf,
  logsMayEncrypt,
  policyDocument,
  type RoleStatement,
  rolePolicy,
  trustPolicy,
} from "../kit/policy";
import type { Place } from "../topic/senders";
import { type ExperimentsArgs, type NormalExperiments, normalizeExperiments } from "./experiments.args";
import {
  brokerReboot,
  databaseFailover,
  type Experiment,
  loggingRights,
  podLoss,
  rebootDocument,
  zoneLoss,
} from "./experiments.templates";

/** Days that the log of an experiment is kept. */
const keptDays = 90;

/**
 * Faults that a person starts, to see that the platform bears them and that its alarms fire: a zone without network, a pod gone, a database that fails over,
 * a broker that reboots. Each ends by itself as soon as users feel it. Nothing here starts without a person.
 */
export class Experiments extends ComponentResource {
  /** Templates by name: `zone`, and the names of the targets. */
  readonly templates: Readonly<Record<string, ExperimentTemplate>>;
  /** Roles by the same names: a cluster lets that of a pod's experiment in. */
  readonly roles: Readonly<Record<string, Role>>;

  constructor(name: string, args: ExperimentsArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeExperiments(name, args);
    super("vigia:recovery:Experiments", name, {}, opts);
    const { zone, pods = {}, databases = {}, brokers = {} } = args;
    const { place, outage } = normal;
    const log = this.createLog(name, normal);
    const all: [string, Experiment][] = [
      ...(zone ? [["zone", zoneLoss(zone.subnets, outage, place)] satisfies [string, Experiment]] : []),
      ...Object.entries(pods).map(([pod, target]): [string, Experiment] => [pod, podLoss(target)]),
      ...Object.entries(databases).map(([database, arn]): [string, Experiment] => [database, databaseFailover(arn)]),
      ...Object.entries(brokers).map(([broker, { id, arn }]): [string, Experiment] => [
        broker,
        this.createReboot(`${name}-${broker}`, id, arn, place),
      ]),
    ];
    const made = all.map(([target, experiment]) => ({
      target,
      ...this.createTemplate(`${name}-${target}`, experiment, place, log, args.stopOn),
    }));
    this.templates = Object.fromEntries(made.map(({ target, template }) => [target, template]));
    this.roles = Object.fromEntries(made.map(({ target, role }) => [target, role]));
    this.registerOutputs({ templates: Object.keys(this.templates) });
  }

  private createLog(name: string, { place, logGroup }: NormalExperiments): LogGroup {
    const policy = policyDocument([administration(place.account), logsMayEncrypt(place, logGroup, "Log")]);
    const key = new Key(
      name,
      {
        description: `Log of the experiments ${name}`,
        policy: JSON.stringify(policy),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      { parent: this },
    );
    return new LogGroup(name, { name: logGroup, retentionInDays: keptDays, kmsKeyId: key.arn }, { parent: this });
  }

  private createRole(name: string, service: string, account: string, rights: readonly RoleStatement[]) {
    const role = new Role(
      name,
      { assumeRolePolicy: trustPolicy({ Service: service }, inNameOf(account)) },
      { parent: this },
    );
    const policy = new RolePolicy(name, { role: role.name, policy: rolePolicy(rights) }, { parent: this });
    return { role, policy };
  }

  private createReboot(name: string, broker: Input<string>, arn: Input<string>, place: Place): Experiment {
    const { role } = this.createRole(`${name}-automation`, "ssm.amazonaws.com", place.account, [
      { Effect: "Allow", Action: ["mq:DescribeBroker", "mq:RebootBroker"], Resource: arn },
    ]);
    const document = new Document(
      name,
      { documentType: "Automation", documentFormat: "JSON", content: jsonStringify(rebootDocument(broker, role.arn)) },
      { parent: this },
    );
    return brokerReboot(document, role.arn, place);
  }

  private createTemplate(
    name: string,
    { description, template, rights }: Experiment,
    { account }: Place,
    log: LogGroup,
    stopOn: readonly Input<string>[],
  ) {
    const { role, policy } = this.createRole(name, "fis.amazonaws.com", account, [...rights, ...loggingRights]);
    const logGroupArn: Output<string> = interpolate`${log.arn}:*`;
    const made = new ExperimentTemplate(
      name,
      {
        description,
        ...template,
        roleArn: role.arn,
        stopConditions: stopOn.map((value) => ({ source: "aws:cloudwatch:alarm", value })),
        experimentOptions: { accountTargeting: "single-account", emptyTargetResolutionMode: "fail" },
        logConfiguration: { logSchemaVersion: 2, cloudwatchLogsConfiguration: { logGroupArn } },
        tags: { Name: name },
      },
      { parent: this, dependsOn: [policy] },
    );
    return { template: made, role };
  }
}
