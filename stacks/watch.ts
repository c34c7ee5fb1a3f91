import type { Output } from "@pulumi/pulumi";
import type { Severity } from "../infra/signal/signal";
import type { Watcher } from "../infra/signal/watch";
import { Paging } from "../infra/watch/paging";
import type { Account } from "./account";
import type { Settings } from "./settings";

/** What the layer of watching offers to the others. */
export interface Watching {
  /** What every component needs to tell somebody. */
  readonly watcher: Watcher;
  /** ARN of the topic of each severity. */
  readonly topics: Readonly<Record<Severity, Output<string>>>;
}

/** Who is told. */
export function watch(settings: Settings, account: Account): Watching {
  const { region, runbooks, paging: subscribers } = settings;
  const { watcher, topics } = new Paging(
    "paging",
    { account: settings.account, region, runbooks, subscribers },
    account,
  );
  return { watcher, topics: { page: topics.page.arn, ticket: topics.ticket.arn } };
}
