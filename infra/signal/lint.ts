import type { LintContext, Problem, Subject } from "./lint/problem";
import { shape } from "./lint/shape";
import { source } from "./lint/source";
import { value } from "./lint/value";
import { metricOf } from "./metrics";
import type { AlarmSpec } from "./spec";

export type { LintContext, Problem, Rule } from "./lint/problem";

/**
 * What is wrong with an alarm that CloudWatch would take without a word: a metric that nobody publishes, a threshold that no value reaches, a missing point
 * that means something else. Values of dimensions that are not known yet are not looked at.
 * @param context what is known around the alarm; what it leaves out is not checked
 * @returns the problems, errors first; none when all is well
 */
export function lint(spec: AlarmSpec<unknown>, context: LintContext = {}): Problem[] {
  const watched = Object.entries(spec.metrics).map(([id, stat]) => {
    const known = metricOf(stat.namespace, stat.metric);
    return { id, stat, ...(known && { known }) };
  });
  const subject: Subject = { spec, watched, context };
  const problems = [source, shape, value].flatMap((check) => check(subject));
  return [...problems.filter(({ level }) => level === "error"), ...problems.filter(({ level }) => level === "warning")];
}
