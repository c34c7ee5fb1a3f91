import type { Equivalents } from "../equivalents";

/** Equivalent mutants of buckets and databases. */
export const data: Equivalents = {
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
  "bucket-server-errors": {
    "expression -> IF(whole >= 50, 100 * part / whole, 1)":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
    "expression -> IF(whole >= 50, 100 * part / whole, (-1))":
      "only values above 5 are bad, so a bucket with too few requests may count as any share below",
  },
  "bucket-unavailable": {
    "expression -> IF(whole >= 10, 100 * part / whole, 1)":
      "only values above 50 are bad, so a bucket with too few requests may count as any share below",
    "expression -> IF(whole >= 10, 100 * part / whole, (-1))":
      "only values above 50 are bad, so a bucket with too few requests may count as any share below",
  },
  "database-dead-rows": {
    'query -> 100 * (pg_stat_user_tables_n_dead_tup{} > 100000) / pg_stat_user_tables_n_live_tup{database="database-1.a"}':
      "both sides are matched by all their labels, the database among them: one that is pinned pins the other",
    'query -> 100 * (pg_stat_user_tables_n_dead_tup{database="database-1.a"} > 100000) / pg_stat_user_tables_n_live_tup{}':
      "both sides are matched by all their labels, the database among them: one that is pinned pins the other",
  },
  "database-replica-lag": Object.fromEntries(
    [31_536_001, 31_535_999, 63_072_000, 15_768_000].map((lag) => [
      `expression -> IF(lag < 0, ${lag}, lag)`,
      "a broken replication counts as a lag above every limit, whichever",
    ]),
  ),
  "database-storage-forecast": {
    "threshold 456340275200 -> 456340275201": "a forecast of gigabytes meets its limit to the byte only by chance",
    "threshold 456340275200 -> 456340275199": "a forecast of gigabytes meets its limit to the byte only by chance",
    'query -> sum(predict_linear(pg_database_size_bytes{database="database-1.a"}[1d], 1209601))':
      "a second in fourteen days moves the forecast by less than rounding does",
    'query -> sum(predict_linear(pg_database_size_bytes{database="database-1.a"}[1d], 1209599))':
      "a second in fourteen days moves the forecast by less than rounding does",
  },
};
