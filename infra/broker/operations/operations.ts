import { createHash } from "node:crypto";
import { Invocation } from "@pulumi/aws/lambda/invocation.js";
import { Permission as InvokePermission } from "@pulumi/aws/lambda/permission.js";
import { SecretRotation } from "@pulumi/aws/secretsmanager/secretRotation.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate } from "@pulumi/pulumi";
import { LambdaFunction } from "../../function/function";
import type { LambdaFunctionArgs } from "../../function/function.args";
import { createFunctionKey } from "../../function/key";
import type { Permission } from "../../kit/policy";
import { Watch, type Watched } from "../../signal/watch";
import { definitionsOf } from "../topology";
import { definitionsFile, variables } from "./environment";
import { type BrokerOperationsArgs, normalizeOperations, type Rotated } from "./operations.args";
import {
  comparedEvery,
  type RotationSize,
  rotationSignals,
  type TopologySize,
  topologySignals,
} from "./operations.signals";

/** What all functions of a broker have in common. */
type Shared = Pick<LambdaFunctionArgs, "network" | "place" | "watcher" | "service" | "kmsKeyArn" | "environment">;

const folder = "infra/broker/operations/handlers";

/**
 * What a broker needs besides itself: its topology is imported at each deployment that changes it, compared and exported every quarter of an hour, and its
 * passwords are rotated. All of it through the management API, by functions in the VPC.
 */
