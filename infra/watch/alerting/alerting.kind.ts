import { defineKind } from "../../signal/kind";
import { type AlertManagerSize, alertManagerSignals } from "./alerting.signals";

/** Alert managers of Prometheus as the catalogue knows them. AMP bills neither them nor their notifications; SNS does. */
export const alertManagerKind = defineKind<"alertManager", "topic", AlertManagerSize>({
  name: "alert-manager",
  types: ["aws:amp/alertManagerDefinition:AlertManagerDefinition"],
  signals: alertManagerSignals,
  nameOf: {},
  roleOf: () => "alertManager",
  sizeOf: () => ({}),
  costs: () => [],
});
