/** Days for which CloudWatch Logs can keep a log; it takes no others ("PutRetentionPolicy", CloudWatch Logs API Reference, 2026-11). */
export const retentions: readonly number[] = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

/** Whether CloudWatch Logs can keep a log for so many days. */
export const isRetention = (days: number): boolean => retentions.includes(days);
