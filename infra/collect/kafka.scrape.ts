import { stringify } from "yaml";

/** Ports of MSK's open monitoring ("Monitor with Prometheus", MSK Developer Guide, 2026-11). */
const exporters = { jmx: 11_001, node: 11_002 } as const;

/** What rules and boards read, of eleven thousand series that each broker has. */
const kept = {
  jmx: "kafka_(server_(ReplicaManager_(Count|Value)|KafkaRequestHandlerPool_(Count|OneMinuteRate)|BrokerTopicMetrics_Count|SocketServer_Value)|controller_KafkaController_Value|consumer_group_ConsumerLagMetrics_Value)|java_lang_(GarbageCollector_CollectionTime|Memory_HeapMemoryUsage_used)",
  node: "node_(cpu_seconds_total|memory_(MemAvailable|MemTotal)_bytes|filesystem_(avail|size)_bytes|disk_(io_time_weighted|write_time|read_time)_seconds_total|network_(receive|transmit)_bytes_total|load1)",
} as const satisfies Record<keyof typeof exporters, string>;

const keep = (pattern: string) => ({ source_labels: ["__name__"], regex: pattern, action: "keep" });

/**
 * The configuration of a managed collector for a cluster of Kafka: every broker, found by its name, because it keeps the name and not the address when MSK replaces it.
 * @param kafka the component's name: the label by which the rules of the cluster find it
 * @param hosts of all brokers
 */
export function kafkaConfiguration(kafka: string, hosts: readonly string[]): string {
  const job = (exporter: keyof typeof exporters) => ({
    job_name: `msk-${exporter}`,
    dns_sd_configs: [{ names: [...hosts], type: "A", port: exporters[exporter] }],
    relabel_configs: [
      { source_labels: ["__meta_dns_name"], target_label: "instance" },
      { target_label: "kafka", replacement: kafka },
    ],
    metric_relabel_configs: [keep(kept[exporter])],
  });
  return stringify(
    { global: { scrape_interval: "60s", scrape_timeout: "30s" }, scrape_configs: [job("jmx"), job("node")] },
    { lineWidth: 0 },
  );
}
