import { isAlarmed, isBandSide, isRuled, limitOf } from "./alarm";
import { type Chart, chartOf } from "./chart";
import type { Graph, GraphResource } from "./graph";
import { type Fate, fatesOf } from "./mutate.fate";
import { type RuleMutant, ruleMutants } from "./mutate.rule";
import type { PriceKey } from "./prices";
import { type Verdict, verdictOf } from "./proof";
import { evidenceOf } from "./proof.evidence";
import { type RuleTest, ruleTest } from "./rule.proof";
import { runbookPage } from "./runbook";
import type { AnySignal, Backend, Change, Golden, MetricSource, Severity, SignalTable, Unit } from "./signal";

/** What an instance registers about its own watching, as an output of its component: a stack policy can read that in a preview. */
export interface WatchRecord {
  /** URN of the watched resource. */
  readonly subject: string;
  readonly kind: string;
  readonly role: string;
  /** The declared size, in base units. */
  readonly size: unknown;
  /** Changes at the call site, by signal id. */
  readonly changes: Readonly<Record<string, Change<Unit>>>;
}

/** What a signal is, whatever the size of its kind's instances. */
export interface SignalInfo {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly golden: Golden;
  readonly unit: Unit;
  readonly role: string;
  readonly backend: Backend;
  /** Absent for information without an alarm. */
  readonly severity?: Severity;
  /** What CloudWatch reads for it; empty for a signal of Prometheus. */
  readonly metrics: readonly MetricSource<string>[];
  /** It is compared with a band that CloudWatch learns: its proof assumes what was learned. */
  readonly band?: true;
}

/** One cost of a resource. Without a quantity (nobody declared one) or a price it is counted as not priced, never as 0. */
export interface Cost {
  readonly item: string;
  readonly price?: PriceKey;
  /** In the unit of the price. */
  readonly quantity?: number;
}

/** A resource in its role. */
export interface View {
  readonly role: string;
  readonly signals: readonly {
    readonly info: SignalInfo;
    /** Why it does not apply. */
    readonly notApplicable?: string;
  }[];
  readonly costs: readonly Cost[];
}

/** A kind of resource that is watched. */
export interface Kind {
  readonly name: string;
  /** Type tokens of its resources. */
  readonly types: readonly string[];
  readonly signals: readonly SignalInfo[];
  /** For each dimension of its metrics: the input that holds the same name, for programs that repeat a literal. */
  readonly nameOf: Readonly<Record<string, string>>;
  /** By role: a pattern that the usual names of such resources match, where CloudWatch's lists of names do not tell roles apart. */
  readonly named: Readonly<Record<string, string>>;
  view(resource: GraphResource, graph: Graph, record?: WatchRecord): View;
  /** Lint and proof of a signal's CloudWatch alarm, as the record has it or with a change. Undefined for information and for rules of Prometheus. */
  verdict(id: string, change?: Change<Unit>): Verdict | undefined;
  /** What {@link verdict} and {@link fates} depend on, but for their code, as text: they need not be found again for the same. Undefined where they are. */
  evidence(id: string, change?: Change<Unit>): string | undefined;
  /** What promtool must run to prove a signal's rules, as the record has them or with a change. Undefined for all but rules of Prometheus. */
  ruleTest(id: string, change?: Change<Unit>): RuleTest | undefined;
  /** What lint and proof say of each mutant of a signal's CloudWatch alarm. Undefined for information and for rules of Prometheus. */
  fates(id: string): readonly Fate[] | undefined;
  /** What promtool must run to hold each mutant of a signal's rules against its proof. Undefined for all but rules of Prometheus. */
  ruleMutants(id: string): readonly RuleMutant[] | undefined;
  /** The runbook pages of its signals: id to Markdown. */
  runbooks(): Readonly<Record<string, string>>;
  /** What a dashboard shows of its signals, in the order of the table. */
  charts(): readonly Chart[];
}

