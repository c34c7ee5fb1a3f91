import { type Graph, type GraphResource, notKnown } from "../infra/signal/graph";

export const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const compositeAlarm = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** An unknown value read as a list: what is none has no items. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** An unknown value read as an object. */
export const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/**
 * What a resource was given, with {@link notKnown} for what is not known yet. A value that is unknown and made from nothing is the provider's to compute: the
 * program gave none.
 */
export function given({ marked, known, madeFrom }: GraphResource): Readonly<Record<string, unknown>> {
  if (!marked) return known;
  const isComputed = ([property, value]: [string, unknown]) => value === notKnown && !madeFrom[property]?.length;
  return Object.fromEntries(Object.entries(marked).filter((entry) => !isComputed(entry)));
}

/** Whether a value was given, be it known or not. */
export const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/** The resources that a property was made from. */
export const sourcesOf = (resource: GraphResource, property: string, graph: Graph): readonly GraphResource[] =>
  (resource.madeFrom[property] ?? []).flatMap((urn) => graph.find(urn) ?? []);

/** Whether a text fits a pattern in which `*` stands for any characters. */
export function fits(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`).test(text);
}

export { notKnown };
