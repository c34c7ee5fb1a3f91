import type { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { BucketObjectv2 } from "@pulumi/aws/s3/bucketObjectv2.js";
import { Canary as SyntheticsCanary } from "@pulumi/aws/synthetics/canary.js";
import { asset, ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { createLog } from "../gateway/log";
import { Watch } from "../signal/watch";
import {
  type CanaryArgs,
  type CanaryExpectations,
  type NormalCanary,
  normalizeCanary,
  normalizeExpectations,
} from "./canary.args";
import { createRole } from "./canary.role";
import { type CanarySize, canarySignals } from "./canary.signals";
import { digest, probe } from "./probe";

/** The alarms of a canary. */
export type CanaryWatch = Watch<"canary", CanarySize>;

/** How long one address may be silent, in milliseconds. */
const patience = 10_000;
const keptDays = 31;

/** A probe that asks for public addresses from outside the network, as users do, and is watched. */
export class Canary extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly canary: SyntheticsCanary; readonly log: LogGroup; readonly watch: CanaryWatch };

  constructor(name: string, args: CanaryArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeCanary(name, args);
    super("vigia:canary:Canary", name, {}, opts);
    const canary = this.createCanary(name, args, normal);
    const log = createLog(`${name}-log`, {
      ...args,
      groups: `/aws/lambda/cwsyn-${name}-*`,
      description: `Log of the canary ${name}`,
      physical: logOf(canary),
      parent: this,
    });
    const watch = watchCanary(name, canary, args, { parent: this });
    this.nodes = { canary, log, watch };
    this.registerOutputs({ name: canary.name });
  }

  private createCanary(name: string, args: CanaryArgs, { size, runtime }: NormalCanary): SyntheticsCanary {
    const { artifacts, addresses } = args;
    const script = this.createScript(name, args);
    const { role, policy } = createRole(name, args, this);
    const minutes = size.interval / 60;
    return new SyntheticsCanary(
      name,
      {
        runtimeVersion: runtime,
        handler: "probe.handler",
        s3Bucket: script.bucket,
        s3Key: script.key,
        executionRoleArn: role.arn,
        artifactS3Location: interpolate`s3://${artifacts.bucket}/canary/${name}/reports`,
        artifactConfig: { s3Encryption: { encryptionMode: "SSE_KMS", kmsKeyArn: artifacts.keyArn } },
        schedule: { expression: `rate(${minutes} minute${minutes === 1 ? "" : "s"})` },
        runConfig: {
          // The least that Synthetics takes.
          memoryInMb: 960,
          timeoutInSeconds: 45,
          environmentVariables: { ADDRESSES: addresses.join(" "), PATIENCE: String(patience) },
        },
        startCanary: true,
        // Otherwise its function and layers stay in the account for ever.
        deleteLambda: true,
        successRetentionPeriod: keptDays,
        failureRetentionPeriod: keptDays,
      },
      { parent: this, dependsOn: [policy] },
    );
  }

  private createScript(name: string, { artifacts }: CanaryArgs): BucketObjectv2 {
    const file = new asset.StringAsset(probe);
    return new BucketObjectv2(
      name,
      {
        bucket: artifacts.bucket,
        key: `canary/${name}/script/${digest}.zip`,
        // Older runtimes look below nodejs/node_modules, newer ones at the top.
        source: new asset.AssetArchive({ "nodejs/node_modules/probe.js": file, "probe.js": file }),
        serverSideEncryption: "aws:kms",
        kmsKeyId: artifacts.keyArn,
      },
      { parent: this },
    );
  }
}

/** Lambda writes to the group that has the name of the function, which Synthetics chooses. */
const logOf = ({ engineArn }: SyntheticsCanary): Output<string> =>
  engineArn.apply((arn) => `/aws/lambda/${arn?.split(":")[6] ?? ""}`);

/**
 * Watches a canary that exists already, in any Pulumi program: the alarms that {@link Canary} makes, from the same records.
 * @param name the alarms' names start with it
 */
export function watchCanary(
  name: string,
  existing: SyntheticsCanary,
  options: CanaryExpectations,
  opts?: ComponentResourceOptions,
): CanaryWatch {
  const size = normalizeExpectations(name, options);
  const part = { kind: "canary", signals: canarySignals, role: "canary", size } as const;
  const subjects = { canary: existing.name };
  return new Watch(
    name,
    [{ ...part, resource: existing, subjects, changes: options.changes ?? {} }],
    options.watcher,
    opts,
  );
}
