import type { z } from "zod";
import {
  entrancesMistake,
  type GrafanaVersion,
  grafanaVersions,
  hasMembers,
  type Login,
  loginMistake,
  type Members,
  prefixListId,
  type Saml,
  vpcEndpointId,
} from "../../infra/watch/grafana.args";
import { isMapping, type Mapping } from "./merge";
import { type SectionMistake, section } from "./section";
import { group, isPublicAddress, list, oneOf, text, truth } from "./values";

/** What a stack says of its Grafana workspace. */
export interface GrafanaSettings extends Login {
  readonly enabled: boolean;
  readonly version: GrafanaVersion;
  readonly open: boolean;
  readonly prefixLists: readonly string[];
  readonly vpcEndpoints: readonly string[];
}

// "UpdateInstruction" and "User", Amazon Managed Grafana API Reference, 2026-11: ids of IAM Identity Center.
const member = text("an id of IAM Identity Center: 1 to 47 letters, digits and hyphens", (given) =>
  /^[A-Za-z0-9-]{1,47}$/.test(given),
);
const members = (may: string): z.ZodType<Members> =>
  group({
    groups: list(member, "ids of groups").optional().describe("Groups, by their ids."),
    users: list(member, "ids of users").optional().describe("Users, by their ids."),
  }).describe(may);
const attribute = text("a word that an assertion uses", (given) => given.trim() !== "" && given.length <= 256);

const saml: z.ZodType<Saml> = group({
  metadataUrl: text('an https address, written like "https://idp.example.com/metadata"', isPublicAddress).describe(
    "Where the metadata of the identity provider is read.",
  ),
  roleAttribute: attribute.describe("Attribute of an assertion that says which role somebody has."),
  admins: list(attribute, "values of the attribute").describe("Values that make an administrator."),
  editors: list(attribute, "values of the attribute").describe("Values that make an editor; everybody else reads."),
}).describe("Login by an identity provider of one's own.");

const schema: z.ZodType<GrafanaSettings> = group({
  enabled: truth().describe("Whether the stack has a Grafana workspace. Each has one paid editor at least."),
  version: oneOf(...grafanaVersions).describe("Version of Grafana. There is no way back to an earlier one."),
  sso: group({
    admin: members("Who administers.").optional(),
    editor: members("Who edits, and may silence alerts.").optional(),
    viewer: members("Who reads.").optional(),
  })
    .optional()
    .describe("Login by IAM Identity Center. To change between sso and saml replaces the workspace."),
  saml: saml.optional(),
  open: truth().describe("Whether the login page is reached from every address, and not only from those listed."),
  prefixLists: list(
    text('a managed prefix list, written like "pl-0123456789abcdef0"', (given) => prefixListId.test(given)),
    "managed prefix lists",
  ).describe(
    "Prefix lists of public addresses from which it is reached, four at most: offices. Those of the stack's own network are let in besides, for the probe and for `npm run boards` on the runner.",
  ),
  vpcEndpoints: list(
    text('an endpoint, written like "vpce-0123456789abcdef0"', (given) => vpcEndpointId.test(given)),
    "VPC endpoints",
  ).describe("Interface endpoints of the service grafana-workspace by which it is reached privately."),
}).describe("Managed Grafana workspace of the stack.");

const texts = (given: unknown): readonly string[] =>
  Array.isArray(given) ? given.filter((one) => typeof one === "string") : [];
const listed = (given: unknown): number => (Array.isArray(given) ? given.length : 0);

/** Rules between values; what a stack does not have is not judged. */
function mistakes(given: unknown): SectionMistake[] {
  if (!isMapping(given) || (given.enabled !== true && given.enabled !== "true")) return [];
  const login = loginMistake(given);
  const isOpen = given.open === true || given.open === "true";
  const entrances = { prefixLists: texts(given.prefixLists), vpcEndpoints: texts(given.vpcEndpoints) };
  const entrance = listed(given.prefixLists) === entrances.prefixLists.length ? entrancesMistake(entrances) : undefined;
  return [
    ...(login === undefined ? [] : [{ path: [], allowed: login, aside: true }]),
    ...administrators(given),
    ...(isOpen || entrance === undefined ? [] : [{ path: ["prefixLists"], allowed: entrance, aside: true }]),
    ...(isOpen && entrances.prefixLists.length + entrances.vpcEndpoints.length > 0
      ? [{ path: ["open"], allowed: "false where prefixLists or vpcEndpoints name who reaches it" }]
      : []),
  ];
}

function administrators({ sso, saml }: Mapping): SectionMistake[] {
  const admin = isMapping(sso) ? sso.admin : undefined;
  const members = isMapping(admin) ? { groups: texts(admin.groups), users: texts(admin.users) } : {};
  const nobody = isMapping(sso) && !hasMembers(members);
  const noValue = isMapping(saml) && Array.isArray(saml.admins) && saml.admins.length === 0;
  return [
    ...(nobody ? [{ path: ["sso"], allowed: "at least one group or user as admin", aside: true }] : []),
    ...(noValue ? [{ path: ["saml", "admins"], allowed: "at least one value that makes an administrator" }] : []),
  ];
}

/** The Grafana workspace: off until a stack says who logs in and from where, for which there is no default. */
export const grafanaSection = section<GrafanaSettings>({
  schema,
  defaults: { enabled: false, version: "12.4", open: false, prefixLists: [], vpcEndpoints: [] },
  mistakes,
});
