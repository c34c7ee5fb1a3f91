import type { MetricStat, MissingData } from "../spec";
import { accepts, alarm, mathAlarm, rds, refuses, s3, sns, sqs, stat, type symbols } from "./fixtures";

describe("lint on thresholds", () => {
  it("refuses one that no value goes past", () => {
    for (const threshold of [100, 101])
      refuses(
        alarm(rds("CPUUtilization", "Average"), ">", threshold),
        "threshold",
        /can never fire: its values are 0 to 100/,
      );
    refuses(alarm(rds("CPUUtilization", "Average"), ">=", 100.1), "threshold", /can never fire/);
    accepts(alarm(rds("CPUUtilization", "Average"), ">=", 100));
    refuses(
      alarm(sqs("NumberOfMessagesSent", "Sum"), "<", 0, { treatMissingData: "breaching" }),
      "threshold",
      /can never fire/,
    );
    refuses(
      alarm(sqs("ApproximateNumberOfMessagesNotVisible"), ">", 120_000),
      "threshold",
      /can never fire: its values are 0 to 120000/,
    );
    refuses(alarm(sqs("ApproximateAgeOfOldestMessage"), ">", 1_209_600), "threshold", /can never fire/);
  });

  it("refuses one that every value goes past", () => {
    refuses(
      alarm(sqs("ApproximateNumberOfMessagesVisible"), ">=", 0),
      "threshold",
      /always fires: its values are 0 to any number/,
    );
    refuses(alarm(sqs("ApproximateNumberOfMessagesVisible"), ">", -1), "threshold", /always fires/);
    refuses(alarm(rds("BurstBalance", "Minimum"), "<=", 100), "threshold", /always fires/);
  });

  it("refuses a latency above zero, which each request has", () => {
    refuses(alarm(s3("FirstByteLatency", "Average"), ">", 0), "threshold", /fires in every period with traffic/);
  });

  it("refuses the wrong side of a metric that is bad on one side", () => {
    const rate = { ...sns("SMSSuccessRate", "Average"), dimensions: {} };
    refuses(alarm(rate, ">", 0.9), "threshold", /fires while all is well: trouble shows in low values, use below/);
    accepts(alarm(rate, "<", 0.9));
    refuses(alarm(rds("FreeStorageSpace", "Maximum"), ">", 1e9), "threshold", /use below/);
  });

  it("bounds what metric math can be worth", () => {
    const cpu = rds("CPUUtilization", "Average");
    refuses(
      mathAlarm("cpu / 7", { cpu }, ">", 90),
      "threshold",
      /"cpu \/ 7" > 90 can never fire: its values are 0 to 14\.28/,
    );
    refuses(mathAlarm("IF(cpu > 1, cpu, 0)", { cpu }, ">=", 0), "threshold", /always fires/);
    const [failed, sent] = [sns("NumberOfNotificationsFailed"), sns("NumberOfMessagesPublished")];
    refuses(mathAlarm("failed / sent", { failed, sent }, "<", 0), "threshold", /can never fire/);
    accepts(mathAlarm("IF(sent >= 20, 100 * failed / sent, 0)", { failed, sent }, ">", 5));
    accepts(mathAlarm("sent - failed", { failed, sent }, "<", 0));
  });

  it("warns of one that lets a failure through in every period", () => {
    refuses(
      alarm(sns("NumberOfNotificationsFailed"), ">", 1),
      "threshold",
      /lets one through in every period, for ever/,
      {},
      "warning",
    );
    accepts(alarm(sns("NumberOfNotificationsFailed"), ">", 2));
    accepts(alarm(sns("NumberOfNotificationsFailed"), ">", 0));
    accepts(alarm(sns("NumberOfNotificationsFailed"), ">=", 1));
    accepts(alarm(sns("NumberOfNotificationsFailed", "Average"), ">", 0.5));
  });

  it("refuses what is no number", () => {
    refuses(alarm(sqs("ApproximateNumberOfMessagesVisible"), ">", Number.NaN), "threshold", /must be a finite number/);
  });
});

describe("lint on missing data", () => {
  const withMissing = (
    metric: MetricStat,
    comparison: keyof typeof symbols,
    threshold: number,
    treatMissingData: MissingData,
  ) => alarm(metric, comparison, threshold, { treatMissingData });

  it("refuses to call the silence of an idle dead-letter queue unknown or bad", () => {
    const depth = sqs("ApproximateNumberOfMessagesVisible");
    refuses(
      withMissing(depth, ">", 0, "missing"),
      "missing-data",
      /stops while its resource is idle, and "missing" leaves the alarm in INSUFFICIENT_DATA then: use notBreaching/,
    );
    refuses(withMissing(depth, ">", 0, "breaching"), "missing-data", /"breaching" makes that an alarm/);
    accepts(withMissing(depth, ">", 0, "ignore"));
  });

  it("refuses breaching on a series that need not exist", () => {
    const pods = stat("ContainerInsights", "pod_memory_utilization_over_pod_limit", "Maximum", {
      ClusterName: "shop",
      Namespace: "orders",
      Service: "api",
    });
    refuses(withMissing(pods, ">", 90, "breaching"), "missing-data", /published only when there is something to tell/);
    accepts(withMissing(pods, ">", 90, "notBreaching"));
  });

  it("warns of calling silence fine where too little is looked for", () => {
    refuses(
      withMissing(sqs("NumberOfMessagesSent", "Sum"), "<=", 0, "notBreaching"),
      "missing-data",
      /use breaching, or say why not/,
      {},
      "warning",
    );
  });
});
