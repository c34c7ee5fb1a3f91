import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { endedChildrenCpu, processes, proportionalMemory, treeOf } from "./processes";

/** What one run of a program took. */
export interface Measurement {
  /** From its start to its end, in seconds. */
  readonly wall: number;
  /** Processor time, user and system, of the program and all that it started, in seconds. */
  readonly cpu: number;
  /** Most memory of all its processes together, in bytes (PSS). */
  readonly memory: number;
}

/** A measured run. */
export interface Measured extends Measurement {
  readonly stdout: string;
}

/** How often the memory is looked at, in milliseconds. */
const interval = 100;

/** Counting PSS stops the process for as long as its page table is walked through, so it is done only when the tree has grown by this much. */
const growth = 1.25;

/** Follows the memory of a tree of processes. Between two counts its shared part is taken to be as large as it was. */
class MemoryPeak {
  bytes = 0;
  #counted = { pages: 0, bytesPerPage: 0 };

  constructor(private readonly pid: number) {}

  look(): void {
    const tree = treeOf(this.pid, processes());
    const pages = tree.reduce((sum, stat) => sum + stat.pages, 0);
    if (pages > this.#counted.pages * growth) {
      const bytes = tree.reduce((sum, { pid }) => sum + proportionalMemory(pid), 0);
      this.#counted = { pages, bytesPerPage: bytes / pages };
    }
    this.bytes = Math.max(this.bytes, pages * this.#counted.bytesPerPage);
  }
}

/**
 * Runs a program to its end and measures it. Nothing else may be started by this process meanwhile: its processor time would be counted too.
 * @throws Error where there is no /proc (it is Linux's), or the program ends with another code than 0
 */
export async function measure(command: string, args: readonly string[], cwd: string): Promise<Measured> {
  if (!existsSync("/proc/self/smaps_rollup"))
    throw new Error("the bench reads memory from /proc: run it on Linux 4.14 or newer");
  const cpuBefore = endedChildrenCpu();
  const started = performance.now();
  const child = spawn(command, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
  const text = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (part: string) => {
      text[stream] += part;
    });
  }
  let wall = 0;
  child.once("exit", () => {
    wall = (performance.now() - started) / 1000;
  });
  const peak = child.pid === undefined ? undefined : new MemoryPeak(child.pid);
  const timer = setInterval(() => peak?.look(), interval);
  try {
    const code = await new Promise<number | null>((resolve, reject) =>
      child.once("error", reject).once("close", resolve),
    );
    if (code !== 0)
      throw new Error(`${[command, ...args].join(" ")} ended with code ${code}:\n${text.stderr || text.stdout}`);
    return { wall, cpu: endedChildrenCpu() - cpuBefore, memory: peak?.bytes ?? 0, stdout: text.stdout };
  } finally {
    clearInterval(timer);
  }
}
