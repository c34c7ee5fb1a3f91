import { DataSource } from "@pulumiverse/grafana/oss/dataSource.js";
import { reference } from "../infra/signal/board.variables";
import { sources } from "../infra/signal/panel";
import { requestId } from "./service";
import type { Shown } from "./shown";

/** Ids by which boards and links name the data sources. */
export const uids = {
  prometheus: "vigia-prometheus",
  cloudwatch: "vigia-cloudwatch",
  alertmanager: "vigia-alertmanager",
  loki: "vigia-loki",
} as const;

/** Signed as the workspace's own role: nothing secret is kept. */
const signed = (region: string) => ({ sigV4Auth: true, sigV4AuthType: "default", sigV4Region: region });

/** A line that names a request leads to all lines of that request, in the time that is looked at. */
const derivedFields = [
  {
    name: requestId,
    matcherRegex: `"${requestId}":\\s*"([^"]+)"`,
    url: `/d/vigia-requests?var-request=${reference("__value.raw")}`,
    urlDisplayLabel: "This request in every service",
  },
];

/** Where boards ask. */
export function dataSources({ prometheus, grafana: { region, logs } }: Shown): readonly DataSource[] {
  const source = (key: keyof typeof uids, name: string, type: string, jsonData: object, url?: string) =>
    new DataSource(key, { uid: uids[key], name, type, ...(url && { url }), jsonDataEncoded: JSON.stringify(jsonData) });
  const workspace = prometheus.replace(/\/$/, "");
  return [
    source(
      "prometheus",
      "Prometheus",
      sources.prometheus.type,
      {
        ...signed(region),
        httpMethod: "POST",
        // How often is scraped: shorter steps would show holes.
        timeInterval: "60s",
        manageAlerts: true,
        alertmanagerUid: uids.alertmanager,
      },
      workspace,
    ),
    source("cloudwatch", "CloudWatch", sources.cloudwatch.type, { authType: "default", defaultRegion: region }),
    // AMP has the API of Alertmanager below this path, and none for its configuration, which the implementations "cortex" and "mimir" would ask for.
    source(
      "alertmanager",
      "Alertmanager",
      "alertmanager",
      { ...signed(region), implementation: "prometheus", handleGrafanaManagedAlerts: false },
      `${workspace}/alertmanager`,
    ),
    ...(logs === undefined ? [] : [source("loki", "Loki", "loki", { maxLines: 1_000, derivedFields }, logs)]),
  ];
}
