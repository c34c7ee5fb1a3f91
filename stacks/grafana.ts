import { percent } from "../infra/kit/units";
import type { Network } from "../infra/network/network";
import { Grafana } from "../infra/watch/grafana";
import type { Workspace } from "../infra/watch/workspace";
import type { Account } from "./account";

import type { Settings } from "./settings";

/** The Grafana workspace, where the stack has one, and what `npm run boards` must know of it. */
export function grafana(
  settings: Settings,
  account: Account,
  { network, workspace }: { readonly network: Network; readonly workspace: Workspace },
) {
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
      prometheus: workspace.arn,
    },
    account,
  );
  return {
    workspace: made.id,
    url: made.url,
    serviceAccount: made.serviceAccountId,
    region,
    runbooks,
    services: Object.fromEntries(
      Object.entries(services).map(([name, { availability }]) => [name, { availability: percent(availability) }]),
    ),
  };
}
