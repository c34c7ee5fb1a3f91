import type { Change, Changes, Unit } from "../signal/signal";
import { apiSignals } from "./api.signals";
import { certificateSignals } from "./certificate.signals";
import { firewallSignals } from "./firewall.signals";
import { loadBalancerSignals } from "./load-balancer.signals";
import { targetGroupSignals } from "./target-group.signals";

/** Every signal on the way from the internet to a service: ids are unique, so that one list of changes serves all parts. */
export const gatewaySignals = {
  ...apiSignals,
  ...certificateSignals,
  ...firewallSignals,
  ...loadBalancerSignals,
  ...targetGroupSignals,
};

/** What a stack does differently on the way to its services, by signal id. */
export type GatewayChanges = Changes<typeof gatewaySignals>;

/** The changes of one kind among those of the whole way. */
export const changesTo = (
  table: object,
  changes: GatewayChanges = {},
): Readonly<Record<string, Change<Unit> | undefined>> =>
  Object.fromEntries(Object.entries(changes).filter(([id]) => Object.hasOwn(table, id)));
