import { interpolate, type Output } from "@pulumi/pulumi";
import { percent } from "../infra/kit/units";
import type { Network } from "../infra/network/network";
import { Grafana } from "../infra/watch/grafana";
import type { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";
import type { Data } from "./data";
import type { LogsPlace } from "./logs";
import type { Messaging } from "./messaging";
import type { Settings } from "./settings";
import { promiseOf } from "./settings/objectives";

/** What Grafana needs. */
export interface GrafanaNeeds extends Pick<Data, "databases">, Pick<Messaging, "queues"> {
  readonly network: Network;
  readonly workspace: Workspace;
  readonly logs?: LogsPlace;
}

/** What Grafana offers. */
export interface Boards {
  /** Address of the boards, without a slash at the end. */
  readonly url: Output<string>;
  /** What tells whether it answers, without a login. */
  readonly probe: { readonly url: Output<string> };
  /** What `npm run boards` must know of it. */
  readonly shown: Readonly<Record<string, unknown>>;
}

/** The Grafana workspace, where the stack has one. */
export function grafana(
  settings: Settings,
  account: Account,
  { network, workspace, logs, queues, databases }: GrafanaNeeds,
): Boards | undefined {
  const { region, environment, runbooks, services, grafana: given } = settings;
  if (!given.enabled) return undefined;
  const { open, prefixLists, vpcEndpoints, sso, saml, version } = given;
  const made = new Grafana(
    `${environment}-grafana`,
    {
      account: settings.account,
      region,
      version,
      sso,
      saml,
      subnets: network.subnets.private,
      securityGroups: [network.securityGroups.grafana],
      entrances: open ? "anyone" : { prefixLists, vpcEndpoints },
      goesOutBy: network.publicAddresses,
      prometheus: workspace.arn,
    },
    account,
  );
  return {
    url: made.url,
    probe: { url: interpolate`${made.url}/api/health` },
    shown: {
      workspace: made.id,
      url: made.url,
      serviceAccount: made.serviceAccountId,
      region,
      runbooks,
      services: Object.fromEntries(
        Object.entries(services).map(([name, service]) => {
          const { availability, version, uses } = service;
          const promised = version !== undefined && promiseOf(settings.objectives, name, service) !== undefined;
          const database = uses?.database === undefined ? undefined : databases.get(uses.database);
          return [
            name,
            {
              availability: percent(availability),
              ...(promised && { objective: name }),
              queues: (uses?.receivesFrom ?? []).flatMap((queue) => queues.get(queue)?.nodes.queue.name ?? []),
              ...(database && { database: database.nodes.primary.identifier }),
            },
          ];
        }),
      ),
      ...(logs && { logs: { url: logs.url, secretArn: logs.readerSecret } }),
    },
  };
}
