import type { Equivalents } from "../equivalents";
import { filledIn } from "./reasons";

const sameShape =
  "every part of a histogram is made smaller or larger by the same factor, which moves no quantile: each pod has every part";

const neverNegative = "a rate is never negative, so the sum is 0 just when the mean or the greatest is";

/** Equivalent mutants of the cluster, its namespaces, the collectors and the logs. */
export const cluster: Equivalents = {
  "cluster-api-errors": {
    "expression -> IF(whole >= 100, 100 * part / whole, 1)":
      "values of 5 and less are fine, so too few requests may count as any of them",
    "expression -> IF(whole >= 100, 100 * part / whole, (-1))":
      "values of 5 and less are fine, so too few requests may count as any of them",
  },
  "cluster-unseen": {
    "threshold 1 -> 0.5": "what answers is counted in whole numbers: less than one is less than a half",
    'query -> max(up{cluster="cluster-1.a"})':
      "each target is 0 or 1, so their sum is below 1 just when the largest is",
  },
  "collector-duplicates": {
    "threshold 1 -> 0": "a count of nothing has no value, so the smallest there is is 1",
    "threshold 1 -> 0.5": "a count of nothing has no value, so the smallest there is is 1",
  },
  "collector-silent": {
    "threshold 1 -> 0.5": "what answers is counted in whole numbers: less than one is less than a half",
    'query -> max(up{collector="collector-1.a"})':
      "each target is 0 or 1, so their sum is below 1 just when the largest is",
  },
  "logs-read-slow": {
    'query -> histogram_quantile(0.99, avg by (le) (rate(loki_request_duration_seconds_bucket{logs="logs-1.a", route=~"loki_api_v1_query.*"}[5m])))':
      sameShape,
    'query -> histogram_quantile(0.99, sum by (le) (increase(loki_request_duration_seconds_bucket{logs="logs-1.a", route=~"loki_api_v1_query.*"}[5m])))':
      sameShape,
  },
  "logs-shippers-silent": {
    "threshold 1 -> 0.5": "up is 0 or 1, so a sum below 1 is 0, which is below a half as well",
    'query -> max(up{logs="logs-1.a", job="shipper"})': "up is 0 or 1, so the sum is below 1 just when the greatest is",
  },
  "logs-silent": {
    'query -> avg(logs_recorded:lines:rate1m{logs="logs-1.a"})': neverNegative,
    'query -> max(logs_recorded:lines:rate1m{logs="logs-1.a"})': neverNegative,
  },
  "logs-write-slow": {
    'query -> histogram_quantile(0.99, avg by (le) (rate(loki_request_duration_seconds_bucket{logs="logs-1.a", route="loki_api_v1_push"}[5m])))':
      sameShape,
    'query -> histogram_quantile(0.99, sum by (le) (increase(loki_request_duration_seconds_bucket{logs="logs-1.a", route="loki_api_v1_push"}[5m])))':
      sameShape,
  },
  "namespace-crash-looping": {
    'query -> avg_over_time(kube_pod_container_status_waiting_reason{cluster="cluster-1.a", namespace="namespace-1.a", reason="CrashLoopBackOff"}[5m])':
      "a state is 0 or 1, so its average is above 0 just when its maximum is",
    'query -> sum_over_time(kube_pod_container_status_waiting_reason{cluster="cluster-1.a", namespace="namespace-1.a", reason="CrashLoopBackOff"}[5m])':
      "a state is 0 or 1, so its sum is above 0 just when its maximum is",
  },
  "namespace-out-of-memory": {
    "threshold 0 -> 1":
      "increase() extends one restart to the edges of its range, which makes a little more than 1 of it",
    'query -> rate(kube_pod_container_status_restarts_total{cluster="cluster-1.a", namespace="namespace-1.a"}[15m]) and on (cluster, namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1':
      "a rate is above 0 just when the increase over the same range is",
  },
  "nodes-out-of-memory": {
    "threshold 0 -> 1": "increase() extends one kill to the edges of its range, which makes a little more than 1 of it",
    'query -> rate(node_vmstat_oom_kill{cluster="cluster-1.a"}[15m])':
      "a rate is above 0 just when the increase over the same range is",
  },
  "watchdog-silent": {
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(beats, (-1))":
      "nothing published is bad, so it does not matter how far below it a missing count stands",
  },
};
