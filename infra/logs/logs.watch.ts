import type { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import { Watch, type Watched } from "../signal/watch";
import { checkExpectations, type LogsExpectations, type NormalLogs } from "./logs.args";
import { type LogsSize, logsSignals } from "./logs.signals";
import { lokiPort } from "./loki.config";
import { membersName } from "./members";
import { shipperPort } from "./shipper.config";

/** The rules of a place for logs. */
export type LogsWatch = Watch<"logs", LogsSize>;

/** Both charts. */
interface Releases {
  readonly loki: Release;
  readonly shipper: Release;
}

/** Pods that a collector reads. */
export interface ScrapedPods {
  readonly namespace: string;
  /** Name of the headless service. */
  readonly service: string;
  readonly port: number;
  readonly keep: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** What rules and boards read of Loki: its histograms are most of what it tells. */
const lokiMetrics =
  "loki_(build_info|request_duration_seconds_(bucket|count)|distributor_(bytes|lines)_received_total|discarded_samples_total|ingester_(memory_streams|chunks_flush_failures_total|wal_disk_full_failures_total)|boltdb_shipper_compact_tables_operation_last_successful_run_timestamp_seconds|prometheus_rule_evaluation_failures_total|ruler_wal_prometheus_remote_storage_(samples_failed_total|samples_total)|panic_total)|process_(resident_memory_bytes|cpu_seconds_total)";
const shipperMetrics =
  "loki_write_(dropped|sent)_entries_total|loki_write_request_duration_seconds_count|loki_source_file_files_active_total|process_(resident_memory_bytes|cpu_seconds_total)";

/** What a collector must read. */
export const scrapedPods = (
  name: string,
  { namespace, shippers }: Pick<NormalLogs, "namespace" | "shippers">,
): Readonly<Record<"loki" | "shipper", ScrapedPods>> => ({
  loki: { namespace, service: membersName(`${name}-loki`), port: lokiPort, keep: lokiMetrics, labels: { logs: name } },
  shipper: {
    namespace: shippers,
    service: `${name}-shipper`,
    port: shipperPort,
    keep: shipperMetrics,
    labels: { logs: name },
  },
});

/** The alarms of both, with arguments that are checked already. */
export function watchWith(
  name: string,
  { loki, shipper }: Releases,
  size: LogsSize,
  { service = "platform", changes = {}, watcher }: LogsExpectations,
  opts?: ComponentResourceOptions,
): LogsWatch {
  const common = { kind: "logs", signals: logsSignals, size, texts: { logs: name }, service, changes };
  const subjects = { logs: name };
  const parts: readonly Watched<"logs", LogsSize>[] = [
    { ...common, resource: loki, role: "loki", subjects },
    { ...common, resource: shipper, role: "shipper", subjects },
  ];
  return new Watch(name, parts, watcher, opts);
}

/**
 * Watches Loki and shippers that exist already, in any Pulumi program.
 * @param name the label `logs` of their series
 */
export function watchLogs(
  name: string,
  existing: Releases,
  options: LogsExpectations,
  opts?: ComponentResourceOptions,
): LogsWatch {
  const problems = new Problems(`logs "${name}"`);
  const size = checkExpectations(problems, options);
  problems.throwIfAny();
  return watchWith(name, existing, size, options, opts);
}
