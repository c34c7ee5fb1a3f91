/** The command against a pretended account, for tests. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployedOf } from "./deployed";
import { type Answers, type FakeAws, fakeAws } from "./fake";
import type { CheckReport, VerifyReport } from "./report";
import { readState } from "./state";
import { type Means, verify } from "./verify";
import { healthy, now, stateFile, stateText } from "./verify.fixtures";

const deployed = deployedOf("dev", readState("dev", stateText(), "the fixture"));
/** Names of the rules of each group of each namespace in the state. */
export const rulesIn = Object.fromEntries(
  (deployed.prometheus?.namespaces ?? []).map(({ name, groups }) => [name, groups]),
);

/** What tests of the command work with; within a `describe`. */
export function verifyWith() {
  const started: FakeAws[] = [];
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "vigia-verify-"));
    for (const stack of ["dev", "prod"]) writeFileSync(join(folder, `Pulumi.${stack}.yaml`), "config: {}\n");
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((aws) => aws.close()));
    rmSync(folder, { recursive: true, force: true });
  });

  /** Runs the command against an account in which only some answers are other than they should be. */
  async function run(
    other: Answers = {},
    {
      argv = ["dev", "--state", stateFile],
      impatient = false,
      ...more
    }: Partial<Means> & { readonly argv?: readonly string[]; readonly impatient?: boolean } = {},
  ) {
    const aws = await fakeAws({ ...healthy(rulesIn), ...other });
    started.push(aws);
    const said = { out: "", error: "" };
    const io = {
      out: (text: string) => {
        said.out += text;
      },
      error: (text: string) => {
        said.error += text;
      },
      colours: false,
    };
    const means: Means = {
      folder,
      exportState: async () => stateText(),
      access: impatient ? { ...aws.access, attempts: 1, patience: 1_500 } : aws.access,
      terminal: { interactive: false, ask: async () => assert.fail("nobody may be asked") },
      now: () => now,
      paging: {},
      ...more,
    };
    const code = await verify(argv, io, means);
    const read = (): VerifyReport => JSON.parse(readFileSync(join(folder, "out", "dev", "verify.json"), "utf8"));
    return { code, ...said, read, asked: aws.asked };
  }

  /** The only check that is not fine. */
  async function only(name: string, other: Answers): Promise<CheckReport> {
    const { code, read, out } = await run(other);
    assert.equal(code, 1, out);
    const wrong = read().checks.filter(({ verdict }) => verdict !== "ok" && verdict !== "skipped");
    assert.deepEqual(
      wrong.map((check) => check.name),
      [name],
      out,
    );
    const [check] = wrong;
    assert.ok(check);
    return check;
  }

  const finding = async (name: string, other: Answers) => {
    const { findings } = await only(name, other);
    assert.equal(findings.length, 1, JSON.stringify(findings));
    const [found] = findings;
    assert.ok(found);
    return found;
  };

  return { run, only, finding };
}
