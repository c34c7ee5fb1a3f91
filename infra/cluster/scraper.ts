import { Scraper as AmpScraper } from "@pulumi/aws/amp/scraper.js";
import { ScraperLoggingConfiguration } from "@pulumi/aws/amp/scraperLoggingConfiguration.js";
import type { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Role } from "@pulumi/aws/iam/role.js";
import { RolePolicy } from "@pulumi/aws/iam/rolePolicy.js";
import { type Input, interpolate, output, type Resource } from "@pulumi/pulumi";
import { inNameOf, rolePolicy, trustPolicy } from "../kit/policy";
import type { Place } from "../topic/senders";

/** How the metrics of a cluster are collected: by a collector that AMP runs, in at least two zones. */
export interface ScrapingArgs {
  /** ARN of the workspace that they go to. */
  workspaceArn: Input<string>;
  /** Subnets for its interfaces, in two zones or more. */
  subnets: Input<readonly Input<string>[]>;
  /** Security groups of its interfaces. */
  securityGroups: readonly Input<string>[];
  /** Networks of these subnets: policies of namespaces let them in. */
  cidrs: readonly Input<string>[];
}

/** A collector's two roles. */
export interface ScraperRoles {
  readonly sourceRoleArn: Input<string>;
  readonly targetRoleArn: Input<string>;
  /** What must be there before the collector is made. */
  readonly ready: readonly Resource[];
}

/**
 * By which a collector writes to a workspace that has a customer managed key: it takes on the first role, and with it the second, which may write to that
 * workspace alone ("Cross-account setup" in "Set up managed collectors", AMP User Guide, 2026-11). The collector's own id is not known before it exists.
 */
export function createScraperRoles(
  name: string,
  workspaceArn: Input<string>,
  { account, region }: Place,
  parent: Resource,
): ScraperRoles {
  const scrapers = `arn:aws:aps:${region}:${account}:scraper/*`;
  const source = new Role(
    `${name}-collector`,
    {
      assumeRolePolicy: trustPolicy(
        { Service: "scraper.aps.amazonaws.com" },
        { ...inNameOf(account), ArnLike: { "aws:SourceArn": scrapers } },
      ),
    },
    { parent },
  );
  const target = new Role(
    `${name}-writer`,
    { assumeRolePolicy: trustPolicy({ AWS: source.arn }, { StringLike: { "sts:ExternalId": scrapers } }) },
    { parent },
  );
  const may = (role: Role, what: string, Action: string, Resource: Input<string>) =>
    new RolePolicy(
      `${name}-${what}`,
      { role: role.name, policy: rolePolicy([{ Effect: "Allow", Action, Resource }]) },
      { parent },
    );
  const ready = [
    may(source, "collector", "sts:AssumeRole", target.arn),
    may(target, "writer", "aps:RemoteWrite", workspaceArn),
  ];
  return { sourceRoleArn: source.arn, targetRoleArn: target.arn, ready };
}

/** What a collector is made for. */
export interface ScraperParts {
  readonly clusterArn: Input<string>;
  /** The text of its configuration. */
  readonly configuration: string;
  /** Where it says why it cannot reach a target. */
  readonly log: LogGroup;
}

/** The collector of a cluster. Who is let in is not told here: AMP makes the access entry of its own role, and EKS refuses it from anybody else. */
export function createScraper(
  name: string,
  { workspaceArn, subnets, securityGroups }: ScrapingArgs,
  { clusterArn, configuration, log }: ScraperParts,
  place: Place,
  opts: { readonly parent: Resource; readonly dependsOn: readonly Resource[] },
): AmpScraper {
  const { parent } = opts;
  const { ready, ...roleConfiguration } = createScraperRoles(name, workspaceArn, place, parent);
  const subnetIds = output(subnets).apply((ids) => [...ids]);
  const scraper = new AmpScraper(
    name,
    {
      alias: name,
      source: { eks: { clusterArn, subnetIds, securityGroupIds: [...securityGroups] } },
      destination: { amp: { workspaceArn } },
      roleConfiguration,
      scrapeConfiguration: configuration,
    },
    { parent, dependsOn: [...opts.dependsOn, ...ready] },
  );
  new ScraperLoggingConfiguration(
    name,
    {
      scraperId: scraper.id,
      loggingDestination: { cloudwatchLogs: { logGroupArn: interpolate`${log.arn}:*` } },
      scraperComponents: ["SERVICE_DISCOVERY", "COLLECTOR", "EXPORTER"],
    },
    { parent },
  );
  return scraper;
}
