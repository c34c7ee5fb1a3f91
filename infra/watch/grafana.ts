import { ManagedPrefixList } from "@pulumi/aws/ec2/managedPrefixList.js";
import { RoleAssociation } from "@pulumi/aws/grafana/roleAssociation.js";
import { Workspace } from "@pulumi/aws/grafana/workspace.js";
import { WorkspaceSamlConfiguration } from "@pulumi/aws/grafana/workspaceSamlConfiguration.js";
import { WorkspaceServiceAccount } from "@pulumi/aws/grafana/workspaceServiceAccount.js";
import { Key } from "@pulumi/aws/kms/key.js";
import { ComponentResource, type ComponentResourceOptions, interpolate, type Output, output } from "@pulumi/pulumi";
import { administration, policyDocument } from "../kit/policy";
import { checkGrafana, type GrafanaArgs, grafanaRoles, hasMembers, type Login } from "./grafana.args";
import { createRole } from "./grafana.role";

/** As many as a network has zones. */
const mostAddresses = 4;
/** The name of the account by which `npm run boards` writes. */
const boards = "boards";

/**
 * A workspace of Managed Grafana: encrypted, inside the VPC, behind one login and a list of addresses. What it shows is a project of its own (boards/), which logs
 * in by tokens of an hour. Alerts are raised by AMP and CloudWatch and not here, where 100 rules are the most.
 */
export class Grafana extends ComponentResource {
  /** The raw resources. */
  readonly nodes: { readonly workspace: Workspace; readonly key: Key; readonly boards: WorkspaceServiceAccount };

  constructor(name: string, args: GrafanaArgs, opts?: ComponentResourceOptions) {
    checkGrafana(name, args);
    super("vigia:watch:Grafana", name, {}, opts);
    const { entrances, subnets, securityGroups, version = "12.4" } = args;
    const key = new Key(
      name,
      {
        description: `Boards and settings of the Grafana workspace ${name}`,
        policy: keyPolicy(args.account),
        enableKeyRotation: true,
        deletionWindowInDays: 30,
      },
      { parent: this },
    );
    const { role, policy } = createRole(name, args, this);
    const workspace = new Workspace(
      name,
      {
        name,
        accountAccessType: "CURRENT_ACCOUNT",
        authenticationProviders: [args.sso ? "AWS_SSO" : "SAML"],
        permissionType: "CUSTOMER_MANAGED",
        roleArn: role.arn,
        dataSources: ["CLOUDWATCH", "PROMETHEUS"],
        grafanaVersion: version,
        kmsKeyId: key.arn,
        // Plugins are those of the version: nobody installs code at run time. Alerts of other alert managers are shown by Grafana's alerting only.
        configuration: JSON.stringify({ plugins: { pluginAdminEnabled: false }, unifiedAlerting: { enabled: true } }),
        vpcConfiguration: {
          subnetIds: output(subnets).apply((ids) => [...ids]),
          securityGroupIds: [...securityGroups],
        },
        ...(entrances !== "anyone" && {
          networkAccessControl: {
            prefixListIds: [...entrances.prefixLists, ...this.ownAddresses(name, args)],
            vpceIds: [...entrances.vpcEndpoints],
          },
        }),
      },
      // A workspace that may not yet ask what it was made for would show errors first.
      { parent: this, dependsOn: [policy] },
    );
    this.letIn(name, workspace, args);
    const account = new WorkspaceServiceAccount(
      `${name}-${boards}`,
      // Data sources are an administrator's.
      { name: boards, grafanaRole: "ADMIN", workspaceId: workspace.id },
      { parent: this },
    );
    this.nodes = { workspace, key, boards: account };
    this.registerOutputs({ id: workspace.id, endpoint: workspace.endpoint });
  }

  /** The network's own addresses: who looks whether it answers must not be turned away. */
  private ownAddresses(name: string, { goesOutBy }: GrafanaArgs): Output<string>[] {
    if (goesOutBy === undefined) return [];
    const description = "the network's own way out";
    const list = new ManagedPrefixList(
      name,
      {
        addressFamily: "IPv4",
        maxEntries: mostAddresses,
        entries: output(goesOutBy).apply((known) => known.map((address) => ({ cidr: `${address}/32`, description }))),
      },
      { parent: this },
    );
    return [list.id];
  }

  /** As the API of AWS names it. */
  get id(): Output<string> {
    return this.nodes.workspace.id;
  }

  /** Where people and boards go. */
  get url(): Output<string> {
    return interpolate`https://${this.nodes.workspace.endpoint}`;
  }

  /** The account for whose tokens `npm run boards` asks. */
  get serviceAccountId(): Output<string> {
    return this.nodes.boards.serviceAccountId;
  }

  private letIn(name: string, workspace: Workspace, { sso = {}, saml }: Login): void {
    for (const role of grafanaRoles) {
      const members = sso[role];
      if (!members || !hasMembers(members)) continue;
      new RoleAssociation(
        `${name}-${role}`,
        {
          workspaceId: workspace.id,
          role: role.toUpperCase(),
          groupIds: members.groups && [...members.groups],
          userIds: members.users && [...members.users],
        },
        { parent: this },
      );
    }
    if (!saml) return;
    new WorkspaceSamlConfiguration(
      name,
      {
        workspaceId: workspace.id,
        idpMetadataUrl: saml.metadataUrl,
        roleAssertion: saml.roleAttribute,
        adminRoleValues: [...saml.admins],
        editorRoleValues: [...saml.editors],
        // Minutes: a day's work, and somebody who left is out by the next.
        loginValidityDuration: 720,
      },
      { parent: this },
    );
  }
}

/** Administration by the account, by which whoever makes the workspace also makes the grant that Grafana encrypts with. */
const keyPolicy = (account: string): string => JSON.stringify(policyDocument([administration(account)]));
