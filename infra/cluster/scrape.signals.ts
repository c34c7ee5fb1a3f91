import { prometheus, repeat, signals } from "../signal/signal";
import type { ClusterSize } from "./cluster.signals";
import { clusterJobs } from "./scrape";
import { steady } from "./series";

/** The size at which limits are proven. */
const example: ClusterSize = { scraped: true, jobs: 4 };

const scraped = { holds: (size: ClusterSize) => size.scraped, otherwise: "no collector scrapes it" };

const jobs = clusterJobs.join("|");

const up = (job: string, instance: string, cluster = "{cluster}") =>
  `up{cluster="${cluster}", job="${job}", instance="${instance}"}`;
/** So many pods that all answer, or none of which does. */
const targets = (count: number, value: 0 | 1 = 1) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [up("pods", `${value === 1 ? "up" : "down"}-${i}`), value]),
  );

/** Whether the collector sees what it should. */
export const scrapeSignals = signals<"cluster", "cluster", ClusterSize>()({
  "cluster-unseen": {
    title: "Nothing in the cluster is scraped",
    golden: "availability",
    unit: "count",
    role: "cluster",
    source: prometheus('sum(up{cluster="{cluster}"})'),
    when: scraped,
    alarm: { below: 1, for: "10 minutes", severity: "page", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("21 minutes", { [up("kubelet", "b", "other")]: 1 }),
          [up("kubelet", "a")]: ["1 for 10 minutes", "0 for 11 minutes"],
          [up("node-exporter", "a")]: ["1 for 10 minutes", "0 for 11 minutes"],
        },
      ],
      fine: [
        {
          [up("kubelet", "a")]: ["1 for 10 minutes", "0 for 20 minutes"],
          [up("node-exporter", "a")]: ["0 for 10 minutes", "1 for 20 minutes"],
        },
        { [up("kubelet", "a")]: ["1 for 5 minutes", ...repeat(2, "0 for 10 minutes", "1 for 1 minute")] },
      ],
      healed: steady("5 minutes", {
        [up("kubelet", "a")]: 1,
        [up("node-exporter", "a")]: 0,
        [up("kubelet", "b", "other")]: 0,
      }),
    },
    runbook: {
      means:
        "AMP's collector reaches nothing in the cluster: every alarm of nodes, pods and services is blind until it does.",
      felt: "Nothing of it. But nobody would be told of what they do feel.",
      check: [
        "`aws amp list-scrapers`: is the cluster's scraper ACTIVE? CREATION_FAILED or DELETING says why in statusReason.",
        "Its log group /aws/vendedlogs/prometheus/<cluster>-scraper: errors of service discovery (401, 403) or of the collector (timeouts).",
        "`aws eks list-access-entries --cluster-name <cluster>`: AMP makes one for its service-linked role; without it, it is refused.",
        "Did the security groups change between scraper, control plane (443) and nodes (9100, 8080)?",
        "DiscardedSamples in AWS/Prometheus: does the workspace refuse what arrives?",
      ],
      fix: [
        "Undo the change of security groups, endpoint access or access entries.",
        "Replace the scraper: `pulumi up --replace <its URN>`. Series go on where they stopped.",
      ],
    },
  },
  "cluster-exporter-missing": {
    title: "An exporter of the cluster is gone",
    golden: "availability",
    unit: "count",
    role: "cluster",
    source: prometheus(`sum(max by (job) (up{cluster="{cluster}", job=~"${jobs}"}))`),
    when: scraped,
    // Without any series the cluster is unseen, which pages already.
    alarm: { below: ({ jobs }) => jobs, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("21 minutes", {
            [up("kubelet", "a")]: 1,
            [up("kubelet", "b")]: 1,
            [up("cadvisor", "a")]: 1,
            [up("node-exporter", "a")]: 1,
            [up("pods", "p")]: 1,
            [up("kube-state-metrics", "d", "other")]: 1,
          }),
          [up("kube-state-metrics", "c")]: ["1 for 5 minutes", "0 for 16 minutes"],
        },
      ],
      fine: [
        {
          ...steady("40 minutes", {
            [up("kubelet", "a")]: 1,
            [up("kubelet", "b")]: 0,
            [up("cadvisor", "a")]: 1,
            [up("node-exporter", "a")]: 1,
            [up("pods", "p")]: 1,
            [up("kubelet", "c", "other")]: 1,
          }),
          [up("kube-state-metrics", "c")]: ["1 for 5 minutes", "0 for 15 minutes", "1 for 20 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        [up("kubelet", "a")]: 1,
        [up("kubelet", "b")]: 0,
        [up("cadvisor", "a")]: 1,
        [up("node-exporter", "a")]: 1,
        [up("kube-state-metrics", "c")]: 1,
        [up("pods", "p")]: 0,
        [up("kube-state-metrics", "d", "other")]: 0,
      }),
    },
    runbook: {
      means:
        "No target at all answers for one of node-exporter, kube-state-metrics, kubelet or cadvisor: the alarms made from it are blind.",
      check: [
        'Which? `max by (job) (up{cluster="<cluster>"})`: the one that is 0, or not listed.',
        "`aws eks describe-addon --cluster-name <cluster> --addon-name kube-state-metrics` (or prometheus-node-exporter): status and health issues.",
        "`kubectl get pods -A -l app.kubernetes.io/name=kube-state-metrics` (or prometheus-node-exporter): running, and on which port?",
        "kubelet and cadvisor are read through the API server: does its audit log show 403 for the collector on nodes/proxy?",
      ],
      fix: [
        "Update or reinstall the add-on.",
        "Where labels or ports changed with its version: follow them in infra/cluster/scrape.ts.",
      ],
    },
  },
  "cluster-targets-down": {
    title: "Targets do not answer the collector",
    golden: "errors",
    unit: "percent",
    role: "cluster",
    source: prometheus(
      '100 * count by (job) (up{cluster="{cluster}"} == 0) / count by (job) (up{cluster="{cluster}"})',
    ),
    when: scraped,
    alarm: { atLeast: "10 %", for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          ...steady("21 minutes", { ...targets(18), [up("kubelet", "a")]: 1, [up("pods", "b", "other")]: 1 }),
          [up("pods", "c")]: ["1 for 5 minutes", "0 for 16 minutes"],
          [up("pods", "d")]: ["1 for 5 minutes", "0 for 16 minutes"],
        },
      ],
      fine: [
        // Ten of a hundred and one, for ever; and one of two for a while.
        {
          ...steady("40 minutes", { ...targets(91), ...targets(10, 0), [up("kubelet", "b")]: 1 }),
          ...steady("40 minutes", { [up("kubelet", "c", "other")]: 0, [up("pods", "e", "other")]: 1 }),
          [up("kubelet", "a")]: ["0 for 15 minutes", "1 for 25 minutes"],
        },
      ],
      healed: steady("3 minutes", {
        ...targets(18),
        [up("kubelet", "a")]: 1,
        [up("pods", "b", "other")]: 1,
        [up("pods", "c")]: 1,
        [up("pods", "d")]: 1,
      }),
    },
    runbook: {
      means:
        "A tenth or more of the targets of a job do not answer: what they would tell is missing from alarms and boards.",
      check: [
        'Which? `up{cluster="<cluster>", job="<job>"} == 0`',
        "Do they run? `kubectl get pods -A -o wide | grep <instance>`: a pod that just ended leaves within minutes.",
        "Does a network policy or the nodes' security group let the collector reach that port?",
        "Is the answer larger than 50 MB, or slower than the scrape timeout (scrape_duration_seconds)?",
      ],
      fix: [
        "Let the namespace's network policy accept the collector on the pod's metrics port.",
        "Mend the exporter, or take the annotation prometheus.io/scrape from pods that have no metrics.",
      ],
    },
  },
});
