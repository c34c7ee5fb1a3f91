import { type Login as Reader, readLogin } from "../../boards/login";
import { root } from "../build.cjs";
import { knownStacks } from "../engine/settings";
import { UsageError } from "../preview/arguments";
import type { Io } from "../preview/output";
import { readBoardsArguments } from "./arguments";
import { tokensOf } from "./aws";
import { type Engine, userEngine } from "./engine";
import { type Target, targetOf } from "./outputs";
import { checkToken } from "./reach";
import { secretText } from "./secret";
import { type Tokens, withToken } from "./tokens";

/** What the command works with; a test gives others. */
export interface Means {
  readonly engine: (log: (line: string) => void) => Promise<Engine>;
  readonly tokens: (target: Target) => Tokens & { close(): void };
  /** The text of a secret. */
  readonly secret: (secretArn: string, region: string) => Promise<string>;
  readonly stacks: () => readonly string[];
  /** Where Grafana answers: the workspace's own address. */
  readonly url: (target: Target) => string;
  readonly now: () => number;
}

const real: Means = {
  engine: (log) => userEngine(log),
  tokens: (target) => tokensOf(target),
  secret: secretText,
  stacks: () => knownStacks(root),
  url: ({ url }) => url,
  now: Date.now,
};

/**
 * `npm run boards -- <stack>`: writes data sources, folders and dashboards to the Grafana workspace of a stack that is deployed, with a token of its own that is
 * deleted afterwards.
 * @param argv what follows the command
 * @returns exit code: 0 fine, 1 it failed, 2 wrong usage
 */
export async function boards(argv: readonly string[], io: Io, means: Means = real): Promise<number> {
  const say = (line: string) => io.error(`${line}\n`);
  try {
    const { stack, preview } = readBoardsArguments(argv, means.stacks());
    const engine = await means.engine(say);
    const target = targetOf(stack, await engine.outputs(stack));
    const url = means.url(target);
    const reader = await readerOf(target, means);
    const tokens = means.tokens(target);
    try {
      await withToken(
        tokens,
        async (key) => {
          await checkToken(url, key);
          await engine.publish(stack, { url, key, ...(reader && { reader }) }, preview, io.out);
        },
        say,
        means.now,
      );
    } finally {
      tokens.close();
    }
    io.out(`ok: boards of ${stack} ${preview ? "compared with" : "are at"} ${url}\n`);
    return 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** How boards log in to Loki, where the stack has it: asked for before there is a token. */
async function readerOf({ logs, region }: Target, means: Means): Promise<Reader | undefined> {
  if (!logs) return undefined;
  return readLogin(await means.secret(logs.secretArn, region), `the secret ${logs.secretArn}`);
}
