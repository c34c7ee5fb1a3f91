import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { metricOf } from "../../../infra/signal/metrics";
import type { Metric } from "../../../infra/signal/metrics/metric";
import { count } from "../../preview/text";
import { type Check, type Context, each, type Finding, few, grouped, labelsText } from "../check";
import type { Deployed, Read } from "../deployed";
import { ask } from "../trouble";
import { shownMetrics } from "./metrics.shown";

type Dimensions = Readonly<Record<string, string>>;

/** A metric that is looked for, and who reads it. */
export interface Wanted extends Read {
  readonly region: string;
  readonly alarms: readonly string[];
  /** When the first of the alarms was made. */
  readonly since?: number;
}

/** What is said of a metric that is looked for. */
export type Verdict =
  | { readonly is: "listed" }
  /** It is published, but never as it is asked for. */
  | { readonly is: "otherwise"; readonly as: Dimensions }
  /** Nothing is wrong with its absence. */
  | { readonly is: "not seen yet"; readonly because: string }
  | { readonly is: "missing"; readonly near?: Dimensions };

/** New metrics are listed a quarter of an hour after their first point at the latest ("ListMetrics", CloudWatch API Reference, 2026-11). */
const listingDelay = 15 * 60_000;
/** However often a metric is published: whatever makes it must start first. */
const settling = 3_600_000;

const names = (dimensions: Dimensions) => Object.keys(dimensions);

function fits({ dimensions, across }: Read, listed: Dimensions): boolean {
  const wanted = [...names(dimensions), ...across];
  return (
    wanted.length === names(listed).length &&
    wanted.every((name) => Object.hasOwn(listed, name)) &&
    names(dimensions).every((name) => listed[name] === dimensions[name])
  );
}

/** The same thing under other dimensions: of all names that both have the values agree. */
function isNear({ dimensions }: Read, listed: Dimensions): boolean {
  const common = names(dimensions).filter((name) => Object.hasOwn(listed, name));
  return common.length > 0 && common.every((name) => listed[name] === dimensions[name]);
}

/** The same thing in more detail: where that is published, the whole would be too. */
const isDetail = (read: Read, listed: Dimensions) =>
  isNear(read, listed) && names(read.dimensions).every((name) => Object.hasOwn(listed, name));

/** @param known what the catalogue says of the metric @param age milliseconds since its first alarm was made */
export function verdictOf(
  read: Read,
  listed: readonly Dimensions[],
  known: Pick<Metric, "sparse" | "idle" | "period"> | undefined,
  age: number,
): Verdict {
  if (listed.some((dimensions) => fits(read, dimensions))) return { is: "listed" };
  const detail = listed.find((dimensions) => isDetail(read, dimensions));
  if (detail && read.across.length === 0) return { is: "otherwise", as: detail };
  if (known?.sparse) return { is: "not seen yet", because: "published only when there is something to tell" };
  if (known?.idle) return { is: "not seen yet", because: "published only while something happens" };
  const period = (known?.period ?? 60) * 1_000;
  if (age < Math.max(settling, 2 * period + listingDelay))
    return { is: "not seen yet", because: period > settling ? "published once a day" : "its alarm was just made" };
  const near = listed.find((dimensions) => isNear(read, dimensions));
  return { is: "missing", ...(near && { near }) };
}

/** Each metric once, with all alarms that read it. */
export function wantedOf({ alarms }: Pick<Deployed, "alarms">): Wanted[] {
  const reads = alarms.flatMap(({ name, region, reads, created }) =>
    reads.map((read) => ({ ...read, region, name, created })),
  );
  const key = ({ region, namespace, metric, dimensions, across }: (typeof reads)[number]) =>
    JSON.stringify([region, namespace, metric, Object.entries(dimensions).sort(), [...across].sort()]);
  return [...grouped(reads, key).values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { region, namespace, metric, dimensions, across } = first;
    const made = own.flatMap(({ created }) => (created === undefined ? [] : [created]));
    const since = made.length === own.length ? { since: Math.min(...made) } : {};
    return [
      { region, namespace, metric, dimensions, across, alarms: [...new Set(own.map(({ name }) => name))], ...since },
    ];
  });
}

