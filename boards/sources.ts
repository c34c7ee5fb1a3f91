import { secret } from "@pulumi/pulumi";
import { DataSource, type DataSourceArgs } from "@pulumiverse/grafana/oss/dataSource.js";
import { reference } from "../infra/signal/board.variables";
import { sources } from "../infra/signal/panel";
import { isPlain, requestId, toRequest, toService } from "./links";
import type { Login } from "./login";
import type { Shown } from "./shown";

/** Ids by which boards and links name the data sources. */
export const uids = {
  prometheus: "vigia-prometheus",
  cloudwatch: "vigia-cloudwatch",
  alertmanager: "vigia-alertmanager",
  loki: "vigia-loki",
} as const;

/** How panels of alerts name the alert manager: they take no id. */
export const alertmanagerName = "Alertmanager";

/** Signed as the workspace's own role: nothing secret is kept. */
const signed = (region: string) => ({ sigV4Auth: true, sigV4AuthType: "default", sigV4Region: region });

/**
 * Where the words of a line lead: a request to all its lines in every service, a service to its board. Shippers keep the id of a JSON line as structured metadata,
 * which Grafana shows as a label; a line of plain text has it in the text.
 */
export const derivedFields = (services: readonly string[]) => {
  const request = { url: toRequest(reference("__value.raw")), urlDisplayLabel: "This request in every service" };
  return [
    { name: "Request", matcherType: "label", matcherRegex: `^${requestId}$`, ...request },
    { name: "Request in the text", matcherType: "regex", matcherRegex: `${requestId}[=:]\\s*([\\w-]+)`, ...request },
    // By the name alone: where one is too long for that, the lines of a board lead there, and those of the log do not.
    ...(services.every(isPlain)
      ? [
          {
            name: "Service",
            matcherType: "label",
            matcherRegex: "^service$",
            url: toService(reference("__value.raw")),
            urlDisplayLabel: "Board of the service",
          },
        ]
      : []),
  ];
};

/** Where boards ask. @param reader how boards log in to Loki, where the stack has it */
export function dataSources(
  { prometheus, grafana: { region, logs, services } }: Shown,
  reader: Login | undefined,
): readonly DataSource[] {
  const source = (key: keyof typeof uids, args: Omit<DataSourceArgs, "uid" | "jsonDataEncoded">, jsonData: object) =>
    new DataSource(key, { uid: uids[key], ...args, jsonDataEncoded: JSON.stringify(jsonData) });
  const workspace = prometheus.replace(/\/$/, "");
  return [
    source(
      "prometheus",
      { name: "Prometheus", type: sources.prometheus.type, url: workspace },
      {
        ...signed(region),
        httpMethod: "POST",
        // How often is scraped: shorter steps would show holes.
        timeInterval: "60s",
        manageAlerts: true,
        alertmanagerUid: uids.alertmanager,
      },
    ),
    source(
      "cloudwatch",
      { name: "CloudWatch", type: sources.cloudwatch.type },
      { authType: "default", defaultRegion: region },
    ),
    // AMP has the API of Alertmanager below this path, and none for its configuration, which the implementations "cortex" and "mimir" would ask for.
    source(
      "alertmanager",
      { name: alertmanagerName, type: "alertmanager", url: `${workspace}/alertmanager` },
      { ...signed(region), implementation: "prometheus", handleGrafanaManagedAlerts: false },
    ),
    ...(logs === undefined || reader === undefined
      ? []
      : [
          source(
            "loki",
            {
              name: "Loki",
              type: "loki",
              url: logs.url,
              basicAuthEnabled: true,
              basicAuthUsername: reader.username,
              // The state has it as the stack's own key encrypts it.
              secureJsonDataEncoded: secret(JSON.stringify({ basicAuthPassword: reader.password })),
            },
            { maxLines: 1_000, derivedFields: derivedFields(Object.keys(services)) },
          ),
        ]),
  ];
}
