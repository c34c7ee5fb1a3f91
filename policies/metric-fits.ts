import { catalogue } from "../infra/signal/catalogue";
import type { Graph, GraphResource } from "../infra/signal/graph";
import { type LintContext, lint } from "../infra/signal/lint";
import { compositeAlarm, fieldsOf, given, metricAlarm } from "./alarms";
import { readAlarm } from "./read-alarm";
import type { Finding, Rule } from "./rule";

/** What the rule can be told. */
interface Config {
  /** Namespaces that the project publishes to itself: nothing is known of their metrics. */
  readonly ownNamespaces?: readonly string[];
}

const units = new Map(catalogue.kinds.flatMap(({ signals }) => signals.map(({ id, unit }) => [id, unit] as const)));

/** The resources whose outputs an alarm's metrics were made from. */
function subjectsOf({ madeFrom }: GraphResource, graph: Graph): GraphResource[] {
  const urns = [...(madeFrom.dimensions ?? []), ...(madeFrom.metricQueries ?? [])];
  return [...new Set(urns)].flatMap((urn) => graph.find(urn) ?? []);
}

/** What is known around an alarm: the unit of its signal, and of the one resource that it watches the role and variant. */
function contextOf(alarm: GraphResource, graph: Graph, { ownNamespaces = [] }: Config): LintContext {
  const { signal } = fieldsOf(given(alarm).tags);
  const unit = typeof signal === "string" ? units.get(signal) : undefined;
  const [subject, ...others] = subjectsOf(alarm, graph);
  const kind = subject && others.length === 0 ? catalogue.kindOf(subject.type) : undefined;
  const role = subject && kind?.view(subject, graph).role;
  const fifo = subject?.known.fifoQueue ?? subject?.known.fifoTopic;
  return {
    bound: true,
    ownNamespaces,
    ...(unit && { unit }),
    ...(role && { role }),
    ...(role && typeof fifo === "boolean" && { engine: fifo ? "fifo" : "standard" }),
  };
}

function unfit(alarm: GraphResource, graph: Graph, config: Config): Finding[] {
  const read = readAlarm(given(alarm));
  if (!read) return [];
  return lint(read.spec, contextOf(alarm, graph, config))
    .filter(({ rule }) => !read.blind.has(rule))
    .map(({ message, level }) => ({
      urn: alarm.urn,
      message: `alarm "${alarm.name}": ${message}`,
      ...(level === "warning" && { warning: true as const }),
    }));
}

/** Alarms that take each other's place: CloudWatch keeps one for each name, and says nothing ("PutMetricAlarm", CloudWatch API Reference, 2026-11). */
function overwritten(graph: Graph): Finding[] {
  const byName = new Map<string, GraphResource[]>();
  for (const alarm of [metricAlarm, compositeAlarm].flatMap((type) => graph.ofType(type))) {
    const name = alarm.known.name ?? alarm.known.alarmName;
    if (typeof name === "string") byName.set(name, [...(byName.get(name) ?? []), alarm]);
  }
  return [...byName].flatMap(([name, alarms]) => {
    // The engine lists resources as they come: sorted, the same one is told each time.
    const [first, ...others] = alarms.toSorted((one, other) => (one.urn < other.urn ? -1 : 1));
    return others.map(({ urn, name: logical }) => ({
      urn,
      message: `alarm "${logical}" is named "${name}" like "${first?.name}", and one overwrites the other: leave the name out, or put into it what tells them apart`,
    }));
  });
}

/** An alarm reads what is really published, in a way that makes sense. */
export const metricFits: Rule<Config> = {
  name: "metric-fits",
  description:
    "Each alarm watches a metric that exists, with its dimensions, a statistic, a period and a threshold that fit, under a name of its own.",
  severity: "high",
  remediationSteps:
    "Correct the alarm as the message says; a namespace of your own is named in the rule's configuration (ownNamespaces).",
  configSchema: {
    properties: {
      ownNamespaces: {
        type: "array",
        items: { type: "string" },
        description: "Namespaces that the project publishes to itself: nothing is known of their metrics.",
      },
    },
  },
  find: (graph, config) => [
    ...graph.ofType(metricAlarm).flatMap((alarm) => unfit(alarm, graph, config)),
    ...overwritten(graph),
  ],
};
