/** Why a mutant that nothing catches is no hole: signal id, to what was changed, to the reason. */
export type Equivalents = Readonly<Record<string, Readonly<Record<string, string>>>>;

const filledIn =
  "FILL leaves no point missing; the word is for a group that CloudWatch has never heard of, which no series can show";

const hiddenNode =
  "a series is what the query answers, the worst node: that the broker's own metric is a sum, in which that node is hidden, no series of one metric can show";
const wholes = "messages are counted in whole numbers, of which none lies between the two limits";

/** The mutants of when the business is open that no series can tell from the original. @param window in minutes */
function opening(counter: string, expected: number, window: number): Readonly<Record<string, string>> {
  const seconds = 60 * window;
  const sign = (shift: number) => (shift < 0 ? `+ ${-shift}` : `- ${shift}`);
  const query = (opens: number, closes: number, day: number) =>
    `query -> 100 * sum(increase(${counter}{cluster="cluster-1.a", namespace="namespace-1.a", service="service-1.a"}[${window}m])) / ${expected} and hour(vector(time() ${sign(opens)})) >= 2 and hour(vector(time() ${sign(closes)})) < 6 and (day_of_week(vector(time() ${sign(day)})) + 6) % 7 <= 4`;
  const less = "rules are evaluated every five minutes: a second less than the window begins in the same hour";
  const sameDay = "the proof is open from 2 to 6: a window earlier or later it is the same day";
  return {
    [query(seconds - 1, seconds, seconds)]: less,
    [query(seconds, seconds - 1, seconds)]: less,
    ...Object.fromEntries(
      [-seconds, seconds + 1, seconds - 1, 2 * seconds, seconds / 2].map((day) => [
        query(seconds, seconds, day),
        sameDay,
      ]),
    ),
  };
}

const sameShape =
  "every part of a histogram is made smaller or larger by the same factor, which moves no quantile: each pod has every part";
const neverNegative = "a rate is never negative, so the sum is 0 just when the mean or the greatest is";

/**
 * Mutants that do the same as the alarm itself. Each stands here with the reason why no series could tell the two apart; one that is caught after all, or
 * that no longer exists, is an error.
 */
