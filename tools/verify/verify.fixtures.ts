/** A stack and an account in which all of it is as it should be, in the words of the services' API references. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";
import type { Answer, Answers } from "./fake";

/** State of a part of stack dev, as a rehearsal leaves it. */
export const stateFile = join(root, "tools", "verify", "fixtures", "state.json");
export const stateText = (): string => readFileSync(stateFile, "utf8");

export const account = "123456789012";
export const region = "eu-central-1";
export const workspace = "ws-e57ce3db-47fb-441e-abb7-f2b9ae5b0aec";
/** Three days after the stack was made: what comes once a day has come. */
export const now = Date.parse("2026-11-24T18:00:00Z");

const topic = (name: string) => `arn:aws:sns:${region}:${account}:${name}`;
export const topics = {
  page: topic("paging-page-a6ffc47"),
  ticket: topic("paging-ticket-6cd9b0f"),
  prometheusPage: topic("prometheus-alerts-page-64d7a31"),
  prometheusTicket: topic("prometheus-alerts-ticket-68a6be8"),
  payments: topic("payment-events-090525a"),
} as const;

const seconds = (text: string) => Date.parse(text) / 1_000;

/** An alarm as DescribeAlarms tells of it. */
export const described = (AlarmName: string, more: Readonly<Record<string, unknown>> = {}) => ({
  AlarmName,
  AlarmArn: `arn:aws:cloudwatch:${region}:${account}:alarm:${AlarmName}`,
  ActionsEnabled: true,
  StateValue: "OK",
  StateUpdatedTimestamp: seconds("2026-11-21T17:00:00Z"),
  StateTransitionedTimestamp: seconds("2026-11-21T17:00:00Z"),
  ...more,
});

