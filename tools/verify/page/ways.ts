import { DeleteAlarmsCommand, PutMetricAlarmCommand, SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { z } from "zod";
import type { Severity } from "../../../infra/signal/signal";
import { severities } from "../../../infra/watch/alerting/routes";
import type { Aws } from "../aws";
import { type Deployed, placeOf } from "../deployed";
import type { DeployedPrometheus, DeployedRoute } from "../deployed.prometheus";
import { prometheusOf } from "../prometheus";
import { ask } from "../trouble";
import type { Arrived } from "./mailbox";

/** A way by which people are told: of a severity, by a backend. */
export interface Way {
  readonly name: string;
  /** Where it must arrive. */
  readonly topics: readonly string[];
  /** Milliseconds after which it should have arrived. */
  readonly patience: number;
  /** Why it may not arrive although nothing is broken. */
  readonly hint?: string;
  /** Raises the test alarm. */
  raise(): Promise<void>;
  /** Ends it; people are told that, too. */
  end(): Promise<void>;
  /** Removes what was made. */
  remove(): Promise<void>;
  /** Whether a message is the beginning or the end of this test. */
  tells(message: Arrived): "firing" | "resolved" | undefined;
  /** Whether its end is waited for: where alerts gather that takes too long. */
  readonly waitsForEnd: boolean;
}

/** Who tests, and by which name. */
export interface Test {
  readonly stack: string;
  /** Tells this test from all others. */
  readonly token: string;
  readonly caller: string;
  readonly now: () => number;
}

/** What CloudWatch writes to a topic, as far as it is needed. */
const notice = z.object({ AlarmName: z.string(), NewStateValue: z.string() });

/** Undefined for what is not from CloudWatch. */
function alarmNotice(text: string): z.infer<typeof notice> | undefined {
  try {
    return notice.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const minutes = 60_000;
const words = ({ stack, caller }: Test, severity: Severity) =>
  `TEST. Nothing is wrong, and nothing is to be done: \`npm run verify -- ${stack} --page\` of ${caller} tests how a ${severity} arrives.`;

/** An alarm of its own: to set the state of a real one would hide what that sees. */
function cloudWatchWay(aws: Aws, severity: Severity, topic: string, test: Test): Way {
  const AlarmName = `vigia-verify-${severity}-${test.token}`;
  const client = aws.cloudwatch(placeOf(topic).region);
  const set = (StateValue: "ALARM" | "OK") => {
    const command = new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: words(test, severity) });
    return ask("cloudwatch:SetAlarmState", () => client.send(command));
  };
  return {
    name: `${severity} by CloudWatch`,
    topics: [topic],
    patience: 2 * minutes,
    waitsForEnd: true,
    async raise() {
      const command = new PutMetricAlarmCommand({
        AlarmName,
        AlarmDescription: words(test, severity),
        AlarmActions: [topic],
        OKActions: [topic],
        // Nobody publishes it, and silence leaves the state as it is set.
        Namespace: "Vigia/Verify",
        MetricName: "Never",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData: "ignore",
      });
      await ask("cloudwatch:PutMetricAlarm", () => client.send(command));
      await set("ALARM");
    },
    async end() {
      await set("OK");
    },
    async remove() {
      await ask("cloudwatch:DeleteAlarms", () => client.send(new DeleteAlarmsCommand({ AlarmNames: [AlarmName] })));
    },
    tells({ text }) {
      const said = alarmNotice(text);
      if (said?.AlarmName !== AlarmName) return undefined;
      return said.NewStateValue === "ALARM" ? "firing" : "resolved";
    },
  };
}

/** An alert that is given to the alert manager. That the ruler reaches it is shown by the Watchdog, all the time. */
function prometheusWay(
  aws: Aws,
  severity: Severity,
  prometheus: DeployedPrometheus,
  route: DeployedRoute,
  test: Test,
): Way {
  // A component of its own: by the rule of inhibition a page keeps tickets of the same one back.
  const component = `vigia-verify-${severity}-${test.token}`;
  const patience = route.wait * 1_000 + 2 * minutes;
  const started = new Date(test.now()).toISOString();
  const post = (end: number) =>
    prometheusOf(aws, prometheus).post({
      labels: { alertname: "VigiaVerify", severity, kind: "verify", signal: "verify", component },
      annotations: { summary: `TEST of a ${severity}: ${component}`, description: words(test, severity) },
      startsAt: started,
      endsAt: new Date(end).toISOString(),
    });
  const hints = [
    ...(route.muted.length > 0 ? [`the calendar mutes it at times: ${route.muted.join(", ")}`] : []),
    ...(route.pagerDuty > 0 ? ["PagerDuty is told by itself, and cannot be seen from here"] : []),
  ];
  return {
    name: `${severity} by Prometheus`,
    topics: route.topics,
    patience,
    ...(hints.length > 0 && { hint: hints.join("; ") }),
    // The end of a group is told at its next interval: half an hour for tickets.
    waitsForEnd: false,
    // It ends by itself, should this process be killed.
    raise: () => post(test.now() + patience + minutes),
    end: () => post(test.now()),
    remove: async () => undefined,
    tells({ text, status }) {
      if (!text.includes(component)) return undefined;
      return status === "resolved" ? "resolved" : "firing";
    },
  };
}

/** All ways of a stack. */
export function waysOf(aws: Aws, { paging, prometheus }: Deployed, test: Test): Way[] {
  return severities.flatMap((severity) => {
    const route = prometheus?.routes?.[severity];
    return [
      ...(paging ? [cloudWatchWay(aws, severity, paging[severity], test)] : []),
      ...(prometheus && route ? [prometheusWay(aws, severity, prometheus, route, test)] : []),
    ];
  });
}