export class BrokerOperations extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly import: LambdaFunction;
    readonly compare: LambdaFunction;
    readonly rotate: LambdaFunction;
    readonly topology: Invocation;
    readonly rotations: readonly SecretRotation[];
    readonly watch: Watch<"broker", TopologySize>;
  };

  constructor(name: string, args: BrokerOperationsArgs, opts?: ComponentResourceOptions) {
    const days = normalizeOperations(name, args);
    super("vigia:broker:BrokerOperations", name, {}, opts);
    const text = `${JSON.stringify(definitionsOf(args.topology))}\n`;
    const shared = this.shared(name, args);
    const importing = this.createImport(name, args, shared, text);
    const comparing = this.createCompare(name, args, shared, text);
    const rotating = this.createRotate(name, args, shared);
    const topology = this.importTopology(name, args, importing, text);
    const watched: Watched<"broker", TopologySize> = {
      resource: topology,
      kind: "topology",
      signals: topologySignals,
      role: "topology",
      size: { topology: true },
      // The name under which the import was asked for: of the invocation, so that the engine knows what the alarm is about.
      subjects: { broker: topology.triggers.apply((triggers) => triggers?.broker ?? "") },
      changes: args.changes ?? {},
      ...(args.service !== undefined && { service: args.service }),
    };
    const watch = new Watch(name, [watched], args.watcher, { parent: this });
    const rotations = this.rotateSecrets(name, args, rotating, topology, days);
    this.nodes = { import: importing, compare: comparing, rotate: rotating, topology, rotations, watch };
    this.registerOutputs({ import: importing.arn, compare: comparing.arn, rotate: rotating.arn });
  }

  private shared(name: string, { broker, secrets, network, place, watcher, service }: BrokerOperationsArgs): Shared {
    const names = ["import", "compare", "rotate"].map((one) => `${name}-${one}`);
    const environment: Record<string, Input<string>> = {
      [variables.broker]: broker.name,
      [variables.consoleUrl]: broker.consoleUrl,
      [variables.admin]: secrets.admin.arn,
      [variables.application]: secrets.application.arn,
      [variables.monitoring]: secrets.monitoring.arn,
    };
    const kmsKeyArn = createFunctionKey(name, place, names, this);
    return { network, place, watcher, service, kmsKeyArn, environment };
  }

  private createImport(name: string, args: BrokerOperationsArgs, shared: Shared, definitions: string): LambdaFunction {
    return new LambdaFunction(
      `${name}-import`,
      {
        ...shared,
        entry: `${folder}/import.ts`,
        files: { [definitionsFile]: definitions },
        description: "Imports the topology into the broker: adds and mends, never deletes",
        timeout: "5 minutes",
        runsPerDay: 1,
        may: readSecrets(args),
      },
      { parent: this },
    );
  }

  private createCompare(name: string, args: BrokerOperationsArgs, shared: Shared, definitions: string): LambdaFunction {
    const { bucket, arn, kmsKeyArn } = args.exports;
    const key = interpolate`definitions/${args.broker.name}.json`;
    const may: Permission[] = [
      ...readSecrets(args),
      {
        Sid: "Ages",
        Action: ["secretsmanager:DescribeSecret"],
        Resource: rotated(args).map(({ secret }) => secret.arn),
      },
      { Sid: "Export", Action: ["s3:GetObject", "s3:PutObject"], Resource: [interpolate`${arn}/${key}`] },
      // Without it, an object that is not there yet is answered with "forbidden".
      { Sid: "List", Action: ["s3:ListBucket"], Resource: [arn] },
      { Sid: "ExportKey", Action: ["kms:GenerateDataKey", "kms:Decrypt"], Resource: [kmsKeyArn] },
    ];
    return new LambdaFunction(
      `${name}-compare`,
      {
        ...shared,
        environment: { ...shared.environment, [variables.bucket]: bucket, [variables.key]: key },
        entry: `${folder}/compare.ts`,
        files: { [definitionsFile]: definitions },
        description: "Compares the broker with what is declared, and keeps its definitions",
        timeout: "2 minutes",
        every: `${comparedEvery} minutes`,
        may,
      },
      { parent: this },
    );
  }

  private createRotate(name: string, args: BrokerOperationsArgs, shared: Shared): LambdaFunction {
    const secrets = rotated(args).map(({ secret }) => secret.arn);
    const actions = ["DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage"].map(
      (one) => `secretsmanager:${one}`,
    );
    const may: Permission[] = [
      ...readSecrets(args),
      { Sid: "Rotate", Action: actions, Resource: secrets },
      { Sid: "NewValues", Action: ["kms:GenerateDataKey"], Resource: [args.secretsKeyArn] },
    ];
    return new LambdaFunction(
      `${name}-rotate`,
      {
        ...shared,
        entry: `${folder}/rotate.ts`,
        description: "Rotates the passwords of the broker: the services' two users take turns",
        timeout: "2 minutes",
        runsPerDay: 1,
        may,
      },
      { parent: this },
    );
  }

  /** Imports at the first deployment, and whenever the topology, the code or the broker changes; a failure fails the deployment. */
  private importTopology(
    name: string,
    { broker }: BrokerOperationsArgs,
    importing: LambdaFunction,
    text: string,
  ): Invocation {
    const hash = createHash("sha256").update(importing.code).update(text).digest("hex");
    const triggers = { broker: broker.name, consoleUrl: broker.consoleUrl, topology: hash };
    return new Invocation(name, { functionName: importing.name, input: "{}", triggers }, { parent: this });
  }

  private rotateSecrets(
    name: string,
    args: BrokerOperationsArgs,
    rotating: LambdaFunction,
    topology: Invocation,
    days: number,
  ): SecretRotation[] {
    const { account } = args.place;
    return rotated(args).map(({ name: user, secret }) => {
      const logical = `${name}-${user}`;
      const invoke = new InvokePermission(
        logical,
        {
          function: rotating.name,
          action: "lambda:InvokeFunction",
          principal: "secretsmanager.amazonaws.com",
          sourceAccount: account,
          sourceArn: secret.arn,
        },
        { parent: this },
      );
      const rotation = new SecretRotation(
        logical,
        {
          secretId: secret.arn,
          rotationLambdaArn: rotating.arn,
          // The first turn comes after a whole period: the services have just been given the first password.
          rotateImmediately: false,
          rotationRules: { automaticallyAfterDays: days },
        },
        // The users must be there before one of them can be rotated.
        { parent: this, dependsOn: [invoke, topology] },
      );
      const watched: Watched<"secret", RotationSize> = {
        resource: rotation,
        kind: "secret-rotation",
        signals: rotationSignals,
        role: "rotation",
        size: { every: days * 86_400 },
        subjects: { secret: rotation.secretId },
        changes: args.changes ?? {},
        ...(args.service !== undefined && { service: args.service }),
      };
      new Watch(logical, [watched], args.watcher, { parent: this });
      return rotation;
    });
  }
}

const rotated = ({ secrets }: BrokerOperationsArgs): readonly Rotated[] => [
  { name: "application", secret: secrets.application },
  { name: "monitoring", secret: secrets.monitoring },
];

const readSecrets = ({ secrets, secretsKeyArn }: BrokerOperationsArgs): readonly Permission[] => [
  {
    Sid: "Secrets",
    Action: ["secretsmanager:GetSecretValue"],
    Resource: [secrets.admin.arn, secrets.application.arn, secrets.monitoring.arn],
  },
  { Sid: "SecretsKey", Action: ["kms:Decrypt"], Resource: [secretsKeyArn] },
];