/** The names in a question of DescribeAlarms. */
export const namesIn = ({ AlarmNames }: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(AlarmNames) ? AlarmNames.map(String) : [];

/** A page of ListMetrics. */
export const listedMetrics = (
  sets: readonly Readonly<Record<string, string>>[],
  NextToken?: string,
  MetricName = "",
): Answer => ({
  json: {
    Metrics: sets.map((set) => ({
      Namespace: "",
      MetricName,
      Dimensions: Object.entries(set).map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken,
  },
});

/** The queues of which the state has alarms. */
export const queues = ["notifications-dead-letters-579e95c", "orders-dead-letters-7ae98d5", "orders-7b1b71e"] as const;

/** What CloudWatch lists, by metric. */
const published: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  DiscardedSamples: [{ Workspace: workspace, Reason: "rate_limited" }],
  BucketSizeBytes: [
    { BucketName: "invoices-82dd519", StorageType: "StandardStorage" },
    { BucketName: "another-stacks", StorageType: "StandardStorage" },
  ],
};

const subscription = (arn: string, at: string, protocol: string, endpoint: string) =>
  `<member><SubscriptionArn>${arn}</SubscriptionArn><Owner>${account}</Owner><Protocol>${protocol}</Protocol><Endpoint>${endpoint}</Endpoint><TopicArn>${at}</TopicArn></member>`;

/** A page of ListSubscriptionsByTopic. */
export const listedSubscriptions = (members: string, next = ""): Answer => ({
  xml: `<ListSubscriptionsByTopicResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><ListSubscriptionsByTopicResult><Subscriptions>${members}</Subscriptions>${next && `<NextToken>${next}</NextToken>`}</ListSubscriptionsByTopicResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></ListSubscriptionsByTopicResponse>`,
});

export const mail = (at: string, arn = `${at}:0b1c`): string =>
  subscription(arn, at, "email", "dev-alarms@example.com");
const shipments = subscription(
  `${topics.payments}:100c529e-4b95-4351-a983-0d2fd9d6912d`,
  topics.payments,
  "sqs",
  `arn:aws:sqs:${region}:${account}:shipments-5d9e0e0`,
);

/** An answer of Prometheus to a query. */
export const vector = (
  ...samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[]
): Answer => ({
  json: {
    status: "success",
    data: {
      resultType: "vector",
      result: samples.map(([metric, value]) => ({ metric, value: [now / 1_000, String(value)] })),
    },
  },
});

/** The jobs of the collectors in the state. */
export const jobs = [
  "node-exporter",
  "kube-state-metrics",
  "kubelet",
  "cadvisor",
  "pods",
  "collector",
  "broker-nodes",
  "broker-queues",
  "postgres-exporter",
  "probe",
] as const;

/** What Prometheus knows, by what its query begins with. */
export function queried(query: unknown): Answer {
  const text = String(query);
  if (text === "up == 0") return vector();
  if (text.startsWith("count by (job)")) return vector(...jobs.map((job) => [{ job }, 2] as const));
  return text.includes("unless") ? vector() : vector([{ namespace: "shop" }, 3]);
}

/** A group of ListRules. */
export const ruleGroup = (file: string, name: string, rules: readonly Readonly<Record<string, unknown>>[]) => ({
  name,
  file,
  interval: 60,
  rules: rules.map((rule) => ({
    query: "vector(1)",
    labels: {},
    health: "ok",
    lastError: "",
    type: "alerting",
    lastEvaluation: "2026-11-22T17:59:34.429565909Z",
    evaluationTime: 0.001,
    ...rule,
  })),
});

const active = { status: { statusCode: "ACTIVE" } };
const stamps = { createdAt: seconds("2026-11-21T16:45:00Z"), modifiedAt: seconds("2026-11-21T16:45:00Z") };
const ampArn = (rest: string) => `arn:aws:aps:${region}:${account}:${rest}`;

/** The namespaces of rules in the state, as AMP lists them. */
export const namespaces = ["prometheus-alerts-watchdog-7591410", "cluster-crm-5973c38"] as const;
export const listedNamespaces = (
  names: readonly string[],
  more: Readonly<Record<string, unknown>> = active,
  nextToken?: string,
): Answer => ({
  json: {
    ruleGroupsNamespaces: names.map((name) => ({
      arn: ampArn(`rulegroupsnamespace/${workspace}/${name}`),
      name,
      ...stamps,
      ...more,
    })),
    nextToken,
  },
});

/** @param rulesIn names of the rules of each group of each namespace in the state */
export const healthy = (rulesIn: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>): Answers => ({
  "sts:GetCallerIdentity": () => ({
    xml: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/verify/nina</Arn><UserId>U</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  }),
  "cloudwatch:DescribeAlarms": (input) => ({
    json: { MetricAlarms: namesIn(input).map((name) => described(name)), CompositeAlarms: [] },
  }),
  "cloudwatch:ListMetrics": ({ Namespace, MetricName, NextToken }) => {
    if (Namespace === "AWS/SQS")
      // The stack's own queues stand on the second page.
      return NextToken === undefined
        ? listedMetrics([{ QueueName: "somebody-elses" }], "page two")
        : listedMetrics(queues.map((QueueName) => ({ QueueName })));
    return listedMetrics(published[String(MetricName)] ?? []);
  },
  "sns:ListSubscriptionsByTopic": ({ TopicArn, NextToken }) => {
    if (TopicArn !== topics.payments) return listedSubscriptions(mail(String(TopicArn)));
    const other = subscription(
      `${topics.payments}:77`,
      topics.payments,
      "sqs",
      `arn:aws:sqs:${region}:${account}:other`,
    );
    return NextToken === undefined ? listedSubscriptions(other, "two") : listedSubscriptions(shipments);
  },
  "aps:DescribeWorkspace": () => ({
    json: { workspace: { workspaceId: workspace, arn: ampArn(`workspace/${workspace}`), ...active, ...stamps } },
  }),
  "aps:DescribeAlertManagerDefinition": () => ({
    json: { alertManagerDefinition: { ...active, data: Buffer.from("x").toString("base64"), ...stamps } },
  }),
  "aps:ListRuleGroupsNamespaces": ({ nextToken }) =>
    nextToken === undefined
      ? listedNamespaces(namespaces.slice(0, 1), active, "two")
      : listedNamespaces(namespaces.slice(1)),
  "aps:DescribeScraper": () => ({
    json: {
      scraper: {
        scraperId: "cluster-f5505689",
        arn: ampArn("scraper/cluster-f5505689"),
        roleArn: "arn:aws:iam::123456789012:role/x",
        ...active,
        ...stamps,
        createdAt: stamps.createdAt,
        lastModifiedAt: stamps.modifiedAt,
        scrapeConfiguration: { configurationBlob: "" },
        source: { eksConfiguration: { clusterArn: "arn", subnetIds: [] } },
        destination: { ampConfiguration: { workspaceArn: ampArn(`workspace/${workspace}`) } },
      },
    },
  }),
  "aps:QueryMetrics": ({ query }) => queried(query),
  "aps:ListRules": ({ group_next_token: token }) => {
    const groups = Object.entries(rulesIn).flatMap(([file, own]) =>
      Object.entries(own).map(([name, rules]) =>
        ruleGroup(
          file,
          name,
          rules.map((rule) => ({ name: rule })),
        ),
      ),
    );
    const data =
      token === undefined ? { groups: groups.slice(0, 1), groupNextToken: "two" } : { groups: groups.slice(1) };
    return { json: { status: "success", data, errorType: "", error: "" } };
  },
});
