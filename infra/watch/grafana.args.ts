import type { Input } from "@pulumi/pulumi";
import { Problems } from "../kit/problems";
import type { Place } from "../topic/senders";
import { checkPlace } from "../topic/topic.args";

/** What a person may do in Grafana. */
export const grafanaRoles = ["admin", "editor", "viewer"] as const;
export type GrafanaRole = (typeof grafanaRoles)[number];

/** People by the ids that IAM Identity Center gives them. */
export interface Members {
  readonly groups?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
}

/** A login by an identity provider of one's own. */
export interface Saml {
  /** Where the provider's metadata is read. */
  readonly metadataUrl: string;
  /** The attribute of an assertion that says which role somebody has. */
  readonly roleAttribute: string;
  /** Its values that make an administrator. */
  readonly admins: readonly string[];
  /** Its values that make an editor; everybody else reads. */
  readonly editors: readonly string[];
}

/** Who may come in, by one of two ways: people of the workspace itself do not exist. */
export interface Login {
  /** IAM Identity Center: members of each role. */
  readonly sso?: Readonly<Partial<Record<GrafanaRole, Members | undefined>>> | undefined;
  readonly saml?: Saml | undefined;
}

/** From where the workspace is reached. */
export interface Entrances {
  /** Managed prefix lists of public addresses: offices. */
  readonly prefixLists: readonly string[];
  /** Interface endpoints of the service grafana-workspace. */
  readonly vpcEndpoints: readonly string[];
}

/** What a workspace of Managed Grafana is made from. */
export interface GrafanaArgs extends Place, Login {
  /** Private subnets in at least two zones: what the data sources ask goes out there. */
  readonly subnets: Input<readonly Input<string>[]>;
  readonly securityGroups: readonly Input<string>[];
  /** From where it is reached; `anyone` leaves the login as the only door. */
  readonly entrances: Entrances | "anyone";
  /** Public addresses by which the network itself goes out, four at most: of the probe that asks whether it answers, and of who writes boards. @default none */
  readonly goesOutBy?: Input<readonly string[]>;
  /** ARN of the Prometheus workspace that it reads. */
  readonly prometheus: Input<string>;
  /** @default "12.4" */
  readonly version?: GrafanaVersion;
}

/** Versions with the data source of Amazon Managed Service for Prometheus ("Differences between Grafana versions", Amazon Managed Grafana User Guide, 2026-11). */
export const grafanaVersions = ["12.4"] as const;
export type GrafanaVersion = (typeof grafanaVersions)[number];

/** Most of each sort ("NetworkAccessConfiguration", Amazon Managed Grafana API Reference, 2026-11), of which one prefix list is the stack's own. */
const mostEntrances = { prefixLists: 4, vpcEndpoints: 5 } as const;

export const prefixListId = /^pl-[0-9a-f]{8,17}$/;
export const vpcEndpointId = /^vpce-[0-9a-f]{8,17}$/;

/** What is wrong with a way to log in, in the words of a setting; undefined where nothing is. */
export function loginMistake({ sso, saml }: { readonly sso?: unknown; readonly saml?: unknown }): string | undefined {
  if (sso !== undefined && saml !== undefined) return "one way to log in: sso or saml, and not both";
  if (sso === undefined && saml === undefined) return "a way to log in: sso or saml";
  return undefined;
}

/** What is wrong with the entrances, in the words of a setting; undefined where nothing is. */
export function entrancesMistake({ prefixLists, vpcEndpoints }: Entrances): string | undefined {
  if (prefixLists.length > mostEntrances.prefixLists || vpcEndpoints.length > mostEntrances.vpcEndpoints)
    return `at most ${mostEntrances.prefixLists} prefix lists and ${mostEntrances.vpcEndpoints} VPC endpoints`;
  return prefixLists.length + vpcEndpoints.length === 0
    ? "at least one prefix list or VPC endpoint, or nobody reaches the workspace"
    : undefined;
}

/** Whether a role has a member. */
export const hasMembers = ({ groups = [], users = [] }: Members): boolean => groups.length + users.length > 0;

/** Throws one error with every problem, before anything is registered. */
export function checkGrafana(name: string, args: GrafanaArgs): void {
  const problems = new Problems(`Grafana "${name}"`);
  checkPlace(problems, args);
  problems.unless(/^[A-Za-z0-9._~-]{1,255}$/.test(name), "its name must be letters, digits and -._~", name);
  // Those of a network that is yet to be made are counted by the network itself.
  const subnets = Array.isArray(args.subnets) ? args.subnets.length : undefined;
  problems.unless(subnets === undefined || subnets >= 2, "subnets must be in two zones at least", subnets);
  problems.unless(args.securityGroups.length > 0, "securityGroups must name one at least");
  const login = loginMistake(args);
  problems.add(login && `it must have ${login}`);
  const { sso, saml, entrances } = args;
  if (sso) {
    problems.unless(sso.admin !== undefined && hasMembers(sso.admin), "sso must name an admin at least");
  }
  if (saml) {
    problems.unless(saml.metadataUrl.startsWith("https://"), "saml.metadataUrl must be https", saml.metadataUrl);
    problems.unless(saml.admins.length > 0, "saml must name a value that makes an admin");
  }
  if (entrances !== "anyone") {
    const wrong = entrancesMistake(entrances);
    problems.add(wrong && `entrances must be ${wrong}`);
    for (const id of entrances.prefixLists)
      problems.unless(prefixListId.test(id), 'a prefix list must be written like "pl-0123456789abcdef0"', id);
    for (const id of entrances.vpcEndpoints)
      problems.unless(vpcEndpointId.test(id), 'a VPC endpoint must be written like "vpce-0123456789abcdef0"', id);
  }
  problems.throwIfAny();
}
