import type { Check } from "./check";
import { alarms } from "./checks/alarms";
import { definitions } from "./checks/definitions";
import { grafana } from "./checks/grafana";
import { metrics } from "./checks/metrics";
import { pods } from "./checks/pods";
import { rules } from "./checks/rules";
import { subscriptions } from "./checks/subscriptions";
import { targets } from "./checks/targets";

/** Everything that is verified, in the order of the report: what tells people first. */
export const checks: readonly Check[] = [subscriptions, definitions, rules, alarms, metrics, targets, pods, grafana];
