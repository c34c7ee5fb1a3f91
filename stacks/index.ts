import { account } from "./account";
import { cluster } from "./cluster";
import { collectors } from "./collectors";
import { data } from "./data";
import { door } from "./gateway";
import { grafana } from "./grafana";
import { logs } from "./logs";
import { messaging } from "./messaging";
import { network } from "./network";
import { recovery } from "./recovery";
import { services } from "./services";
import { readSettings } from "./settings";
import { alerting, watch } from "./watch";

const mapped = <Value, Of>(map: ReadonlyMap<string, Value>, of: (value: Value) => Of): Record<string, Of> =>
  Object.fromEntries([...map].map(([name, value]) => [name, of(value)]));

/** The program: reads the settings, calls the layers in their order, and hands on what a person needs next. */
export default async function program(): Promise<Record<string, unknown>> {
  const settings = readSettings();
  const home = account(settings);
  const watching = watch(settings, home);
  const { watchers, topics: paging, workspace } = watching;
  const watcher = watchers.apart;
  const inside = network(settings, home, watchers.of("network"));
  const { databases, buckets } = data(settings, home, { network: inside, watchers });
  const { queues, topics, broker, kafka } = messaging(settings, home, { network: inside, buckets, watchers });
  const made = cluster(settings, home, { network: inside, workspace, watcher: watchers.of("cluster") });
  const open = door(settings, home, {
    network: inside,
    clusterName: made.clusterName,
    buckets,
    watcher: watchers.of("wayIn"),
  });
  const lines = logs(settings, home, { network: inside, cluster: made, workspace, buckets, watcher });
  const boards = grafana(settings, home, {
    network: inside,
    workspace,
    queues,
    databases,
    ...(lines && { logs: lines }),
  });
  alerting(settings, home, watching, boards?.url);
  collectors(settings, home, {
    network: inside,
    cluster: made,
    workspace,
    databases,
    broker,
    ...(kafka && { kafka }),
    ...(open && { door: open }),
    ...(lines && { logs: lines }),
    ...(boards && { boards }),
    watcher,
  });
  const images = services(settings, home, {
    network: inside,
    cluster: made,
    databases,
    buckets,
    queues,
    topics,
    broker,
    ...(kafka && { kafka }),
    ...(open && { door: open }),
    watcher,
  });
  const backups = recovery(settings, home, {
    network: inside,
    databases,
    broker,
    felt: open?.alarms ?? [],
    notify: paging.ticket,
    watcher,
  });
  watchers.close(home);
  return {
    address: open?.address ?? "none: the stack is not public (vigia:gateway.public)",
    paging,
    prometheus: workspace.endpoint,
    network: {
      vpc: inside.vpcId,
      subnets: inside.subnets.private,
      runnerSecurityGroup: inside.securityGroups.runner,
      publicAddresses: inside.publicAddresses,
    },
    cluster: {
      name: made.clusterName,
      login: made.clusterName.apply((name) => `aws eks update-kubeconfig --name ${name} --region ${settings.region}`),
    },
    queues: mapped(queues, ({ url }) => url),
    topics: mapped(topics, ({ arn }) => arn),
    broker: { endpoint: broker.endpoint, console: broker.consoleUrl },
    ...(kafka && { kafka: kafka.bootstrap }),
    databases: mapped(databases, ({ address }) => address),
    buckets: mapped(buckets, ({ bucketName }) => bucketName),
    images: mapped(images, ({ url }) => url),
    ...(boards && { grafana: boards.shown }),
    ...(lines && { logs: lines.url }),
    backupVault: backups.vaultArn,
    monitoringBudget: settings.budget.monitoring,
  };
}
