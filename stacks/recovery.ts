import type { Output } from "@pulumi/pulumi";
import type { Broker } from "../infra/broker/broker";
import type { Network } from "../infra/network/network";
import { DatabaseCopy } from "../infra/recovery/database-copy";
import { Experiments } from "../infra/recovery/experiments";
import { Recovery } from "../infra/recovery/recovery";
import type { RestoreTestArgs } from "../infra/recovery/restore-test.args";
import type { Watcher } from "../infra/signal/watch";
import type { Account } from "./account";
import type { Data } from "./data";
import type { Settings } from "./settings";
import { isProtected } from "./settings/replaceable";

/** What recovery needs: everything that keeps data, and the alarms that end an experiment. */
export interface RecoveryNeeds {
  readonly network: Network;
  readonly databases: Data["databases"];
  readonly broker: Broker;
  /** Alarms of symptoms that users feel; without any, no fault may be injected. */
  readonly felt: readonly Output<string>[];
  /** ARN of the topic that hears of backups by day. */
  readonly notify: Output<string>;
  readonly watcher: Watcher;
}

/** How many resources carry a plan's tag. */
function resourcesOf({ databases, buckets }: Settings, plan: string): number {
  return [...Object.values(databases), ...Object.values(buckets)].filter(({ backup }) => backup === plan).length;
}

/**
 * Where databases are restored to be tried, and thrown away: in the isolated subnets, with the parameters of one that was backed up, and a security group
 * that lets nobody in or out.
 */
function tests(settings: Settings, { network, databases }: RecoveryNeeds): RestoreTestArgs | undefined {
  const { tests: said } = settings.recovery;
  if (!said) return undefined;
  const { databases: plan, buckets, ...when } = said;
  const [one] = [...databases].flatMap(([name, database]) =>
    settings.databases[name]?.backup === plan ? [database.nodes] : [],
  );
  return {
    ...when,
    ...(plan !== undefined &&
      one && {
        databases: {
          plan,
          subnetGroup: one.primary.dbSubnetGroupName,
          parameterGroup: one.parameterGroup.name,
          securityGroups: [network.securityGroups.restoreTests],
        },
      }),
    ...(buckets !== undefined && { buckets: { plan: buckets } }),
  };
}

/** Backups with copies in a second region, restores that are tried, and faults that may be injected. */
export function recovery(settings: Settings, account: Account, needs: RecoveryNeeds): Recovery {
  const { account: id, region } = settings;
  const { region: elsewhere, plans, lock, databaseCopies, experiments, changes } = settings.recovery;
  const place = { account: id, region };
  const { network, databases, broker, felt, notify, watcher } = needs;
  const tried = tests(settings, needs);
  const made = new Recovery(
    "backups",
    {
      ...place,
      plans: Object.fromEntries(
        Object.entries(plans).map(([name, plan]) => [name, { ...plan, resources: resourcesOf(settings, name) }]),
      ),
      elsewhere: { region: elsewhere },
      lock,
      ...(tried && { tests: tried }),
      notify,
      protect: isProtected(settings, "recovery"),
      ...(changes && { changes }),
      watcher,
    },
    account,
  );
  if (databaseCopies)
    for (const [name, database] of databases)
      new DatabaseCopy(
        name,
        { ...place, source: database.arn, elsewhere, keep: databaseCopies, protect: isProtected(settings, "recovery") },
        account,
      );
  const [first] = network.nodes.zones;
  if (experiments && felt.length > 0 && first)
    new Experiments(
      "faults",
      {
        ...place,
        stopOn: felt,
        zone: { subnets: [first.private.subnet.id, first.isolated.subnet.id], for: "10 minutes" },
        databases: Object.fromEntries(
          [...databases].flatMap(([name, { arn }]) =>
            settings.databases[name]?.multiZone === false ? [] : [[name, arn] as const],
          ),
        ),
        brokers: { broker: { id: broker.brokerId, arn: broker.arn } },
      },
      account,
    );
  return made;
}
