import { Scraper as AmpScraper } from "@pulumi/aws/amp/scraper.js";
import { ScraperLoggingConfiguration } from "@pulumi/aws/amp/scraperLoggingConfiguration.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { ComponentResource, type ComponentResourceOptions, type Input, interpolate, output } from "@pulumi/pulumi";
import { scraperLog } from "../cluster/cluster.key";
import { createScraperRoles } from "../cluster/scraper";
import { checkName } from "../kit/names";
import { Problems } from "../kit/problems";
import { isRetention, retentions } from "../kit/retention";
import type { Place } from "../topic/senders";
import { kafkaConfiguration } from "./kafka.scrape";

/** What a collector of Kafka's metrics is made from. */
export interface KafkaScraperArgs extends Place {
  /** The component's name: the label `kafka` that its rules select. */
  readonly kafka: string;
  /** Names of all brokers: `kafka.hosts`. They must let it in on ports 11001 and 11002. */
  readonly hosts: Input<readonly string[]>;
  /** Its name, which its log group has too: unique in account and region. @default the component's name */
  readonly alias?: string;
  readonly workspaceArn: Input<string>;
  /** Subnets for its interfaces, in two zones or more. Another choice replaces it. */
  readonly subnets: Input<readonly Input<string>[]>;
  /** Security groups of its interfaces. Another choice replaces it. */
  readonly securityGroups: readonly Input<string>[];
  /** Key of its log: CloudWatch Logs must be let use it for groups below /aws/vendedlogs/prometheus/. */
  readonly kmsKeyArn: Input<string>;
  /** Days that its log is kept. @default 30 */
  readonly logRetention?: number;
}

/**
 * A collector that AMP runs, in at least two zones, for the brokers of an MSK cluster: they ask for no password. What it no longer brings is told by the rules of
 * the cluster (`kafka-broker-silent`), which expect every broker.
 */
export class KafkaScraper extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly scraper: AmpScraper; readonly log: LogGroup };

  constructor(name: string, args: KafkaScraperArgs, opts?: ComponentResourceOptions) {
    const { alias = name, logRetention: retentionInDays = 30 } = args;
    const problems = new Problems(`kafka scraper "${name}"`);
    problems.add(checkName("role", `${name}-collector`));
    problems.unless(/^[\dA-Za-z][\w.-]{0,99}$/.test(alias), "alias has up to 100 letters, digits and _.-", alias);
    problems.unless(args.securityGroups.length > 0, "securityGroups must name a group that the brokers let in");
    problems.unless(
      isRetention(retentionInDays),
      `logRetention must be one of ${retentions.join(", ")} days`,
      retentionInDays,
    );
    problems.throwIfAny();
    super("vigia:collect:KafkaScraper", name, {}, opts);
    const own = { parent: this };
    const { kafka, hosts, workspaceArn, subnets, securityGroups, kmsKeyArn: kmsKeyId } = args;
    const log = new LogGroup(name, { name: scraperLog(alias), retentionInDays, kmsKeyId }, own);
    const { ready, ...roleConfiguration } = createScraperRoles(name, workspaceArn, args, this);
    const scraper = new AmpScraper(
      name,
      {
        alias,
        source: { vpc: { subnetIds: output(subnets).apply((ids) => [...ids]), securityGroupIds: [...securityGroups] } },
        destination: { amp: { workspaceArn } },
        roleConfiguration,
        scrapeConfiguration: output(hosts).apply((known) => kafkaConfiguration(kafka, known)),
      },
      { ...own, dependsOn: [...ready] },
    );
    new ScraperLoggingConfiguration(
      name,
      {
        scraperId: scraper.id,
        loggingDestination: { cloudwatchLogs: { logGroupArn: interpolate`${log.arn}:*` } },
        scraperComponents: ["SERVICE_DISCOVERY", "COLLECTOR", "EXPORTER"],
      },
      own,
    );
    this.nodes = { scraper, log };
    this.registerOutputs({ scraperId: scraper.id });
  }
}
