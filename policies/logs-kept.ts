import { given, isGiven, notKnown } from "./alarms";
import type { Rule } from "./rule";

const logGroupType = "aws:cloudwatch/logGroup:LogGroup";

/** Whether CloudWatch Logs deletes what is too old: 0 is for ever, which is its default as well. */
const isLimited = (days: unknown): boolean => days === notKnown || (isGiven(days) && Number(days) > 0);

/** No log group grows for ever, and none is readable without a key that the account can take away. */
export const logsKept: Rule = {
  name: "logs-kept",
  description: "Each log group has a retention and a customer managed key.",
  severity: "medium",
  remediationSteps: "Give it retentionInDays and kmsKeyId; the key's policy must let CloudWatch Logs use it.",
  find: (graph) =>
    graph.ofType(logGroupType).flatMap((group) => {
      const { retentionInDays, kmsKeyId } = given(group);
      const missing = [
        ...(isLimited(retentionInDays) ? [] : ["keeps its entries for ever: set retentionInDays"]),
        ...(kmsKeyId === notKnown || isGiven(kmsKeyId) ? [] : ["is not encrypted by a key of yours: set kmsKeyId"]),
      ];
      return missing.map((why) => ({ urn: group.urn, message: `"${group.name}" ${why}` }));
    }),
};
