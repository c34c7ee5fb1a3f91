import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { root } from "../build.cjs";
import { knownStacks } from "../engine/settings";
import { UsageError } from "../preview/arguments";
import { type Io, writeResult } from "../preview/output";
import { painted, plain } from "../preview/text";
import { readVerifyArguments, type VerifyArguments } from "./arguments";
import { type Access, type Aws, awsOf } from "./aws";
import { type Check, type Context, type Finding, few } from "./check";
import { checks } from "./checks";
import { type Deployed, deployedOf } from "./deployed";
import { exportState } from "./export";
import { consent, type Terminal, terminal } from "./page/consent";
import { type Delivery, type PageMeans, page } from "./page/page";
import { type CheckReport, isFine, type VerifyReport, verifyPage } from "./report";
import { readState } from "./state";
import { Trouble } from "./trouble";

/** What the command works with; a test gives others. */
export interface Means {
  /** Folder of Pulumi.<stack>.yaml; out/<stack>/ is made in it. */
  readonly folder: string;
  readonly exportState: (stack: string, log: (line: string) => void) => Promise<string>;
  readonly access: Access;
  readonly terminal: Terminal;
  readonly now: () => number;
  /** How long a test of paging waits. */
  readonly paging: Pick<PageMeans, "settle" | "pace">;
}

const real: Means = { folder: root, exportState, access: {}, terminal, now: Date.now, paging: {} };

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function stateText({ stack, state }: VerifyArguments, means: Means, tell: (line: string) => void) {
  if (state === undefined) return { text: await means.exportState(stack, tell), from: `the state of ${stack}` };
  try {
    return { text: readFileSync(state, "utf8"), from: state };
  } catch (error) {
    throw new UsageError(`${state} cannot be read: ${messageOf(error)}`);
  }
}

async function checked(check: Check, context: Context): Promise<CheckReport> {
  const { name } = check;
  const none = { findings: [], notes: [] };
  const why = check.skipped(context.deployed);
  if (why !== undefined) return { name, verdict: "skipped", seen: why, ...none };
  try {
    const { seen, findings, notes = [] } = await check.run(context);
    return { name, verdict: findings.length > 0 ? "findings" : "ok", seen, findings, notes };
  } catch (error) {
    // Without credentials no other check says anything else; and what is no trouble of AWS's is a mistake here.
    if (!(error instanceof Trouble) || error.kind === "credentials") throw error;
    return { name, verdict: "not checked", seen: error.message, ...none };
  }
}

/** What the state does not tell cannot be verified. */
function unread({ unreadable }: Deployed): CheckReport[] {
  if (unreadable.length === 0) return [];
  const finding: Finding = {
    what: `the state does not tell what is needed of ${few(unreadable)}`,
    where: "the stack's state",
    wayOut:
      "an encrypted value, or a version of the provider that this project does not know: it is left out of the checks",
  };
  return [
    { name: "state", verdict: "findings", seen: `${unreadable.length} not readable`, findings: [finding], notes: [] },
  ];
}

async function whoAsks(aws: Aws, { account, stack }: Deployed): Promise<string> {
  const caller = await aws.caller();
  if (caller.account === account) return caller.arn;
  throw new Error(
    `these credentials are of account ${caller.account}, and ${stack} is in ${account}: set AWS_PROFILE to one of that account`,
  );
}

/** Sends test alarms where that is meant. */
async function paged(
  asked: VerifyArguments,
  {
    aws,
    deployed,
    caller,
    means,
    tell,
  }: { aws: Aws; deployed: Deployed; caller: string; means: Means; tell: (line: string) => void },
): Promise<{ report: CheckReport; deliveries: readonly Delivery[] } | undefined> {
  const name = "page";
  if (!deployed.paging && !deployed.prometheus?.routes)
    return {
      report: { name, verdict: "skipped", seen: "the stack tells nobody of an alarm", findings: [], notes: [] },
      deliveries: [],
    };
  if (!(await consent(deployed, asked.yes, tell, means.terminal))) {
    tell("no test alarm was sent");
    return undefined;
  }
  const test = { stack: asked.stack, token: randomBytes(4).toString("hex"), caller, now: means.now };
  try {
    const { deliveries, findings, notes } = await page(aws, deployed, { test, tell, ...means.paging });
    const arrived = deliveries.filter(({ seconds }) => seconds !== undefined).length;
    const verdict = findings.length > 0 ? "findings" : "ok";
    return {
      report: { name, verdict, seen: `${arrived} of ${deliveries.length} test alarms arrived`, findings, notes },
      deliveries,
    };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return { report: { name, verdict: "not checked", seen: error.message, findings: [], notes: [] }, deliveries: [] };
  }
}

async function verified(
  asked: VerifyArguments,
  deployed: Deployed,
  means: Means,
  tell: (line: string) => void,
): Promise<VerifyReport> {
  const aws = awsOf(deployed.region, means.access);
  try {
    const caller = await whoAsks(aws, deployed);
    const context: Context = { deployed, aws, now: means.now() };
    const reports = unread(deployed);
    // One after the other: they share what AWS allows in a second.
    for (const check of checks) reports.push(await checked(check, context));
    const sent = asked.page ? await paged(asked, { aws, deployed, caller, means, tell }) : undefined;
    if (sent) reports.push(sent.report);
    const { stack, account, region, written } = deployed;
    return {
      stack,
      at: new Date(context.now).toISOString(),
      ...(written !== undefined && { state: written }),
      account,
      region,
      caller,
      ok: isFine(reports),
      checks: reports,
      ...(sent && { page: sent.deliveries }),
    };
  } finally {
    aws.close();
  }
}

/**
 * `npm run verify -- <stack>`: holds a stack that is deployed against the account. It reads only, unless test alarms are asked for.
 * @param argv what follows the command
 * @returns exit code: 0 fine, 1 something was found or could not be checked, 2 wrong usage
 */
export async function verify(argv: readonly string[], io: Io, means: Means = real): Promise<number> {
  const tell = (line: string) => io.error(`${line}\n`);
  try {
    const asked = readVerifyArguments(argv, knownStacks(means.folder));
    if (asked.page && !asked.yes && !means.terminal.interactive)
      throw new UsageError("--page tells people, and nobody can be asked here whether that is meant: add --yes");
    const { text, from } = await stateText(asked, means, tell);
    const report = await verified(asked, deployedOf(asked.stack, readState(asked.stack, text, from)), means, tell);
    io.out(verifyPage(report, { all: asked.all, paint: io.colours ? painted : plain }));
    io.out(`${writeResult(means.folder, asked.stack, "verify.json", `${JSON.stringify(report, null, 2)}\n`)}\n`);
    return report.ok ? 0 : 1;
  } catch (error) {
    tell(messageOf(error));
    return error instanceof UsageError ? 2 : 1;
  }
}
