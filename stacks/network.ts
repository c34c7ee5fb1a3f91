import { Network } from "../infra/network/network";
import type { Watcher } from "../infra/signal/watch";
import type { Account } from "./account";
import type { Settings } from "./settings";
import { isProtected } from "./settings/replaceable";

/** Where everything of the stack is. */
export function network(settings: Settings, account: Account, watcher: Watcher): Network {
  const { account: id, region } = settings;
  const protect = isProtected(settings, "network");
  return new Network("platform", { ...settings.network, account: id, region, protect, watcher }, account);
}
