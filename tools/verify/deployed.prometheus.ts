/** What of Prometheus was deployed, out of a state: workspace, rules, routes, and what is scraped. */
import { parse } from "yaml";
import { z } from "zod";
import type { Severity } from "../../infra/signal/signal";
import { severities } from "../../infra/watch/alerting/routes";
import type { StateResource } from "./state";

/** A namespace of rules. */
export interface RuleNamespace {
  readonly name: string;
  /** Names of its rules, by group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly created?: number;
}

/** How the alert manager tells of a severity. */
export interface DeployedRoute {
  /** ARNs of topics. */
  readonly topics: readonly string[];
  /** Services of PagerDuty, which cannot be seen from AWS. */
  readonly pagerDuty: number;
  /** Seconds that alerts gather before anybody is told. */
  readonly wait: number;
  /** Names of times in which nobody is told. */
  readonly muted: readonly string[];
}

/** A workspace of AMP with what belongs to it. */
export interface DeployedPrometheus {
  readonly workspace: string;
  readonly region: string;
  /** Address of its API, with a slash at the end. */
  readonly endpoint: string;
  readonly namespaces: readonly RuleNamespace[];
  /** Absent where there is no alert manager definition. */
  readonly routes?: Readonly<Partial<Record<Severity, DeployedRoute>>>;
  readonly scrapers: readonly { readonly id: string; readonly name: string }[];
  /** Names of the jobs of all collectors. */
  readonly jobs: readonly string[];
  /** Namespaces of the cluster in which pods ask to be scraped. */
  readonly scraped: readonly string[];
}

const workspaceOutputs = z.object({ arn: z.string(), prometheusEndpoint: z.string() });
const ruleFile = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(z.union([z.object({ alert: z.string() }), z.object({ record: z.string() })])),
    }),
  ),
});
const scrapeFile = z.object({ scrape_configs: z.array(z.object({ job_name: z.string() })) });
const route = z.object({
  receiver: z.string(),
  matchers: z.array(z.string()).default([]),
  group_wait: z.string().optional(),
  mute_time_intervals: z.array(z.string()).default([]),
});
const definitionFile = z.object({ alertmanager_config: z.string() });
const alertmanagerFile = z.object({
  route: route.extend({ routes: z.array(route).default([]) }),
  receivers: z.array(
    z.object({
      name: z.string(),
      sns_configs: z.array(z.object({ topic_arn: z.string() })).default([]),
      pagerduty_configs: z.array(z.unknown()).default([]),
    }),
  ),
});
const workload = z.object({
  metadata: z.object({ namespace: z.string() }),
  spec: z.object({ template: z.object({ metadata: z.object({ annotations: z.record(z.string(), z.string()) }) }) }),
});

/** A document of YAML in a form; undefined where it is neither. */
function read<Form extends z.ZodType>(form: Form, text: unknown): z.infer<Form> | undefined {
  if (typeof text !== "string") return undefined;
  try {
    return form.safeParse(parse(text)).data;
  } catch {
    return undefined;
  }
}

const lengths: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** Seconds of a length of time as Alertmanager writes it, such as `1m30s`. */
const secondsOf = (text: string): number =>
  [...text.matchAll(/(\d+)([smhd])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (lengths[unit] ?? 0),
    0,
  );

function namespaceOf({ name, inputs, outputs, created }: StateResource): RuleNamespace | undefined {
  const file = read(ruleFile, inputs.data);
  if (!file) return undefined;
  const groups = file.groups.map(({ name: group, rules }) => [
    group,
    rules.map((rule) => ("alert" in rule ? rule.alert : rule.record)),
  ]);
  const physical = typeof outputs.name === "string" ? outputs.name : name;
  return { name: physical, groups: Object.fromEntries(groups), ...(created !== undefined && { created }) };
}

function routesOf(definition: unknown): DeployedPrometheus["routes"] {
  const config = read(alertmanagerFile, read(definitionFile, definition)?.alertmanager_config);
  if (!config) return undefined;
  const found = severities.flatMap((severity) => {
    const own = config.route.routes.find(({ matchers }) => matchers.includes(`severity="${severity}"`));
    const receiver = config.receivers.find(({ name }) => name === own?.receiver);
    if (!own || !receiver) return [];
    const told: DeployedRoute = {
      topics: [...new Set(receiver.sns_configs.map(({ topic_arn }) => topic_arn))],
      pagerDuty: receiver.pagerduty_configs.length,
      wait: secondsOf(own.group_wait ?? config.route.group_wait ?? "30s"),
      muted: own.mute_time_intervals,
    };
    return [[severity, told] as const];
  });
  return Object.fromEntries(found);
}

const jobsIn = (text: unknown): string[] =>
  (read(scrapeFile, text)?.scrape_configs ?? []).map(({ job_name }) => job_name);

/** @param unreadable takes what the state does not tell */
export function readPrometheus(
  resources: readonly StateResource[],
  unreadable: string[],
): DeployedPrometheus | undefined {
  const of = (type: string) => resources.filter((resource) => resource.type === type);
  const [workspace] = of("aws:amp/workspace:Workspace");
  if (!workspace) return undefined;
  const outputs = workspaceOutputs.safeParse(workspace.outputs).data;
  if (!outputs) {
    unreadable.push(`${workspace.type} ${workspace.name}`);
    return undefined;
  }
  const namespaces = of("aws:amp/ruleGroupNamespace:RuleGroupNamespace").flatMap((resource) => {
    const namespace = namespaceOf(resource);
    if (!namespace) unreadable.push(`${resource.type} ${resource.name}`);
    return namespace ? [namespace] : [];
  });
  const [definition] = of("aws:amp/alertManagerDefinition:AlertManagerDefinition");
  const routes = routesOf(definition?.inputs.definition);
  if (definition && !routes) unreadable.push(`${definition.type} ${definition.name}`);
  const scrapers = of("aws:amp/scraper:Scraper");
  const files = [
    ...scrapers.map(({ inputs }) => inputs.scrapeConfiguration),
    ...of("kubernetes:core/v1:ConfigMap").flatMap(({ inputs }) => Object.values(inputs.data ?? {})),
  ];
  const workloads = ["Deployment", "StatefulSet", "DaemonSet"].flatMap((kind) => of(`kubernetes:apps/v1:${kind}`));
  const scraped = workloads.flatMap(({ inputs }) => {
    const found = workload.safeParse(inputs).data;
    return found?.spec.template.metadata.annotations["prometheus.io/scrape"] === "true"
      ? [found.metadata.namespace]
      : [];
  });
  return {
    workspace: workspace.id,
    region: outputs.arn.split(":")[3] ?? "",
    endpoint: outputs.prometheusEndpoint.replace(/\/*$/, "/"),
    namespaces,
    ...(routes && { routes }),
    scrapers: scrapers.map(({ id, name }) => ({ id, name })),
    jobs: [...new Set(files.flatMap(jobsIn))],
    scraped: [...new Set(scraped)].sort(),
  };
}
