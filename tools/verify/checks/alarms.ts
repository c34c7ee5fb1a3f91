import { DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { count } from "../../preview/text";
import { age, type Check, type Context, each, type Finding, few, grouped } from "../check";
import type { DeployedAlarm } from "../deployed";
import { ask } from "../trouble";

/** How long an alarm may be without data: metrics that are published once a day have had their turn. */
const longest = 24 * 3_600_000;
/** Names in a question ("DescribeAlarms", CloudWatch API Reference, 2026-11). */
const batch = 100;

/** An alarm as it is in the account. */
interface Actual {
  readonly state: string;
  readonly since?: number;
  readonly enabled: boolean;
  readonly evaluation?: string;
}

async function describe({ aws }: Context, region: string, names: readonly string[]): Promise<Map<string, Actual>> {
  const found = new Map<string, Actual>();
  let NextToken: string | undefined;
  do {
    const command = new DescribeAlarmsCommand({
      AlarmNames: [...names],
      // Without this, composite alarms are left out.
      AlarmTypes: ["MetricAlarm", "CompositeAlarm"],
      MaxRecords: batch,
      NextToken,
    });
    const page = await ask("cloudwatch:DescribeAlarms", () => aws.cloudwatch(region).send(command));
    for (const {
      AlarmName,
      StateValue,
      StateTransitionedTimestamp,
      StateUpdatedTimestamp,
      ActionsEnabled,
      ...more
    } of [...(page.MetricAlarms ?? []), ...(page.CompositeAlarms ?? [])]) {
      // The second also moves when only the way of evaluating changes.
      const since = (StateTransitionedTimestamp ?? StateUpdatedTimestamp)?.getTime();
      found.set(AlarmName ?? "", {
        state: StateValue ?? "",
        ...(since !== undefined && { since }),
        enabled: ActionsEnabled !== false,
        ...("EvaluationState" in more && more.EvaluationState !== undefined && { evaluation: more.EvaluationState }),
      });
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

const evaluations: Readonly<Record<string, string>> = {
  EVALUATION_ERROR: "its configuration is wrong: look at the alarm's reason with `aws cloudwatch describe-alarms`",
  PARTIAL_DATA: "its query matches more than CloudWatch looks at: narrow it",
};

function findingsOf({ name, region }: DeployedAlarm, actual: Actual | undefined, now: number): Finding[] {
  const where = `alarm ${name} in ${region}`;
  if (!actual)
    return [
      { what: "the alarm is not there", where, wayOut: "somebody deleted it: `pulumi refresh`, then `pulumi up`" },
    ];
  const found: Finding[] = [];
  const { state, since = now, enabled, evaluation } = actual;
  if (state === "INSUFFICIENT_DATA" && now - since > longest)
    found.push({
      what: `no data for ${age(now - since)}`,
      where,
      wayOut:
        "does the metric exist (check metrics), and does its resource still run? Its runbook has the first checks",
    });
  if (!enabled)
    found.push({
      what: "its actions are off: it tells nobody",
      where,
      wayOut: `aws cloudwatch enable-alarm-actions --region ${region} --alarm-names ${name}`,
    });
  if (evaluation !== undefined)
    found.push({
      what: `CloudWatch cannot evaluate it (${evaluation})`,
      where,
      wayOut: evaluations[evaluation] ?? "CloudWatch has trouble of its own: run this again later",
    });
  return found;
}

/** Whether each alarm is there, may tell somebody, and has had data within a day. */
export const alarms: Check = {
  name: "alarms",
  actions: ["cloudwatch:DescribeAlarms"],
  skipped: ({ alarms }) => (alarms.length === 0 ? "the stack has no alarm" : undefined),
  async run(context) {
    const { deployed, now } = context;
    const batches = [...grouped(deployed.alarms, ({ region }) => region)].flatMap(([region, own]) =>
      Array.from({ length: Math.ceil(own.length / batch) }, (_, index) => ({
        region,
        names: own.slice(index * batch, (index + 1) * batch).map(({ name }) => name),
      })),
    );
    const answers = await each(batches, async ({ region, names }) => {
      const found = await describe(context, region, names);
      return [...found].map(([name, actual]) => [`${region} ${name}`, actual] as const);
    });
    const actual = new Map(answers.flat());
    const of = ({ region, name }: DeployedAlarm) => actual.get(`${region} ${name}`);
    const inState = (wanted: string) =>
      deployed.alarms.filter((alarm) => of(alarm)?.state === wanted).map(({ name }) => name);
    const alarming = inState("ALARM");
    const silent = inState("INSUFFICIENT_DATA");
    return {
      seen: `${count(deployed.alarms.length, "alarm")}: ${inState("OK").length} OK, ${alarming.length} in alarm, ${silent.length} without data`,
      findings: deployed.alarms.flatMap((alarm) => findingsOf(alarm, of(alarm), now)),
      ...(alarming.length > 0 && { notes: [`in alarm now: ${few(alarming)}`] }),
    };
  },
};
