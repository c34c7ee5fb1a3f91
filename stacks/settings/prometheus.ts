import { section } from "./section";
import { group, whole } from "./values";

/** What a stack says of its Prometheus workspace. */
export interface PrometheusSettings {
  readonly retentionDays: number;
  readonly seriesQuota?: number | undefined;
  readonly samplesQuota?: number | undefined;
}

const quota = (what: string) => whole(1_000, 2_000_000_000).optional().describe(what);

/** The workspace of Prometheus. Its quotas are those of the account, and change only when AWS grants it. */
export const prometheusSection = section<PrometheusSettings>({
  schema: group({
    retentionDays: whole(1, 1_095).describe("Days that samples are kept."),
    seriesQuota: quota("Most series at a time, if AWS granted more than a new workspace has."),
    samplesQuota: quota("Most samples a second, if AWS granted more than a new workspace has."),
  }).describe("Prometheus workspace of the stack."),
  defaults: { retentionDays: 150 },
});
