import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { catalogue } from "../../infra/signal/catalogue";
import { root } from "../build.cjs";
import type { Io } from "../preview/output";
import { equivalents } from "./equivalents";
import { caughtShare, mutationPage } from "./page";
import { mutatedRules } from "./rules";
import { mutatedAlarms, type Score, scoreOf } from "./score";

/** The score's committed files: path from the root of the project to text. */
export const mutationFiles = ({ problems: _, ...score }: Score): ReadonlyMap<string, string> =>
  new Map([
    ["generated/mutation.json", `${JSON.stringify(score, null, 2)}\n`],
    ["generated/mutation.md", mutationPage({ ...score, problems: [] })],
  ]);

/** The score of the project's own signals. */
export const projectScore = async (): Promise<Score> =>
  scoreOf([...mutatedAlarms(catalogue), ...(await mutatedRules(catalogue.kinds))], equivalents);

/**
 * `npm run mutate`: changes every alarm and rule in every way, and counts what lint and proofs catch. Writes generated/mutation.md and .json; with `--check` it only
 * compares with them.
 * @param argv what follows the command
 * @param folder of the project
 * @returns exit code: 0 fine, 1 a mutant survives that is not named, an equivalent is wrong or a file differs, 2 wrong usage
 */
export async function mutate(
  argv: readonly string[],
  io: Pick<Io, "out" | "error">,
  { score = projectScore, folder = root }: { score?: () => Score | Promise<Score>; folder?: string } = {},
): Promise<number> {
  const unknown = argv.find((argument) => argument !== "--check");
  if (unknown !== undefined) {
    io.error(`"${unknown}" is not understood: npm run mutate [-- --check]\n`);
    return 2;
  }
  const check = argv.includes("--check");
  const result = await score();
  const differing = [...mutationFiles(result)].filter(([path, text]) => {
    const at = join(folder, path);
    if (existsSync(at) && readFileSync(at, "utf8") === text) return false;
    if (check) return true;
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, text);
    return false;
  });
  const { caught, mutants, equivalent, problems } = result;
  io.out(
    `${caught} of ${mutants} mutants caught, ${equivalent} equivalent, ${result.survived} survive: ${caughtShare(result)} %\n`,
  );
  const stale = differing.map(([path]) => `${path} is not what the signals give: run npm run mutate`);
  const said = [...problems, ...stale];
  for (const problem of said) io.error(`${problem}\n`);
  return said.length > 0 ? 1 : 0;
}
