import { parseArgs } from "node:util";
import { UsageError } from "../preview/arguments";

/** What `npm run verify` was asked for. */
export interface VerifyArguments {
  readonly stack: string;
  /** A file that `pulumi stack export` wrote. @default the Pulumi CLI is asked */
  readonly state?: string;
  /** Whether test alarms are sent. */
  readonly page: boolean;
  /** Whether whoever runs it knows that people are told. */
  readonly yes: boolean;
  /** Whether nothing is folded. */
  readonly all: boolean;
}

const options = {
  state: { type: "string" },
  page: { type: "boolean" },
  yes: { type: "boolean" },
  all: { type: "boolean" },
} as const;

const isOption = (name: string): name is keyof typeof options => Object.hasOwn(options, name);

/**
 * Reads a command line. A stack must be named: with --page people are told.
 * @throws UsageError
 */
export function readVerifyArguments(argv: readonly string[], stacks: readonly string[]): VerifyArguments {
  const wrong = (what: string) =>
    new UsageError(
      `${what}; usage: npm run verify -- <stack> [--state <file>] [--page [--yes]] [--all]; stacks: ${stacks.join(", ") || "none"}`,
    );
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const names = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const flags = new Set<string>();
  let state: string | undefined;
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const { name, rawName, value } = token;
    if (!isOption(name)) throw wrong(`verify has no option ${rawName}`);
    if (options[name].type === "boolean" && value !== undefined) throw wrong(`${rawName} takes no value`);
    if (name !== "state") flags.add(name);
    else if (value === undefined || value === "" || value.startsWith("-")) throw wrong("--state takes a file");
    else state = value;
  }
  const [stack, ...others] = names;
  if (stack === undefined || others.length > 0) throw wrong(`verify takes one stack, got ${names.join(" ") || "none"}`);
  if (!stacks.includes(stack)) throw wrong(`there is no stack "${stack}"`);
  if (flags.has("yes") && !flags.has("page")) throw wrong("--yes goes with --page");
  return {
    stack,
    ...(state !== undefined && { state }),
    page: flags.has("page"),
    yes: flags.has("yes"),
    all: flags.has("all"),
  };
}
