import { prometheus, signals } from "../signal/signal";
import { example, type LogsRole, type LogsSize } from "./logs.size";
import {
  failing,
  fast,
  fastEnough,
  mended,
  push,
  pushEdges,
  query,
  queryEdges,
  slow,
  stillFine,
} from "./request.proofs";

/** How requests to Loki end, and how long they take. */
export const requestSignals = signals<LogsRole, "logs", LogsSize>()({
  "logs-write-failing": {
    title: "Loki fails to take lines",
    golden: "errors",
    unit: "percent",
    role: "loki",
    source: prometheus(
      '100 * sum(rate(loki_request_duration_seconds_count{logs="{logs}", route="loki_api_v1_push", status_code=~"5.."}[5m])) / sum(rate(loki_request_duration_seconds_count{logs="{logs}", route="loki_api_v1_push"}[5m]))',
    ),
    alarm: { above: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: failing(push, query),
      fine: stillFine(push, query),
      healed: mended(push, query),
    },
    runbook: {
      means:
        "Shippers send the same again and again, and read no further meanwhile: lines come late, and at last nodes rotate them away.",
      check: [
        "`kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i error | tail -30`: at least 2 live replicas required, context deadline exceeded, or no space left?",
        "Are three in the ring, ACTIVE? http://localhost:3100/ring after `kubectl -n logs port-forward <pod> 3100`",
        "Are they short of processor or memory (namespace-cpu-throttled, namespace-memory)?",
      ],
      fix: [
        "Forget a dead member in the ring (button on /ring) where it does not leave by itself.",
        "Roll the last change back.",
        "Give more memory (memory in the settings).",
      ],
    },
  },
  "logs-read-failing": {
    title: "Queries of logs fail",
    golden: "errors",
    unit: "percent",
    role: "loki",
    source: prometheus(
      '100 * sum(rate(loki_request_duration_seconds_count{logs="{logs}", route=~"loki_api_v1_.+", route!="loki_api_v1_push", status_code=~"5.."}[5m])) / sum(rate(loki_request_duration_seconds_count{logs="{logs}", route=~"loki_api_v1_.+", route!="loki_api_v1_push"}[5m]))',
    ),
    alarm: { above: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: failing(query, push),
      fine: stillFine(query, push),
      healed: mended(query, push),
    },
    runbook: {
      means: "Who looks for a cause does not find it: panels with logs are empty or red.",
      check: [
        "`kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i 'query' | grep -i error | tail -30`",
        "Is it one board? A query over weeks of all services takes what everybody else needs: logs-read-slow.",
        "Does S3 answer (alarms of the bucket)? Chunks older than two hours come from there.",
      ],
      fix: [
        "Narrow the query: a service, a shorter time.",
        "Restart the Loki that fails, one at a time.",
        "Give more memory (memory in the settings).",
      ],
    },
  },
  "logs-write-slow": {
    title: "Loki takes lines slowly",
    golden: "latency",
    unit: "seconds",
    role: "loki",
    source: prometheus(
      'histogram_quantile(0.99, sum by (le) (rate(loki_request_duration_seconds_bucket{logs="{logs}", route="loki_api_v1_push"}[5m])))',
    ),
    alarm: { above: "1 second", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: slow(push, pushEdges, 989, 17),
      fine: fastEnough([push, query], pushEdges, 991, 14),
      healed: fast(push, pushEdges),
    },
    runbook: {
      means: "Shippers wait, and lines come late.",
      check: [
        'Which pod? `histogram_quantile(0.99, sum by (le, instance) (rate(loki_request_duration_seconds_bucket{route="loki_api_v1_push"}[5m])))`',
        "Is its disk busy (the log of lines is written before each answer): nodes-disk signals of its node?",
        "Is it short of processor time (namespace-cpu-throttled), or is more sent than usual (logs-ingestion-limit)?",
      ],
      fix: ["Move the pod to another node: delete it.", "Lower the level of the service that shouts."],
    },
  },
  "logs-read-slow": {
    title: "Queries of logs are slow",
    golden: "latency",
    unit: "seconds",
    role: "loki",
    source: prometheus(
      'histogram_quantile(0.99, sum by (le) (rate(loki_request_duration_seconds_bucket{logs="{logs}", route=~"loki_api_v1_query.*"}[5m])))',
    ),
    alarm: { above: ({ slowQuery }) => slowQuery, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: slow(query, queryEdges, 996.4, 16),
      fine: fastEnough([query, push], queryEdges, 998.7, 12),
      healed: fast(query, queryEdges),
    },
    runbook: {
      means: "Boards with logs wait, and some queries are cut off.",
      check: [
        "Which? `kubectl -n logs logs -l app.kubernetes.io/name=loki | grep metrics.go`: each query with its length, its bytes and its time, at level info.",
        "Do the caches hold? `sum(rate(loki_embeddedcache_misses_total[5m])) / sum(rate(loki_embeddedcache_queries_total[5m]))`",
        "Is logs-compactor-stopped firing? Then there are too many indexes to read.",
      ],
      fix: [
        "Ask for a service and a shorter time, and for values that rules on logs have recorded already.",
        "Give more memory (memory in the settings).",
      ],
    },
  },
});
