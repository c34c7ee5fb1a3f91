import type { Catalogue } from "./catalogue";
import type { Graph, GraphResource } from "./graph";
import { readInsights } from "./insights";
import type { Cost, Kind, SignalInfo, WatchRecord } from "./kind";
import { missingName } from "./rule";
import { alertsIn, type ReadRule } from "./rule.document";
import type { Change, Unit } from "./signal";

/**
 * How an alarm was found to watch a resource: it was made from its outputs (rules: their namespace depends on it), or it repeats a name that the program
 * gives the resource.
 */
export type Match = "dependency" | "name";

/** A signal that stands for a resource. Information has no alarm and needs none. */
export interface CoveredSignal {
  readonly info: SignalInfo;
  readonly alarm?: { readonly urn: string; readonly match: Match };
  readonly change?: Change<Unit>;
}

/** What is watched of one resource. */
export interface CoverageRow {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly kind: string;
  readonly role: string;
  readonly signals: readonly CoveredSignal[];
  readonly missing: readonly SignalInfo[];
  readonly off: readonly { readonly id: string; readonly reason: string }[];
  readonly notApplicable: readonly { readonly id: string; readonly reason: string }[];
  readonly costs: readonly Cost[];
  /** Why its type needs no signal. */
  readonly exempt?: string;
}

/** The coverage of a stack. */
export interface Coverage {
  readonly rows: readonly CoverageRow[];
  /** Resources whose service publishes metrics that the catalogue does not know. */
  readonly unknown: readonly {
    readonly urn: string;
    readonly type: string;
    readonly name: string;
    readonly namespace: string;
  }[];
  /** Types that publish no metrics of their own, with their number. */
  readonly unwatched: Readonly<Record<string, number>>;
}

const metricAlarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const ruleGroups = "aws:amp/ruleGroupNamespace:RuleGroupNamespace";

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The metrics that an alarm reads, as far as its inputs are known. */
export function metricsOf(
  alarm: GraphResource,
): { namespace: unknown; metric: unknown; dimensions: Readonly<Record<string, unknown>> }[] {
  const { known } = alarm;
  const single = known.metricName === undefined ? [] : [{ ...known }];
  const queried = list(known.metricQueries).flatMap((query) => {
    const { metric, expression }: Readonly<Record<string, unknown>> = isRecord(query) ? query : {};
    const selected = typeof expression === "string" ? readInsights(expression) : undefined;
    if (selected) return [{ ...selected, metricName: selected.metric }];
    return isRecord(metric) ? [metric] : [];
  });
  return [...single, ...queried].map((metric: Readonly<Record<string, unknown>>) => ({
    namespace: metric.namespace,
    metric: metric.metricName,
    dimensions: isRecord(metric.dimensions) ? metric.dimensions : {},
  }));
}

/** Whether an alarm is one of that signal: it reads all its metrics, and is not marked as another's. */
function isOf(alarm: GraphResource, signal: SignalInfo): boolean {
  const tags = alarm.known.tags;
  const marked = isRecord(tags) ? tags.signal : undefined;
  if (marked !== undefined && marked !== signal.id) return false;
  const read = metricsOf(alarm);
  // A query of Metrics Insights is one text, which is not known before its resource is: the mark alone tells.
  if (read.length === 0 && marked === signal.id) return signal.metrics.some(({ across }) => across !== undefined);
  return signal.metrics.every((wanted) =>
    read.some((metric) => metric.namespace === wanted.namespace && metric.metric === wanted.metric),
  );
}

/** Whether an alarm names the resource by a literal that the program also gave the resource. */
function namesIt(alarm: GraphResource, resource: GraphResource, kind: Kind): boolean {
  return metricsOf(alarm).some(({ dimensions }) =>
    Object.entries(kind.nameOf).some(([dimension, input]) => {
      const given = resource.known[input];
      return given !== undefined && dimensions[dimension] === given;
    }),
  );
}

const alerts = new WeakMap<GraphResource, readonly ReadRule[]>();

/** The alerts of a namespace, read once: several signals ask for them. Rules whose text is not known yet are none. */
function alertsOf(namespace: GraphResource): readonly ReadRule[] {
  const data = namespace.known.data;
  const found = alerts.get(namespace) ?? (typeof data === "string" ? alertsIn(data) : []);
  alerts.set(namespace, found);
  return found;
}

/** Whether a namespace holds the rule of a signal; that for its missing data alone is not enough. */
const holds = (namespace: GraphResource, { id }: SignalInfo): boolean =>
  alertsOf(namespace).some(({ signal, alert }) => signal === id && alert !== missingName(id));

/** The namespace that depends on a resource and holds the rule of a signal. */
function ruleOf({ urn }: GraphResource, signal: SignalInfo, graph: Graph): CoveredSignal["alarm"] {
  const found = graph.dependentsOf(urn).find((dependent) => dependent.type === ruleGroups && holds(dependent, signal));
  return found && { urn: found.urn, match: "dependency" };
}

