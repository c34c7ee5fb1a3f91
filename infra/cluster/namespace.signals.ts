import { namespaceFailureSignals } from "./namespace.failures.signals";
import { namespaceReplicaSignals } from "./namespace.replicas.signals";
import { namespaceResourceSignals } from "./namespace.resources.signals";
import { namespaceVolumeSignals } from "./namespace.volumes.signals";

/** What an instance declares of itself. */
export interface NamespaceSize {
  /** A collector scrapes the cluster, so that there is data. */
  readonly scraped: boolean;
}

/** What queries name: the cluster by its component's name, and the namespace by its own. */
export type NamespaceSubject = "cluster" | "namespace";

/** What runs in a namespace. Whether its users feel anything is said by the signals of what they use: queues, gateway, services. */
export const namespaceSignals = {
  ...namespaceReplicaSignals,
  ...namespaceFailureSignals,
  ...namespaceVolumeSignals,
  ...namespaceResourceSignals,
};
