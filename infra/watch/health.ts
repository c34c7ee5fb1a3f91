import { EventRule } from "@pulumi/aws/cloudwatch/eventRule.js";
import { EventTarget } from "@pulumi/aws/cloudwatch/eventTarget.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import { QueuePolicy } from "@pulumi/aws/sqs/queuePolicy.js";
import { ComponentResource, type ComponentResourceOptions, type Input, jsonStringify } from "@pulumi/pulumi";
import { checkName } from "../kit/names";
import { inNameOf, type PolicyStatement, policyDocument, rolePolicy, trustPolicy } from "../kit/policy";
import { Problems } from "../kit/problems";
import { watchDeadLetters } from "../queue/dead-letters";
import { onlyOverTls } from "../queue/queue.policy";
import { checkChanges } from "../signal/changes";
import type { Changes } from "../signal/signal";
import type { Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { globalRegion, healthPaths, healthPattern, healthTemplate } from "./health.message";
import type { eventRuleSignals } from "./health.signals";
import { watchEventRule } from "./health.watch";

/** What the messages of AWS Health are made from. */
export interface AwsHealthArgs extends Place {
  /** The topic that works on it by day. It must let EventBridge in: `senders` with "eventbridge". */
  readonly topic: {
    readonly arn: Input<string>;
    /** Customer managed key that lets EventBridge and SQS use it. */
    readonly key: Input<string>;
  };
  /** A topic that chat reads, in which EventBridge may publish: chat shows events as AWS writes them. @default chat is not told */
  readonly chatTopic?: Input<string>;
  /** Further regions in which the stack has something. @default none */
  readonly elsewhere?: readonly string[];
  /** Services, as AWS Health names them, whose public events are told. @default those that the platform is made of */
  readonly services?: readonly string[];
  /** Who is told when a message gets lost: not by that topic. */
  readonly watcher: Watcher;
  /** What its rule does differently, by signal id. */
  readonly changes?: Changes<typeof eventRuleSignals>;
}

/** Events a day that another region sends here, for the bill: as a rule there are a few in a month. */
const forwardsPerDay = 1;

/**
 * Tells by day what AWS says of its own health: trouble, planned work, notices to the account. A rule in the stack's own region writes to the topic; rules in
 * other regions, and where AWS tells of what concerns none, send events to it. What is not delivered is kept in a queue, and is an alarm.
 */
export class AwsHealth extends ComponentResource {
  /** The raw resources; forwarding rules by their regions. */
  readonly nodes: {
    readonly rule: EventRule;
    readonly deadLetters: SqsQueue;
    readonly forwards: Readonly<Record<string, EventRule>>;
  };

  constructor(name: string, args: AwsHealthArgs, opts?: ComponentResourceOptions) {
    checkHealth(name, args);
    super("vigia:watch:AwsHealth", name, {}, opts);
    const { region, elsewhere = [], services, topic, chatTopic, watcher, changes } = args;
    const rule = new EventRule(
      name,
      {
        description: "What AWS says of its own health, to be read by day",
        eventPattern: JSON.stringify(healthPattern([region, ...elsewhere, "global"], services)),
      },
      { parent: this },
    );
    const deadLetters = this.createDeadLetters(name, rule, topic.key, watcher);
    const delivery = { rule: rule.name, deadLetterConfig: { arn: deadLetters.arn } };
    const inputTransformer = { inputPaths: { ...healthPaths }, inputTemplate: healthTemplate };
    new EventTarget(name, { ...delivery, arn: topic.arn, inputTransformer }, { parent: this });
    if (chatTopic !== undefined) new EventTarget(`${name}-chat`, { ...delivery, arn: chatTopic }, { parent: this });
    const size = { deadLetters: true, here: true, forwardsPerDay: 0 };
    watchEventRule(name, rule, { ...size, watcher, ...(changes && { changes }) }, { parent: this });
    this.nodes = { rule, deadLetters, forwards: this.createForwards(name, args) };
    this.registerOutputs({ rule: rule.arn });
  }

  /** Where EventBridge leaves what the topic did not take ("Using dead-letter queues to process undelivered events", EventBridge User Guide, 2026-11). */
  private createDeadLetters(name: string, rule: EventRule, kmsMasterKeyId: Input<string>, watcher: Watcher): SqsQueue {
    const full = `${name}-dead-letters`;
    const queue = new SqsQueue(full, { kmsMasterKeyId, messageRetentionSeconds: 1_209_600 }, { parent: this });
    const statements: readonly PolicyStatement[] = [
      onlyOverTls(queue),
      {
        Sid: "EventBridgeLeaves",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": rule.arn } },
      },
    ];
    new QueuePolicy(full, { queueUrl: queue.url, policy: jsonStringify(policyDocument(statements)) }, { parent: this });
    watchDeadLetters(full, queue, { watcher }, { parent: this });
    return queue;
  }

  /** Rules in other regions that send events here ("Sending and receiving events between AWS Regions", EventBridge User Guide, 2026-11). */
  private createForwards(name: string, args: AwsHealthArgs): Record<string, EventRule> {
    const { account, region: home, elsewhere = [], services, watcher } = args;
    const regions = [...new Set([...elsewhere, globalRegion])].filter((region) => region !== home);
    if (regions.length === 0) return {};
    const bus = `arn:aws:events:${home}:${account}:event-bus/default`;
    const full = `${name}-forward`;
    const trust = trustPolicy({ Service: "events.amazonaws.com" }, inNameOf(account));
    const role = new Role(full, { assumeRolePolicy: trust }, { parent: this });
    const may = rolePolicy([{ Sid: "Forward", Effect: "Allow", Action: "events:PutEvents", Resource: bus }]);
    const policy = new RolePolicy(full, { role: role.name, policy: may }, { parent: this });
    return Object.fromEntries(
      regions.map((region) => {
        const told = [...(elsewhere.includes(region) ? [region] : []), ...(region === globalRegion ? ["global"] : [])];
        const own = `${name}-${region}`;
        const eventPattern = JSON.stringify(healthPattern(told, services));
        const description = `What AWS says of its own health in ${region}, sent to ${home}`;
        const rule = new EventRule(own, { region, description, eventPattern }, { parent: this });
        const target = { region, rule: rule.name, arn: bus, roleArn: role.arn };
        new EventTarget(own, target, { parent: this, dependsOn: [policy] });
        watchEventRule(own, rule, { deadLetters: false, here: false, forwardsPerDay, watcher }, { parent: this });
        return [region, rule] as const;
      }),
    );
  }
}

/** Throws one error with every problem, before anything is registered. */
function checkHealth(name: string, { account, region, elsewhere = [], services, changes }: AwsHealthArgs): void {
  const problems = new Problems(`AWS Health "${name}"`);
  checkPlace(problems, { account, region });
  problems.add(checkName("event rule", `${name}-ap-southeast-1`));
  for (const other of elsewhere)
    problems.unless(/^[a-z]{2}(-[a-z]+)+-\d$/.test(other), 'elsewhere: a region is written as "eu-west-1"', other);
  problems.unless(!elsewhere.includes(region), "elsewhere must name other regions than that of the stack", region);
  problems.unless(
    services === undefined || (services.length > 0 && services.every((service) => /^[A-Z0-9_]+$/.test(service))),
    "services must name at least one, as AWS Health writes them: EC2, RDS",
    services,
  );
  checkChanges(problems, changes);
  problems.throwIfAny();
}
