import { ParameterGroup, type ParameterGroupArgs } from "@pulumi/aws/rds/parameterGroup.js";
import type { ComponentResource } from "@pulumi/pulumi";
import type { Transform } from "../kit/transform";
import type { NormalDatabase } from "./database.args";

type Parameter = readonly [name: string, value: string | number, apply?: "pending-reboot"];

const mib = 2 ** 20;
/** Share of the storage that a slot which nobody reads may hold: beyond it the slot is lost, and the primary lives. */
const slotShare = 0.25;
/** A client that began a transaction and left it lying is cut off after so long, in milliseconds. */
const idleInTransaction = 300_000;

/** What differs from RDS's defaults, and why. */
function parametersOf({ maxConnections, slowStatement, size }: NormalDatabase): readonly Parameter[] {
  return [
    // Nobody talks to it in clear, and nobody with an MD5 password.
    ["rds.force_ssl", 1],
    ["rds.accepted_password_auth_method", "scram"],
    // The number that alarms compare with: the formula of RDS depends on memory that AWS does not publish.
    ["max_connections", maxConnections, "pending-reboot"],
    ["idle_in_transaction_session_timeout", idleInTransaction],
    ["max_slot_wal_keep_size", Math.floor((slotShare * size.storage) / mib)],
    // What runbooks ask: statements by cost, time spent on disk, who waited for whom, what vacuum and checkpoints did.
    ["shared_preload_libraries", "pg_stat_statements", "pending-reboot"],
    ["track_io_timing", 1],
    ["log_min_duration_statement", slowStatement],
    ["log_lock_waits", 1],
    // Kilobytes: files under 10 MiB are not worth a line.
    ["log_temp_files", 10_240],
    ["log_autovacuum_min_duration", 10_000],
    ["rds.force_autovacuum_logging_level", "log"],
    ["log_statement", "ddl"],
  ];
}

/** The parameters of a database and its replicas. */
export function createParameters(
  name: string,
  normal: NormalDatabase,
  transform: Transform<ParameterGroupArgs> | undefined,
  parent: ComponentResource,
): ParameterGroup {
  const made: ParameterGroupArgs = {
    family: `postgres${normal.version}`,
    description: `Parameters of the database ${name}`,
    parameters: parametersOf(normal).map(([parameter, value, applyMethod = "immediate"]) => ({
      name: parameter,
      value: String(value),
      applyMethod,
    })),
  };
  return new ParameterGroup(name, transform?.(made) ?? made, { parent });
}