export const equivalents: Equivalents = {
  "logs-write-slow": {
    'query -> histogram_quantile(0.99, avg by (le) (rate(loki_request_duration_seconds_bucket{logs="logs-1.a", route="loki_api_v1_push"}[5m])))':
      sameShape,
    'query -> histogram_quantile(0.99, sum by (le) (increase(loki_request_duration_seconds_bucket{logs="logs-1.a", route="loki_api_v1_push"}[5m])))':
      sameShape,
  },
  "logs-read-slow": {
    'query -> histogram_quantile(0.99, avg by (le) (rate(loki_request_duration_seconds_bucket{logs="logs-1.a", route=~"loki_api_v1_query.*"}[5m])))':
      sameShape,
    'query -> histogram_quantile(0.99, sum by (le) (increase(loki_request_duration_seconds_bucket{logs="logs-1.a", route=~"loki_api_v1_query.*"}[5m])))':
      sameShape,
  },
  "logs-silent": {
    'query -> avg(logs_recorded:lines:rate1m{logs="logs-1.a"})': neverNegative,
    'query -> max(logs_recorded:lines:rate1m{logs="logs-1.a"})': neverNegative,
  },
  "logs-shippers-silent": {
    "threshold 1 -> 0.5": "up is 0 or 1, so a sum below 1 is 0, which is below a half as well",
    'query -> max(up{logs="logs-1.a", job="shipper"})': "up is 0 or 1, so the sum is below 1 just when the greatest is",
  },
  "bucket-unavailable": {
    "expression -> IF(whole >= 10, 100 * part / whole, 1)":
      "only values above 50 are bad, so a bucket with too few requests may count as any share below",
    "expression -> IF(whole >= 10, 100 * part / whole, (-1))":
      "only values above 50 are bad, so a bucket with too few requests may count as any share below",
  },
  "bucket-server-errors": {
    "expression -> IF(whole >= 50, 100 * part / whole, 1)":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
    "expression -> IF(whole >= 50, 100 * part / whole, (-1))":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
  },
  "bucket-refused": {
    "expression -> IF(whole >= 50, 100 * part / whole, 1)":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
    "expression -> IF(whole >= 50, 100 * part / whole, (-1))":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
  },
  "bucket-replication-failed": {
    "value: statistic Sum -> Maximum":
      "a number of failures is never negative, so the sum is above 0 just when the maximum is",
  },
  "nat-gateway-cut-off": {
    "expression -> IF(attempts >= 30, 100 * established / attempts, 101)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 99)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 200)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
    "expression -> IF(attempts >= 30, 100 * established / attempts, 50)":
      "only values below 10 are bad, so a gateway that is hardly asked may count as any share above",
  },
  "nat-gateway-dropping": {
    "expression -> IF(sent + received >= 10000, 100 * dropped / (sent + received), (-1))":
      "only values above 0.01 are bad, so too few to judge may count as any share below",
  },
  "nat-gateway-idle-timeouts": {
    "expression -> IF(opened >= 500, 100 * idle / opened, 1)":
      "only values above 50 are bad, so too few to judge may count as any share below",
    "expression -> IF(opened >= 500, 100 * idle / opened, (-1))":
      "only values above 50 are bad, so too few to judge may count as any share below",
  },
  "nat-gateway-unanswered": {
    "expression -> IF(attempts >= 300, 100 * (attempts - established) / attempts, 1)":
      "only values above 20 are bad, so too few to judge may count as any share below",
    "expression -> IF(attempts >= 300, 100 * (attempts - established) / attempts, (-1))":
      "only values above 20 are bad, so too few to judge may count as any share below",
  },
  "queue-dead-letters": {
    "value: statistic Maximum -> Average":
      "a number of messages is never negative, so the average is above 0 just when the maximum is",
  },
  "queue-growing-backlog": {
    "expression -> IF(waiting > 1042, sent - deleted, (-1))":
      "only values above 0 are bad, so it does not matter how far below a small backlog counts",
  },
  "topic-undelivered": {
    "expression -> IF(published > 0, FILL(delivered, (-1)), 1)":
      "values of 0 and less are bad, so nothing delivered may count as 0 or as less",
    "expression -> IF(published > 0, FILL(delivered, 0), 2)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, FILL(delivered, 0), 0.5)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, delivered, 1)":
      "IF takes a missing value for 0 where its condition holds; FILL says so for the reader",
  },
  "kafka-offline-partitions": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "kafka-under-min-isr": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "kafka-under-replicated": {
    "value: statistic Maximum -> Average":
      "a number of partitions is never negative, so the average is above 0 just when the maximum is",
  },
  "consumer-unreported": {
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(lag, -2)":
      "only values under 0 are bad, so it does not matter how far below a missing lag counts",
    "expression -> FILL(lag, -0.5)":
      "only values under 0 are bad, so it does not matter how far below a missing lag counts",
    "lag: statistic Maximum -> Average": "lag is never negative: under 0 is only what FILL puts there",
    "lag: statistic Maximum -> Minimum": "lag is never negative: under 0 is only what FILL puts there",
  },
  "vpc-endpoint-resets": {
    "expression -> IF(opened >= 100, 100 * resets / opened, 1)":
      "only values above 25 are bad, so too few to judge may count as any share below",
    "expression -> IF(opened >= 100, 100 * resets / opened, (-1))":
      "only values above 25 are bad, so too few to judge may count as any share below",
  },
  "topology-differs": {
    "value: statistic Maximum -> Average":
      "a number of differences is never negative, so the average is above 0 just when the maximum is",
  },
  "function-failing": {
    "expression -> IF(invocations >= 20, 100 * errors / invocations, 1)":
      "only values above 5 are bad, so a function with too few invocations may count as any share below",
    "expression -> IF(invocations >= 20, 100 * errors / invocations, (-1))":
      "only values above 5 are bad, so a function with too few invocations may count as any share below",
  },
  "api-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 5 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 5 are bad, so too few requests may count as any share below",
  },
  "api-client-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 20 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 20 are bad, so too few requests may count as any share below",
  },
  "api-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2,500 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2,500 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "api-slow-tail": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 5,000 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 5,000 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "api-backend-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2,000 ms and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2,000 ms and more is bad, so a minute with too few requests may count as any time below",
  },
  "target-group-none-healthy": {
    "threshold 1 -> 0.5": "a number of targets is whole, so under 1 and under a half are both none",
  },
  "target-group-unhealthy": {
    "value: statistic Maximum -> Average":
      "a number of targets is never negative, so the average is above 0 just when the maximum is",
  },
  "target-group-errors": {
    "expression -> IF(whole >= 20, 100 * part / whole, 1)":
      "only values above 5 are bad, so too few requests may count as any share below",
    "expression -> IF(whole >= 20, 100 * part / whole, (-1))":
      "only values above 5 are bad, so too few requests may count as any share below",
    "part: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
    "whole: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-unreachable": {
    "value: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-tls-errors": {
    "value: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "target-group-slow": {
    "expression -> IF(requests >= 20, latency, 1)":
      "only 2 seconds and more is bad, so a minute with too few requests may count as any time below",
    "expression -> IF(requests >= 20, latency, (-1))":
      "only 2 seconds and more is bad, so a minute with too few requests may count as any time below",
    "requests: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
    "latency: dimension TargetGroup left out":
      "the load balancer publishes a total of its groups too, which lint therefore takes; a test of the component holds both dimensions",
  },
  "firewall-blocking": {
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 1)), 0)":
      "beside 50 blocked requests and more, one that is allowed changes no share from above to below 10",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, (-1))), 0)":
      "beside 50 blocked requests and more, one that is allowed changes no share from above to below 10",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 0)), 1)":
      "only values above 10 are bad, so too few to judge may count as any share below",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + FILL(allowed, 0)), (-1))":
      "only values above 10 are bad, so too few to judge may count as any share below",
    "expression -> IF(blocked >= 50, 100 * blocked / (blocked + allowed), 0)":
      "IF takes a missing value for 0 where its condition holds; FILL says so for the reader",
  },
  "canary-not-running": {
    "threshold 1 -> 0.5": "a number of runs is whole, so under 1 and under a half are both none",
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(runs, (-1))": "only values below 1 are bad, so no run may count as 0 or as less",
  },
  "database-dead-rows": {
    'query -> 100 * (pg_stat_user_tables_n_dead_tup{} > 100000) / pg_stat_user_tables_n_live_tup{database="database-1.a"}':
      "both sides are matched by all their labels, the database among them: one that is pinned pins the other",
    'query -> 100 * (pg_stat_user_tables_n_dead_tup{database="database-1.a"} > 100000) / pg_stat_user_tables_n_live_tup{}':
      "both sides are matched by all their labels, the database among them: one that is pinned pins the other",
  },
  "database-storage-forecast": {
    "threshold 456340275200 -> 456340275201": "a forecast of gigabytes meets its limit to the byte only by chance",
    "threshold 456340275200 -> 456340275199": "a forecast of gigabytes meets its limit to the byte only by chance",
    'query -> sum(predict_linear(pg_database_size_bytes{database="database-1.a"}[1d], 1209601))':
      "a second in fourteen days moves the forecast by less than rounding does",
    'query -> sum(predict_linear(pg_database_size_bytes{database="database-1.a"}[1d], 1209599))':
      "a second in fourteen days moves the forecast by less than rounding does",
  },
  "database-replica-lag": Object.fromEntries(
    [31_536_001, 31_535_999, 63_072_000, 15_768_000].map((lag) => [
      `expression -> IF(lag < 0, ${lag}, lag)`,
      "a broken replication counts as a lag above every limit, whichever",
    ]),
  ),
  "broker-memory": { "value: across Node left out": hiddenNode },
  "broker-disk": { "value: across Node left out": hiddenNode },
  "broker-cpu": { "value: across Node left out": hiddenNode },
  "broker-connections": { "value: across Node left out": hiddenNode },
  "broker-channels": { "value: across Node left out": hiddenNode },
  "broker-memory-full": { "value: across Node left out": hiddenNode },
  "broker-disk-full": { "value: across Node left out": hiddenNode },
  "broker-without-workers": {
    "threshold 1 -> 0.5": wholes,
    "consumers: statistic Maximum -> Average":
      "a number of consumers is never negative, so the average is 0 just when the maximum is",
  },
  "broker-growing-backlog": {
    "expression -> (ready > 1000) / (published - acknowledged)":
      "only values above 0 are bad, and one divided by a number is above 0 just when the number is",
  },
  "broker-partitioned": {
    'query -> count(rabbitmq_connections{broker="broker-1.a"}) * (count(rabbitmq_connections{broker="broker-1.a"}) - 1) - (count(erlang_vm_dist_node_state{broker="broker-1.a"} == 3) or vector(1))':
      "without any link, none or 2 or 6 were expected of one, two or three nodes: one less is above 0 for the same of them",
  },
  "broker-unroutable": { "threshold 1 -> 0.5": wholes },
  "broker-discarded": { "threshold 1 -> 0.5": wholes },
  "nodes-out-of-memory": {
    "threshold 0 -> 1": "increase() extends one kill to the edges of its range, which makes a little more than 1 of it",
    'query -> rate(node_vmstat_oom_kill{cluster="cluster-1.a"}[15m])':
      "a rate is above 0 just when the increase over the same range is",
  },
  "namespace-out-of-memory": {
    "threshold 0 -> 1":
      "increase() extends one restart to the edges of its range, which makes a little more than 1 of it",
    'query -> rate(kube_pod_container_status_restarts_total{cluster="cluster-1.a", namespace="namespace-1.a"}[15m]) and on (cluster, namespace, pod, container) kube_pod_container_status_last_terminated_reason{reason="OOMKilled"} == 1':
      "a rate is above 0 just when the increase over the same range is",
  },
  "namespace-crash-looping": {
    'query -> avg_over_time(kube_pod_container_status_waiting_reason{cluster="cluster-1.a", namespace="namespace-1.a", reason="CrashLoopBackOff"}[5m])':
      "a state is 0 or 1, so its average is above 0 just when its maximum is",
    'query -> sum_over_time(kube_pod_container_status_waiting_reason{cluster="cluster-1.a", namespace="namespace-1.a", reason="CrashLoopBackOff"}[5m])':
      "a state is 0 or 1, so its sum is above 0 just when its maximum is",
  },
  "watchdog-silent": {
    "missing data breaching -> notBreaching": filledIn,
    "missing data breaching -> ignore": filledIn,
    "missing data breaching -> missing": filledIn,
    "expression -> FILL(beats, (-1))":
      "nothing published is bad, so it does not matter how far below it a missing count stands",
  },
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
  "collector-silent": {
    "threshold 1 -> 0.5": "what answers is counted in whole numbers: less than one is less than a half",
    'query -> max(up{collector="collector-1.a"})':
      "each target is 0 or 1, so their sum is below 1 just when the largest is",
  },
  "collector-duplicates": {
    "threshold 1 -> 0": "a count of nothing has no value, so the smallest there is is 1",
    "threshold 1 -> 0.5": "a count of nothing has no value, so the smallest there is is 1",
  },
  "service-orders-silent": opening("shop_orders_sold_total", 200, 20),
  "service-customers-silent": opening("crm_customers_created_total", 600, 60),
  "service-work-orders-silent": opening("mes_work_orders_finished_total", 600, 60),
};
