/**
 * `npm run generate` writes all that is derived and committed. With `--check` it writes nothing, and fails when a file differs. Same input, same bytes.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { boardText } from "../../infra/signal/board";
import { catalogue } from "../../infra/signal/catalogue";
import { linked } from "../../infra/signal/runbook.people";
import { incidentPage } from "../../infra/watch/incidents/runbook";
import { defaultRunbooks } from "../../stacks/settings/general";
import { alarmsProvenFile, alarmsProvenText } from "../preview/proofs.proven";
import { proveKinds, provenFile, ruleTestsOf } from "../promtool/proven";
import { extract, format } from "../standin/extract";
import { coveragePage } from "./coverage";
import { kindsTable } from "./kinds";
import { inMarkers } from "./markers";
import { causesTable, pagesTable } from "./oncall";
import { configBlock } from "./pulumiyaml";
import { reachTable } from "./reach";
import { recommendationsPage } from "./recommendations";

const root = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Folders in which nothing else may lie: a page whose signal is gone goes too. */
const folders = ["generated/dashboards", "generated/rules", "generated/runbooks"];

/** Writes texts below a folder, by their paths from there. */
function write(folder: string, written: Iterable<readonly [path: string, text: string]>): void {
  for (const [path, text] of written) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** The coverage by what is proven now: what the project's folder has on record is about to be written anew. */
function coverageBy(records: readonly (readonly [path: string, text: string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), "vigia-records-"));
  try {
    write(folder, records);
    return coveragePage(catalogue, folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every generated text, by its path from the root of the project. */
async function texts(): Promise<Map<string, string>> {
  const runbooks = Object.entries(
    linked(Object.fromEntries(catalogue.kinds.flatMap((kind) => Object.entries(kind.runbooks())))),
  );
  const boards = catalogue.kinds.map((kind) => [kind.name, boardText(kind, { runbooks: defaultRunbooks })] as const);
  const records = [
    [provenFile, await proveKinds(catalogue.kinds)],
    [alarmsProvenFile, alarmsProvenText(catalogue.kinds)],
  ] as const;
  return new Map([
    ...runbooks.map(([id, text]) => [`generated/runbooks/${id}.md`, text] as const),
    ["generated/runbooks/incident.md", incidentPage(catalogue)],
    ...boards.map(([name, text]) => [`generated/dashboards/${name}.json`, text] as const),
    ...ruleTestsOf(catalogue.kinds).map(({ id, rules }) => [`generated/rules/${id}.yaml`, rules] as const),
    ...records,
    ["generated/coverage.md", coverageBy(records)],
    ["generated/recommendations.md", recommendationsPage(catalogue)],
    ["generated/schema.json", format(extract(root))],
    ["Pulumi.yaml", inMarkers(read("Pulumi.yaml"), "config", configBlock())],
    ["docs/deploy.md", inMarkers(read("docs/deploy.md"), "reach", reachTable())],
    [
      "docs/on-call.md",
      inMarkers(inMarkers(read("docs/on-call.md"), "causes", causesTable()), "pages", pagesTable(catalogue)),
    ],
    ["README.md", inMarkers(read("README.md"), "kinds", kindsTable(catalogue))],
  ]);
}

const under = (folder: string): string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    : [];

/** Writes, removes, or only checks; returns the paths that differed. */
export async function generate({ check }: { check: boolean }): Promise<string[]> {
  const wanted = await texts();
  const orphans = folders.flatMap(under).filter((path) => !wanted.has(path));
  const changed = [...wanted].filter(([path, text]) => !existsSync(join(root, path)) || read(path) !== text);
  if (!check) {
    for (const path of orphans) rmSync(join(root, path));
    write(root, changed);
  }
  return [...changed.map(([path]) => path), ...orphans];
}

async function main(check: boolean): Promise<void> {
  const differing = await generate({ check });
  for (const path of differing) {
    console.log(check ? `${path} is not what its sources give: run npm run generate` : `renewed ${path}`);
  }
  process.exitCode = check && differing.length > 0 ? 1 : 0;
}

if (require.main === module) {
  main(process.argv.includes("--check")).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}
