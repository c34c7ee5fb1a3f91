import { type Dashboard, TextBoxVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { metrics } from "../infra/service/metrics";
import { reference } from "../infra/signal/board.variables";
import { alertColumns, firing, table } from "./alerts";
import { budgetLeft, lateLeft } from "./budget";
import { board } from "./frame";
import { requestId, serviceUid, toKnownService } from "./links";
import { deployments, ownersOf } from "./marks";
import { cloudwatchVariable, metricLines } from "./metrics";
import { at, type Link, lines, logRates, logs, type Query, shares } from "./parts";
import type { ShownService } from "./shown";

/** The field at the top of a board by which its logs are narrowed. */
const request = reference("request");

const duration = metrics.duration.name;

/** What stands on the board of one service. */
export interface ServiceBoardArgs {
  readonly region: string;
  readonly runbooks: string;
  readonly withLogs: boolean;
}

const told = (title: string, description: string, place: ReturnType<typeof at>) => ({ title, description, place });

/** What users get of it. */
function answers(service: string, shown: ShownService, runbooks: string, link: Link | undefined) {
  const late = lateLeft(shown);
  const here = `service="${service}"`;
  const quantile = (share: number): string =>
    `histogram_quantile(${share}, sum by (le) (rate(${duration}_bucket{${here}}[5m])))`;
  return [
    shares(
      told(
        "Error budget",
        `Percent left: ${shown.availability} % of requests are promised an answer${late === undefined ? "" : ", and nearly all an answer in time"}.`,
        at(0, 0, 4, 8),
      ),
      [[budgetLeft(service, shown), "answered"], ...(late === undefined ? [] : [[late, "in time"] satisfies Query])],
      [0, 25],
    ),
    lines(
      told("Requests by answer", "Each status, per second.", at(4, 0, 7, 8)),
      [[`sum by (code) (rate(${duration}_count{${here}}[5m]))`, "{{code}}"]],
      "reqps",
      link,
    ),
    lines(
      told("Time of a request", "Half, nearly all, and the slowest of a hundred.", at(11, 0, 6, 8)),
      [
        [quantile(0.5), "50 %"],
        [quantile(0.95), "95 %"],
        [quantile(0.99), "99 %"],
      ],
      "s",
      link,
    ),
    table(
      told(
        "What fires",
        "Alerts of Prometheus about it: the signal leads to its runbook, the kind to its board.",
        at(17, 0, 7, 8),
      ),
      firing(`, ${here}`, ["severity", "signal", "kind"]),
      alertColumns(runbooks, ["severity", "signal", "kind"]),
    ),
  ];
}

/** What it is made of, and what that has left. */
function pods(service: string, width: number, link: Link | undefined) {
  const here = `service="${service}"`;
  const container = `container="${service}"`;
  const [left, right] = [width / 2, width / 2];
  return [
    lines(
      told("Failed requests by route", "Answers of 500 and above.", at(0, 8, width, 8)),
      [[`sum by (route) (rate(${duration}_count{${here}, code=~"5.."}[5m]))`, "{{route}}"]],
      "reqps",
      link,
    ),
    lines(
      told("Requests in flight", "Without an answer yet.", at(0, 16, left, 7)),
      [[`sum by (pod) (${metrics.inFlight.name}{${here}})`, "{{pod}}"]],
      "short",
      link,
    ),
    lines(
      told("Pods", "Available, and wanted.", at(left, 16, right, 7)),
      [
        [`sum(kube_deployment_status_replicas_available{deployment="${service}"})`, "available"],
        [`sum(kube_deployment_spec_replicas{deployment="${service}"})`, "wanted"],
      ],
      "short",
      link,
    ),
    lines(
      told("Processor", "Cores in use.", at(0, 23, left, 7)),
      [[`sum by (pod) (rate(container_cpu_usage_seconds_total{${container}}[5m]))`, "{{pod}}"]],
      "short",
      link,
    ),
    lines(
      told("Memory", "Of the limit, at which a pod is killed.", at(left, 23, right, 7)),
      [
        [
          `100 * max by (pod) (container_memory_working_set_bytes{${container}}) / max by (pod) (kube_pod_container_resource_limits{${container}, resource="memory"})`,
          "{{pod}}",
        ] satisfies Query,
      ],
      "percent",
      link,
    ),
  ];
}

/** What it waits for: the queues that it reads, and its database. Measured by CloudWatch. */
function behind({ queues = [], database }: ShownService, region: string) {
  const both = queues.length > 0 && database !== undefined;
  return [
    ...(queues.length === 0
      ? []
      : [
          metricLines(
            told("Oldest message to read", "Of each queue that it reads.", at(0, 30, both ? 12 : 24, 7)),
            region,
            queues.map((queue) => ({
              namespace: "AWS/SQS",
              metric: "ApproximateAgeOfOldestMessage",
              statistic: "Maximum",
              dimensions: { QueueName: queue },
              label: queue,
            })),
            "s",
          ),
        ]),
    ...(database === undefined
      ? []
      : [
          metricLines(
            told("Its database", `Processor time in use on ${database}.`, at(both ? 12 : 0, 30, both ? 12 : 24, 7)),
            region,
            [
              {
                namespace: "AWS/RDS",
                metric: "CPUUtilization",
                statistic: "Maximum",
                dimensions: { DBInstanceIdentifier: database },
                label: database,
              },
            ],
            "percent",
          ),
        ]),
  ];
}

/** A service: what it does for users, what it is made of, with its logs beside. */
export function serviceBoard(service: string, shown: ShownService, args: ServiceBoardArgs): Dashboard {
  const { region, runbooks, withLogs } = args;
  const width = withLogs ? 12 : 24;
  // From a point of a panel to what was said from then on, on the same board.
  const link: Link | undefined = withLogs
    ? ["Logs from here on", `/d/${serviceUid(service)}?from=${reference("__value.time")}&to=now`]
    : undefined;
  const others = behind(shown, region);
  return board(
    {
      uid: serviceUid(service),
      title: `Vigia: service ${service}`,
      description: "What users get of it, and what it says. All its signals are on the board of services.",
    },
    [
      ...answers(service, shown, runbooks, link),
      ...pods(service, width, link),
      ...(withLogs
        ? [
            logs(
              told(
                "What it says",
                "A line leads to all lines of its request. The field Request narrows it to one.",
                at(12, 8, 12, 22),
              ),
              `{service="${service}"}${narrowed}`,
            ),
          ]
        : []),
      ...others,
    ],
    {
      withLogs,
      change: (given) => {
        const asked = withLogs
          ? given.withVariable(new TextBoxVariableBuilder("request").label("Request").defaultValue(""))
          : given;
        const measured = others.length > 0 ? asked.withVariable(cloudwatchVariable()) : asked;
        return measured.annotation(deployments(ownersOf([service])));
      },
    },
  );
}

/**
 * Lines that name a request, and all where the field is empty. Shippers keep the id of a line of JSON beside it, but they do not know every form in which a service writes it: the
 * line itself is searched.
 */
const narrowed = ` |= "${request}"`;

/** One request through all services: where links of log lines lead. */
export const requestsBoard = (services: readonly string[]): Dashboard =>
  board(
    {
      uid: "vigia-requests",
      title: "Vigia: one request",
      description: `What every service said of the request whose \`${requestId}\` stands in the field. The gateway's own line is in its log group, by the same id.`,
    },
    [
      logRates(
        {
          title: "Lines of it",
          description: "By service: how far it came, and where it stayed. A line leads to the board of its service.",
          place: at(0, 0, 24, 6),
        },
        `sum by (service) (count_over_time({service=~".+"}${narrowed} [1m]))`,
        "{{service}}",
        Object.fromEntries(
          services.map((service): [string, Link] => [service, ["Board of the service", toKnownService(service)]]),
        ),
      ),
      logs(
        { title: "What every service said", description: "The newest first.", place: at(0, 6, 24, 18) },
        `{service=~".+"}${narrowed}`,
      ),
    ],
    {
      withLogs: true,
      change: (given) =>
        given.withVariable(new TextBoxVariableBuilder("request").label("Request").defaultValue("none")),
    },
  );
