import { count } from "../../preview/text";
import { type Check, type Finding, few, grouped, withoutPrometheus } from "../check";
import type { RuleNamespace } from "../deployed.prometheus";
import { type EvaluatedRule, prometheusOf } from "../prometheus";

/** How long a rule may not have been evaluated yet: groups run once a minute. */
const grace = 10 * 60_000;

function lacking({ name: namespace, groups }: RuleNamespace, there: readonly EvaluatedRule[]): Finding[] {
  const own = there.filter((rule) => rule.namespace === namespace);
  const missing = Object.entries(groups).flatMap(([group, names]) =>
    names.filter((name) => !own.some((rule) => rule.group === group && rule.name === name)),
  );
  if (missing.length === 0) return [];
  return [
    {
      what:
        own.length === 0
          ? "no rule of it is evaluated"
          : `${count(missing.length, "rule")} not evaluated: ${few(missing)}`,
      where: `rule namespace ${namespace}`,
      wayOut:
        "is its state ACTIVE (check definitions)? Somebody may have changed it by hand: `pulumi refresh`, then `pulumi up`",
    },
  ];
}

/** Whether each rule is evaluated, and without an error. */
export const rules: Check = {
  name: "rules",
  actions: ["aps:ListRules"],
  skipped: withoutPrometheus,
  async run({ deployed: { prometheus }, aws, now }) {
    if (!prometheus) return { seen: "nothing", findings: [] };
    const there = await prometheusOf(aws, prometheus).rules();
    const created = new Map(prometheus.namespaces.map((namespace) => [namespace.name, namespace.created]));
    const isYoung = ({ namespace }: EvaluatedRule) => now - (created.get(namespace) ?? 0) < grace;
    const waiting = there.filter((rule) => rule.health === "unknown" && isYoung(rule));
    const sick = there.filter((rule) => rule.health !== "ok" && !waiting.includes(rule));
    // One fault often breaks all rules of a group.
    const faults = grouped(sick, ({ namespace, group, health, error }) =>
      JSON.stringify([namespace, group, health, error]),
    );
    return {
      seen: `${count(there.length, "rule")} in ${count(new Set(there.map(({ namespace }) => namespace)).size, "namespace")}, ${sick.length} unhealthy`,
      findings: [
        ...prometheus.namespaces.flatMap((namespace) => lacking(namespace, there)),
        ...[...faults.values()].flatMap((own): Finding[] => {
          const [first] = own;
          if (!first) return [];
          const names = few(own.map(({ name }) => name));
          return [
            {
              what:
                first.health === "unknown"
                  ? `${count(own.length, "rule")} never evaluated: ${names}`
                  : `${count(own.length, "rule fails", "rules fail")}: ${names}: ${first.error || first.health}`,
              where: `rule namespace ${first.namespace}, group ${first.group}`,
              wayOut:
                "run the rule's query by hand in Grafana's Explore; runbook: generated/runbooks/prometheus-rules-failing.md",
            },
          ];
        }),
      ],
      ...(waiting.length > 0 && { notes: [`${count(waiting.length, "rule")} just made, and not evaluated yet`] }),
    };
  },
};
