import { parseArgs } from "node:util";

/** What `npm run preview` was asked for. */
export interface PreviewArguments {
  readonly stack: string;
  /** Whether the real providers and credentials are used. */
  readonly aws: boolean;
  /** Whether nothing is folded. */
  readonly all: boolean;
}

/** A wrong command line: exit code 2. The message is one line that says what is right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const flags = {
  preview: { aws: { type: "boolean" }, all: { type: "boolean" } },
  rehearse: {},
} as const;

const usages = {
  preview: "npm run preview [-- <stack>] [--aws] [--all]",
  rehearse: "npm run rehearse [-- <stack>]",
} as const;

/** A command that takes a stack. */
export type StackCommand = keyof typeof usages;

/**
 * Reads a command line: a stack (dev when none is named) and flags.
 * @param stacks the stacks that there are
 * @throws UsageError
 */
export function readArguments(
  command: StackCommand,
  argv: readonly string[],
  stacks: readonly string[],
): PreviewArguments {
  const known = stacks.length > 0 ? `stacks: ${stacks.join(", ")}` : "there is no Pulumi.<stack>.yaml here";
  const wrong = (what: string) => new UsageError(`${what}; usage: ${usages[command]}; ${known}`);
  const options = flags[command];
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const chosen = new Set<string>();
  const names: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") names.push(token.value);
    else if (token.kind !== "option") continue;
    else if (!Object.hasOwn(options, token.name)) throw wrong(`${command} has no option ${token.rawName}`);
    else if (token.value !== undefined) throw wrong(`${token.rawName} takes no value`);
    else chosen.add(token.name);
  }
  if (names.length > 1) throw wrong(`${command} takes one stack, got ${names.join(" ")}`);
  const [stack = "dev"] = names;
  if (!stacks.includes(stack)) throw wrong(`there is no stack "${stack}"`);
  return { stack, aws: chosen.has("aws"), all: chosen.has("all") };
}
