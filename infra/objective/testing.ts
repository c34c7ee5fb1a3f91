import { Api } from "@pulumi/aws/apigatewayv2/api.js";
import { Stage } from "@pulumi/aws/apigatewayv2/stage.js";
import { Deployment } from "@pulumi/kubernetes/apps/v1/deployment.js";
import type { Watcher } from "../signal/watch";
import type { GatewayObjectiveArgs } from "./gateway.args";
import type { ObjectiveArgs } from "./objective.args";

/** Who is told in tests. */
export const watcher: Watcher = {
  actions: { page: ["arn:page"], ticket: ["arn:ticket"] },
  runbooks: "https://example.com/runbooks",
  prometheus: { workspaceId: "ws-1" },
};

/** A deployment as a service makes it. */
const deployment = () =>
  new Deployment("shop", {
    spec: {
      selector: { matchLabels: { app: "shop" } },
      template: { metadata: { labels: { "app.kubernetes.io/component": "api" } }, spec: { containers: [] } },
    },
  });

/** What the shop promises. */
export const shopArgs = (changed: Partial<ObjectiveArgs> = {}): ObjectiveArgs => ({
  deployment: changed.deployment ?? deployment(),
  cluster: "main",
  namespace: "shop",
  answered: "99.9 %",
  acceptable: "0.5 seconds",
  watcher,
  ...changed,
});

/** What the way in promises. */
export function gatewayArgs(changed: Partial<GatewayObjectiveArgs> = {}): GatewayObjectiveArgs {
  const api = new Api("platform", { protocolType: "HTTP" });
  const stage = new Stage("platform-stage", { apiId: api.id, name: "$default" });
  return { api, stage, loadBalancer: "app/services/50dc6c495c0c9188", answered: "99.95 %", watcher, ...changed };
}
