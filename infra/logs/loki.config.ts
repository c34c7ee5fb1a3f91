/** What every Loki of a component is configured with: plain data, the same in the cluster and on a desk with other paths. */
import { stringify } from "yaml";

/** Where chunks and index are kept. */
export type LokiStorage =
  | { readonly s3: { readonly bucket: string; readonly region: string } }
  | { readonly folder: string };

/** All that the configuration is made from. */
export interface LokiSettings {
  readonly storage: LokiStorage;
  /** How many there are, each a whole Loki: every line is kept by as many of them as `copies` says. */
  readonly copies: number;
  /** Names under which the others are found; none on a desk. */
  readonly members: readonly string[];
  /** Hours that a line is kept. */
  readonly retentionHours: number;
  /** Mebibytes a second that all shippers together may write. */
  readonly rate: number;
  /** Where values of rules on logs are written. */
  readonly remote: {
    readonly url: string;
    /** Signs what is written; undefined where the receiver is none of AWS's. */
    readonly region?: string;
  };
  /** @default that of the pods */
  readonly folders?: { readonly data: string; readonly rules: string };
  /** Further settings, for a desk: ports and impatience. They are laid over, section by section. */
  readonly desk?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The only tenant. The gateway names it, and nobody else can: a second one needs no change of what is stored. */
export const tenant = "platform";
export const lokiPort = 3_100;
export const memberPort = 7_946;
export const grpcPort = 9_095;
/** Where pods have their disk, and the map with the rules. */
export const podFolders = { data: "/var/loki", rules: "/etc/loki/rules" } as const;

/** The day from which the schema holds: before the first deployment, and never to be changed. */
const schemaFrom = "2026-01-01";
/** Labels of a stream, at most: what else is known of a line is structured metadata. */
const mostLabels = 8;

/** How chunks and their index are written. @param objects where */
export const schemaConfig = (objects: "s3" | "filesystem") => ({
  configs: [
    {
      from: schemaFrom,
      store: "tsdb",
      object_store: objects,
      schema: "v13",
      index: { prefix: "index_", period: "24h" },
    },
  ],
});

const limits = ({ retentionHours, rate }: LokiSettings) => ({
  retention_period: `${retentionHours}h`,
  // Shared by the distributors by their ring.
  ingestion_rate_strategy: "global",
  ingestion_rate_mb: rate,
  ingestion_burst_size_mb: 2 * rate,
  // One service that shouts does not take the place of all others.
  per_stream_rate_limit: "3MB",
  per_stream_rate_limit_burst: "10MB",
  max_global_streams_per_user: 10_000,
  max_label_names_per_series: mostLabels,
  max_line_size: "256KB",
  max_line_size_truncate: true,
  reject_old_samples: true,
  reject_old_samples_max_age: "168h",
  // Lines that a shipper could not send for an hour are still taken, in whatever order.
  creation_grace_period: "10m",
  allow_structured_metadata: true,
  // The shipper names services and levels.
  discover_service_name: [],
  discover_log_levels: false,
  volume_enabled: true,
  query_timeout: "2m",
  max_query_length: `${retentionHours}h`,
  max_query_parallelism: 16,
  max_query_series: 2_000,
  max_entries_limit_per_query: 5_000,
  split_queries_by_interval: "1h",
  tsdb_max_query_parallelism: 64,
});

const clean = (settings: LokiSettings) => {
  const { storage, copies, members, remote, folders = podFolders } = settings;
  const kvstore = { store: members.length > 0 ? "memberlist" : "inmemory" };
  const objects = "s3" in storage ? "s3" : "filesystem";
  return {
    // Every request names its tenant.
    auth_enabled: true,
    server: {
      http_listen_port: lokiPort,
      grpc_listen_port: grpcPort,
      log_level: "warn",
      log_format: "json",
      http_server_read_timeout: "150s",
      http_server_write_timeout: "150s",
      // Results of queries over many streams are larger than the 4 MiB of the default.
      grpc_server_max_recv_msg_size: 64 * 1024 * 1024,
      grpc_server_max_send_msg_size: 64 * 1024 * 1024,
    },
    ...(members.length > 0 && { memberlist: { bind_port: memberPort, join_members: members } }),
    common: {
      path_prefix: folders.data,
      replication_factor: copies,
      ring: { kvstore },
      storage:
        "s3" in storage
          ? { s3: { bucketnames: storage.s3.bucket, region: storage.s3.region, s3forcepathstyle: false } }
          : { filesystem: { chunks_directory: storage.folder, rules_directory: folders.rules } },
    },
    schema_config: schemaConfig(objects),
    limits_config: limits(settings),
    ingester: {
      chunk_encoding: "snappy",
      chunk_idle_period: "30m",
      max_chunk_age: "2h",
      // What a pod holds when it dies is read again from its disk.
      wal: { enabled: true, dir: `${folders.data}/wal`, flush_on_shutdown: true, replay_memory_ceiling: "768MB" },
    },
    compactor: {
      working_directory: `${folders.data}/compactor`,
      compaction_interval: "10m",
      retention_enabled: true,
      // Time to undo a retention that was set too short.
      retention_delete_delay: "2h",
      delete_request_store: objects,
    },
    chunk_store_config: {
      chunk_cache_config: { embedded_cache: { enabled: true, max_size_mb: 256, ttl: "1h" } },
    },
    query_range: {
      align_queries_with_step: true,
      cache_results: true,
      results_cache: { cache: { embedded_cache: { enabled: true, max_size_mb: 128, ttl: "24h" } } },
    },
    ruler: {
      // Rules are part of the deployment: nobody changes them in a running Loki.
      storage: { type: "local", local: { directory: folders.rules } },
      rule_path: `${folders.data}/ruler`,
      wal: { dir: `${folders.data}/ruler-wal` },
      enable_api: true,
      // Each group is evaluated by one of them.
      enable_sharding: true,
      ring: { kvstore },
      evaluation_interval: "1m",
      remote_write: {
        enabled: true,
        add_org_id_header: false,
        clients: {
          amp: {
            url: remote.url,
            ...(remote.region !== undefined && { sigv4: { region: remote.region } }),
            queue_config: { max_shards: 5, max_samples_per_send: 500, capacity: 2_000, max_backoff: "30s" },
          },
        },
      },
    },
    analytics: { reporting_enabled: false },
  };
};

/** The configuration of every Loki of a component, as YAML. */
export function lokiConfiguration(settings: LokiSettings): string {
  const whole: Readonly<Record<string, unknown>> = clean(settings);
  const over = Object.entries(settings.desk ?? {}).map(([section, given]) => {
    const own = whole[section];
    return [section, { ...(typeof own === "object" ? own : {}), ...given }] as const;
  });
  return stringify({ ...whole, ...Object.fromEntries(over) }, { lineWidth: 0, aliasDuplicateObjects: false });
}
