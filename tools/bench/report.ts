import { type Paint, type TextCell, table } from "../preview/text";
import type { Aim, Candidate } from "./candidates";
import type { Measurement } from "./measure";
import { ratios, type Spread, type Summary, summary } from "./summary";

/** The machine that the figures are from. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  /** Average count of running processes over the last minute before the first run; more than 0 to 1 means that others worked too. */
  readonly load: number;
}

/** A program's runs. */
export interface Result {
  readonly candidate: Candidate;
  readonly runs: readonly Measurement[];
}

/** What the bench writes: seconds and bytes. */
export interface BenchReport {
  readonly date: string;
  readonly machine: Machine;
  readonly versions: Readonly<Record<string, string>>;
  readonly queues: number;
  readonly rounds: number;
  readonly programs: readonly {
    id: string;
    part: string;
    title: string;
    summary: Summary;
    runs: readonly Measurement[];
  }[];
  readonly comparisons: readonly { of: string; to: string; ratio: Summary; most?: number; met?: boolean }[];
}

/** Compares what was measured, as far as both sides of an aim were. An aim is about the time on the clock. */
export function reportOf(
  results: readonly Result[],
  aims: readonly Aim[],
  about: Omit<BenchReport, "programs" | "comparisons">,
): BenchReport {
  const runsOf = (id: string) => results.find(({ candidate }) => candidate.id === id)?.runs;
  return {
    ...about,
    programs: results.map(({ candidate: { id, part, title }, runs }) => ({
      id,
      part,
      title,
      summary: summary(runs),
      runs,
    })),
    comparisons: aims.flatMap(({ of, to, most }) => {
      const [runs, others] = [runsOf(of), runsOf(to)];
      if (!runs || !others) return [];
      const ratio = ratios(runs, others);
      return [{ of, to, ratio, ...(most !== undefined && { most, met: ratio.wall.median <= most }) }];
    }),
  };
}

const limits = ({ median, least, most }: Spread, digits: number): string =>
  `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;

const mebibytes = ({ median, least, most }: Spread): Spread => ({
  median: median / 2 ** 20,
  least: least / 2 ** 20,
  most: most / 2 ** 20,
});

const cells = (...texts: readonly string[]): TextCell[] => texts.map((text) => ({ text }));

const head = (...texts: readonly string[]): TextCell[] => texts.map((text) => ({ text, style: "bold" as const }));

/** The report for a terminal. */
export function terminalReport(report: BenchReport, paint: Paint): string {
  const { machine, queues, rounds, programs, comparisons, date } = report;
  const titleOf = (id: string) => {
    const program = programs.find((one) => one.id === id);
    return program ? `${program.part}: ${program.title}` : id;
  };
  const lines = [
    `${queues} queues, each with a dead-letter queue and three alarms; ${rounds} rounds in turn; median (least–most)`,
    `${date.slice(0, 10)}, Node ${machine.node}, ${machine.cores} cores of ${machine.processor}, ${(machine.memory / 2 ** 30).toFixed(0)} GiB, load before ${machine.load.toFixed(1)}`,
    "",
    ...table(
      [
        head("program", "time s", "processor s", "memory MiB"),
        ...programs.map(({ id, summary: { wall, cpu, memory } }) =>
          cells(titleOf(id), limits(wall, 1), limits(cpu, 1), limits(mebibytes(memory), 0)),
        ),
      ],
      [1, 2, 3],
      paint,
    ),
    "",
    ...table(
      [
        head("compared, round by round", "time", "processor", "memory", "aim for the time"),
        ...comparisons.map(({ of, to, ratio, most, met }): TextCell[] => [
          ...cells(
            `${titleOf(of)} / ${titleOf(to)}`,
            limits(ratio.wall, 2),
            limits(ratio.cpu, 2),
            limits(ratio.memory, 2),
          ),
          most === undefined
            ? { text: "" }
            : { text: `at most ${most}: ${met ? "met" : "missed"}`, style: met ? "green" : "red" },
        ]),
      ],
      [1, 2, 3],
      paint,
    ),
  ];
  return `${lines.join("\n")}\n`;
}
