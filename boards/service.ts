import { createHash } from "node:crypto";
import { type Dashboard, TextBoxVariableBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { metrics } from "../infra/service/metrics";
import { reference } from "../infra/signal/board.variables";
import { budgetLeft } from "./home";
import { at, board, deployments, lines, logRates, logs, shares } from "./parts";

/** How a log line names its request: the gateway gives the id (`x-request-id`), each service writes and hands it on. */
export const requestId = "request_id";

/** The field at the top of a board by which its logs are narrowed. */
const request = reference("request");

const duration = metrics.duration.name;
const quantile = (share: number, service: string) =>
  `histogram_quantile(${share}, sum by (le) (rate(${duration}_bucket{service="${service}"}[5m])))`;

/** Ids have 40 characters at most: of a longer name, as much as fits and what tells it from others. */
export function serviceUid(service: string): string {
  const uid = `vigia-service-${service}`;
  if (uid.length <= 40) return uid;
  return `${uid.slice(0, 31)}-${createHash("sha256").update(service).digest("hex").slice(0, 8)}`;
}

/** From a point of a panel to what was said from then on, on the same board. */
const around = (service: string) =>
  ["Logs from here on", `/d/${serviceUid(service)}?from=${reference("__value.time")}&to=now`] as const;

/** A service: what it does for users, with its logs beside. */
export function serviceBoard(service: string, availability: number, withLogs: boolean): Dashboard {
  const here = `service="${service}"`;
  const half = withLogs ? 12 : 24;
  const logLink = withLogs ? around(service) : undefined;
  const told = (title: string, description: string, place: ReturnType<typeof at>) => ({ title, description, place });
  return board(
    {
      uid: serviceUid(service),
      title: `Vigia: service ${service}`,
      description: "What users get of it, and what it says. All its signals are on the board of services.",
    },
    [
      shares(
        told(
          "Error budget",
          `Percent left of thirty days: ${availability} % of requests are promised an answer.`,
          at(0, 0, 6, 8),
        ),
        [[budgetLeft(service, availability), service]],
        [0, 25],
      ),
      lines(
        told("Requests by answer", "Each class of status, per second.", at(6, 0, 9, 8)),
        [[`sum by (code) (rate(${duration}_count{${here}}[5m]))`, "{{code}}"]],
        "reqps",
        logLink,
      ),
      lines(
        told("Time of a request", "Half, nearly all, and the slowest of a hundred.", at(15, 0, 9, 8)),
        [
          [quantile(0.5, service), "50 %"],
          [quantile(0.95, service), "95 %"],
          [quantile(0.99, service), "99 %"],
        ],
        "s",
        logLink,
      ),
      lines(
        told("Failed requests by route", "Answers of 500 and above.", at(0, 8, half, 8)),
        [[`sum by (route) (rate(${duration}_count{${here}, code=~"5.."}[5m]))`, "{{route}}"]],
        "reqps",
        logLink,
      ),
      ...(withLogs
        ? [
            logs(
              told("What it says", `Narrow it by the field Request: an id of \`${requestId}\`.`, at(12, 8, 12, 20)),
              `{${here}} |= "${request}"`,
            ),
          ]
        : []),
      lines(
        told("Requests in flight", "Without an answer yet.", at(0, 16, half, 6)),
        [[`sum by (pod) (${metrics.inFlight.name}{${here}})`, "{{pod}}"]],
        "short",
        logLink,
      ),
      lines(
        told("Pods", "Available, and wanted.", at(0, 22, half, 6)),
        [
          [`sum(kube_deployment_status_replicas_available{deployment="${service}"})`, "available"],
          [`sum(kube_deployment_spec_replicas{deployment="${service}"})`, "wanted"],
        ],
        "short",
        logLink,
      ),
    ],
    {
      withLogs,
      change: (given) =>
        (withLogs
          ? given.withVariable(new TextBoxVariableBuilder("request").label("Request").defaultValue(""))
          : given
        ).annotation(deployments(`${service}-[a-z0-9]+`)),
    },
  );
}

/** One request through all services: where links of log lines lead. */
export const requestsBoard = (): Dashboard =>
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
          description: "By service: how far it came, and where it stayed.",
          place: at(0, 0, 24, 6),
        },
        `sum by (service) (count_over_time({service=~".+"} |= "${request}" [1m]))`,
        "{{service}}",
      ),
      logs(
        { title: "What every service said", description: "The newest first.", place: at(0, 6, 24, 18) },
        `{service=~".+"} |= "${request}"`,
      ),
    ],
    {
      withLogs: true,
      change: (given) =>
        given.withVariable(new TextBoxVariableBuilder("request").label("Request").defaultValue("none")),
    },
  );
