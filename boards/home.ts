import { AnnotationQueryBuilder as AlarmQuery, QueryMode } from "@grafana/grafana-foundation-sdk/cloudwatch";
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DashboardLinkBuilder,
  DashboardLinkType,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { businessMetrics, metrics } from "../infra/service/metrics";
import { sources } from "../infra/signal/panel";
import { alertColumns, alertGroups, firing, table } from "./alerts";
import { budgetLeft } from "./budget";
import { board } from "./frame";
import { toAlarms, toKnownService } from "./links";
import { deployments, ownersOf } from "./marks";
import { cloudwatchVariable, type MetricLine, metricLines } from "./metrics";
import { at, type Link, lines, number, type Query, shares } from "./parts";
import type { Shown } from "./shown";

/** Counted as the table beside counts them. */
const howMany = (severity: string) => `sum(${firing(`, severity="${severity}"`)}) or vector(0)`;

const topicName = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

/** How often somebody was called by CloudWatch's alarms: what their topic took. */
const told = (severity: string, topic: string): MetricLine => ({
  namespace: "AWS/SNS",
  metric: "NumberOfMessagesPublished",
  statistic: "Sum",
  dimensions: { TopicName: topicName(topic) },
  label: severity,
});

/** Each statistic of an alarm; that of metric math is none. */
const statistics = ["", "Sum", "Maximum", "Minimum", "Average", "SampleCount"] as const;

/**
 * Alarms of CloudWatch that page, as marks: Prometheus does not know them. Grafana lists alarms of one statistic at a time, and of all periods where none is asked for; composite alarms
 * it does not list ("annotation_query.go" of grafana/grafana, 2026-11), so that an incident is counted among the calls and has no mark. One switch for each would fill the top of the board.
 */
const alarms = ({ paging, grafana: { region } }: Shown) =>
  statistics.map((statistic) =>
    new AnnotationQueryBuilder()
      .name(`CloudWatch alarms that page (${statistic || "metric math"})`)
      .datasource(sources.cloudwatch)
      .enable(true)
      .hide(true)
      .iconColor("red")
      .target(
        new AlarmQuery()
          .refId("A")
          .queryMode(QueryMode.Annotations)
          .prefixMatching(true)
          .actionPrefix(paging.page)
          .alarmNamePrefix("")
          .region(region)
          .namespace("")
          .metricName("")
          .dimensions({})
          .statistic(statistic)
          .period(""),
      ),
  );

/** Is anything wrong, in a glance. */
const wrong = ({ grafana: { runbooks } }: Shown) => [
  number(
    { title: "Pages", description: "Alerts of Prometheus that fire and page.", place: at(0, 0, 4, 6) },
    howMany("page"),
    { bad: [1, "red"] },
  ),
  number(
    { title: "Tickets", description: "Alerts of Prometheus that fire and are for the day.", place: at(4, 0, 4, 6) },
    howMany("ticket"),
    { bad: [1, "orange"] },
  ),
  number(
    {
      title: "Watchdog",
      description:
        "Its alert fires always. Where it is silent, Prometheus evaluates nothing, and the two numbers beside mean nothing.",
      place: at(8, 0, 4, 6),
    },
    '(1 - (count(ALERTS{alertname="Watchdog", alertstate="firing"}) > bool 0)) or vector(1)',
    { bad: [1, "red"], words: ["awake", "silent"] },
  ),
  table(
    {
      title: "What fires",
      description:
        "One row for each signal of each component: the signal leads to its runbook, the kind to its board. Alarms of CloudWatch are counted among its calls below, and listed behind the link at the top.",
      place: at(12, 0, 12, 6),
    },
    firing(""),
    alertColumns(runbooks, ["severity", "signal", "service", "component", "kind", "Value"]),
  ),
];

/** What is left of what was promised. */
function promises({ grafana: { services } }: Shown) {
  const budgets = Object.entries(services).map(([name, service]): Query => [budgetLeft(name, service), name]);
  if (budgets.length === 0) return [];
  const place = at(0, 6, 24, 6);
  const description =
    "Percent that is left of the failed requests that thirty days may have. Below 0 the promise is broken.";
  return [shares({ title: "Error budgets", description, place }, budgets, [0, 25])];
}

/** Who is told, and of what. */
const people = ({ paging, grafana: { region } }: Shown) => [
  alertGroups({
    title: "Who is paged",
    description:
      "The groups of Prometheus' alerts for which somebody is told now: by severity and service. What is silenced or caused by something else says so. A click silences.",
    place: at(12, 12, 12, 8),
  }),
  metricLines(
    {
      title: "Calls of CloudWatch",
      description:
        "Messages of CloudWatch's alarms and incidents to the topics of pages and of tickets: everybody who subscribed is told.",
      place: at(16, 20, 8, 8),
    },
    region,
    [told("page", paging.page), told("ticket", paging.ticket)],
    "short",
  ),
];

/** Whether the business runs, and whether users are served. */
function traffic({ grafana: { services } }: Shown) {
  const perMinute = Object.values(businessMetrics).map(
    ({ name, help }): Query => [`60 * sum(rate(${name}[5m]))`, help],
  );
  const { name: duration } = metrics.duration;
  const links = Object.fromEntries(
    Object.keys(services).map((service): [string, Link] => [
      service,
      ["Board of the service", toKnownService(service)],
    ]),
  );
  return [
    lines(
      {
        title: "Business per minute",
        description: "What the platform is for: orders sold, customers created, work orders finished.",
        place: at(0, 12, 12, 8),
      },
      perMinute,
      "short",
    ),
    lines(
      { title: "Requests", description: "Answered requests of each service.", place: at(0, 20, 8, 8) },
      [[`sum by (service) (rate(${duration}_count[5m]))`, "{{service}}"]],
      "reqps",
      links,
    ),
    lines(
      { title: "Failed requests", description: "Answers of 500 and above.", place: at(8, 20, 8, 8) },
      [[`sum by (service) (rate(${duration}_count{code=~"5.."}[5m]))`, "{{service}}"]],
      "reqps",
      links,
    ),
  ];
}

/** The first board: is anything wrong, what is left of what was promised, who is called, and does the business run. */
export function homeBoard(shown: Shown): Dashboard {
  const { services, region } = shown.grafana;
  return board(
    {
      uid: "vigia-home",
      title: "Vigia",
      description:
        "Is anything wrong? Marks in red are single alarms of CloudWatch that page, marks in blue are deployments.",
    },
    [...wrong(shown), ...promises(shown), ...traffic(shown), ...people(shown)],
    {
      withLogs: false,
      change: (given) => {
        const linked = given
          .withVariable(cloudwatchVariable())
          .link(
            new DashboardLinkBuilder("CloudWatch: in alarm now")
              .type(DashboardLinkType.Link)
              .url(toAlarms(region))
              .icon("external link")
              .targetBlank(true),
          )
          .annotation(deployments(ownersOf(Object.keys(services))));
        for (const mark of alarms(shown)) linked.annotation(mark);
        return linked;
      },
    },
  );
}
