import { Workspace as AmpWorkspace } from "@pulumi/aws/amp/workspace.js";
import { WorkspaceConfiguration } from "@pulumi/aws/amp/workspaceConfiguration.js";
import { LogGroup } from "@pulumi/aws/cloudwatch/logGroup.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output } from "@pulumi/pulumi";
import { kept } from "../kit/keep";
import { administration, logsMayEncrypt, policyDocument } from "../kit/policy";
import { Problems } from "../kit/problems";
import { Watch, type Watcher } from "../signal/watch";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";
import { defaultQuotas, type WorkspaceSize, type WorkspaceSubject, workspaceSignals } from "./workspace.signals";

/** What is expected of a workspace: its alarms are made from it. */
export interface WorkspaceExpectations {
  /** Groups of rules that it will evaluate: the bill of the alarms over all groups follows from it. */
  readonly ruleGroups: number;
  /** Most series at a time. @default the quota of a new workspace */
  readonly seriesQuota?: number;
  /** Most samples a second. @default the quota of a new workspace */
  readonly samplesQuota?: number;
  /** Who is told: by CloudWatch, because a workspace that is broken cannot say so. */
  readonly watcher: Watcher;
}

/** What a workspace is made from. */
export interface WorkspaceArgs extends WorkspaceExpectations, Place {
  /** Days that samples are kept: 1 to 1,095. @default 150 */
  readonly retentionDays?: number;
  /** Days that the log of its ruler and its alert manager is kept. @default 30 */
  readonly logRetentionDays?: number;
  /** Nobody may delete or replace it. @default true */
  readonly protect?: boolean;
}

/** The longest retention ("Amazon Managed Service for Prometheus service quotas", AMP User Guide, 2026-11). */
const longestRetention = 1_095;

/** A workspace of Amazon Managed Service for Prometheus: encrypted, with the log of its ruler and alert manager, and watched by CloudWatch. */
export class Workspace extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly workspace: AmpWorkspace; readonly key: Key; readonly logs: LogGroup };

  constructor(name: string, args: WorkspaceArgs, opts?: ComponentResourceOptions) {
    const size = normalize(name, args);
    super("vigia:watch:Workspace", name, {}, opts);
    const { account, region, retentionDays = 150, logRetentionDays = 30, protect = true } = args;
    const key = new Key(
      name,
      {
        description: `Samples and logs of the Prometheus workspace ${name}`,
        policy: keyPolicy({ account, region }),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      { parent: this, ...kept(protect) },
    );
    // AMP writes only to groups under this prefix ("CloudWatch Logs", AMP User Guide, 2026-11).
    const logs = new LogGroup(
      name,
      { name: `/aws/vendedlogs/prometheus/${name}`, retentionInDays: logRetentionDays, kmsKeyId: key.arn },
      { parent: this },
    );
    const workspace = new AmpWorkspace(
      name,
      { alias: name, kmsKeyArn: key.arn, loggingConfiguration: { logGroupArn: interpolate`${logs.arn}:*` } },
      // The service adds a tag of its own (AMPAgentlessScraper) when a scraper writes to it.
      { parent: this, ...kept(protect), ignoreChanges: ["tags.AMPAgentlessScraper", "tagsAll.AMPAgentlessScraper"] },
    );
    new WorkspaceConfiguration(
      name,
      { workspaceId: workspace.id, retentionPeriodInDays: retentionDays },
      { parent: this },
    );
    watchWorkspace(name, workspace, { ...args, ...size }, { parent: this });
    this.nodes = { workspace, key, logs };
    this.registerOutputs({ id: workspace.id, endpoint: workspace.prometheusEndpoint });
  }

  /** As rules, scrapers and agents name it. */
  get id(): Output<string> {
    return this.nodes.workspace.id;
  }

  get arn(): Output<string> {
    return this.nodes.workspace.arn;
  }

  /** Address of its API, with a slash at the end. */
  get endpoint(): Output<string> {
    return this.nodes.workspace.prometheusEndpoint;
  }
}

/** Watches a workspace that exists already, in any Pulumi program. */
export function watchWorkspace(
  name: string,
  existing: AmpWorkspace,
  options: WorkspaceExpectations,
  opts?: ComponentResourceOptions,
): Watch<WorkspaceSubject, WorkspaceSize> {
  const { ruleGroups, seriesQuota, samplesQuota } = { ...defaultQuotas, ...options };
  const size = { ruleGroups, seriesQuota, samplesQuota };
  const part = { resource: existing, kind: "prometheus", signals: workspaceSignals, role: "workspace", size } as const;
  // The words of AWS/Usage that say which quota of which service is meant.
  const words = { service: "Prometheus", activeSeries: "ActiveSeries", ingestionRate: "IngestionRate" };
  const subjects = { ...words, type: "Resource", class: "None", workspace: existing.id };
  return new Watch(name, [{ ...part, subjects, changes: {} }], options.watcher, opts);
}

/** Its administration by the account, AMP on behalf of those who may use the workspace, and the log. */
const keyPolicy = (place: Place): string =>
  JSON.stringify(
    policyDocument([administration(place.account), logsMayEncrypt(place, "/aws/vendedlogs/prometheus/*", "Log")]),
  );

/** Throws one error with every problem, before anything is registered. */
function normalize(name: string, args: WorkspaceArgs): WorkspaceSize {
  const { ruleGroups, seriesQuota, samplesQuota, retentionDays = 150 } = { ...defaultQuotas, ...args };
  const problems = new Problems(`workspace "${name}"`);
  checkPlace(problems, args);
  const positive = (field: string, value: number) =>
    problems.unless(Number.isInteger(value) && value > 0, `${field} must be a whole number above 0`, value);
  positive("ruleGroups", ruleGroups);
  positive("seriesQuota", seriesQuota);
  positive("samplesQuota", samplesQuota);
  problems.unless(
    Number.isInteger(retentionDays) && retentionDays >= 1 && retentionDays <= longestRetention,
    `retentionDays must be 1 to ${longestRetention}`,
    retentionDays,
  );
  problems.throwIfAny();
  return { ruleGroups, seriesQuota, samplesQuota };
}
