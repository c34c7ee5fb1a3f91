/**
 * Whether PostgreSQL can be looked into, by postgres_exporter 0.20 (prometheus-community/postgres_exporter, collector/*.go, 2026-07). Every series carries the label
 * `database`, the component's name, from the scrape configuration.
 */
import { prometheus, signals } from "../signal/signal";
import { from, other } from "./database.proofs";
import { type DatabaseRole, type DatabaseSize, example, scraped } from "./database.size";

const up = (labels: string) => `pg_up{${labels}}`;
const collector = (name: string, labels = from) => `pg_scrape_collector_success{${labels}, collector="${name}"}`;

export const exporterSignals = signals<DatabaseRole, "database", DatabaseSize>()({
  "database-exporter-blind": {
    title: "The exporter cannot look into PostgreSQL",
    golden: "availability",
    unit: "count",
    role: "primary",
    source: prometheus('pg_up{database="{database}"}'),
    when: scraped,
    // No page: whether services reach the database is told by its connections, which CloudWatch counts even when the cluster is gone.
    alarm: { atMost: 0, for: "5 minutes", severity: "ticket", whenMissing: "bad" },
    proof: {
      size: example,
      bad: [{ [up(from)]: ["1 for 10 minutes", "0 for 6 minutes"] }],
      fine: [
        { [up(from)]: ["1 for 10 minutes", "0 for 5 minutes", "1 for 10 minutes"], [up(other)]: ["0 for 25 minutes"] },
      ],
      healed: { [up(from)]: ["1 for 5 minutes"] },
    },
    runbook: {
      means:
        "The exporter is gone, or PostgreSQL refuses it. All signals that come from inside PostgreSQL are blind meanwhile.",
      check: [
        "Logs of the exporter's pod: refused (too many clients, pg_hba, password), or no answer (network)?",
        "Is database-unreachable firing too? Then that is the cause: work there.",
        "Was its secret rotated, or its user changed? It needs the role pg_monitor.",
      ],
      fix: [
        "Restart the exporter, so that it reads its secret anew.",
        "GRANT pg_monitor TO <user>; or open the way from the nodes to port 5432.",
      ],
    },
    drill: "database-down",
  },
  "database-exporter-errors": {
    title: "A part of the exporter fails",
    golden: "errors",
    unit: "count",
    role: "primary",
    source: prometheus('pg_scrape_collector_success{database="{database}"}'),
    when: scraped,
    alarm: { atMost: 0, for: "15 minutes", severity: "ticket", whenMissing: "ok" },
    proof: {
      size: example,
      bad: [
        {
          [collector("stat_database")]: ["1 for 26 minutes"],
          [collector("replication_slots")]: ["1 for 10 minutes", "0 for 16 minutes"],
        },
      ],
      fine: [
        {
          [collector("stat_database")]: ["1 for 10 minutes", "0 for 15 minutes", "1 for 10 minutes"],
          [collector("stat_database", other)]: ["0 for 35 minutes"],
        },
      ],
      healed: {
        [collector("stat_database")]: ["1 for 5 minutes"],
        [collector("replication_slots")]: ["1 for 5 minutes"],
      },
    },
    runbook: {
      means:
        "One collector of the exporter (label collector) has failed for a quarter of an hour: its metrics are missing, and signals on them are blind.",
      check: [
        "Logs of the exporter's pod: the error and the statement of that collector.",
        "Did PostgreSQL or the exporter get a new version, in which a view has other columns?",
        "Does its user still have pg_monitor, and does the collector time out (database-load)?",
      ],
      fix: [
        "Give the right back, or roll back the version.",
        "A collector that is not needed: switch it off (--no-collector.<name>).",
      ],
    },
  },
  "database-commits": {
    title: "Transactions committed",
    golden: "traffic",
    unit: "count/second",
    role: "primary",
    source: prometheus('sum by (database) (rate(pg_stat_database_xact_commit{database="{database}"}[5m]))'),
    when: scraped,
    runbook: {
      means: "How much work services do. Compare it with the same hour last week before looking for a cause elsewhere.",
    },
  },
});
