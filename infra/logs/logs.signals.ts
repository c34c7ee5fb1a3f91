import { lokiSignals } from "./loki.signals";
import { requestSignals } from "./request.signals";
import { ruleSignals } from "./rule.signals";
import { shipperSignals } from "./shipper.signals";
import { storageSignals } from "./storage.signals";

export type { LogsRole, LogsSize } from "./logs.size";

/**
 * Whether lines arrive, are kept and are found, and what they say. That pods restart, lack memory or fill their disks is told by their namespaces, that the bucket
 * fails by the bucket, that nobody answers by the load balancer.
 */
export const logsSignals = { ...lokiSignals, ...storageSignals, ...requestSignals, ...ruleSignals, ...shipperSignals };