function alarmOf(
  resource: GraphResource,
  signal: SignalInfo,
  kind: Kind,
  graph: Graph,
  parent?: string,
): CoveredSignal["alarm"] {
  const made = graph
    .usersOf(resource.urn)
    .find(
      (user) =>
        user.type === metricAlarm &&
        (parent === undefined || user.parent === parent) &&
        (user.madeFrom.dimensions?.includes(resource.urn) || user.madeFrom.metricQueries?.includes(resource.urn)) &&
        isOf(user, signal),
    );
  if (made) return { urn: made.urn, match: "dependency" };
  const named = graph.ofType(metricAlarm).find((alarm) => isOf(alarm, signal) && namesIt(alarm, resource, kind));
  return named && { urn: named.urn, match: "name" };
}

/** What a component registered, and which one. */
interface Registered {
  readonly record: WatchRecord;
  readonly by: GraphResource;
}

/** What components registered about the watching of resources, by the URN of the subject. A topic with two groups of consumers is watched twice. */
export function watchRecords(graph: Graph): ReadonlyMap<string, readonly Registered[]> {
  const records = new Map<string, Registered[]>();
  for (const by of graph.resources)
    for (const record of list(by.known.watch) as readonly WatchRecord[])
      if (isRecord(record)) records.set(record.subject, [...(records.get(record.subject) ?? []), { record, by }]);
  return records;
}

/** @param several the resource is watched more than once: then only alarms of the one that registered the record count, and it names the row */
function rowOf(
  resource: GraphResource,
  kind: Kind,
  graph: Graph,
  registered?: Registered,
  several = false,
): CoverageRow {
  const record = registered?.record;
  const parent = several ? registered?.by.urn : undefined;
  const view = kind.view(resource, graph, record);
  const signals: CoveredSignal[] = [];
  const missing: SignalInfo[] = [];
  const off: { id: string; reason: string }[] = [];
  const notApplicable: { id: string; reason: string }[] = [];
  for (const { info, notApplicable: reason } of view.signals) {
    const change = record?.changes[info.id];
    if (reason !== undefined) notApplicable.push({ id: info.id, reason });
    else if (change?.off !== undefined) off.push({ id: info.id, reason: change.off });
    else if (info.severity === undefined) signals.push({ info });
    else {
      const alarm =
        info.backend === "amp" ? ruleOf(resource, info, graph) : alarmOf(resource, info, kind, graph, parent);
      if (alarm) signals.push({ info, alarm, ...(change && { change }) });
      else missing.push(info);
    }
  }
  const { urn, type } = resource;
  const name = (several ? registered?.by.name : undefined) ?? resource.name;
  return { urn, type, name, kind: kind.name, role: view.role, signals, missing, off, notApplicable, costs: view.costs };
}

/** Tells what is promised of a resource, by a kind that no type is of, from how the resource itself is watched. */
function sorted(all: readonly Registered[], { kinds }: Catalogue) {
  const promised = all.flatMap((registered) => {
    const kind = kinds.find(({ name, types }) => types.length === 0 && name === registered.record.kind);
    return kind ? [{ kind, registered }] : [];
  });
  return { promised, own: all.filter((one) => !promised.some(({ registered }) => registered === one)) };
}

/** What of a stack is watched, and what is not. Needs no value that a preview does not know. */
export function coverageOf(graph: Graph, catalogue: Catalogue): Coverage {
  const records = watchRecords(graph);
  const rows: CoverageRow[] = [];
  const unknown: Coverage["unknown"][number][] = [];
  const unwatched: Record<string, number> = {};
  for (const resource of graph.resources) {
    const { urn, type, name } = resource;
    const kind = catalogue.kindOf(type);
    const exempt = catalogue.exempt[type];
    const namespace = catalogue.publishers[type];
    const { own, promised } = sorted(records.get(urn) ?? [], catalogue);
    rows.push(...promised.map(({ kind, registered }) => rowOf(resource, kind, graph, registered, true)));
    if (kind) {
      const watched = (own.length === 0 ? [undefined] : own).map((registered) =>
        rowOf(resource, kind, graph, registered, own.length > 1),
      );
      // However often it is watched, it is paid for once.
      rows.push(...watched.map((row, at) => (at === 0 ? row : { ...row, costs: [] })));
    } else if (exempt) {
      const { reason, costs } = exempt;
      const empty = { signals: [], missing: [], off: [], notApplicable: [], costs: costs ?? [] };
      rows.push({ urn, type, name, kind: "exempt", role: "", ...empty, exempt: reason });
    } else if (namespace) unknown.push({ urn, type, name, namespace });
    else unwatched[type] = (unwatched[type] ?? 0) + 1;
  }
  return { rows, unknown, unwatched };
}
