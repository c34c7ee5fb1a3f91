import { agentSignals } from "./agent.signals";
import { probeSignals } from "./probe.signals";
import { targetSignals } from "./target.signals";
import { writeSignals } from "./write.signals";

export type { CollectorRole, CollectorSize } from "./collector.size";

/** Whether the agents run, read and write, and what they find where they probe. That pods restart or lack memory is told by their namespace. */
export const collectorSignals = { ...agentSignals, ...writeSignals, ...targetSignals, ...probeSignals };
