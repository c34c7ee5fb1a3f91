/** Panels that ask CloudWatch. */
import {
  MetricEditorMode,
  MetricQueryType,
  MetricsQueryBuilder,
  QueryMode,
} from "@grafana/grafana-foundation-sdk/cloudwatch";
import { DatasourceVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as SeriesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import { sources } from "../infra/signal/panel";
import { legendBelow, refId, type Told } from "./parts";

/** A metric of CloudWatch by the names of its dimensions, as a line. */
export interface MetricLine {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly label: string;
}

/** Lines over time from CloudWatch, in points of five minutes. */
export const metricLines = (
  { title, description, place }: Told,
  region: string,
  metrics: readonly MetricLine[],
  unit: string,
): SeriesBuilder =>
  new SeriesBuilder()
    .title(title)
    .description(description)
    .gridPos(place)
    .datasource(sources.cloudwatch)
    .unit(unit)
    .axisSoftMin(0)
    .legend(legendBelow())
    .targets(
      metrics.map(({ namespace, metric, statistic, dimensions, label }, index) =>
        new MetricsQueryBuilder()
          .datasource(sources.cloudwatch)
          .queryMode(QueryMode.Metrics)
          .metricQueryType(MetricQueryType.Search)
          .metricEditorMode(MetricEditorMode.Builder)
          .refId(refId(index))
          .id(`line${index}`)
          .region(region)
          .namespace(namespace)
          .metricName(metric)
          .dimensions({ ...dimensions })
          .matchExact(true)
          .statistic(statistic)
          .period("300")
          .expression("")
          .label(label),
      ),
    );

/** The data source of CloudWatch, as panels name it. */
export const cloudwatchVariable = () =>
  new DatasourceVariableBuilder("cloudwatch").label("CloudWatch").type(sources.cloudwatch.type);
