import { availabilitySignals } from "./database.availability.signals";
import { burstSignals } from "./database.burst.signals";
import { capacitySignals } from "./database.capacity.signals";
import { diskSignals } from "./database.disk.signals";
import { exporterSignals } from "./database.exporter.signals";
import { replicaSignals } from "./database.replica.signals";
import { sessionSignals } from "./database.sessions.signals";
import { tableSignals } from "./database.tables.signals";

export type { DatabaseRole, DatabaseSize } from "./database.size";

/** Everything that is watched of a PostgreSQL database on RDS, in the order in which a person looks. */
export const databaseSignals = {
  ...availabilitySignals,
  ...exporterSignals,
  ...capacitySignals,
  ...diskSignals,
  ...burstSignals,
  ...sessionSignals,
  ...tableSignals,
  ...replicaSignals,
};
