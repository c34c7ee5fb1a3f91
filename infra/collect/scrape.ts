/** What the pair of agents reads, and where it writes: plain data, the same in the cluster, under promtool, and on a desk with other targets. */
import { stringify } from "yaml";
import { scrapeConfigs } from "../broker/scrape";

/** A broker whose endpoint is read. */
export interface BrokerTarget {
  /** Host and port of each node. */
  readonly targets: readonly string[];
  /** Where the agent finds the password of the monitoring user. */
  readonly passwordFile: string;
}

/** An address that is probed. */
export interface ProbeTarget {
  readonly url: string;
}

/** Whatever else shows metrics in the cluster: the pods behind a headless service. */
export interface PodsTarget {
  /** Name of the service: `loki-headless.logs.svc`. */
  readonly service: string;
  readonly port: number;
  /** @default "/metrics" */
  readonly path?: string;
  /** Metrics that are kept, as a pattern: AMP bills each sample. @default all */
  readonly keep?: string;
  /** Labels of every series. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** All that the configuration of a pair is made from. */
export interface AgentSettings {
  /** The collector's name: the label `collector` of all that it reads, and the name of the pair for AMP. */
  readonly collector: string;
  /** Host and port of both agents: each reads both. */
  readonly agents: readonly string[];
  readonly remote: {
    readonly url: string;
    /** Signs what is written; undefined where the receiver is none of AWS's. */
    readonly region?: string;
  };
  /** By the broker's name. */
  readonly brokers: Readonly<Record<string, BrokerTarget>>;
  /** Host and port of the exporter, by the database's name. */
  readonly databases: Readonly<Record<string, string>>;
  readonly probes: Readonly<Record<string, ProbeTarget>>;
  /** Host and port of the black-box exporter. */
  readonly prober: string;
  /** By the name of the job. */
  readonly pods: Readonly<Record<string, PodsTarget>>;
}

/** The jobs that rules name. */
export const jobs = { agents: "collector", databases: "postgres-exporter", probes: "probe" } as const;

/** The environment variable from which each agent takes its own name. */
export const replicaVariable = "POD_NAME";

/**
 * Seconds between two scrapes of the agents themselves. AMP turns to the other replica when it hears nothing of the first for 30 seconds ("Deduplicating high
 * availability metrics", AMP User Guide, 2026-11): what it hears in between, when all else is read once a minute, is this.
 */
const heartbeat = 10;

/** Samples that one target may have: one that explodes is refused whole, before it is paid for. */
const limits = { agents: 5_000, brokers: 20_000, databases: 10_000, probes: 500, pods: 10_000 } as const;

/** What rules and boards read of the agents. */
const agentMetrics =
  "prometheus_(agent_(active_series|samples_appended_total)|build_info|remote_storage_(samples(_failed|_dropped|_retried)?_total|queue_highest(_sent)?_timestamp_seconds|shards(_desired|_max)?|samples_pending|bytes_total)|target_scrapes_exceeded_sample_limit_total|wal_watcher_current_segment)|process_(resident_memory_bytes|cpu_seconds_total)|go_goroutines";

/**
 * What rules and boards read of the exporter: not the settings of the server, one series each, which are most of what it tells.
 */
const exporterMetrics =
  "pg_(up|exporter_.+|scrape_collector_(success|duration_seconds)|stat_(activity_(count|max_tx_duration)|database_.+|user_tables_(n_dead_tup|n_live_tup|last_autovacuum|last_autoanalyze|seq_scan|idx_scan|n_tup_(ins|upd|del))|bgwriter_.+|checkpointer_.+|archiver_.+)|database_size_bytes|locks_count|long_running_transactions.*|replication_.+|wal_.+|settings_max_connections|postmaster_start_time_seconds)|process_resident_memory_bytes";

const keep = (pattern: string) => ({ source_labels: ["__name__"], regex: pattern, action: "keep" });

/** Both agents, each by each: AMP drops what the second one writes, so that its own state must be told by the first as well. */
const agentsJob = ({ agents }: AgentSettings) => ({
  job_name: jobs.agents,
  scrape_interval: `${heartbeat}s`,
  scrape_timeout: `${heartbeat / 2}s`,
  sample_limit: limits.agents,
  static_configs: [{ targets: agents }],
  metric_relabel_configs: [keep(agentMetrics)],
});

const brokerJobs = ({ brokers }: AgentSettings) =>
  Object.entries(brokers).flatMap(([name, { targets, passwordFile }]) =>
    scrapeConfigs(name, targets, passwordFile).map((config) => ({ ...config, sample_limit: limits.brokers })),
  );

const databaseJob = ({ databases }: AgentSettings) => ({
  job_name: jobs.databases,
  // A label of the exporter's that is called like one of ours gives way.
  honor_labels: false,
  scrape_timeout: "30s",
  sample_limit: limits.databases,
  static_configs: Object.entries(databases).map(([database, target]) => ({ targets: [target], labels: { database } })),
  metric_relabel_configs: [keep(exporterMetrics)],
});

/** The exporter that probes is asked with the address as a parameter, and each probe has a module of its own. */
const probesJob = ({ probes, prober }: AgentSettings) => ({
  job_name: jobs.probes,
  metrics_path: "/probe",
  scrape_timeout: "20s",
  sample_limit: limits.probes,
  static_configs: Object.entries(probes).map(([probe, { url }]) => ({ targets: [url], labels: { probe } })),
  relabel_configs: [
    { source_labels: ["__address__"], target_label: "__param_target" },
    { source_labels: ["probe"], target_label: "__param_module" },
    { source_labels: ["__address__"], target_label: "instance" },
    { target_label: "__address__", replacement: prober },
  ],
});

const podsJobs = ({ pods }: AgentSettings) =>
  Object.entries(pods).map(([job, { service, port, path = "/metrics", keep: kept, labels = {} }]) => ({
    job_name: job,
    metrics_path: path,
    scrape_timeout: "20s",
    sample_limit: limits.pods,
    dns_sd_configs: [{ names: [service], type: "A", port, refresh_interval: "30s" }],
    relabel_configs: Object.entries(labels).map(([label, text]) => ({ target_label: label, replacement: text })),
    ...(kept !== undefined && { metric_relabel_configs: [keep(kept)] }),
  }));

const filled = (there: object, job: object): readonly object[] => (Object.keys(there).length > 0 ? [job] : []);

/** Every series says which collector read it. */
const labelled = (collector: string, job: object): object => {
  const own: readonly object[] =
    "relabel_configs" in job && Array.isArray(job.relabel_configs) ? job.relabel_configs : [];
  return { ...job, relabel_configs: [...own, { target_label: "collector", replacement: collector }] };
};

/** The configuration of both agents, as YAML. */
export function agentConfiguration(settings: AgentSettings): string {
  const { collector, remote, databases, probes } = settings;
  const scraped = [
    agentsJob(settings),
    ...brokerJobs(settings),
    ...filled(databases, databaseJob(settings)),
    ...filled(probes, probesJob(settings)),
    ...podsJobs(settings),
  ];
  return stringify(
    {
      global: {
        scrape_interval: "60s",
        scrape_timeout: "20s",
        // AMP takes names of the older kind only.
        metric_name_validation_scheme: "legacy",
        // With them it shows how near each scrape is to its limits.
        extra_scrape_metrics: true,
        // By these AMP knows that both write the same, and keeps one of them.
        external_labels: { cluster: collector, __replica__: `\${${replicaVariable}}` },
      },
      scrape_configs: scraped.map((job) => labelled(collector, job)),
      remote_write: [
        {
          url: remote.url,
          ...(remote.region !== undefined && { sigv4: { region: remote.region } }),
          // AMP looks for the pair's name in what it is sent: a series that brings a `cluster` of its own would be told apart from the others.
          write_relabel_configs: [{ target_label: "cluster", replacement: collector }],
          queue_config: { max_shards: 20, max_samples_per_send: 1_000, capacity: 4_000, max_backoff: "30s" },
          metadata_config: { send: false },
        },
      ],
    },
    { lineWidth: 0 },
  );
}
