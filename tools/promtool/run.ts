import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { asJudged, type RuleTest, rulesFile } from "../../infra/signal/rule.proof";

const run = promisify(execFile);

/** What promtool said, where it refused; undefined where it was content. */
async function refusal(path: string, args: readonly string[], cwd: string): Promise<string | undefined> {
  try {
    await run(path, [...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
    return undefined;
  } catch (error) {
    // It could not be started at all, or was ended: that is no judgement.
    if (!(error instanceof Error && "code" in error && typeof error.code === "number" && "stderr" in error))
      throw error;
    return `${"stdout" in error ? String(error.stdout) : ""}${String(error.stderr)}`.trim();
  }
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
const unescaped = (text: string): string =>
  text.replace(/&(?:#x([0-9A-F]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole;
    return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
  });

/** The failures in promtool's JUnit report, by test file. A file of which it reports no case is left out. */
export function failuresIn(junit: string): ReadonlyMap<string, readonly string[]> {
  const suites = junit.matchAll(/<testsuite name="([^"]*)"[^>]*>(.*?)<\/testsuite>/gs);
  return new Map(
    [...suites].flatMap(([, file = "", body = ""]): [string, readonly string[]][] => {
      const cases = [...body.matchAll(/<testcase name="([^"]*)"[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs)];
      const failures = cases.flatMap(([, name = "", inside = ""]) =>
        [...inside.matchAll(/<(?:failure|error)[^>]*>(.*?)<\/(?:failure|error)>/gs)].map(
          ([, text = ""]) => `${unescaped(name)}: ${unescaped(text).replace(/\s+/g, " ").trim()}`,
        ),
      );
      return cases.length === 0 ? [] : [[unescaped(file), failures]];
    }),
  );
}

const testFile = (id: string) => `${id}.test.yaml`;

/** Rules that promtool refuses before it tests any: one run for all, and where something is wrong, one for each half until it is found. */
async function refused(path: string, folder: string, tests: readonly RuleTest[]): Promise<readonly [string, string][]> {
  const files = tests.map(({ id }) => rulesFile(id));
  const message = await refusal(path, ["check", "rules", "--lint=all", "--lint-fatal", ...files], folder);
  const [first, ...others] = tests;
  if (message === undefined || !first) return [];
  if (others.length === 0) return [[first.id, message]];
  const half = Math.ceil(tests.length / 2);
  const one = await refused(path, folder, tests.slice(0, half));
  return [...one, ...(await refused(path, folder, tests.slice(half)))];
}

/**
 * Lets promtool check and test rules: two runs, however many there are, and a few more where it refuses some.
 * @param path the program
 * @returns what each signal's rules did wrong, by its id; empty where they are proven
 */
export async function proveRules(
  path: string,
  tests: readonly RuleTest[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  if (tests.length === 0) return new Map();
  const folder = await mkdtemp(join(tmpdir(), "vigia-rules-"));
  try {
    await Promise.all(
      tests.flatMap(({ id, rules, test }) => [
        writeFile(join(folder, rulesFile(id)), asJudged(rules)),
        writeFile(join(folder, testFile(id)), test),
      ]),
    );
    const wrong = new Map(await refused(path, folder, tests));
    const sound = tests.filter(({ id }) => !wrong.has(id)).map(({ id }) => testFile(id));
    const message =
      sound.length > 0 ? await refusal(path, ["test", "rules", "--junit=junit.xml", ...sound], folder) : "";
    const failures = sound.length > 0 ? failuresIn(await readFile(join(folder, "junit.xml"), "utf8")) : new Map();
    return new Map(
      tests.map(({ id }): [string, readonly string[]] => {
        const refusedBecause = wrong.get(id);
        if (refusedBecause !== undefined) return [id, [`promtool refuses its rules: ${refusedBecause}`]];
        return [id, failures.get(testFile(id)) ?? [`promtool tested nothing: ${message ?? "it gave no reason"}`]];
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
