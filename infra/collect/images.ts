/** What the collectors run. Each can be given otherwise, by digest or from a registry of the account. */
export interface CollectorImages {
  /** Prometheus 3.11 or later, which shows how near a scrape is to its limits. */
  readonly prometheus: string;
  readonly blackbox: string;
  /** postgres_exporter 0.20 or later: the rules of databases read what it tells. */
  readonly postgres: string;
  /** AWS CLI version 2 with a shell: it makes the short-lived logins of the exporters. */
  readonly login: string;
}

/** Versions that the configurations are made for; that of Prometheus is the one whose promtool checks them. */
export const defaultImages: CollectorImages = {
  prometheus: "quay.io/prometheus/prometheus:v3.11.3",
  blackbox: "quay.io/prometheus/blackbox-exporter:v0.27.0",
  postgres: "quay.io/prometheuscommunity/postgres-exporter:v0.20.0",
  login: "public.ecr.aws/aws-cli/aws-cli:2.31.0",
};

/** An image with a version or a digest that does not move. */
export const pinnedImage = /^[\w.-]+(:\d+)?(\/[\w.-]+)+(@sha256:[0-9a-f]{64}|:(?!latest$)[\w][\w.-]*)$/;
