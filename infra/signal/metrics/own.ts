import type { Metric } from "./metric";
import { s3 } from "./own/s3";
import { sns } from "./own/sns";
import { sqs } from "./own/sqs";

/** Rows that AWS's list lacks, or has with less. They win over it. */
export const own: readonly Metric[] = [...sqs, ...sns, ...s3];

/** What is known of metrics of the list besides what it says, by namespace and metric. */
export const hints: Readonly<Record<string, Readonly<Record<string, Pick<Metric, "sparse" | "worse">>>>> = {
  /** "Amazon EKS and Kubernetes Container Insights metrics", CloudWatch User Guide, 2026-11: only for pods that have a limit. */
  ContainerInsights: {
    pod_cpu_utilization_over_pod_limit: { sparse: true, worse: "high" },
    pod_memory_utilization_over_pod_limit: { sparse: true, worse: "high" },
  },
  /** "Amazon CloudWatch metrics for Amazon RDS", RDS User Guide, 2026-11. */
  "AWS/RDS": {
    FreeStorageSpace: { worse: "low" },
    FreeableMemory: { worse: "low" },
    BurstBalance: { worse: "low" },
  },
};
