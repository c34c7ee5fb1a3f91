import { defineKind } from "../signal/kind";
import { defaultQuotas, type WorkspaceSize, type WorkspaceSubject, workspaceSignals } from "./workspace.signals";

/** Workspaces of Amazon Managed Service for Prometheus as the catalogue knows them. */
export const workspaceKind = defineKind<"workspace", WorkspaceSubject, WorkspaceSize>({
  name: "prometheus",
  types: ["aws:amp/workspace:Workspace"],
  signals: workspaceSignals,
  nameOf: {},
  roleOf: () => "workspace",
  sizeOf: (workspace, _role, graph) => ({
    ruleGroups: graph.users(workspace.urn, "aws:amp/ruleGroupNamespace:RuleGroupNamespace", "workspaceId").length,
    ...defaultQuotas,
  }),
  // What is ingested is known only once it runs.
  costs: ({ name }) => [
    { item: `samples ingested by ${name}`, price: "amp.ingestion" },
    { item: `samples stored by ${name}`, price: "amp.storage" },
    { item: `samples read by the rules and boards of ${name}`, price: "amp.query" },
  ],
});
