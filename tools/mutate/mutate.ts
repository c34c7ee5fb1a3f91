import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import { root } from "../build.cjs";
import type { Io } from "../preview/output";
import { equivalents } from "./equivalents";
import { caughtShare, mutationPage } from "./page";
import { type Before, scoreOfKinds } from "./project";
import type { Score } from "./score";
import type { SignalScore } from "./score.signal";

/** The score as data; its digests say which of it still holds. */
const dataFile = "generated/mutation.json";

/** The score's committed files: path from the root of the project to text. */
export const mutationFiles = ({ problems: _, ...score }: Score): ReadonlyMap<string, string> =>
  new Map([
    [dataFile, `${JSON.stringify(score, null, 2)}\n`],
    ["generated/mutation.md", mutationPage({ ...score, problems: [] })],
  ]);

/** The score of the project's own signals. */
export const projectScore = (before: Before): Promise<Score> => scoreOfKinds(catalogue.kinds, equivalents, before);

const textOf = (folder: string, path: string): string | undefined => {
  const at = join(folder, path);
  return existsSync(at) ? readFileSync(at, "utf8") : undefined;
};

/** The scores on record; none where the file cannot be read, as in the middle of a merge. */
function recordedIn(folder: string): readonly SignalScore[] {
  try {
    const { signals = [] }: { readonly signals?: readonly SignalScore[] } = JSON.parse(
      textOf(folder, dataFile) ?? "{}",
    );
    return signals;
  } catch {
    return [];
  }
}

const digest = /^ *"digest": "[0-9a-f]*",\n/gm;

/** What a result differs in from what is committed: in nothing, in digests of what it follows from, or in itself. */
function differing(folder: string, result: Score): { readonly files: readonly string[]; readonly digests: boolean } {
  const differs = (plain: (text: string) => string) =>
    [...mutationFiles(result)].filter(([path, text]) => plain(textOf(folder, path) ?? "") !== plain(text));
  const files = differs((text) => text.replace(digest, "")).map(([path]) => path);
  return { files, digests: differs((text) => text).length > files.length };
}

function write(folder: string, result: Score): void {
  for (const [path, text] of mutationFiles(result)) {
    if (textOf(folder, path) === text) continue;
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const options = ["--check", "--all"];

/**
 * `npm run mutate`: changes every alarm and rule in every way, and counts what lint and proofs catch. What still follows from the same is taken from
 * generated/mutation.json, and the rest is run; with `--all` everything is. Writes generated/mutation.md and .json; with `--check` it only compares with them.
 * @param argv what follows the command
 * @param folder of the project
 * @returns exit code: 0 fine, 1 a mutant survives that is not named, an equivalent is wrong or a result differs, 2 wrong usage
 */
export async function mutate(
  argv: readonly string[],
  io: Pick<Io, "out" | "error">,
  { score = projectScore, folder = root }: { score?: (before: Before) => Score | Promise<Score>; folder?: string } = {},
): Promise<number> {
  const unknown = argv.find((argument) => !options.includes(argument));
  if (unknown !== undefined) {
    io.error(`"${unknown}" is not understood: npm run mutate [-- --check] [-- --all]\n`);
    return 2;
  }
  const recorded = argv.includes("--all") ? [] : recordedIn(folder);
  const result = await score({ recorded, progress: (line) => io.error(`${line}\n`) });
  const { files, digests } = differing(folder, result);
  const check = argv.includes("--check");
  if (!check) write(folder, result);
  const { caught, mutants, equivalent, problems } = result;
  io.out(
    `${caught} of ${mutants} mutants caught, ${equivalent} equivalent, ${result.survived} survive: ${caughtShare(result)} %\n`,
  );
  if (check && digests)
    io.out(
      `The result is the one on record, but what it follows from changed: npm run mutate saves the next one from running it again\n`,
    );
  const stale = check ? files.map((path) => `${path} is not what the signals give: run npm run mutate`) : [];
  const said = [...problems, ...stale];
  for (const problem of said) io.error(`${problem}\n`);
  return said.length > 0 ? 1 : 0;
}
