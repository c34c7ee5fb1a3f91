import { type MathExpression, type MathNode, parseMath, partsOf } from "../evaluate/math";
import { type Check, errorIf, nameOf, type Problem, type Subject, sideOf, warnIf } from "./problem";

/** Metrics in an alarm ("CloudWatch service quotas", CloudWatch User Guide, 2026-11). */
const mostMetrics = 10;
const day = 86_400;
const hour = 3_600;
/** The longest window: seven days, and a day with periods under an hour ("PutMetricAlarm", CloudWatch API Reference, 2026-11). */
const longest = (period: number): number => (period < hour ? day : 7 * day);

const isPeriod = (period: number): boolean => [10, 20, 30].includes(period) || (period > 0 && period % 60 === 0);

function periods({ spec, watched }: Subject): readonly Problem[] {
  const { period, evaluationPeriods } = spec;
  const window = period * evaluationPeriods;
  return [
    ...errorIf(
      !isPeriod(period),
      "period",
      `the period is ${period} seconds; CloudWatch takes 10, 20, 30 or a multiple of 60`,
    ),
    ...errorIf(
      window > longest(period),
      "period",
      `the window is ${window} seconds (${evaluationPeriods} periods of ${period}); CloudWatch takes ${longest(period)}: use ${period < hour ? "periods of an hour, or fewer of them" : "fewer periods"}`,
    ),
    ...watched.flatMap((one) => {
      const native = one.known?.period;
      return [
        ...errorIf(
          one.stat.period !== period,
          "period",
          `${nameOf(one)} has a period of ${one.stat.period} seconds, its alarm of ${period}: make them the same`,
        ),
        ...errorIf(
          native !== undefined && period < native,
          "period",
          `${nameOf(one)} has a point every ${native} seconds; with a period of ${period} most are missing: use ${native} or more`,
        ),
        ...warnIf(
          native === undefined && period < 60 && one.stat.namespace.startsWith("AWS/"),
          "period",
          `${nameOf(one)}: AWS services publish no more than once a minute; with a period of ${period} seconds most points are missing`,
        ),
      ];
    }),
  ];
}

/** Any single event counts: more than 0, or 1 and more. */
const anyEvent = ({ comparison, threshold }: Subject["spec"]): boolean =>
  (comparison === "GreaterThanThreshold" && threshold <= 0) ||
  (comparison === "GreaterThanOrEqualToThreshold" && threshold <= 1);

function datapoints({ spec, watched }: Subject): readonly Problem[] {
  const { evaluationPeriods: n, datapointsToAlarm: m, comparison, threshold, expression, period } = spec;
  const whole = Number.isInteger(n) && n >= 1;
  const [only] = expression === undefined ? watched : [];
  const sparse = only?.known?.sparse === true && sideOf(comparison) === "high";
  const counted = only?.known?.kind === "counter" && only.stat.statistic === "Sum";
  return [
    ...errorIf(
      !whole,
      "datapoints",
      `the alarm looks at ${n} periods of ${period} seconds; it needs a whole number: make its length a multiple of its period`,
    ),
    ...errorIf(
      whole && !(Number.isInteger(m) && m >= 1 && m <= n),
      "datapoints",
      `${m} of ${n} points must be bad; the first is a whole number from 1 to ${n}`,
    ),
    ...(only
      ? [
          ...errorIf(
            sparse && !only.known?.repeats && m > 1 && m === n && anyEvent(spec),
            "datapoints",
            `${nameOf(only)} is published only when something happens, and ${m} bad periods in a row may never come: use 1 of ${n}`,
          ),
          ...warnIf(
            sparse && counted && comparison === "GreaterThanThreshold" && threshold > 0 && threshold <= 1,
            "threshold",
            `${nameOf(only)} > ${threshold} lets one through in every period, for ever: use > 0, or say why not`,
          ),
        ]
      : []),
  ];
}

/** Folds of one series: they change with the number of points that CloudWatch happens to fetch. */
function unsteady(node: MathNode): readonly string[] {
  const folds =
    node.kind === "call" && ["MAX", "MIN", "SUM", "AVG"].includes(node.name) && node.args[0]?.kind === "id"
      ? [node.name]
      : [];
  return [...folds, ...partsOf(node).flatMap(unsteady)];
}

function ids(expression: MathExpression, declared: readonly string[]): readonly Problem[] {
  const used = expression.ids(declared);
  const undeclared = [...used].filter((id) => !declared.includes(id));
  const unused = declared.filter((id) => !used.has(id));
  const malformed = declared.filter((id) => !/^[a-z][A-Za-z0-9_]*$/.test(id));
  const folds = unsteady(expression.root);
  const where = `the expression "${expression.text}"`;
  return [
    ...errorIf(
      undeclared.length > 0,
      "expression",
      `${where} uses ${undeclared.join(", ")}, which no metric is called: the ids are ${declared.join(", ")}`,
    ),
    ...errorIf(
      unused.length > 0,
      "expression",
      `${where} does not use ${unused.join(", ")}: leave that metric out (each is billed), or use it`,
    ),
    ...errorIf(
      malformed.length > 0,
      "expression",
      `the ids ${malformed.join(", ")} must start with a lower-case letter and hold letters, digits and _`,
    ),
    ...warnIf(
      folds.length > 0,
      "expression",
      `${where} takes ${folds.join(", ")} of one series, which depends on how many points CloudWatch fetches: avoid it in alarms`,
    ),
  ];
}

function expression({ spec, watched }: Subject): readonly Problem[] {
  const declared = watched.map(({ id }) => id);
  const count = errorIf(
    watched.length > mostMetrics,
    "expression",
    `the alarm has ${watched.length} metrics; CloudWatch takes ${mostMetrics}: split it, and join the parts in a composite alarm`,
  );
  const across = watched.some(({ stat }) => stat.across !== undefined);
  const mixed =
    "a metric across further dimensions stands alone: it is a query of its own, not a metric for metric math";
  if (across && spec.expression !== undefined) return [...count, ...errorIf(true, "expression", mixed)];
  if (spec.expression === undefined) {
    const message = `the alarm has ${watched.length} metrics and no expression: give it one metric, or metric math over several`;
    return [...count, ...errorIf(watched.length !== 1, "expression", message)];
  }
  try {
    return [...count, ...ids(parseMath(spec.expression), declared)];
  } catch (error) {
    return [...count, ...errorIf(true, "expression", error instanceof Error ? error.message : String(error))];
  }
}

/** Whether CloudWatch takes the alarm's numbers and expression, and whether M of N can ever be reached. */
export const shape: Check = (subject) => [...periods(subject), ...datapoints(subject), ...expression(subject)];
