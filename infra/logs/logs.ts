import { Key } from "@pulumi/aws/kms/key.js";
import { Secret } from "@pulumi/aws/secretsmanager/secret.js";
import { SecretVersion } from "@pulumi/aws/secretsmanager/secretVersion.js";
import type { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { Release } from "@pulumi/kubernetes/helm/v3/release.js";
import {
  all,
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  jsonStringify,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { RandomPassword } from "@pulumi/random/randomPassword.js";
import { Bucket } from "../bucket/bucket";
import { LoadBalancer } from "../gateway/load-balancer";
import { kept } from "../kit/keep";
import { createGateway } from "./gateway";
import { users } from "./gateway.config";
import { createIdentity } from "./identity";
import { type LogsArgs, type NormalLogs, normalizeLogs, replicas, versions } from "./logs.args";
import { type LogsWatch, type ScrapedPods, scrapedPods, watchWith } from "./logs.watch";
import { lokiConfiguration, memberPort, tenant } from "./loki.config";
import { recordingRules } from "./loki.rules";
import { lokiValues } from "./loki.values";
import { createBudget, createMembers, membersName } from "./members";
import { createNetworkPolicies, type Places } from "./policies";
import { createShipper } from "./shipper";

/**
 * A place for logs: three Lokis in three zones over a bucket, before them a gateway with two users and an internal load balancer with TLS, on every node a shipper,
 * and rules on logs whose values are written to AMP. Watched.
 */
export class Logs extends ComponentResource {
  /** The raw resources. */
  readonly nodes: {
    readonly loki: Release;
    readonly shipper: Release;
    readonly gateway: Deployment;
    readonly bucket: Bucket;
    readonly loadBalancer: LoadBalancer;
    readonly watch: LogsWatch;
  };
  /** What boards log in with: a JSON with username and password, in Secrets Manager. */
  readonly reader: { readonly secretArn: Output<string>; readonly keyArn: Output<string> };
  /** Where boards ask: with https. */
  readonly url: string;
  /** What a collector must read for its alarms, by the name of the job. */
  readonly scraped: Readonly<Record<"loki" | "shipper", ScrapedPods>>;

  constructor(name: string, args: LogsArgs, opts?: ComponentResourceOptions) {
    const normal = normalizeLogs(name, args);
    super("vigia:logs:Logs", name, {}, opts);
    const inside = { parent: this, provider: args.cluster.provider };
    const { namespace, shippers, collector } = normal;
    const places = { name, loki: `${name}-loki`, gateway: `${name}-gateway`, shipper: `${name}-shipper` };
    this.url = `https://${args.address}`;
    this.scraped = scrapedPods(name, normal);
    const key = this.createKey(name, normal);
    const bucket = this.createBucket(name, args, normal, key);
    const passwords = { reader: this.password(name, "reader"), writer: this.password(name, "writer") };
    this.reader = { secretArn: this.createSecret(name, normal, key, passwords.reader), keyArn: key.arn };
    const loadBalancer = this.createLoadBalancer(name, args, normal);
    const all = { ...places, namespace, shippers, collector, network: args.network };
    const policies = createNetworkPolicies(all, inside);
    const loki = this.createLoki(args, normal, all, bucket, { ...inside, dependsOn: [...policies] });
    const targetGroupArn = loadBalancer.nodes.services.loki?.targetGroup.arn ?? "";
    const hashes = { reader: passwords.reader.bcryptHash, writer: passwords.writer.bcryptHash };
    const parts = { namespace, loki: places.loki, hashes, targetGroupArn, after: [loki, loadBalancer.nodes.listener] };
    const gateway = createGateway(places.gateway, parts, inside);
    const shipper = createShipper(
      places.shipper,
      {
        namespace: shippers,
        cluster: args.cluster.label,
        address: args.address,
        version: normal.shipperVersion,
        password: passwords.writer.result,
      },
      { ...inside, dependsOn: [gateway] },
    );
    const watch = watchWith(name, { loki, shipper }, normal.size, args, { parent: this });
    this.nodes = { loki, shipper, gateway, bucket, loadBalancer, watch };
    this.registerOutputs({ url: this.url, bucket: bucket.bucketName, readerSecretArn: this.reader.secretArn });
  }

  /** Where the address must lead: a name of AWS's, and the zone in which it stands. */
  get target(): { readonly dnsName: Output<string>; readonly zoneId: Output<string> } {
    const { dnsName, zoneId } = this.nodes.loadBalancer.nodes.loadBalancer;
    return { dnsName, zoneId };
  }

  private password(name: string, user: keyof typeof users): RandomPassword {
    // Without signs that mean something in a file of users.
    return new RandomPassword(`${name}-${user}`, { length: 40, special: false }, { parent: this });
  }

  private createKey(name: string, { protect }: NormalLogs): Key {
    return new Key(
      name,
      { description: `Logs of ${name}`, enableKeyRotation: true, deletionWindowInDays: 30 },
      { parent: this, ...kept(protect) },
    );
  }

  private createSecret(name: string, { protect }: NormalLogs, key: Key, { result }: RandomPassword): Output<string> {
    const secret = new Secret(
      `${name}-reader`,
      {
        description: `Access of boards to the logs of ${name}`,
        kmsKeyId: key.arn,
        recoveryWindowInDays: protect ? 30 : 0,
      },
      { parent: this, ...kept(protect) },
    );
    const secretString = jsonStringify({ username: users.reader, password: result });
    new SecretVersion(`${name}-reader`, { secretId: secret.id, secretString }, { parent: this });
    return secret.arn;
  }

  private createBucket(name: string, args: LogsArgs, { size, protect }: NormalLogs, key: Key): Bucket {
    const { account, region, watcher, backup } = args;
    return new Bucket(
      `${name}-chunks`,
      {
        account,
        region,
        key: key.arn,
        // A chunk of about 1 MiB from each copy, and the index every few minutes.
        writesPerDay: Math.ceil((replicas * size.perDay) / 1_048_576) + 20_000,
        readsPerDay: 100_000,
        writtenDaily: true,
        // Loki deletes what is too old: what it deleted by mistake can be had back for as long.
        oldVersions: "7 days",
        ...(backup !== undefined && { backup }),
        protect,
        watcher,
      },
      { parent: this },
    );
  }

  private createLoadBalancer(name: string, args: LogsArgs, { size, protect }: NormalLogs): LoadBalancer {
    const { cluster, vpcId, subnets, securityGroups, certificateArn, accessLogs, watcher } = args;
    return new LoadBalancer(
      name,
      {
        vpcId,
        subnets,
        securityGroups,
        certificateArn,
        clusterName: cluster.clusterName,
        logs: accessLogs,
        protect,
        watcher,
        // Each shipper sends about once a second, and hardly ever nothing.
        requestsPerDay: 1_000_000,
        // Its paths begin with /loki already.
        services: {
          loki: {
            targets: 2,
            port: 3_100,
            healthPath: "/health",
            acceptable: `${Math.min(60, size.slowQuery)} seconds`,
            deregistrationDelay: "15 seconds",
          },
        },
      },
      { parent: this },
    );
  }

  private createLoki(
    args: LogsArgs,
    normal: NormalLogs,
    places: Places,
    bucket: Bucket,
    inside: CustomResourceOptions & { readonly dependsOn: Resource[] },
  ): Release {
    const { cluster, workspace, region } = args;
    const { namespace, loki, name } = places;
    const identity = createIdentity(
      name,
      { cluster, namespace, serviceAccount: loki, bucket, workspace, region },
      this,
    );
    const text = recordingRules(name, places.gateway);
    const rules = `${name}-rules`;
    const map = new ConfigMap(rules, { metadata: { name: rules, namespace }, data: { "rules.yaml": text } }, inside);
    const members = createMembers(loki, namespace, inside);
    createBudget(loki, namespace, inside);
    const values = all([bucket.bucketName, workspace.endpoint]).apply(([known, endpoint]) =>
      lokiValues({
        fullname: loki,
        serviceAccount: loki,
        bucket: known,
        configuration: lokiConfiguration({
          storage: { s3: { bucket: known, region } },
          copies: replicas,
          members: [`dns+${membersName(loki)}.${namespace}.svc.cluster.local:${memberPort}`],
          retentionHours: normal.retentionHours,
          rate: normal.size.rate,
          remote: { url: `${endpoint}api/v1/remote_write`, region },
        }),
        rules: { configMap: rules, text, tenant },
        version: versions.loki,
        replicas,
        memory: normal.memory,
        disk: normal.disk,
        ...(args.storageClass !== undefined && { storageClass: args.storageClass }),
      }),
    );
    return new Release(
      loki,
      {
        name: loki,
        namespace,
        chart: "loki",
        version: normal.chartVersion,
        repositoryOpts: { repo: "https://grafana-community.github.io/helm-charts" },
        values,
        // An update that does not come up is taken back.
        atomic: true,
        timeout: 1_800,
        maxHistory: 10,
      },
      { ...inside, dependsOn: [...inside.dependsOn, map, members, identity.nodes.association] },
    );
  }
}
