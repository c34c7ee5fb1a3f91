/** What an instance declares of itself. */
export interface LogsSize {
  /** Bytes that all services together log on a usual day. */
  readonly perDay: number;
  /** Mebibytes a second that Loki takes. */
  readonly rate: number;
  /** Lines a second that a service may log as errors. */
  readonly errorLines: number;
  /** Seconds that 99 of 100 queries may take. */
  readonly slowQuery: number;
}

/** Loki with its gateway, the shippers, or another chart. */
export type LogsRole = "loki" | "shipper" | "other";

/** The size at which limits are proven. */
export const example: LogsSize = { perDay: 5 * 1_024 ** 3, rate: 4, errorLines: 1, slowQuery: 20 };
