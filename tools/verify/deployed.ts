/** What was deployed, out of a state: all that is looked for in the account. */
import { z } from "zod";
import { readInsights } from "../../infra/signal/insights";
import type { Severity } from "../../infra/signal/signal";
import { type DeployedPrometheus, readPrometheus } from "./deployed.prometheus";
import type { State, StateResource } from "./state";

/** A metric that an alarm reads. */
export interface Read {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Further dimensions, whatever their values. */
  readonly across: readonly string[];
}

/** An alarm of CloudWatch. */
export interface DeployedAlarm {
  readonly name: string;
  readonly region: string;
  readonly reads: readonly Read[];
  readonly created?: number;
}

/** A subscription of a topic. */
export interface DeployedSubscription {
  readonly arn: string;
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** A stack as it was deployed. */
export interface Deployed {
  readonly stack: string;
  /** When the state was written. */
  readonly written?: string;
  readonly account: string;
  readonly region: string;
  readonly alarms: readonly DeployedAlarm[];
  readonly subscriptions: readonly DeployedSubscription[];
  /** Topics by which CloudWatch tells a person. */
  readonly paging?: Readonly<Record<Severity, string>>;
  readonly prometheus?: DeployedPrometheus;
  /** Ids of workspaces of Managed Grafana. */
  readonly grafana: readonly { readonly id: string; readonly region: string }[];
  /** Type tokens of all resources. */
  readonly types: ReadonlySet<string>;
  /** Resources of which the state does not tell what is needed, such as an encrypted value. */
  readonly unreadable: readonly string[];
}

const dimensions = z.record(z.string(), z.string()).nullish();
const metricOutputs = z.object({
  arn: z.string(),
  name: z.string(),
  namespace: z.string().nullish(),
  metricName: z.string().nullish(),
  dimensions,
  metricQueries: z
    .array(
      z.object({
        expression: z.string().nullish(),
        metric: z.object({ namespace: z.string().nullish(), metricName: z.string(), dimensions }).nullish(),
      }),
    )
    .nullish(),
});
const compositeOutputs = z.object({ arn: z.string(), alarmName: z.string() });
const subscriptionOutputs = z.object({
  arn: z.string(),
  topic: z.string(),
  protocol: z.string(),
  endpoint: z.string(),
});
const stackOutputs = z.object({ paging: z.object({ page: z.string(), ticket: z.string() }) });

type MetricOutputs = z.infer<typeof metricOutputs>;

function readsOf({ namespace, metricName, dimensions, metricQueries }: MetricOutputs): Read[] {
  const read = (space: string | null | undefined, metric: string, of: MetricOutputs["dimensions"]): Read => ({
    namespace: space ?? "",
    metric,
    dimensions: of ?? {},
    across: [],
  });
  const queried = (metricQueries ?? []).flatMap(({ expression, metric }): Read[] => {
    if (metric) return [read(metric.namespace, metric.metricName, metric.dimensions)];
    const insights = expression ? readInsights(expression) : undefined;
    if (!insights) return [];
    const { namespace: space, metric: name, dimensions: of, across = [] } = insights;
    return [{ ...read(space, name, of), across }];
  });
  return metricName ? [read(namespace, metricName, dimensions), ...queried] : queried;
}

/** Region and account of an ARN. */
export function placeOf(arn: string): { readonly region: string; readonly account: string } {
  const [, , , region = "", account = ""] = arn.split(":");
  return { region, account };
}

const of = (resources: readonly StateResource[], type: string) =>
  resources.filter((resource) => resource.type === type && resource.id !== "");

function alarmOf({ outputs, created }: StateResource): DeployedAlarm | undefined {
  const metric = metricOutputs.safeParse(outputs).data;
  const made = created === undefined ? {} : { created };
  if (metric) return { name: metric.name, region: placeOf(metric.arn).region, reads: readsOf(metric), ...made };
  const composite = compositeOutputs.safeParse(outputs).data;
  return composite && { name: composite.alarmName, region: placeOf(composite.arn).region, reads: [], ...made };
}

/**
 * Reads what was deployed.
 * @throws Error with one line where the state has nothing that is watched
 */
export function deployedOf(stack: string, { written, resources }: State): Deployed {
  const unreadable: string[] = [];
  function readAll<Value>(type: string, read: (resource: StateResource) => Value | undefined): Value[] {
    return of(resources, type).flatMap((resource) => {
      const value = read(resource);
      if (value === undefined) unreadable.push(`${type} ${resource.name}`);
      return value === undefined ? [] : [value];
    });
  }
  const alarms = [
    ...readAll("aws:cloudwatch/metricAlarm:MetricAlarm", alarmOf),
    ...readAll("aws:cloudwatch/compositeAlarm:CompositeAlarm", alarmOf),
  ];
  const subscriptions = readAll(
    "aws:sns/topicSubscription:TopicSubscription",
    ({ outputs }) => subscriptionOutputs.safeParse(outputs).data,
  );
  const grafana = readAll("aws:grafana/workspace:Workspace", ({ id, outputs }) => {
    const arn = z.object({ arn: z.string() }).safeParse(outputs).data?.arn;
    return arn === undefined ? undefined : { id, region: placeOf(arn).region };
  });
  const [root] = resources.filter(({ type }) => type === "pulumi:pulumi:Stack");
  const paging = stackOutputs.safeParse(root?.outputs).data?.paging;
  const prometheus = readPrometheus(resources, unreadable);
  const arns = [
    ...of(resources, "aws:cloudwatch/metricAlarm:MetricAlarm"),
    ...of(resources, "aws:amp/workspace:Workspace"),
  ];
  const home = arns.flatMap(({ outputs }) => (typeof outputs.arn === "string" ? [placeOf(outputs.arn)] : []))[0];
  if (!home)
    throw new Error(`stack ${stack} has neither an alarm nor a Prometheus workspace: there is nothing to verify`);
  return {
    stack,
    ...(written !== undefined && { written }),
    ...home,
    alarms,
    subscriptions,
    ...(paging && { paging }),
    ...(prometheus && { prometheus }),
    grafana,
    types: new Set(resources.map(({ type }) => type)),
    unreadable,
  };
}