/** How a kind is declared. */
export interface KindDefinition<Role extends string, Subject extends string, Size> {
  readonly name: string;
  readonly types: readonly string[];
  readonly signals: SignalTable<Role, Subject, Size>;
  readonly nameOf: Readonly<Record<string, string>>;
  /** By role: a pattern (of JavaScript, capitals do not count) that narrows the choice on a dashboard. */
  readonly named?: Readonly<Partial<Record<Role, string>>>;
  /**
   * What its components switch on, in the words of the metric catalogue: "request metrics". A metric that needs a switch is refused without it, unless the
   * signal has a precondition.
   */
  readonly switches?: readonly string[];
  readonly roleOf: (resource: GraphResource, graph: Graph) => Role;
  /** The size of a resource that declared none, from its known inputs and the provider's defaults. */
  readonly sizeOf: (resource: GraphResource, role: Role, graph: Graph) => Size;
  /** @param declared whether the instance declared the size itself */
  readonly costs: (resource: GraphResource, role: Role, size: Size, declared: boolean, graph: Graph) => readonly Cost[];
}

function metricsOf<Size>({ source }: AnySignal<Size>): readonly MetricSource<string>[] {
  if (source.from === "prometheus") return [];
  return source.from === "cloudwatch" ? [source] : Object.values(source.metrics);
}

function infoOf<Size>(kind: string, id: string, signal: AnySignal<Size>): SignalInfo {
  return {
    id,
    kind,
    title: signal.title,
    golden: signal.golden,
    unit: signal.unit,
    role: signal.role,
    backend: signal.source.from === "prometheus" ? "amp" : "cloudwatch",
    ...(signal.alarm && { severity: signal.alarm.severity }),
    metrics: metricsOf(signal),
    ...(isAlarmed(signal) && isBandSide(limitOf(signal.alarm).side) && { band: true as const }),
  };
}

/** Closes a definition over its types of role and size, so that a catalogue can hold kinds of every sort. */
export function defineKind<Role extends string, Subject extends string, Size>(
  definition: KindDefinition<Role, Subject, Size>,
): Kind {
  const { name, types, nameOf, roleOf, sizeOf, costs } = definition;
  const table = Object.entries<AnySignal<Size>>(definition.signals).map(([id, signal]) => ({
    signal,
    info: infoOf(name, id, signal),
  }));
  return {
    name,
    types,
    nameOf,
    named: { ...definition.named },
    signals: table.map(({ info }) => info),
    view(resource, graph, record) {
      // What a component registered is known even where nothing of the resource is, as of a Kubernetes object in the first preview of its cluster.
      const role = record ? (record.role as Role) : roleOf(resource, graph);
      const size = record ? (record.size as Size) : sizeOf(resource, role, graph);
      return {
        role,
        signals: table
          .filter(({ signal }) => signal.role === role)
          .map(({ signal, info }) => ({
            info,
            ...(signal.when && !signal.when.holds(size) && { notApplicable: signal.when.otherwise }),
          })),
        costs: costs(resource, role, size, record !== undefined, graph),
      };
    },
    verdict(id, change) {
      const row = table.find(({ info }) => info.id === id);
      return row && isAlarmed(row.signal) ? verdictOf(row.signal, change, definition.switches) : undefined;
    },
    evidence(id, change) {
      const row = table.find(({ info }) => info.id === id);
      return row && isAlarmed(row.signal) ? evidenceOf(row.signal, change, definition.switches) : undefined;
    },
    fates(id) {
      const row = table.find(({ info }) => info.id === id);
      return row && isAlarmed(row.signal) ? fatesOf(row.signal) : undefined;
    },
    ruleTest(id, change) {
      const row = table.find(({ info }) => info.id === id);
      return row && isRuled(row.signal) ? ruleTest(id, name, row.signal, change) : undefined;
    },
    ruleMutants(id) {
      const row = table.find(({ info }) => info.id === id);
      return row && isRuled(row.signal) ? ruleMutants(id, name, row.signal) : undefined;
    },
    runbooks: () => Object.fromEntries(table.map(({ info, signal }) => [info.id, runbookPage(info.id, name, signal)])),
    charts: () => table.map(({ info, signal }) => chartOf(info.id, signal)),
  };
}
