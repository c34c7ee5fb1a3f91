import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { place, record } from "../kit/recorder";
import { Grafana } from "./grafana";
import type { GrafanaArgs } from "./grafana.args";

const entrances = { prefixLists: ["pl-0123456789abcdef0"], vpcEndpoints: ["vpce-0123456789abcdef0"] };
const args: GrafanaArgs = {
  ...place,
  sso: { admin: { groups: ["g-admins"] }, viewer: { groups: ["g-all"], users: ["u-1"] } },
  subnets: ["subnet-a", "subnet-b"],
  securityGroups: ["sg-1"],
  entrances,
  prometheus: output("arn:aws:aps:eu-central-1:123456789012:workspace/ws-1"),
};
const made = (over: Partial<GrafanaArgs> = {}, when: "preview" | "update" = "update") =>
  record(async () => void new Grafana("dev-grafana", { ...args, ...over }), when);
const workspaceType = "aws:grafana/workspace:Workspace";
const saml = {
  metadataUrl: "https://idp.example.com/metadata",
  roleAttribute: "role",
  admins: ["sre"],
  editors: ["developer"],
};

describe("a workspace of Managed Grafana", () => {
  it("is encrypted with its own key that rotates, lies in the VPC, and is reached from the listed addresses only", async () => {
    const recording = await made();
    const { inputs, madeFrom } = recording.one(workspaceType, "dev-grafana");
    assert.deepEqual(madeFrom.kmsKeyId, ["dev-grafana"]);
    assert.equal(recording.one("aws:kms/key:Key", "dev-grafana").inputs.enableKeyRotation, true);
    assert.deepEqual(inputs.vpcConfiguration, { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-1"] });
    assert.deepEqual(inputs.networkAccessControl, {
      prefixListIds: ["pl-0123456789abcdef0"],
      vpceIds: ["vpce-0123456789abcdef0"],
    });
    assert.equal(inputs.grafanaVersion, "12.4");
    assert.equal(inputs.permissionType, "CUSTOMER_MANAGED");
    assert.deepEqual(JSON.parse(String(inputs.configuration)).plugins, { pluginAdminEnabled: false });
  });

  it("takes subnets of a network that is yet to be made", async () => {
    const recording = await made({ subnets: output(["subnet-c", "subnet-d"]) });
    const { vpcConfiguration } = recording.one(workspaceType, "dev-grafana").inputs;
    assert.deepEqual(vpcConfiguration, { subnetIds: ["subnet-c", "subnet-d"], securityGroupIds: ["sg-1"] });
  });

  it("lets in the network that looks whether it answers, by addresses that are not known yet", async () => {
    const goesOutBy = output(["203.0.113.7", "203.0.113.8"]);
    const recording = await made({ goesOutBy });
    const own = recording.one("aws:ec2/managedPrefixList:ManagedPrefixList", "dev-grafana").inputs;
    const description = "the network's own way out";
    assert.deepEqual(own.entries, [
      { cidr: "203.0.113.7/32", description },
      { cidr: "203.0.113.8/32", description },
    ]);
    const { madeFrom } = recording.one(workspaceType, "dev-grafana");
    assert.deepEqual(madeFrom.networkAccessControl, ["dev-grafana"]);
    const open = await made({ goesOutBy, entrances: "anyone" });
    assert.equal(open.ofType("aws:ec2/managedPrefixList:ManagedPrefixList").length, 0);
  });

  it("is open to every address only where that is said", async () => {
    const { inputs } = (await made({ entrances: "anyone" })).one(workspaceType, "dev-grafana");
    assert.equal(inputs.networkAccessControl, undefined);
  });

  it("reads the one Prometheus workspace, metrics and logs, writes nothing but silences, and is assumed by Grafana of the account alone", async () => {
    const recording = await made();
    const { Statement } = recording.document("aws:iam/rolePolicy:RolePolicy", "dev-grafana", "policy") as {
      Statement: { Sid: string; Action: string[]; Resource: string }[];
    };
    const actions = Statement.flatMap(({ Action }) => Action);
    assert.deepEqual(
      actions.filter((action) => !/:(Get|List|Describe|Query|StartQuery|StopQuery)/.test(action)),
      ["aps:PutAlertManagerSilences", "aps:DeleteAlertManagerSilence"],
    );
    assert.ok(actions.every((action) => !action.includes("*")));
    const resource = new Map(Statement.map(({ Sid, Resource }) => [Sid, Resource]));
    assert.equal(resource.get("Prometheus"), "arn:aws:aps:eu-central-1:123456789012:workspace/ws-1");
    assert.equal(resource.get("Logs"), "arn:aws:logs:eu-central-1:123456789012:log-group:*");
    const trust = recording.document("aws:iam/role:Role", "dev-grafana", "assumeRolePolicy") as {
      Statement: [{ Condition: unknown }];
    };
    assert.deepEqual(trust.Statement[0].Condition, {
      StringEquals: { "aws:SourceAccount": "123456789012" },
      StringLike: { "aws:SourceArn": "arn:aws:grafana:eu-central-1:123456789012:/workspaces/*" },
    });
  });

  it("lets people in by IAM Identity Center in their roles", async () => {
    const recording = await made();
    assert.deepEqual(recording.one(workspaceType, "dev-grafana").inputs.authenticationProviders, ["AWS_SSO"]);
    const roles = recording
      .ofType("aws:grafana/roleAssociation:RoleAssociation")
      .map(({ inputs: { role, groupIds, userIds } }) => [role, groupIds, userIds]);
    assert.deepEqual(roles, [
      ["ADMIN", ["g-admins"], undefined],
      ["VIEWER", ["g-all"], ["u-1"]],
    ]);
  });

  it("or by SAML", async () => {
    const recording = await made({ sso: undefined, saml });
    assert.deepEqual(recording.one(workspaceType, "dev-grafana").inputs.authenticationProviders, ["SAML"]);
    const { inputs } = recording.one(
      "aws:grafana/workspaceSamlConfiguration:WorkspaceSamlConfiguration",
      "dev-grafana",
    );
    assert.equal(inputs.idpMetadataUrl, saml.metadataUrl);
    assert.deepEqual(inputs.adminRoleValues, ["sre"]);
    assert.equal(recording.ofType("aws:grafana/roleAssociation:RoleAssociation").length, 0);
  });

  it("has an account for boards, and no token or API key", async () => {
    const recording = await made({}, "preview");
    const [account] = recording.ofType("aws:grafana/workspaceServiceAccount:WorkspaceServiceAccount");
    assert.equal(account?.inputs.grafanaRole, "ADMIN");
    assert.deepEqual(account?.madeFrom.workspaceId, ["dev-grafana"]);
    assert.deepEqual(
      recording.resources.filter(({ type }) => /Token|ApiKey/.test(type)),
      [],
    );
  });

  const refused: readonly (readonly [what: string, over: Partial<GrafanaArgs>, message: RegExp])[] = [
    ["no login", { sso: undefined }, /it must have a way to log in: sso or saml/],
    ["two logins", { saml }, /it must have one way to log in: sso or saml, and not both/],
    ["nobody who administers", { sso: { viewer: { users: ["u-1"] } } }, /sso must name an admin at least/],
    ["metadata in clear", { sso: undefined, saml: { ...saml, metadataUrl: "http://x" } }, /metadataUrl must be https/],
    ["one zone", { subnets: ["subnet-a"] }, /subnets must be in two zones at least, got 1/],
    ["no security group", { securityGroups: [] }, /securityGroups must name one at least/],
    [
      "a malformed prefix list",
      { entrances: { ...entrances, prefixLists: ["10.0.0.0/8"] } },
      /a prefix list must be written like "pl-0123456789abcdef0", got "10\.0\.0\.0\/8"/,
    ],
    [
      "a malformed endpoint",
      { entrances: { ...entrances, vpcEndpoints: ["vpc-1"] } },
      /a VPC endpoint must be written like "vpce-0123456789abcdef0", got "vpc-1"/,
    ],
    [
      "no entrance",
      { entrances: { prefixLists: [], vpcEndpoints: [] } },
      /entrances must be at least one prefix list or VPC endpoint, or nobody reaches the workspace/,
    ],
    [
      "too many entrances",
      { entrances: { vpcEndpoints: [], prefixLists: Array(6).fill("pl-0123456789abcdef0") } },
      /entrances must be at most 4 prefix lists and 5 VPC endpoints/,
    ],
    ["another account", { account: "1" }, /account must be the twelve digits/],
  ];
  for (const [what, over, message] of refused) {
    it(`refuses ${what} before anything is made`, async () => {
      await assert.rejects(made(over), message);
    });
  }
});