async function listed({ aws }: Context, region: string, Namespace: string, MetricName: string): Promise<Dimensions[]> {
  const found: Dimensions[] = [];
  let NextToken: string | undefined;
  do {
    const command = new ListMetricsCommand({ Namespace, MetricName, NextToken });
    const page = await ask("cloudwatch:ListMetrics", () => aws.cloudwatch(region).send(command));
    for (const { Dimensions = [] } of page.Metrics ?? [])
      found.push(Object.fromEntries(Dimensions.map(({ Name = "", Value = "" }) => [Name, Value])));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return found;
}

function findingOf(wanted: Wanted, verdict: Verdict): Finding[] {
  const { region, namespace, metric, dimensions, across, alarms } = wanted;
  const asked = across.length > 0 ? `${labelsText(dimensions)} across ${across.join(", ")}` : labelsText(dimensions);
  const where = `${namespace} ${metric} ${asked} in ${region}, read by ${few(alarms, 3)}`;
  if (verdict.is === "otherwise")
    return [
      {
        what: `published with other dimensions: ${labelsText(verdict.as)}`,
        where,
        wayOut: "the signal's dimensions are wrong: mend its record, and the row of the metric catalogue",
      },
    ];
  if (verdict.is !== "missing") return [];
  const turnedOn = metricOf(namespace, metric)?.switch;
  const near = verdict.near ? `; there is one with ${labelsText(verdict.near)}` : "";
  return [
    {
      what: `not published in the last two weeks${near}`,
      where,
      wayOut: turnedOn
        ? `it must be switched on: ${turnedOn}`
        : "does the resource exist and run? If it does, the alarm watches nothing: compare the name and the dimensions with the service's guide",
    },
  ];
}

/** "AWS/SNS NumberOfNotificationsFailed (9): published only when there is something to tell" */
function notSeenYet(found: readonly { readonly wanted: Wanted; readonly verdict: Verdict }[]): string[] {
  const lines = found.flatMap(({ wanted: { namespace, metric }, verdict }) =>
    verdict.is === "not seen yet" ? [{ metric: `${namespace} ${metric}`, because: verdict.because }] : [],
  );
  return [...grouped(lines, ({ metric, because }) => `${because}: ${metric}`)].map(([line, own]) => {
    const [because, metric] = line.split(": ");
    return `not seen yet: ${metric}${own.length > 1 ? ` (${own.length})` : ""}: ${because}`;
  });
}

/** Whether each metric that an alarm reads is published, with the very dimensions that it asks for; and what boards show besides. */
export const metrics: Check = {
  name: "metrics",
  actions: ["cloudwatch:ListMetrics"],
  skipped: ({ alarms }) =>
    alarms.some(({ reads }) => reads.length > 0) ? undefined : "no alarm of the stack reads a metric",
  async run(context) {
    const { deployed, now } = context;
    const wanted = wantedOf(deployed);
    const shown = shownMetrics(deployed, wanted);
    const place = ({ region, namespace, metric }: Pick<Wanted, "region" | "namespace" | "metric">) =>
      JSON.stringify([region, namespace, metric]);
    const questions = new Map([...wanted, ...shown].map((one) => [place(one), one]));
    const answers = new Map(
      await each(
        [...questions],
        async ([key, { region, namespace, metric }]) =>
          [key, await listed(context, region, namespace, metric)] as const,
      ),
    );
    const found = wanted.map((one) => ({
      wanted: one,
      verdict: verdictOf(
        one,
        answers.get(place(one)) ?? [],
        metricOf(one.namespace, one.metric),
        now - (one.since ?? 0),
      ),
    }));
    const there = found.filter(({ verdict }) => verdict.is === "listed").length;
    const yet = found.filter(({ verdict }) => verdict.is === "not seen yet").length;
    const unshown = shown.filter((one) => !(answers.get(place(one)) ?? []).some((dimensions) => one.fits(dimensions)));
    return {
      seen: `${there} of ${count(found.length, "metric")} of alarms listed, ${yet} not seen yet; ${shown.length - unshown.length} of ${shown.length} that only boards show`,
      findings: found.flatMap(({ wanted: one, verdict }) => findingOf(one, verdict)),
      notes: [
        ...notSeenYet(found),
        ...unshown.map(
          ({ namespace, metric, kind }) => `not seen yet, shown on boards of ${kind} only: ${namespace} ${metric}`,
        ),
      ],
    };
  },
};
