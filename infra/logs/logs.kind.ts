import { defineKind } from "../signal/kind";
import { type LogsRole, type LogsSize, logsSignals } from "./logs.signals";
import { example } from "./logs.size";

export const releaseType = "kubernetes:helm.sh/v3:Release";

const roles: Readonly<Record<string, LogsRole>> = { loki: "loki", alloy: "shipper" };

/** Charts as the catalogue knows them: Loki's and the shipper's. Of others nothing is asked but what their namespaces tell of every workload. */
export const logsKind = defineKind<LogsRole, "logs", LogsSize>({
  name: "logs",
  types: [releaseType],
  signals: logsSignals,
  nameOf: {},
  roleOf: ({ known: { chart } }) =>
    (typeof chart === "string" ? roles[chart.split("/").at(-1) ?? ""] : undefined) ?? "other",
  sizeOf: () => example,
  // Their nodes and disks cost, and the bucket and the load balancer, which are priced as what they are.
  costs: () => [],
});
