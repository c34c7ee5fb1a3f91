import { type Own, table, totals } from "./table";

/** Of one rule. A rule on a bus of its own has the bus as a second dimension. */
const perRule: Own = {
  unit: "Count",
  kind: "counter",
  statistics: totals,
  dimensions: [["RuleName"], ["EventBusName", "RuleName"]],
  idle: true,
};
const incident: Own = { ...perRule, sparse: true, worse: "high" };

export const events = table("AWS/Events", "Monitoring Amazon EventBridge, EventBridge User Guide, 2026-11", {
  Invocations: perRule,
  TriggeredRules: perRule,
  FailedInvocations: incident,
  InvocationsSentToDlq: incident,
  InvocationsFailedToBeSentToDlq: incident,
  ThrottledRules: { ...incident, repeats: true },
});
