import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/metricAlarm.js";
import { getVersion } from "@pulumi/aws/utilities.js";
import { CustomResource, type CustomResourceOptions, mergeOptions, type Output } from "@pulumi/pulumi";

/**
 * The CloudWatch alarm of the AWS provider, under the same type, with the outputs that other resources are made from. The SDK's class makes an output
 * of each of its 28 properties, given or not, and each costs some 25 promises: for a thousand queues an eighth of the processor's time and of the memory
 * (docs/performance.md).
 */
export class Alarm extends CustomResource {
  declare readonly arn: Output<string>;
  declare readonly name: Output<string>;

  constructor(name: string, args: MetricAlarmArgs, opts: CustomResourceOptions = {}) {
    const outputs = { arn: undefined, name: undefined };
    const version = { version: getVersion() };
    super("aws:cloudwatch/metricAlarm:MetricAlarm", name, { ...outputs, ...args }, mergeOptions(version, opts));
  }
}
