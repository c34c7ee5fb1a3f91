import { output } from "@pulumi/pulumi";
import type { Cluster } from "../infra/cluster/cluster";
import type { Network } from "../infra/network/network";
import { insteadOfService } from "../infra/objective/instead";
import { Objective } from "../infra/objective/objective";
import { ImageRepository } from "../infra/service/repository";
import { Service } from "../infra/service/service";
import type { ServiceUses } from "../infra/service/service.uses";
import type { Watcher } from "../infra/signal/watch";
import type { Account } from "./account";
import type { Data } from "./data";
import type { Door } from "./gateway";
import type { Messaging } from "./messaging";
import type { Settings } from "./settings";
import { promiseOf } from "./settings/objectives";

/** What services need: where they run, what they use, and the groups that their pods join. */
export interface ServicesNeeds extends Messaging, Data {
  readonly network: Network;
  readonly cluster: Cluster;
  readonly door?: Door;
  readonly watcher: Watcher;
}

/** The things of those names. The settings see to it that there are no others. */
function chosen<Of, As>(names: readonly string[] | undefined, from: ReadonlyMap<string, Of>, as: (of: Of) => As) {
  const found = (names ?? []).flatMap((name) => {
    const one = from.get(name);
    return one === undefined ? [] : [[name, as(one)] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** What a service uses, as the stack's own resources. */
function usesOf(name: string, settings: Settings, needs: ServicesNeeds): ServiceUses {
  const { sendsTo, receivesFrom, publishesTo, buckets, database, virtualHost, kafka } =
    settings.services[name]?.uses ?? {};
  const found = database === undefined ? undefined : needs.databases.get(database);
  const files = chosen(Object.keys(buckets ?? {}), needs.buckets, (bucket) => bucket);
  return {
    sendsTo: chosen(sendsTo, needs.queues, ({ arn, url }) => ({ arn, url })),
    receivesFrom: chosen(receivesFrom, needs.queues, ({ arn, url }) => ({ arn, url })),
    publishesTo: chosen(publishesTo, needs.topics, ({ arn, key }) => ({ arn, key })),
    buckets:
      files &&
      Object.fromEntries(
        Object.entries(files).map(([bucket, { arn, bucketName, keyArn }]) => [
          bucket,
          { arn, bucketName, ...(keyArn && { key: keyArn }), writes: buckets?.[bucket] === "write" },
        ]),
      ),
    database: found && {
      loginArn: found.loginArn(name),
      address: found.address,
      port: found.port,
      databaseName: found.databaseName,
      user: name,
    },
    broker:
      virtualHost === undefined
        ? undefined
        : {
            endpoint: needs.broker.endpoint,
            virtualHost,
            secret: { arn: needs.broker.secrets.application.arn, key: needs.broker.key },
          },
    kafka: kafka && needs.kafka && { ...kafka, clusterArn: needs.kafka.arn, brokers: needs.kafka.bootstrap },
  };
}

/** The services with their image repositories. One without a version has only the repository, for its first image to be pushed to. */
export function services(
  settings: Settings,
  account: Account,
  needs: ServicesNeeds,
): ReadonlyMap<string, ImageRepository> {
  const { account: id, region } = settings;
  const { network, cluster, door, watcher } = needs;
  const networks = (tier: "private" | "isolated") =>
    network.nodes.zones.map((zone) => zone[tier].subnet.cidrBlock.apply((cidr) => cidr ?? network.cidr));
  return new Map(
    Object.entries(settings.services).map(([name, { version, uses: _, ...said }]) => {
      const repository = new ImageRepository(name, {}, account);
      if (version !== undefined) {
        const target = door?.targetGroups[name]?.arn;
        const promised = promiseOf(settings.objectives, name, said);
        const made = new Service(
          name,
          {
            ...said,
            ...(promised && { changes: { ...insteadOfService, ...said.changes } }),
            version,
            account: id,
            region,
            cluster,
            namespace: name,
            image: repository.image(version),
            ...(target && { targetGroupArn: target }),
            networks: { callers: networks("private"), data: output([...networks("private"), ...networks("isolated")]) },
            uses: usesOf(name, settings, needs),
            watcher,
          },
          account,
        );
        if (promised)
          new Objective(
            name,
            { ...promised, deployment: made.nodes.deployment, cluster: cluster.label, namespace: name, watcher },
            account,
          );
      }
      return [name, repository] as const;
    }),
  );
}
