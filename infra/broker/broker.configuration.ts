/** What Amazon MQ lets a RabbitMQ broker be configured to. */
import type { Problems } from "../kit/problems";
import type { Configurable } from "./sizes";

/** Engine versions that Amazon MQ offers for RabbitMQ 4 ("Managing Amazon MQ for RabbitMQ engine versions", Amazon MQ Developer Guide, 2026-11). */
export const versions = ["4.3", "4.2"] as const;
/** An engine version. */
export type BrokerVersion = (typeof versions)[number];

/** Why a version cannot be had. */
export function versionProblem(version: string): string | undefined {
  if (versions.some((known) => known === version)) return undefined;
  const why = /^3\./.test(version)
    ? "RabbitMQ 3 is at its end, has no endpoint for Prometheus, and its default queues are lost with their node"
    : "Amazon MQ does not offer it, or not yet here";
  return `version must be ${versions.map((known) => `"${known}"`).join(" or ")} (${why}), got ${JSON.stringify(version)}`;
}

/** Days of the week, as Amazon MQ writes them. */
export const days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"] as const;

/** When Amazon MQ works on a broker: each week for up to two hours. */
export interface Maintenance {
  readonly day: (typeof days)[number];
  /** In 24 hours: "03:00". */
  readonly time: string;
  /** Such as "Europe/Berlin". */
  readonly zone: string;
}

/** Whether a text is a time of day as Amazon MQ takes it. */
export const isTimeOfDay = (time: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(time);

/** Whether a text names a time zone that the runtime, and so the IANA, knows. */
export function isZone(zone: string): boolean {
  try {
    return zone !== "" && Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

/** Notes what Amazon MQ does not take as a maintenance window. */
export function checkMaintenance(problems: Problems, { day, time, zone }: Maintenance): void {
  problems.unless(days.includes(day), `maintenance.day must be one of ${days.join(", ")}`, day);
  problems.unless(isTimeOfDay(time), 'maintenance.time must be written like "03:00"', time);
  problems.unless(isZone(zone), 'maintenance.zone must be a time zone such as "Europe/Berlin" or "UTC"', zone);
}

/** What is configured, in base units. */
export interface Configured {
  readonly version: BrokerVersion;
  /** Seconds. */
  readonly consumerTimeout: number;
  /** Bytes. */
  readonly largestMessage: number;
  readonly limits: Readonly<Partial<Record<Configurable, number>>>;
}

/** Keys of limits ("Resource Limit Configuration", Amazon MQ Developer Guide, 2026-11). */
const limitKeys: Readonly<Record<Configurable, string>> = {
  connections: "connection_max",
  channels: "channel_max_per_node",
  queues: "cluster_queue_limit",
};

/**
 * The configuration in RabbitMQ's Cuttlefish format, with keys that Amazon MQ takes ("RabbitMQ broker configurations", Amazon MQ Developer Guide, 2026-11). It
 * refuses every other one, vm_memory_high_watermark among them.
 */
export function configurationData({ consumerTimeout, largestMessage, limits }: Configured): string {
  const lines = {
    consumer_timeout: consumerTimeout * 1_000,
    max_message_size: largestMessage,
    "secure.management.http.headers.enabled": true,
    ...Object.fromEntries(
      Object.entries(limitKeys).flatMap(([limit, key]) => {
        const value = limits[limit as Configurable];
        return value === undefined ? [] : [[key, value]];
      }),
    ),
  };
  return Object.entries(lines)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join("");
}
