import { cloudwatch, signals } from "../signal/signal";

/** What a workspace of Prometheus declares of itself. */
export interface WorkspaceSize {
  /** Groups of rules that it evaluates. */
  readonly ruleGroups: number;
  /** Most series at a time that its quota allows. */
  readonly seriesQuota: number;
  /** Most samples a second that its quota allows. */
  readonly samplesQuota: number;
}

/** The quotas of a new workspace ("Amazon Managed Service for Prometheus service quotas", AMP User Guide, 2026-11): samples are a thirtieth of the series. */
export const defaultQuotas = { seriesQuota: 50_000_000, samplesQuota: 1_666_666 } as const;

const example: WorkspaceSize = { ruleGroups: 20, ...defaultQuotas };

const fault = (metric: string) => cloudwatch("AWS/Prometheus", metric, "Sum", { Workspace: "workspace" });
const used = (resource: "activeSeries" | "ingestionRate") =>
  cloudwatch("AWS/Usage", "ResourceCount", "Maximum", {
    Service: "service",
    Resource: resource,
    Type: "type",
    Class: "class",
    ResourceId: "workspace",
  });

/** What the dimensions of the signals stand for: the workspace, and words that AWS fixes. */
export type WorkspaceSubject = "workspace" | "service" | "activeSeries" | "ingestionRate" | "type" | "class";

