/** How a broker's endpoint for Prometheus is read, so that its rules find what they ask for. */
import { monitoringUser } from "./credentials";

/** One for each node ("Accessing Prometheus metrics", Amazon MQ Developer Guide, 2026-11). */
export const metricsPorts: readonly number[] = [16_001, 16_002, 16_003];

/** What the rules read of each queue: the families that cost the broker least ("Monitoring with Prometheus and Grafana", RabbitMQ documentation, 2026-11). */
export const queueFamilies: readonly string[] = [
  "queue_coarse_metrics",
  "queue_consumer_count",
  "queue_delivery_metrics",
];

/** A job of Prometheus, with the field names of its configuration. */
export interface ScrapeConfig {
  readonly job_name: string;
  readonly scheme: "https";
  readonly metrics_path: string;
  readonly params?: Readonly<Record<string, readonly string[]>>;
  readonly scrape_interval: string;
  readonly scrape_timeout: string;
  readonly basic_auth: { readonly username: string; readonly password_file: string };
  readonly static_configs: readonly {
    readonly targets: readonly string[];
    readonly labels: Readonly<Record<string, string>>;
  }[];
}

/**
 * The jobs that read a broker: its nodes, and its queues. AWS advises against reading it more often than once a minute.
 * @param name of the broker's component: the label by which its rules find it
 * @param targets host and port of each node
 * @param passwordFile where the scraper finds the password of the monitoring user
 */
export function scrapeConfigs(name: string, targets: readonly string[], passwordFile: string): readonly ScrapeConfig[] {
  const shared = {
    scheme: "https",
    scrape_interval: "60s",
    scrape_timeout: "30s",
    basic_auth: { username: monitoringUser, password_file: passwordFile },
    static_configs: [{ targets, labels: { broker: name } }],
  } as const;
  return [
    { job_name: `${name}-nodes`, metrics_path: "/metrics", ...shared },
    { job_name: `${name}-queues`, metrics_path: "/metrics/detailed", params: { family: queueFamilies }, ...shared },
  ];
}
