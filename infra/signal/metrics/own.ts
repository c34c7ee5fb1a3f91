import type { Metric } from "./metric";
import { acm } from "./own/acm";
import { apiGateway } from "./own/apigateway";
import { backup } from "./own/backup";
import { brokerOperations } from "./own/broker-operations";
import { eks } from "./own/eks";
import { elb } from "./own/elb";
import { events } from "./own/events";
import { kafka } from "./own/kafka";
import { lambda } from "./own/lambda";
import { mq } from "./own/mq";
import { addressUsage, endpoints, natGateways } from "./own/network";
import { prometheus } from "./own/prometheus";
import { rds } from "./own/rds";
import { s3 } from "./own/s3";
import { scheduler } from "./own/scheduler";
import { sns } from "./own/sns";
import { sqs } from "./own/sqs";
import { synthetics } from "./own/synthetics";
import { waf } from "./own/waf";

/** Rows that AWS's list lacks, or has with less. They win over it. */
export const own: readonly Metric[] = [
  ...prometheus,
  ...sqs,
  ...sns,
  ...kafka,
  ...s3,
  ...backup,
  ...natGateways,
  ...endpoints,
  ...addressUsage,
  ...eks,
  ...acm,
  ...apiGateway,
  ...elb,
  ...synthetics,
  ...waf,
  ...rds,
  ...mq,
  ...lambda,
  ...scheduler,
  ...events,
  ...brokerOperations,
];

/** What is known of metrics of the list besides what it says, by namespace and metric. */
export const hints: Readonly<Record<string, Readonly<Record<string, Pick<Metric, "sparse" | "worse">>>>> = {
  /** "Amazon EKS and Kubernetes Container Insights metrics", CloudWatch User Guide, 2026-11: only for pods that have a limit. */
  ContainerInsights: {
    pod_cpu_utilization_over_pod_limit: { sparse: true, worse: "high" },
    pod_memory_utilization_over_pod_limit: { sparse: true, worse: "high" },
  },
};