export const workspaceSignals = signals<"workspace", WorkspaceSubject, WorkspaceSize>()({
  "prometheus-notifications-failed": {
    title: "Alerts that reach nobody",
    golden: "availability",
    unit: "count",
    role: "workspace",
    source: fault("AlertManagerNotificationsFailed"),
    alarm: { above: 0, for: "10 minutes", datapoints: 3, severity: "page", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "1 for 3 minutes"],
        ["2 for 1 minute", "0 for 3 minutes", "1 for 1 minute", "0 for 4 minutes", "1 for 1 minute"],
      ],
      fine: [["0 for 10 minutes", "4 for 2 minutes", "0 for 8 minutes", "1 for 2 minutes"]],
      healed: ["0 for 10 minutes"],
    },
    runbook: {
      means: "The alert manager of AMP cannot deliver: what Prometheus finds wrong is told to nobody.",
      felt: "Nothing of it. But nobody is told of what they do feel.",
      check: [
        "Read the alert manager's entries in the workspace's log group (/aws/vendedlogs/prometheus/...): which receiver, which error?",
        "Does the topic's policy still let aps.amazonaws.com publish, and its key let it encrypt (CloudTrail: SetTopicAttributes, PutKeyPolicy)?",
        "Is a message too long or its subject no ASCII text (SNS: 100 characters, 256 KB)?",
      ],
      fix: [
        "Deploy the stack again: it restores the policies of topic and key.",
        "Until it is mended, watch the alerts themselves in Managed Grafana, data source Alertmanager.",
      ],
    },
  },
  "prometheus-rules-failing": {
    title: "Rules of Prometheus fail",
    golden: "errors",
    unit: "count",
    role: "workspace",
    source: cloudwatch("AWS/Prometheus", "RuleEvaluationFailures", "Sum", { Workspace: "workspace" }, ["RuleGroup"]),
    alarm: {
      above: 0,
      for: "15 minutes",
      datapoints: 10,
      severity: "page",
      whenMissing: "ok",
      analysed: ({ ruleGroups }) => ruleGroups,
    },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "1 for 10 minutes"],
        ["1 for 5 minutes", "0 for 5 minutes", "3 for 5 minutes"],
      ],
      fine: [["0 for 15 minutes", "9 for 9 minutes", "0 for 15 minutes"]],
      healed: ["0 for 15 minutes"],
    },
    runbook: {
      means: "A rule cannot be evaluated for minutes on end, so what it should find stays unseen.",
      felt: "Nothing of it. But nobody is told of what that rule would find.",
      check: [
        'Which group? Metrics Insights: SELECT SUM("RuleEvaluationFailures") FROM SCHEMA("AWS/Prometheus", "Workspace", "RuleGroup") GROUP BY "RuleGroup".',
        "Read the ruler's entries in the workspace's log group: the error names the rule.",
        "Run its query in Grafana: does it match many-to-many, or exceed a limit of the workspace?",
      ],
      fix: ["Mend the rule and deploy.", "Roll the last change of rules back."],
    },
  },
  "prometheus-iterations-missed": {
    title: "Rule groups miss their turn",
    golden: "latency",
    unit: "count",
    role: "workspace",
    source: cloudwatch("AWS/Prometheus", "RuleGroupIterationsMissed", "Sum", { Workspace: "workspace" }, ["RuleGroup"]),
    alarm: {
      above: 0,
      for: "15 minutes",
      datapoints: 5,
      severity: "ticket",
      whenMissing: "ok",
      analysed: ({ ruleGroups }) => ruleGroups,
    },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "1 for 5 minutes"],
        ["1 for 1 minute", "0 for 6 minutes", "1 for 3 minutes", "0 for 4 minutes", "2 for 1 minute"],
      ],
      fine: [["0 for 15 minutes", "5 for 4 minutes", "0 for 15 minutes"]],
      healed: ["0 for 15 minutes"],
    },
    runbook: {
      means: "A group takes longer than its interval: alerts come late, and their windows have holes.",
      check: [
        "Which group? RuleGroupIterationsMissed by RuleGroup; RuleGroupLastEvaluationDuration says how long it takes.",
        "Which of its queries reads most (query logging of the workspace)?",
        "Did the number of series jump (AWS/Usage ResourceCount, ActiveSeries)?",
      ],
      fix: [
        "Record the expensive part once and let the others read it.",
        "Split the group, or give it a longer interval.",
      ],
    },
  },
  "prometheus-notifications-throttled": {
    title: "Alerts held back by a quota",
    golden: "saturation",
    unit: "count",
    role: "workspace",
    source: fault("AlertManagerNotificationsThrottled"),
    alarm: { above: 0, for: "10 minutes", datapoints: 3, severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        ["0 for 20 minutes", "1 for 3 minutes"],
        ["2 for 1 minute", "0 for 3 minutes", "1 for 1 minute", "0 for 4 minutes", "1 for 1 minute"],
      ],
      fine: [["0 for 10 minutes", "4 for 2 minutes", "0 for 8 minutes", "1 for 2 minutes"]],
      healed: ["0 for 10 minutes"],
    },
    runbook: {
      means: "The alert manager sends more than SNS takes from it: some notifications are late or lost.",
      check: [
        "How many alerts fire at once (Grafana, data source Alertmanager)? One cause with many symptoms should be one group.",
        "Did a route lose its group_by, or an inhibition its labels?",
        "Does another sender use up the topic's rate?",
      ],
      fix: ["Group by what breaks together.", "Silence the storm while its cause is mended."],
    },
  },
  "prometheus-samples-discarded": {
    title: "Samples are thrown away",
    golden: "errors",
    unit: "count",
    role: "workspace",
    source: cloudwatch("AWS/Prometheus", "DiscardedSamples", "Sum", { Workspace: "workspace" }, ["Reason"]),
    // The page names no full list of reasons; half a dozen are told apart in practice. A metric exists only for a reason that occurred.
    alarm: { above: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok", analysed: () => 6 },
    proof: {
      size: example,
      bad: [["0 for 20 minutes", "1 for 15 minutes"]],
      fine: [["0 for 10 minutes", "5000 for 14 minutes", "0 for 5 minutes"]],
      healed: ["0 for 1 minute"],
    },
    runbook: {
      means: "AMP refuses samples: boards have holes, and rules on the lost series see nothing.",
      check: [
        'Why? SELECT SUM("DiscardedSamples") FROM SCHEMA("AWS/Prometheus", "Workspace", "Reason") GROUP BY "Reason".',
        'rate_limited or per-user series limit: which job grew (topk(10, count by (job) ({__name__=~".+"})))?',
        "Out of order or duplicate: do two collectors write the same series without the HA labels?",
      ],
      fix: ["Drop the labels that explode, at the scrape.", "Have the quota raised in Service Quotas."],
    },
  },
  "prometheus-series-quota": {
    title: "Active series near the quota",
    golden: "saturation",
    unit: "count",
    role: "workspace",
    source: used("activeSeries"),
    alarm: {
      above: ({ seriesQuota }) => 0.8 * seriesQuota,
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "unknown",
    },
    proof: {
      size: example,
      bad: [["30000000 for 20 minutes", "20000000/40000001 for 15 minutes"]],
      fine: [["1000000 for 10 minutes", "40000000 for 20 minutes", "45000000 for 6 minutes", "40000000 for 5 minutes"]],
      healed: ["39000000 for 5 minutes"],
    },
    runbook: {
      means: "At the quota AMP refuses every new series: new pods are not watched.",
      check: [
        'Which metric has most series (topk(20, count by (__name__) ({__name__=~".+"})))?',
        "Did a deployment add a label with unbounded values (user, order or request ids)?",
        "Did the number of pods or namespaces grow as planned?",
      ],
      fix: ["Remove the label, or drop it at the scrape.", "Have the quota raised in Service Quotas."],
    },
  },
  "prometheus-ingestion-quota": {
    title: "Ingestion near the quota",
    golden: "saturation",
    unit: "count",
    role: "workspace",
    source: used("ingestionRate"),
    alarm: {
      above: ({ samplesQuota }) => Math.floor(0.8 * samplesQuota),
      every: "5 minutes",
      for: "15 minutes",
      severity: "ticket",
      whenMissing: "unknown",
    },
    proof: {
      size: example,
      bad: [["900000 for 20 minutes", "100000/1333333 for 15 minutes"]],
      fine: [["90000 for 10 minutes", "1333332 for 20 minutes", "1500000 for 6 minutes", "1333332 for 5 minutes"]],
      healed: ["1300000 for 5 minutes"],
    },
    runbook: {
      means: "Above the quota AMP refuses whole batches of samples.",
      check: [
        "Which job sends most (topk(10, sum by (job) (scrape_samples_post_metric_relabeling)))?",
        "Was an interval shortened?",
        "Do two collectors send the same series without deduplication?",
      ],
      fix: ["Lengthen the interval of what changes slowly.", "Have the quota raised in Service Quotas."],
    },
  },
  "prometheus-alerts": {
    title: "Alerts received by the alert manager",
    golden: "traffic",
    unit: "count",
    role: "workspace",
    source: fault("AlertManagerAlertsReceived"),
    runbook: {
      means: "How busy the alert manager is: a jump is a storm, nothing at all for hours means that rules do not fire.",
    },
  },
});
