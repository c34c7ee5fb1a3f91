import type { Replacement } from "../replacements";

const aws = (path: string, commit: string, word = "ForceNew"): string =>
  `terraform-provider-aws internal/service/${path} at ${commit}, ${word}`;

/** What replaces the parts by which Prometheus tells a person. */
export const watchReplacements: Readonly<Record<string, Replacement>> = {
  "aws:amp/alertManagerDefinition:AlertManagerDefinition": {
    inputs: ["workspaceId"],
    source: aws("amp/alert_manager_definition.go", "02910ee"),
  },
  "aws:cloudwatch/alarmMuteRule:AlarmMuteRule": {
    inputs: ["name"],
    source: aws("cloudwatch/alarm_mute_rule.go", "09d6f27", "RequiresReplace"),
  },
  "aws:cloudwatch/eventRule:EventRule": {
    inputs: ["eventBusName", "name", "namePrefix"],
    source: aws("events/rule.go", "0cdab4a"),
  },
  "aws:cloudwatch/eventTarget:EventTarget": {
    inputs: ["eventBusName", "rule", "targetId"],
    source: aws("events/target.go", "0762c41"),
  },
  "aws:ec2/managedPrefixList:ManagedPrefixList": {
    inputs: ["addressFamily"],
    source: aws("ec2/vpc_managed_prefix_list.go", "007fe43"),
  },
  "aws:grafana/roleAssociation:RoleAssociation": {
    inputs: ["workspaceId"],
    source: aws("grafana/role_association.go", "0fb4a29"),
  },
  "aws:grafana/workspaceServiceAccount:WorkspaceServiceAccount": {
    inputs: ["grafanaRole", "name", "workspaceId"],
    source: aws("grafana/workspace_service_account.go", "2cddbdc", "RequiresReplace"),
  },
  "aws:grafana/workspaceSamlConfiguration:WorkspaceSamlConfiguration": {
    inputs: ["workspaceId"],
    source: aws("grafana/workspace_saml_configuration.go", "01c0800"),
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": {
    inputs: ["secretArn"],
    source: aws("secretsmanager/secret_policy.go", "01c0800"),
  },
};
