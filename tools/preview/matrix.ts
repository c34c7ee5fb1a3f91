import type { Golden } from "../../infra/signal/signal";
import type { PreviewReport, ReportedCoverage } from "./report";
import { shortType } from "./tree";

/** The columns, in the order of triage: is it up, is it full, is it failing, is it slow, how much traffic. */
export const columns = [
  "availability",
  "saturation",
  "errors",
  "latency",
  "traffic",
] as const satisfies readonly Golden[];

/** How a golden signal of a resource is watched. */
export interface Cell {
  /** Signals that stand. */
  readonly present: number;
  readonly missing: number;
  /** Switched off with a reason. */
  readonly off: number;
}

export interface MatrixRow {
  readonly kind: string;
  /** Name of the resource, or how many resources look alike. */
  readonly label: string;
  readonly cells: readonly Cell[];
  readonly missing: readonly string[];
  /** What its watching costs, in USD a month; of rows that look alike, that of each. */
  readonly watching: number;
}

function cellsOf({ signals, missing, off, columns: goldens }: ReportedCoverage): Cell[] {
  return columns.map((column) => ({
    present: signals.filter(({ golden }) => golden === column).length,
    missing: missing.filter((id) => goldens[id] === column).length,
    off: off.filter(({ id }) => goldens[id] === column).length,
  }));
}

/** More rows than this are folded. */
const manyRows = 20;

function fold(rows: readonly (MatrixRow & { readonly role: string })[]): MatrixRow[] {
  const groups = new Map<string, (typeof rows)[number][]>();
  rows.forEach((row, i) => {
    const id =
      row.missing.length > 0 ? String(i) : `${row.kind} ${row.role} ${row.watching} ${JSON.stringify(row.cells)}`;
    groups.set(id, [...(groups.get(id) ?? []), row]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first
      ? [{ ...first, label: group.length > 1 ? `${first.label} and ${group.length - 1} alike` : first.label }]
      : [];
  });
}

/**
 * The coverage matrix: resources by kind, golden signals across. Exempt resources have no row.
 * @param all one row for each resource, however many there are
 */
export function matrixOf({ coverage }: Pick<PreviewReport, "coverage">, all = false): MatrixRow[] {
  const rows = coverage
    .filter(({ exempt }) => exempt === undefined)
    .map((row) => ({
      kind: row.kind,
      role: row.role,
      label: row.name,
      cells: cellsOf(row),
      missing: row.missing,
      watching: row.watching,
    }));
  return all || rows.length <= manyRows ? rows : fold(rows);
}

/** "2", "1 !1" (one is missing), "1 off", or a dot where nothing applies. */
export function cellText({ present, missing, off }: Cell): string {
  const parts = [
    ...(present > 0 ? [String(present)] : []),
    ...(missing > 0 ? [`!${missing}`] : []),
    ...(off > 0 ? [`${off} off`] : []),
  ];
  return parts.join(" ") || "·";
}

/** How a cell is read. */
export const legend =
  "signals that stand (those of traffic may be information without an alarm); !n missing, n off with a reason, · none applies; last, what the watching costs a month";

/** How many signals stand, and how far their alarms are proven. */
export function proofCounts({ coverage }: Pick<PreviewReport, "coverage">) {
  const signals = coverage.flatMap((row) => row.signals);
  const alarms = signals.filter(({ match }) => match !== undefined);
  const having = (step: "lint" | "evaluated" | "drilled") => alarms.filter(({ proof }) => proof.includes(step)).length;
  return {
    signals: signals.length,
    alarms: alarms.length,
    lint: having("lint"),
    evaluated: having("evaluated"),
    drilled: having("drilled"),
    bands: alarms.filter(({ band }) => band !== undefined).length,
    missing: coverage.reduce((sum, { missing }) => sum + missing.length, 0),
    watched: coverage.filter(({ exempt }) => exempt === undefined).length,
  };
}

/** The types of the cloud that publish nothing of their own to watch, counted. */
function silent({ unwatched }: Pick<PreviewReport, "unwatched">): string[] {
  const types = Object.entries(unwatched).filter(([type]) => type.includes("/"));
  return types.length > 0
    ? [
        `no metrics of their own: ${types
          .map(([type, n]) => `${n} ${shortType(type)}`)
          .sort()
          .join(", ")}`,
      ]
    : [];
}

/** Signals that are off, types that need none (a reason for each), and types that have none. */
export function reasonsOf({ coverage, unwatched }: Pick<PreviewReport, "coverage" | "unwatched">): string[] {
  const off = coverage.flatMap(({ name, off: switched }) =>
    switched.map(({ id, reason }) => `off: ${id} of ${name}: ${reason}`),
  );
  const exempt = new Map<string, { type: string; reason: string; count: number }>();
  for (const { type, exempt: reason } of coverage) {
    if (reason === undefined) continue;
    exempt.set(type, { type, reason, count: (exempt.get(type)?.count ?? 0) + 1 });
  }
  return [
    ...off,
    ...[...exempt.values()].map(({ type, reason, count }) => `exempt: ${count} ${type}: ${reason}`),
    ...silent({ unwatched }),
  ];
}
