import type { Output } from "@pulumi/pulumi";
import { Bucket } from "../infra/bucket/bucket";
import { Database } from "../infra/database/database";
import { firstUser } from "../infra/database/instances";
import { DatabaseUsers } from "../infra/database/users/users";
import type { UsedDatabase } from "../infra/database/users/users.args";
import type { Network } from "../infra/network/network";
import type { Account } from "./account";
import type { Watchers } from "./incidents";
import type { Settings } from "./settings";
import { isProtected } from "./settings/replaceable";

/** What the layer of data needs. */
export interface DataNeeds {
  readonly network: Network;
  readonly watchers: Watchers;
}

/** What the layer of data offers. */
export interface Data {
  /** By name. */
  readonly databases: ReadonlyMap<string, Database>;
  /** By name. */
  readonly buckets: ReadonlyMap<string, Bucket>;
}

/** Buckets in an order in which each stands after the one that takes its access logs. The settings refuse circles. */
function afterTheirLogs(buckets: Settings["buckets"]): [string, Settings["buckets"][string]][] {
  const depth = (name: string): number => {
    const to = buckets[name]?.accessLogsTo;
    return to === undefined ? 0 : 1 + depth(to);
  };
  return Object.entries(buckets).sort(([one], [other]) => depth(one) - depth(other));
}

/** The users of each database: the collector's, and the services' that use it. */
function usersOf(settings: Settings, databases: Data["databases"]): Readonly<Record<string, UsedDatabase>> {
  const { collector, services } = settings;
  return Object.fromEntries(
    [...databases].map(([name, database]) => {
      const { address, port, databaseName, secretArn } = database;
      const secretKeyArn = database.nodes.primary.masterUserSecretKmsKeyId;
      return [
        name,
        {
          ...{ address, port, databaseName, secretArn, secretKeyArn },
          loginArn: database.loginArn(firstUser),
          monitor: collector.user,
          services: Object.entries(services).flatMap(([service, { uses }]) =>
            uses?.database === name ? [service] : [],
          ),
        },
      ];
    }),
  );
}

/** Where data is kept that cannot be made again. */
export function data(settings: Settings, account: Account, { network, watchers }: DataNeeds): Data {
  const { account: id, region, environment, recovery } = settings;
  const place = { account: id, region };
  const databases = Object.entries(settings.databases).map(([name, said]) => {
    const inside = { subnets: network.subnets.isolated, securityGroups: [network.securityGroups.database] };
    const own = { identifier: `${environment}-${name}`, protect: isProtected(settings, `databases.${name}`) };
    return [
      name,
      new Database(name, { ...said, ...place, ...inside, ...own, watcher: watchers.ofDatabase(name) }, account),
    ] as const;
  });
  const named: Data["databases"] = new Map(databases);
  if (named.size > 0)
    new DatabaseUsers(
      "database-users",
      {
        databases: usersOf(settings, named),
        network: { subnets: network.subnets.private, securityGroups: [network.securityGroups.functions] },
        place,
        service: "platform",
        watcher: watchers.apart,
      },
      account,
    );
  const buckets = new Map<string, Bucket>();
  for (const [name, { accessLogsTo, replicate, ...said }] of afterTheirLogs(settings.buckets)) {
    const log: Output<string> | undefined =
      accessLogsTo === undefined ? undefined : buckets.get(accessLogsTo)?.bucketName;
    const made = new Bucket(
      name,
      {
        ...said,
        ...place,
        ...(log && { accessLogsTo: log }),
        ...(replicate && { replicateTo: { region: recovery.region } }),
        protect: isProtected(settings, `buckets.${name}`),
        watcher: watchers.ofBucket(name),
      },
      account,
    );
    buckets.set(name, made);
  }
  return { databases: named, buckets };
}

/** A bucket of the stack. The settings see to it that those exist which other parts need. */
export function bucketOf(buckets: Data["buckets"], name: string): Bucket {
  const bucket = buckets.get(name);
  if (!bucket) throw new TypeError(`the bucket "${name}" is missing`);
  return bucket;
}

/** A bucket of the stack with a key that its writers must be allowed to use. */
export function encryptedBucket(
  buckets: Data["buckets"],
  name: string,
): Pick<Bucket, "arn" | "bucketName"> & { readonly keyArn: Output<string> } {
  const { arn, bucketName, keyArn } = bucketOf(buckets, name);
  if (!keyArn) throw new TypeError(`the bucket "${name}" takes access logs, and has no key of its own`);
  return { arn, bucketName, keyArn };
}
