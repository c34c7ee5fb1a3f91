import { stringify } from "yaml";

/** What the configuration of a cluster's collector is made from: known before anything is, so that a preview shows it as it will be. */
export interface ScrapeSettings {
  /** The label `cluster` of every series: the component's name. */
  readonly cluster: string;
  /** Namespaces whose pods are scraped where they ask for it. */
  readonly namespaces: readonly string[];
}

/** Seconds between two scrapes, and what the proofs of the rules assume. AMP's collectors take 30 and more. */
export const scrapeInterval = 60;

const token = "/var/run/secrets/kubernetes.io/serviceaccount/token";

/** The jobs that watch the cluster itself. */
export const clusterJobs = ["node-exporter", "kube-state-metrics", "kubelet", "cadvisor"] as const;

/** Metrics that rules and boards use: AMP bills each sample. */
const kept = {
  "node-exporter":
    "node_(cpu_seconds_total|memory_(MemAvailable|MemTotal)_bytes|filesystem_(avail_bytes|size_bytes|readonly|files|files_free)|disk_(io_time_weighted|write_time|read_time)_seconds_total|disk_(reads|writes)_completed_total|network_(receive|transmit)_(bytes|packets|errs|drop)_total|nf_conntrack_entries(_limit)?|timex_(offset_seconds|maxerror_seconds|sync_status)|vmstat_oom_kill|load1|uname_info|sockstat_TCP_tw)",
  "kube-state-metrics":
    "kube_(node_(info|status_condition|status_capacity|status_allocatable|spec_unschedulable)|deployment_(spec_replicas|status_replicas_available)|statefulset_(replicas|status_replicas_ready)|daemonset_status_(desired_number_scheduled|number_ready)|pod_(status_phase|info|owner)|pod_container_status_(waiting_reason|last_terminated_reason|restarts_total)|pod_container_resource_(requests|limits)|job_failed|cronjob_(status_last_successful_time|spec_suspend)|horizontalpodautoscaler_(status_current_replicas|spec_max_replicas|spec_min_replicas)|resourcequota|persistentvolumeclaim_status_phase|poddisruptionbudget_status_(current|desired)_healthy)",
  kubelet: "kubelet_(volume_stats_(available|capacity|used)_bytes|running_pods)",
  cadvisor:
    "container_(cpu_usage_seconds_total|cpu_cfs_(throttled_)?periods_total|memory_working_set_bytes|network_(receive|transmit)_bytes_total|fs_writes_bytes_total)",
} as const satisfies Record<(typeof clusterJobs)[number], string>;

const keep = (label: string, pattern: string) => ({ source_labels: [label], regex: pattern, action: "keep" });
const copy = (from: string, to: string) => ({ source_labels: [from], target_label: to });
const only = (job: keyof typeof kept) => [keep("__name__", kept[job])];

/** An exporter that runs as pods: each pod is a target, never the service before them, which would answer for any. */
const exporter = (job: "node-exporter" | "kube-state-metrics", app: string, port: number) => ({
  job_name: job,
  // What it tells of other pods keeps the labels of those.
  honor_labels: job === "kube-state-metrics",
  kubernetes_sd_configs: [{ role: "pod" }],
  relabel_configs: [
    keep("__meta_kubernetes_pod_label_app_kubernetes_io_name", app),
    keep("__meta_kubernetes_pod_container_port_number", String(port)),
    keep("__meta_kubernetes_pod_phase", "Running"),
    ...(job === "node-exporter" ? [copy("__meta_kubernetes_pod_node_name", "node")] : []),
  ],
  metric_relabel_configs: only(job),
});

/** What the kubelet tells, read through the API server, so that no port of a node is open for it. */
const kubelet = (job: "kubelet" | "cadvisor", path: string) => ({
  job_name: job,
  scheme: "https",
  authorization: { credentials_file: token },
  kubernetes_sd_configs: [{ role: "node" }],
  relabel_configs: [
    copy("__meta_kubernetes_node_name", "node"),
    { target_label: "__address__", replacement: "kubernetes.default.svc:443" },
    {
      source_labels: ["__meta_kubernetes_node_name"],
      target_label: "__metrics_path__",
      replacement: `/api/v1/nodes/$1/proxy/${path}`,
    },
  ],
  metric_relabel_configs: only(job),
});

/** Our own services: pods with the annotation prometheus.io/scrape, on the port and path that they name. */
const pods = (namespaces: readonly string[]) => ({
  job_name: "pods",
  kubernetes_sd_configs: [{ role: "pod", namespaces: { names: [...namespaces] } }],
  relabel_configs: [
    keep("__meta_kubernetes_pod_annotation_prometheus_io_scrape", "true"),
    keep("__meta_kubernetes_pod_phase", "Running"),
    // One target a pod, however many ports it has.
    { ...keep("__meta_kubernetes_pod_container_init", "false") },
    {
      source_labels: ["__meta_kubernetes_pod_ip", "__meta_kubernetes_pod_annotation_prometheus_io_port"],
      separator: ":",
      regex: "(.+:\\d+)",
      target_label: "__address__",
    },
    {
      source_labels: ["__meta_kubernetes_pod_annotation_prometheus_io_path"],
      regex: "(.+)",
      target_label: "__metrics_path__",
    },
    copy("__meta_kubernetes_namespace", "namespace"),
    copy("__meta_kubernetes_pod_name", "pod"),
    copy("__meta_kubernetes_pod_node_name", "node"),
    copy("__meta_kubernetes_pod_label_app_kubernetes_io_name", "service"),
  ],
});

/** The configuration of a cluster's collector. Every series carries `cluster`; those of our services `namespace`, `pod` and `service` too. */
export function scrapeConfiguration({ cluster, namespaces }: ScrapeSettings): string {
  const jobs = [
    exporter("node-exporter", "prometheus-node-exporter", 9_100),
    exporter("kube-state-metrics", "kube-state-metrics", 8_080),
    kubelet("kubelet", "metrics"),
    kubelet("cadvisor", "metrics/cadvisor"),
    pods(namespaces),
  ];
  // A label of the target, not an external one: rules see it however AMP stores the series.
  const labelled = jobs.map(({ relabel_configs, ...job }) => ({
    ...job,
    relabel_configs: [...relabel_configs, { target_label: "cluster", replacement: cluster }],
  }));
  return stringify(
    {
      global: { scrape_interval: `${scrapeInterval}s`, scrape_timeout: "20s" },
      scrape_configs: labelled,
    },
    { lineWidth: 0 },
  );
}
