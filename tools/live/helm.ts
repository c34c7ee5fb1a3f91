import { execFile } from "node:child_process";
import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parseAllDocuments, stringify } from "yaml";
import { lastWordsOf, Unavailable } from "./unavailable";

const run = promisify(execFile);

/** A chart as a release names it. */
export interface Chart {
  readonly release: string;
  readonly namespace: string;
  readonly chart: string;
  readonly version: string;
  readonly repository: string;
  readonly values: unknown;
}

/** A folder with charts by their names, of somebody who fetched them before. */
const folderVariable = "VIGIA_CHARTS";

/** What Helm has to say of its surroundings, and not of the chart. */
const surroundings = /no such host|cannot be reached|connection refused|timeout|i\/o|TLS handshake/i;

const hasFolder = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/**
 * What Helm makes of a chart, object by object.
 * @throws Unavailable where Helm or the chart cannot be had
 * @throws Error with Helm's words where the chart refuses the values
 */
export async function rendered(given: Chart, kubeVersion: string): Promise<readonly unknown[]> {
  const { release, namespace, chart, version, repository, values } = given;
  await run("helm", ["version"]).catch(() => {
    throw new Unavailable("helm is missing");
  });
  const folder = await mkdtemp(join(tmpdir(), "vigia-live-"));
  try {
    const file = join(folder, "values.yaml");
    await writeFile(file, stringify(values));
    const local = join(process.env[folderVariable] ?? folder, chart);
    const source = (await hasFolder(local)) ? [local] : [chart, "--repo", repository, "--version", version];
    const asked = ["template", release, ...source, "-n", namespace, "-f", file, "--kube-version", kubeVersion];
    const { stdout } = await run("helm", asked, { maxBuffer: 64 * 1024 * 1024 });
    return parseAllDocuments(stdout).flatMap((document) => (document.contents === null ? [] : [document.toJS()]));
  } catch (error) {
    const said = lastWordsOf(error);
    throw surroundings.test(said) ? new Unavailable(`the chart ${chart} ${version} cannot be had: ${said}`) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
