/** How boards name and find each other. */
import { createHash } from "node:crypto";
import { reference } from "../infra/signal/board.variables";

/** How a log line names its request: the gateway gives the id (`x-request-id`), each service writes and hands it on. */
export const requestId = "request_id";

/** The longest id of a board ("Dashboard HTTP API", Grafana documentation, 2026-11). */
const longestUid = 40;
const prefix = "vigia-service-";

/** Whether a service's board can be found by its name alone. */
export const isPlain = (service: string): boolean => prefix.length + service.length <= longestUid;

/** The id of a service's board: of a longer name, as much as fits and what tells it from others. */
export function serviceUid(service: string): string {
  if (isPlain(service)) return prefix + service;
  const uid = prefix + service;
  return `${uid.slice(0, longestUid - 9)}-${createHash("sha256").update(service).digest("hex").slice(0, 8)}`;
}

/** The time that is looked at, handed on to another board. */
export const sameTime = reference("__url_time_range");

/** To the board of a service, in the same time. @param service its name, or a reference to it */
export const toService = (service: string): string => `/d/${prefix}${service}?${sameTime}`;

/** To the board of a service whose name is known. */
export const toKnownService = (service: string): string => `/d/${serviceUid(service)}?${sameTime}`;

/** To everything that was said of a request, in the same time. @param id the request's, or a reference to it */
export const toRequest = (id: string): string => `/d/vigia-requests?var-request=${id}&${sameTime}`;

/** To the board of a kind of thing. @param kind its name, or a reference to it */
export const toKind = (kind: string): string => `/d/vigia-${kind}?${sameTime}`;

/** The alarms of CloudWatch that are in alarm now: no data source of Grafana lists them. */
export const toAlarms = (region: string): string =>
  `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#alarmsV2:?~(alarmStateFilter~'ALARM)`;
