import { readdirSync, readFileSync } from "node:fs";

/** Length of the kernel's clock tick as /proc tells it, in seconds: USER_HZ is 100 on every Linux ("proc_pid_stat(5)", 2024-06). */
const tick = 0.01;

/** What /proc/<pid>/stat says of a process. */
export interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  /** Seconds of processor time, user and system, that it has used. */
  readonly cpu: number;
  /** The same of those of its children that have ended and that it waited for, with theirs. */
  readonly childrenCpu: number;
  /** Resident memory in pages. */
  readonly pages: number;
}

/** Reads a line of /proc/<pid>/stat. The name of the program stands in brackets and may hold anything, spaces and brackets too. */
export function parseStat(line: string): ProcessStat {
  const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
  // Numbered as in proc_pid_stat(5), where the state after the name is field 3.
  const field = (number: number) => Number(fields[number - 3]);
  return {
    pid: Number.parseInt(line, 10),
    parent: field(4),
    cpu: (field(14) + field(15)) * tick,
    childrenCpu: (field(16) + field(17)) * tick,
    pages: field(24),
  };
}

/** A file of /proc, or undefined where the process has ended meanwhile. */
function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/** All processes of the machine that can be seen. */
export function processes(): readonly ProcessStat[] {
  return readdirSync("/proc").flatMap((entry) => {
    const line = /^\d+$/.test(entry) ? read(`/proc/${entry}/stat`) : undefined;
    return line === undefined ? [] : [parseStat(line)];
  });
}

/** A process and all that descend from it. */
export function treeOf(pid: number, all: readonly ProcessStat[]): readonly ProcessStat[] {
  const children = new Map<number, ProcessStat[]>();
  for (const stat of all) children.set(stat.parent, [...(children.get(stat.parent) ?? []), stat]);
  const root = all.find((stat) => stat.pid === pid);
  const tree = root ? [root] : [];
  // The list grows while it is walked through.
  for (const stat of tree) tree.push(...(children.get(stat.pid) ?? []));
  return tree;
}

/** Memory of a process in bytes, a page that it shares with n processes counted as an nth (PSS); 0 where it has ended. */
export function proportionalMemory(pid: number): number {
  const kilobytes = read(`/proc/${pid}/smaps_rollup`)?.match(/^Pss:\s+(\d+) kB$/m)?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Processor time of those processes, in seconds, that this one has started and that have ended, with all that they waited for. */
export const endedChildrenCpu = (): number => parseStat(readFileSync("/proc/self/stat", "utf8")).childrenCpu;
