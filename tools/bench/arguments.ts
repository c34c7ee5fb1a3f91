import { parseArgs } from "node:util";
import { UsageError } from "../preview/arguments";
import { type Part, parts } from "./candidates";

/** What `npm run bench` was asked for. */
export interface BenchArguments {
  readonly queues: number;
  /** How often each program is run. */
  readonly rounds: number;
  readonly parts: readonly Part[];
  /** Whether programs run too that no aim compares with. */
  readonly all: boolean;
}

const usage = `npm run bench [-- --queues <1 to 10000>] [--rounds <1 to 100>] [--only ${parts.join("|")}] [--all]`;

function whole(name: string, value: string, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  throw new UsageError(`--${name} must be a whole number from 1 to ${most}, got "${value}"; usage: ${usage}`);
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        queues: { type: "string", default: "1000" },
        rounds: { type: "string", default: "3" },
        only: { type: "string" },
        all: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    const [said] = (error instanceof Error ? error.message : String(error)).split(". ");
    throw new UsageError(`${said}; usage: ${usage}`);
  }
}

/**
 * Reads the command line of the bench.
 * @throws UsageError
 */
export function readArguments(argv: readonly string[]): BenchArguments {
  const { queues, rounds, only, all } = parsed(argv);
  const chosen = parts.filter((part) => only === undefined || part === only);
  if (chosen.length === 0) throw new UsageError(`there is no part "${only}"; usage: ${usage}`);
  return { queues: whole("queues", queues, 10_000), rounds: whole("rounds", rounds, 100), parts: chosen, all };
}
