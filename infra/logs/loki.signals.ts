import { prometheus, repeat, signals } from "../signal/signal";
import { example, type LogsRole, type LogsSize } from "./logs.size";

const pod = (index: number, logs = "{logs}") =>
  `logs="${logs}", job="loki", instance="10.0.${index}.1:3100", collector="agents"`;
const up = (index: number, logs?: string) => `up{${pod(index, logs)}}`;
const received = (index: number, logs?: string) =>
  `loki_distributor_bytes_received_total{${pod(index, logs)}, tenant="platform"}`;

/** Bytes a minute that are a share of the limit of the example. */
const share = (percent: number) => (percent / 100) * example.rate * 1_048_576 * 60;

/** Whether Loki runs, and keeps what it is given. */
export const lokiSignals = signals<LogsRole, "logs", LogsSize>()({
  "logs-quorum-lost": {
    title: "Fewer than two Lokis run",
    golden: "availability",
    unit: "count",
    role: "loki",
    source: prometheus('sum(up{logs="{logs}", job="loki"})'),
    alarm: { below: 2, for: "10 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          [up(1)]: ["1 for 30 minutes"],
          [up(2)]: ["1 for 19 minutes", "0 for 11 minutes"],
          [up(3)]: ["0 for 30 minutes"],
          [up(1, "other")]: ["1 for 30 minutes"],
          'up{logs="{logs}", job="shipper", instance="10.0.4.1:12345"}': ["1 for 30 minutes"],
        },
        {
          [up(1)]: ["1 for 10 minutes", "missing for 17 minutes"],
          [up(2)]: ["1 for 10 minutes", "missing for 17 minutes"],
          [up(3)]: ["missing for 27 minutes"],
          [up(1, "other")]: ["1 for 27 minutes"],
          'up{logs="{logs}", job="shipper", instance="10.0.4.1:12345"}': ["1 for 27 minutes"],
        },
      ],
      fine: [
        {
          [up(1)]: ["1 for 40 minutes"],
          [up(2)]: ["1 for 10 minutes", "0 for 10 minutes", "1 for 20 minutes"],
          [up(3)]: ["0 for 40 minutes"],
        },
      ],
      healed: {
        [up(1)]: ["1 for 5 minutes"],
        [up(2)]: ["1 for 5 minutes"],
        [up(3)]: ["0 for 5 minutes"],
        [up(1, "other")]: ["0 for 5 minutes"],
        'up{logs="{logs}", job="shipper", instance="10.0.4.1:12345"}': ["0 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "No line is taken any more, and none is found. Shippers wait and read on later; what a node rotates away meanwhile, after 50 MiB of a container, is lost.",
      felt: "Nothing of it. Whoever looks for the cause of something else has no logs, and lines are lost for good after a while.",
      check: [
        "`kubectl -n logs get pods -l app.kubernetes.io/name=loki -o wide`: Pending (no node in a zone, a disk in another one), CrashLoopBackOff, or not ready?",
        "`kubectl -n logs logs <pod> --previous | tail -50`: a configuration that it refuses is named in the last lines.",
        "Do they find each other? `kubectl -n logs port-forward <pod> 3100` and http://localhost:3100/ring and /memberlist",
        "Does S3 answer: bucket alarms of the component, and 403 in the log (role, key, endpoint policy)?",
      ],
      fix: [
        "Roll the last update back: `helm -n logs rollback <release>`, then take it out of the program.",
        "Give a zone a node again, or delete the claim of a pod whose disk is lost: two others have its lines.",
        "Until then read the pods themselves: `kubectl logs`.",
      ],
    },
  },
  "logs-replica-missing": {
    title: "One Loki of three is down",
    golden: "availability",
    unit: "count",
    role: "loki",
    source: prometheus('sum(up{logs="{logs}", job="loki"})'),
    // Without any series the quorum is lost, which pages already.
    alarm: { below: 3, for: "30 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [up(1)]: ["1 for 45 minutes"],
          [up(2)]: ["1 for 45 minutes"],
          [up(3)]: ["1 for 14 minutes", "0 for 31 minutes"],
          [up(1, "other")]: ["1 for 45 minutes"],
          'up{logs="{logs}", job="shipper", instance="10.0.4.1:12345"}': ["1 for 45 minutes"],
        },
      ],
      fine: [
        {
          [up(1)]: ["1 for 60 minutes"],
          [up(2)]: ["1 for 60 minutes"],
          [up(3)]: ["1 for 10 minutes", "0 for 30 minutes", "1 for 20 minutes"],
        },
      ],
      healed: {
        [up(1)]: ["1 for 5 minutes"],
        [up(2)]: ["1 for 5 minutes"],
        [up(3)]: ["1 for 5 minutes"],
        [up(1, "other")]: ["0 for 5 minutes"],
        'up{logs="{logs}", job="shipper", instance="10.0.4.1:12345"}': ["0 for 5 minutes"],
      },
    },
    runbook: {
      means: "Lines are taken and found. When a second one goes, nothing is.",
      check: [
        "`kubectl -n logs describe pod <the one that is missing>`: Pending, FailedMount, OOMKilled?",
        "Pending: is there a node in the zone of its disk? `kubectl get pv -o wide` and `kubectl get nodes -L topology.kubernetes.io/zone`",
        "`kubectl -n logs logs <pod>`: it reads its log of lines again before it is ready, for minutes after a crash.",
      ],
      fix: [
        "Mend the node or the zone.",
        "Delete the claim of a disk that is lost, and the pod: it starts with an empty one.",
      ],
    },
  },
  "logs-ingestion-limit": {
    title: "Services log almost more than Loki takes",
    golden: "saturation",
    unit: "percent",
    role: "loki",
    source: prometheus(
      '100 * sum(rate(loki_distributor_bytes_received_total{logs="{logs}"}[5m])) / ({rate} * 1048576)',
      { rate: ({ rate }: LogsSize) => rate },
    ),
    alarm: { above: "80 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        { [received(1)]: [`+${share(40.00005)} for 40 minutes`], [received(2)]: [`+${share(40)} for 40 minutes`] },
        {
          [received(1)]: [`+${share(20)} for 15 minutes`, `+${share(400)} for 16 minutes`],
          [received(2)]: ["+0 for 31 minutes"],
        },
        {
          [received(1)]: repeat(20, "+0 for 1 minute", `+${share(170)} for 1 minute`),
          [received(2)]: ["+0 for 40 minutes"],
        },
      ],
      fine: [
        {
          [received(1)]: [`+${share(40)} for 40 minutes`],
          [received(2)]: [`+${share(39.99995)} for 40 minutes`],
          [received(1, "other")]: [`+${share(200)} for 40 minutes`],
        },
        { [received(1)]: [`+${share(20)} for 15 minutes`, `+${share(400)} for 12 minutes`, "+0 for 20 minutes"] },
      ],
      healed: { [received(1)]: [`+${share(20)} for 15 minutes`], [received(2)]: [`+${share(20)} for 15 minutes`] },
    },
    runbook: {
      means: "A little more, and shippers are told to wait (429): lines come late, and at last are lost.",
      check: [
        "Who? `topk(5, sum by (workload) (logs_recorded:bytes:rate1m))`",
        'What? In Grafana: `topk(10, sum by (service, container) (count_over_time({service="<service>"}[5m])))`, then read some of its lines.',
        "Is it since a deployment, or since an incident of its own (logs-service-errors)?",
      ],
      fix: [
        "Lower the level of the service that shouts, or mend what it shouts about.",
        "Where it is to stay: raise perDay in the settings; beyond 20 GiB a day Loki is run as microservices.",
      ],
    },
  },
  "logs-received": {
    title: "Lines that arrive",
    golden: "traffic",
    unit: "count/second",
    role: "loki",
    source: prometheus('sum(rate(loki_distributor_lines_received_total{logs="{logs}"}[5m]))'),
    runbook: {
      means: "How much all services log together.",
      check: [
        "By service: `sum by (workload) (logs_recorded:lines:rate1m)`",
        "Against what Loki takes: logs-ingestion-limit.",
        "Does every node send? `sum by (instance) (rate(loki_write_sent_entries_total[5m]))`",
      ],
      fix: ["Nothing: it is for comparison."],
    },
  },
});
