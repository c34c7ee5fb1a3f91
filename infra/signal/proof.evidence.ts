import { specOf } from "./alarm";
import { metricOf, metricsIn } from "./metrics";
import type { AnyAlarmed, Change, Unit } from "./signal";

/** JSON has no word for numbers that are none or endless. */
const told = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;

const rows = new Map<string, string>();

/** All that the metric catalogue knows of a namespace: lint looks up its neighbours too, where a metric or a dimension is misspelt. */
function rowsOf(namespace: string): string {
  const known = rows.get(namespace);
  if (known !== undefined) return known;
  const text = JSON.stringify(
    [...metricsIn(namespace)].map((metric) => metricOf(namespace, metric)),
    told,
  );
  rows.set(namespace, text);
  return text;
}

/**
 * All that lint and proof of a signal's alarm depend on, but for their code, as text: what has the same text has the same verdict, and so have its mutants. It takes
 * no judgement to write it.
 * @param switches what the kind's components switch on
 */
export function evidenceOf<Size>(
  signal: AnyAlarmed<Size>,
  change: Change<Unit> = {},
  switches: readonly string[] = [],
): string {
  const { unit, role, when, alarm, proof } = signal;
  const spec = specOf(signal, proof.size, change);
  const namespaces = new Set(Object.values(spec.metrics).map(({ namespace }) => namespace));
  const context = { unit, role, ...(!when && { switches }) };
  return [JSON.stringify([spec, context, alarm.whenMissing, proof], told), ...[...namespaces].map(rowsOf)].join("\n");
}
