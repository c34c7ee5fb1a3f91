import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Key } from "@pulumi/aws/kms/key.js";
import type { Input, Resource } from "@pulumi/pulumi";
import { administration, logsMayEncrypt, policyDocument } from "../kit/policy";
import type { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import type { Place } from "../topic/senders";

/** How a log is kept. */
export interface LogArgs {
  /** Days that the log is kept: one of those that CloudWatch Logs knows. @default 90 */
  logRetention?: number;
  /** Customer managed key for the log, whose policy lets CloudWatch Logs use it for log groups of this account. @default a key of its own */
  key?: Input<string>;
}

/** Days that a log is kept where nobody says anything. */
export const defaultRetention = 90;

/** Notes days that CloudWatch Logs does not know. */
export function checkRetention(problems: Problems, { logRetention = defaultRetention }: LogArgs): void {
  problems.unless(isRetention(logRetention), `logRetention must be one of ${retentions.join(", ")} days`, logRetention);
}

/** The policy of the key: the account's own administration, and CloudWatch Logs for these groups. */
const keyPolicy = (groups: string, place: Place): string =>
  JSON.stringify(policyDocument([administration(place.account), logsMayEncrypt(place, groups)]));

/** What a log is made from. */
interface LogPlan extends LogArgs, Place {
  /** The pattern of the names that its key is for. */
  readonly groups: string;
  readonly description: string;
  /** The group's name; AWS wants some to begin with certain words. */
  readonly physical: Input<string>;
  readonly parent: Resource;
}

/** An encrypted log group that forgets, with a key of its own unless one is given. */
export function createLog(logical: string, plan: LogPlan): LogGroup {
  const { groups, description, physical, parent, logRetention = defaultRetention } = plan;
  const key =
    plan.key ??
    new Key(
      logical,
      { description, policy: keyPolicy(groups, plan), enableKeyRotation: true, deletionWindowInDays: 30 },
      { parent },
    ).arn;
  return new LogGroup(logical, { name: physical, retentionInDays: logRetention, kmsKeyId: key }, { parent });
}
