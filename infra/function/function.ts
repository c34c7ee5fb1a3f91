import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Function as Lambda, type FunctionArgs as LambdaArgs } from "@pulumi/aws/lambda/function.js";
import { FunctionEventInvokeConfig } from "@pulumi/aws/lambda/functionEventInvokeConfig.js";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  interpolate,
  type Output,
  output,
} from "@pulumi/pulumi";
import type { Permission } from "../kit/policy";
import { DeadLetters } from "../queue/dead-letters";
import { Schedule } from "../schedule/schedule";
import { Watch } from "../signal/watch";
import { archiveOf, bundled, runtime } from "./bundle";
import {
  type LambdaFunctionArgs,
  type NormalFunction,
  normalizeExpectations,
  normalizeFunction,
  type WatchFunctionOptions,
} from "./function.args";
import { functionSignals } from "./function.signals";
import type { FunctionSize } from "./function.size";
import { createFunctionKey } from "./key";
import { createRole, type MadeRole } from "./role";

/** A Lambda function from a TypeScript file: with a role of its own, an encrypted log, a schedule where it has one, and watched. */
export class LambdaFunction extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly function: Lambda;
    readonly log: LogGroup;
    readonly failures?: DeadLetters;
    readonly schedule?: Schedule;
    readonly watch: FunctionWatch;
  };
  /** Hash of nothing but the code: equal sources have equal code. */
  readonly code: string;

  constructor(name: string, args: LambdaFunctionArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeFunction(name, args);
    super("vigia:function:LambdaFunction", name, {}, opts);
    this.code = bundled(args.entry);
    const key = args.kmsKeyArn ?? createFunctionKey(name, args.place, [name], this);
    const log = new LogGroup(name, { retentionInDays: normal.logDays, kmsKeyId: key }, { parent: this });
    const failures = normal.failures === undefined ? undefined : this.createFailures(name, args, normal.failures, key);
    const role = this.createRole(name, args, key, log, failures);
    const made = this.createFunction(name, args, normal, key, log, role);
    if (failures) this.keepFailures(name, made, failures);
    const { every } = args;
    const { watcher, service, place } = args;
    const shared = { kmsKeyArn: key, ...(failures && { deadLetters: failures.nodes.queue }), service, watcher, place };
    const schedule =
      every === undefined
        ? undefined
        : new Schedule(name, { every, target: { function: made }, targetTells: true, ...shared }, { parent: this });
    const watched = { ...args, asynchronous: normal.size.asynchronous, failureQueue: normal.size.failureQueue };
    const watch = watchFunction(name, made, watched, { parent: this });
    this.nodes = { function: made, log, watch, ...(failures && { failures }), ...(schedule && { schedule }) };
    this.registerOutputs({ arn: made.arn, name: made.name });
  }

  get arn(): Output<string> {
    return this.nodes.function.arn;
  }

  get name(): Output<string> {
    return this.nodes.function.name;
  }

  private createFailures(
    name: string,
    { watcher }: LambdaFunctionArgs,
    severity: "page" | "ticket",
    key: Input<string>,
  ) {
    const changes = { "queue-dead-letters": { severity }, "queue-dead-letters-expiring": { severity } };
    return new DeadLetters(`${name}-failures`, { publishers: [], kmsKeyId: key, changes, watcher }, { parent: this });
  }

  private createRole(
    name: string,
    args: LambdaFunctionArgs,
    key: Input<string>,
    log: LogGroup,
    failures: DeadLetters | undefined,
  ): MadeRole {
    const { account, region } = args.place;
    const all: Permission[] = [
      { Sid: "Log", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: [interpolate`${log.arn}:*`] },
      { Sid: "Trace", Action: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], Resource: ["*"] },
      { Sid: "Key", Action: ["kms:Decrypt", "kms:GenerateDataKey"], Resource: [key] },
      ...(failures ? [{ Sid: "KeepFailures", Action: ["sqs:SendMessage"], Resource: [failures.arn] }] : []),
      ...(args.network ? [{ Sid: "Network", Action: interfaces, Resource: ["*"] }] : []),
      ...(args.may ?? []),
    ];
    // Lambda itself makes the interfaces; the code never needs to ("Giving Lambda functions access to resources in an Amazon VPC", Lambda Developer Guide, 2026-11).
    const itself = {
      ArnLike: { "lambda:SourceFunctionArn": `arn:aws:lambda:${region}:${account}:function:${name}-*` },
    };
    const never: Permission[] = args.network
      ? [{ Sid: "NotByItsCode", Action: interfaces, Resource: ["*"], Condition: itself }]
      : [];
    return createRole(name, { service: "lambda.amazonaws.com" }, all, never, this);
  }

  private createFunction(
    name: string,
    args: LambdaFunctionArgs,
    { size, memory }: NormalFunction,
    key: Input<string>,
    log: LogGroup,
    { role, policy }: MadeRole,
  ): Lambda {
    const { network, environment, concurrency } = args;
    const made: LambdaArgs = {
      description: args.description,
      runtime: runtime.name,
      architectures: ["arm64"],
      handler: "index.handler",
      code: archiveOf(this.code, args.files),
      role: role.arn,
      timeout: size.timeout,
      memorySize: memory,
      ...(concurrency !== undefined && { reservedConcurrentExecutions: concurrency }),
      ...(environment && { environment: { variables: environment }, kmsKeyArn: key }),
      ...(network && {
        vpcConfig: {
          subnetIds: output(network.subnets).apply((subnets) => [...subnets]),
          securityGroupIds: [...network.securityGroups],
        },
      }),
      loggingConfig: { logFormat: "JSON", logGroup: log.name, applicationLogLevel: "INFO", systemLogLevel: "WARN" },
      tracingConfig: { mode: "Active" },
    };
    // Without its rights, the first run would fail, and Lambda could make no interface in the VPC.
    return new Lambda(name, args.transform?.(made) ?? made, { parent: this, dependsOn: [policy] });
  }

  private keepFailures(name: string, made: Lambda, { arn }: DeadLetters): void {
    // Two more tries, after one minute and two ("Retry behavior for asynchronous invocation", Lambda Developer Guide, 2026-11).
    const args = { functionName: made.name, maximumRetryAttempts: 2, maximumEventAgeInSeconds: 21_600 };
    new FunctionEventInvokeConfig(
      name,
      { ...args, destinationConfig: { onFailure: { destination: arn } } },
      { parent: this },
    );
  }
}

/** What a function in a VPC needs ("Required IAM permissions", Lambda Developer Guide, 2026-11). */
const interfaces = [
  "ec2:CreateNetworkInterface",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSubnets",
  "ec2:DeleteNetworkInterface",
  "ec2:AssignPrivateIpAddresses",
  "ec2:UnassignPrivateIpAddresses",
];

/** The alarms of a function. */
export type FunctionWatch = Watch<"function", FunctionSize>;

/**
 * Watches a function that exists already, in any Pulumi program: the alarms that {@link LambdaFunction} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchFunction(
  name: string,
  existing: Lambda,
  options: WatchFunctionOptions,
  opts?: ComponentResourceOptions,
): FunctionWatch {
  const part = {
    resource: existing,
    kind: "function",
    signals: functionSignals,
    role: "function",
    size: normalizeExpectations(name, options),
    subjects: { function: existing.name },
    changes: options.changes ?? {},
    ...(options.service !== undefined && { service: options.service }),
  };
  return new Watch(name, [part], options.watcher, opts);
}
