/** Loki on a desk instead of the cluster, for tests. */

/** Where it lies and listens. */
export interface Desk {
  /** Folder of what it keeps. */
  readonly data: string;
  /** Folder of its rules. */
  readonly rules: string;
  readonly http: number;
  readonly grpc: number;
}

/** Settings that are laid over those of the cluster: one process, loopback only, no patience. */
export const deskOf = ({ data, rules, http, grpc }: Desk) => ({
  server: {
    http_listen_address: "127.0.0.1",
    http_listen_port: http,
    grpc_listen_address: "127.0.0.1",
    grpc_listen_port: grpc,
  },
  common: {
    path_prefix: data,
    replication_factor: 1,
    instance_addr: "127.0.0.1",
    ring: { kvstore: { store: "inmemory" } },
    storage: { filesystem: { chunks_directory: `${data}/chunks`, rules_directory: rules } },
  },
  ingester: { lifecycler: { min_ready_duration: "0s", final_sleep: "0s" } },
  compactor: {
    working_directory: `${data}/compactor`,
    compaction_interval: "1s",
    retention_enabled: true,
    delete_request_store: "filesystem",
  },
});
