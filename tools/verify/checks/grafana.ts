import { DescribeWorkspaceCommand } from "@aws-sdk/client-grafana";
import { count } from "../../preview/text";
import { type Check, each, type Finding } from "../check";
import { ask, Trouble } from "../trouble";

/** Whether each workspace of Managed Grafana is up. Whether it answers is asked by a probe of the collector. */
export const grafana: Check = {
  name: "grafana",
  actions: ["grafana:DescribeWorkspace"],
  skipped: ({ grafana: workspaces }) => (workspaces.length === 0 ? "the stack has no Grafana workspace" : undefined),
  async run({ deployed, aws }) {
    const findings = await each(deployed.grafana, async ({ id: workspaceId, region }): Promise<Finding[]> => {
      const where = `Grafana workspace ${workspaceId} in ${region}`;
      try {
        const { workspace } = await ask("grafana:DescribeWorkspace", () =>
          aws.grafana(region).send(new DescribeWorkspaceCommand({ workspaceId })),
        );
        if (workspace?.status === "ACTIVE") return [];
        const wayOut = workspace?.status?.endsWith("ING")
          ? "it changes just now: run this again in some minutes"
          : "look at it in the console of Amazon Managed Grafana";
        return [{ what: `its state is ${workspace?.status ?? "unknown"}`, where, wayOut }];
      } catch (error) {
        if (!(error instanceof Trouble && error.kind === "gone")) throw error;
        return [{ what: "it is not there", where, wayOut: "somebody deleted it: `pulumi refresh`, then `pulumi up`" }];
      }
    });
    const found = findings.flat();
    return { seen: `${count(deployed.grafana.length, "workspace")}, ${found.length} not active`, findings: found };
  },
};
