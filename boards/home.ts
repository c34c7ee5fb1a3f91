import {
  AnnotationQueryBuilder as AlarmQuery,
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from "@grafana/grafana-foundation-sdk/cloudwatch";
import {
  AnnotationQueryBuilder,
  type Dashboard,
  DatasourceVariableBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as SeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { businessMetrics, metrics } from "../infra/service/metrics";
import { reference } from "../infra/signal/board.variables";
import { sources } from "../infra/signal/panel";
import { at, board, deployments, legendBelow, lines, number, type Query, shares, table } from "./parts";
import type { Shown } from "./shown";

const firing = (severity: string) =>
  `count(ALERTS{alertstate="firing", severity="${severity}", alertname!="Watchdog"}) or vector(0)`;

/** Percent of what a service may fail that is left of thirty days; 100 where nobody asked anything. */
export function budgetLeft(service: string, availability: number): string {
  const count = `${metrics.duration.name}_count{service="${service}"`;
  const allowed = Number((100 - availability).toFixed(6));
  return `100 - 100 * (100 * (sum(increase(${count}, code=~"5.."}[30d])) or vector(0)) / (sum(increase(${count}}[30d])) > 0) or vector(0)) / ${allowed}`;
}

/** From a line of a service to its board, in the time that is looked at. */
const serviceLink = `/d/vigia-service-${reference("__field.labels.service")}?${reference("__url_time_range")}`;

const topicName = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

/** How often somebody was called: what the topics took, whoever sent it. */
function called({ paging, grafana: { region } }: Shown): SeriesBuilder {
  const sent = (severity: "page" | "ticket", refId: string) =>
    new MetricsQueryBuilder()
      .datasource(sources.cloudwatch)
      .queryMode(QueryMode.Metrics)
      .metricQueryType(MetricQueryType.Search)
      .metricEditorMode(MetricEditorMode.Builder)
      .refId(refId)
      .id(severity)
      .region(region)
      .namespace("AWS/SNS")
      .metricName("NumberOfMessagesPublished")
      .dimensions({ TopicName: topicName(paging[severity]) })
      .matchExact(true)
      .statistic("Sum")
      .period("300")
      .expression("")
      .label(severity);
  return new SeriesBuilder()
    .title("Who is called")
    .description(
      "Messages to the topics of pages and of tickets, from CloudWatch's alarms. Those subscribed to the topic are called.",
    )
    .gridPos(at(12, 14, 12, 8))
    .datasource(sources.cloudwatch)
    .unit("short")
    .axisSoftMin(0)
    .legend(legendBelow())
    .targets([sent("page", "A"), sent("ticket", "B")]);
}

/** Alarms of CloudWatch that page, as marks: Prometheus does not know them. */
const alarms = ({ paging, grafana: { region } }: Shown) =>
  new AnnotationQueryBuilder()
    .name("CloudWatch alarms that page")
    .datasource(sources.cloudwatch)
    .enable(true)
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
        .statistic("Average")
        .period("60"),
    );

/** The first board: is anything wrong, what is left of what was promised, who is called, and does the business run. */
export function homeBoard(shown: Shown): Dashboard {
  const { services } = shown.grafana;
  const budgets = Object.entries(services).map(
    ([service, { availability }]): Query => [budgetLeft(service, availability), service],
  );
  const perMinute = Object.values(businessMetrics).map(
    ({ name, help }): Query => [`60 * sum(rate(${name}[5m]))`, help],
  );
  const { name: duration } = metrics.duration;
  return board(
    {
      uid: "vigia-home",
      title: "Vigia",
      description: "Is anything wrong? Marks in red are alarms of CloudWatch that page, marks in blue are deployments.",
    },
    [
      number(
        { title: "Pages", description: "Alerts of Prometheus that fire and page.", place: at(0, 0, 4, 6) },
        firing("page"),
        { bad: [1, "red"] },
      ),
      number(
        { title: "Tickets", description: "Alerts of Prometheus that fire and are for the day.", place: at(4, 0, 4, 6) },
        firing("ticket"),
        { bad: [1, "orange"] },
      ),
      number(
        {
          title: "Watchdog",
          description:
            "Fires always. Where it does not, Prometheus evaluates nothing, and the two numbers beside mean nothing.",
          place: at(8, 0, 4, 6),
        },
        '(1 - (count(ALERTS{alertname="Watchdog", alertstate="firing"}) > bool 0)) or vector(1)',
        { bad: [1, "red"] },
      ),
      table(
        {
          title: "What fires",
          description: "By the id of its signal: the runbook has the same name.",
          place: at(12, 0, 12, 6),
        },
        'ALERTS{alertstate="firing", alertname!="Watchdog"}',
        ["Time", "Value", "__name__", "alertstate", "alertname"],
      ),
      ...(budgets.length === 0
        ? []
        : [
            shares(
              {
                title: "Error budgets",
                description:
                  "Percent that is left of the failed requests that thirty days may have. Below 0 the promise is broken.",
                place: at(0, 6, 24, 8),
              },
              budgets,
              [0, 25],
            ),
          ]),
      lines(
        {
          title: "Business per minute",
          description: "What the platform is for: orders sold, customers created, work orders finished.",
          place: at(0, 14, 12, 8),
        },
        perMinute,
        "short",
      ),
      called(shown),
      lines(
        { title: "Requests", description: "Answered requests of each service.", place: at(0, 22, 12, 8) },
        [[`sum by (service) (rate(${duration}_count[5m]))`, "{{service}}"]],
        "reqps",
        ["Board of the service", serviceLink],
      ),
      lines(
        { title: "Failed requests", description: "Answers of 500 and above.", place: at(12, 22, 12, 8) },
        [[`sum by (service) (rate(${duration}_count{code=~"5.."}[5m]))`, "{{service}}"]],
        "reqps",
        ["Board of the service", serviceLink],
      ),
    ],
    {
      withLogs: false,
      change: (given) =>
        given
          .withVariable(new DatasourceVariableBuilder("cloudwatch").label("CloudWatch").type(sources.cloudwatch.type))
          .annotation(deployments(`(${Object.keys(services).join("|")})-[a-z0-9]+`))
          .annotation(alarms(shown)),
    },
  );
}
