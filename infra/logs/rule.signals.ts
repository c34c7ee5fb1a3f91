import { prometheus, signals } from "../signal/signal";
import { example, type LogsRole, type LogsSize } from "./logs.size";
import { recorded } from "./loki.rules";

const line = (metric: string, service: string, logs = "{logs}", namespace = "shop") =>
  `${metric}{logs="${logs}", namespace="${namespace}", workload="${service}"}`;
const failed = (index: number, logs = "{logs}") =>
  `loki_ruler_wal_prometheus_remote_storage_samples_failed_total{logs="${logs}", job="loki", instance="10.0.${index}.1:3100", tenant="platform"}`;

/** What the lines say, and whether anybody is told. */
export const ruleSignals = signals<LogsRole, "logs", LogsSize>()({
  "logs-silent": {
    title: "No lines are counted",
    golden: "availability",
    unit: "count/second",
    role: "loki",
    // From a pod's line to AMP: shipper, gateway, Loki, its rules and what writes their values.
    source: prometheus('sum(logs_recorded:lines:rate1m{logs="{logs}"})'),
    alarm: { atMost: 0, for: "15 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          [line(recorded.lines, "api")]: ["5 for 10 minutes", "missing for 22 minutes"],
          [line(recorded.lines, "api", "other")]: ["5 for 32 minutes"],
        },
        {
          [line(recorded.lines, "api")]: ["5 for 10 minutes", "0 for 16 minutes"],
          [line(recorded.lines, "api", "other")]: ["5 for 26 minutes"],
        },
      ],
      fine: [
        { [line(recorded.lines, "api")]: ["5 for 10 minutes", "0 for 15 minutes", "0.1 for 15 minutes"] },
        {
          [line(recorded.lines, "api")]: ["0.1 for 40 minutes"],
          [line(recorded.lines, "worker")]: ["0 for 40 minutes"],
        },
      ],
      healed: {
        [line(recorded.lines, "api")]: ["0.1 for 10 minutes"],
        [line(recorded.lines, "api", "other")]: ["0 for 10 minutes"],
      },
    },
    runbook: {
      means: "Lines do not arrive, or the rules on them do not: no alert on logs would fire.",
      check: [
        'Are there lines? In Grafana: `{namespace="logs"}` of the last five minutes. If so it is the rules, otherwise shippers or gateway.',
        "Rules: `kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i 'ruler\\|remote'`, and is logs-rules-not-written firing?",
        "Shippers: `kubectl -n shippers logs -l app.kubernetes.io/name=alloy --tail 20`: 401 is the password, no such host the private zone, time-outs the load balancer.",
        "Gateway: `kubectl -n logs get pods -l app.kubernetes.io/component=gateway`, and the alarms of its target group.",
      ],
      fix: [
        "Deploy the stack again: it restores passwords, policies and rules.",
        "Roll the last change of shippers or Loki back.",
      ],
    },
  },
  "logs-rules-not-written": {
    title: "AMP refuses values of rules on logs",
    golden: "errors",
    unit: "count",
    role: "loki",
    source: prometheus(
      'sum(increase(loki_ruler_wal_prometheus_remote_storage_samples_failed_total{logs="{logs}"}[10m]))',
    ),
    // When another one of the three takes a group over, both may write the same once.
    alarm: { above: 5, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { [failed(1)]: ["+0.26 for 45 minutes"], [failed(2)]: ["+0.25 for 45 minutes"] },
        { [failed(1)]: ["+0 for 15 minutes", "+50 for 16 minutes"], [failed(2)]: ["+0 for 31 minutes"] },
      ],
      fine: [
        {
          [failed(1)]: ["+0 for 15 minutes", "+50 for 7 minutes", "+0 for 23 minutes"],
          [failed(2)]: ["+0 for 45 minutes"],
          [failed(1, "other")]: ["+9 for 45 minutes"],
        },
        { [failed(1)]: ["+0.25 for 45 minutes"], [failed(2)]: ["+0.24 for 45 minutes"] },
      ],
      healed: { [failed(1)]: ["+0 for 15 minutes"], [failed(2)]: ["+0 for 15 minutes"] },
    },
    runbook: {
      means: "Alerts on what services log do not fire.",
      check: [
        "`kubectl -n logs logs -l app.kubernetes.io/name=loki | grep -i 'non-recoverable\\|remote'`: the answer of AMP stands there.",
        "403: the role of Loki (aps:RemoteWrite), its association (`aws eks list-pod-identity-associations --cluster-name <cluster> --namespace logs`)",
        "Is prometheus-samples-discarded or prometheus-ingestion-quota firing?",
      ],
      fix: [
        "Deploy the stack again: it restores the role.",
        "Take labels that differ too much out of the rules (infra/logs/loki.rules.ts).",
      ],
    },
  },
  "logs-service-errors": {
    title: "A service logs many errors",
    golden: "errors",
    unit: "count/second",
    role: "loki",
    source: prometheus('logs_recorded:errors:rate1m{logs="{logs}"}'),
    alarm: { above: ({ errorLines }) => errorLines, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [line(recorded.errors, "api")]: ["0 for 10 minutes", "1.01 for 11 minutes"],
          [line(recorded.errors, "worker")]: ["0.5 for 21 minutes"],
        },
      ],
      fine: [
        {
          [line(recorded.errors, "api")]: ["1 for 15 minutes", "9 for 10 minutes", "1 for 15 minutes"],
          [line(recorded.errors, "worker")]: ["1 for 40 minutes"],
          [line(recorded.errors, "api", "{logs}", "pay")]: ["1 for 40 minutes"],
          [line(recorded.errors, "api", "other")]: ["9 for 40 minutes"],
        },
      ],
      healed: {
        [line(recorded.errors, "api")]: ["0 for 5 minutes"],
        [line(recorded.errors, "worker")]: ["0 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "Something fails again and again in the service that the alert names as workload. Users feel it where its own signals say so as well.",
      check: [
        'What? In Grafana: `{namespace="<namespace>", service="<workload>"} | level=~"(?i)(error|fatal|critical|panic)"`',
        'By message: `topk(10, sum by (message) (count_over_time({service="<workload>"} | level=~"(?i)error" | json message="message" [10m])))`',
        "Since when, and was it deployed then? `kubectl -n <namespace> rollout history deployment/<workload>`",
        'One request through all services: `{service=~".+"} | request_id="<id>"`, or trace_id.',
      ],
      fix: [
        "Roll the deployment back.",
        "Mend what it needs: its broker, its database, whom it calls.",
        "Log as an error only what somebody should look at.",
      ],
    },
  },
  "logs-refused": {
    title: "Somebody asks for logs without the password",
    golden: "errors",
    unit: "count/second",
    role: "loki",
    source: prometheus('sum(logs_recorded:refused:rate1m{logs="{logs}"})'),
    alarm: { above: 0.1, for: "10 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [line(recorded.refused, "a")]: ["0 for 10 minutes", "0.06 for 11 minutes"],
          [line(recorded.refused, "b")]: ["0 for 10 minutes", "0.05 for 11 minutes"],
        },
      ],
      fine: [
        {
          [line(recorded.refused, "a")]: ["0.05 for 15 minutes", "9 for 10 minutes", "0.05 for 15 minutes"],
          [line(recorded.refused, "b")]: ["0.05 for 40 minutes"],
          [line(recorded.refused, "a", "other")]: ["9 for 40 minutes"],
        },
      ],
      healed: {
        [line(recorded.refused, "a")]: ["0 for 5 minutes"],
        [line(recorded.refused, "b")]: ["0 for 5 minutes"],
      },
    },
    runbook: {
      means: "A board or a shipper has an old password, or somebody tries to get at the logs.",
      check: [
        'Who? In Grafana: `{service="<logs>-gateway"} | json | status="401"`: user, path, and how often.',
        "User grafana: does the data source have the password of the secret <logs>-reader? User shipper: were the shippers started anew since it changed?",
        "No user: the access log of the load balancer in S3 has the address; which pod or interface is that?",
      ],
      fix: [
        "Give the data source the present password: deploy the boards.",
        "Somebody else: isolate the pod, and change both passwords (replace both RandomPassword).",
      ],
    },
  },
});
