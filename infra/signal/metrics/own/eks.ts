import { type Own, table } from "./table";

const cluster = [["ClusterName"]] as const;
const flow: Own = { unit: "Count", kind: "counter", statistics: ["Sum"], dimensions: cluster };
const failures: Own = { ...flow, worse: "high" };
/** A level whose one sample a minute AWS sums, because each API server or scheduler tells its own part of it: no gauge that can be averaged. */
const level: Own = { unit: "Count", statistics: ["Sum"], dimensions: cluster };
const waiting: Own = { ...level, worse: "high" };
/** Percentiles already: a percentile of them means nothing. */
const p99: Own = { unit: "Seconds", kind: "gauge", statistics: ["Average"], dimensions: cluster, worse: "high" };

const named = (names: readonly string[], row: Own): Readonly<Record<string, Own>> =>
  Object.fromEntries(names.map((name) => [name, row]));
const verbs = ["PUT", "PATCH", "POST", "GET", "LIST", "DELETE"];

/** Free, from Kubernetes 1.28 on. */
export const eks = table("AWS/EKS", "Monitor cluster data with Amazon CloudWatch, Amazon EKS User Guide, 2026-11", {
  ...named(["scheduler_schedule_attempts_total", "scheduler_schedule_attempts_SCHEDULED"], flow),
  ...named(["scheduler_schedule_attempts_UNSCHEDULABLE", "scheduler_schedule_attempts_ERROR"], failures),
  ...named(["scheduler_pending_pods", "scheduler_pending_pods_ACTIVEQ", "scheduler_pending_pods_GATED"], level),
  ...named(["scheduler_pending_pods_UNSCHEDULABLE", "scheduler_pending_pods_BACKOFF"], waiting),
  ...named(["apiserver_request_total", "apiserver_request_total_LIST_PODS"], flow),
  ...named(["apiserver_request_total_4XX", "apiserver_request_total_429", "apiserver_request_total_5XX"], failures),
  ...named(
    verbs.map((verb) => `apiserver_request_duration_seconds_${verb}_P99`),
    p99,
  ),
  ...named(
    [
      "apiserver_current_inflight_requests_MUTATING",
      "apiserver_current_inflight_requests_READONLY",
      "apiserver_flowcontrol_current_executing_seats",
    ],
    level,
  ),
  ...named(
    ["", "_ADMIT", "_VALIDATING"].map((part) => `apiserver_admission_webhook_request_total${part}`),
    flow,
  ),
  ...named(
    ["", "_ADMIT", "_VALIDATING"].map((part) => `apiserver_admission_webhook_rejection_count${part}`),
    flow,
  ),
  ...named(
    ["", "_ADMIT_P99", "_VALIDATING_P99"].map(
      (part) => `apiserver_admission_webhook_admission_duration_seconds${part}`,
    ),
    p99,
  ),
  apiserver_storage_size_bytes: {
    unit: "Bytes",
    kind: "gauge",
    statistics: ["Maximum"],
    dimensions: cluster,
    worse: "high",
  },
});
