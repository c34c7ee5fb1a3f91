import { parseArgs } from "node:util";
import { UsageError } from "../preview/arguments";

/** What `npm run boards` was asked for. */
export interface BoardsArguments {
  readonly stack: string;
  /** Whether it is only shown what would change. */
  readonly preview: boolean;
}

/**
 * Reads a command line. A stack must be named: it writes to a Grafana that people look at.
 * @throws UsageError
 */
export function readBoardsArguments(argv: readonly string[], stacks: readonly string[]): BoardsArguments {
  const wrong = (what: string) =>
    new UsageError(`${what}; usage: npm run boards -- <stack> [--preview]; stacks: ${stacks.join(", ") || "none"}`);
  const options = { preview: { type: "boolean" } } as const;
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const names = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const flags = tokens.filter((token) => token.kind === "option");
  for (const { name, rawName, value } of flags) {
    if (!Object.hasOwn(options, name)) throw wrong(`boards has no option ${rawName}`);
    if (value !== undefined) throw wrong(`${rawName} takes no value`);
  }
  const [stack, ...others] = names;
  if (stack === undefined || others.length > 0) throw wrong(`boards takes one stack, got ${names.join(" ") || "none"}`);
  if (!stacks.includes(stack)) throw wrong(`there is no stack "${stack}"`);
  return { stack, preview: flags.length > 0 };
}
