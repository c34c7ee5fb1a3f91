import {
  DescribeAlertManagerDefinitionCommand,
  DescribeScraperCommand,
  DescribeWorkspaceCommand,
  ListRuleGroupsNamespacesCommand,
  type RuleGroupsNamespaceSummary,
} from "@aws-sdk/client-amp";
import { count } from "../../preview/text";
import type { Aws } from "../aws";
import { type Check, each, type Finding, withoutPrometheus } from "../check";
import type { DeployedPrometheus } from "../deployed.prometheus";
import { ask, Trouble } from "../trouble";

/** How AMP says that a part of it is, or is not, what it was last given. */
interface Status {
  readonly what: string;
  readonly code: string;
  readonly reason?: string;
}

/** The state of something of which it may turn out that it is not there. */
async function status(
  what: string,
  action: string,
  call: () => Promise<{ readonly statusCode?: string; readonly statusReason?: string } | undefined>,
): Promise<Status> {
  try {
    const { statusCode = "unknown", statusReason: reason } = (await ask(action, call)) ?? {};
    return { what, code: statusCode, ...(reason && { reason }) };
  } catch (error) {
    if (!(error instanceof Trouble && error.kind === "gone")) throw error;
    return { what, code: "missing" };
  }
}

async function namespacesOf(aws: Aws, { workspace: workspaceId, region }: DeployedPrometheus) {
  const found: RuleGroupsNamespaceSummary[] = [];
  let nextToken: string | undefined;
  do {
    const command = new ListRuleGroupsNamespacesCommand({ workspaceId, nextToken });
    const page = await ask("aps:ListRuleGroupsNamespaces", () => aws.amp(region).send(command));
    found.push(...(page.ruleGroupsNamespaces ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return found;
}

function findingOf({ what, code, reason }: Status): Finding[] {
  if (code === "ACTIVE") return [];
  if (code === "missing")
    return [
      { what: "it is not there", where: what, wayOut: "somebody deleted it: `pulumi refresh`, then `pulumi up`" },
    ];
  const goesOn = code.endsWith("ING");
  return [
    {
      what: `its state is ${code}${reason ? `: ${reason}` : ""}`,
      where: what,
      wayOut: goesOn
        ? "it changes just now: run this again in a minute"
        : "AMP refused what it was last given and goes on with what it had, if it had any: mend it, and deploy again",
    },
  ];
}

/** Whether AMP took what it was given: the workspace, rules, the alert manager's definition, and collectors. */
export const definitions: Check = {
  name: "definitions",
  actions: [
    "aps:DescribeAlertManagerDefinition",
    "aps:DescribeScraper",
    "aps:DescribeWorkspace",
    "aps:ListRuleGroupsNamespaces",
  ],
  skipped: withoutPrometheus,
  async run({ deployed: { prometheus }, aws }) {
    if (!prometheus) return { seen: "nothing", findings: [] };
    const { workspace: workspaceId, region, routes, scrapers, namespaces } = prometheus;
    const client = aws.amp(region);
    const workspace = await status(`workspace ${workspaceId} in ${region}`, "aps:DescribeWorkspace", async () => {
      const answer = await client.send(new DescribeWorkspaceCommand({ workspaceId }));
      return answer.workspace?.status;
    });
    // Of a workspace that is gone everything else is, too.
    if (workspace.code === "missing") return { seen: "no workspace", findings: findingOf(workspace) };
    const definition = routes
      ? [
          await status(`alert manager definition of ${workspaceId}`, "aps:DescribeAlertManagerDefinition", async () => {
            const answer = await client.send(new DescribeAlertManagerDefinitionCommand({ workspaceId }));
            return answer.alertManagerDefinition?.status;
          }),
        ]
      : [];
    const there = new Map((await namespacesOf(aws, prometheus)).map(({ name, status: own }) => [name, own]));
    const ruled = namespaces.map(({ name }): Status => {
      const own = there.get(name);
      const reason = own?.statusReason;
      return { what: `rule namespace ${name}`, code: own?.statusCode ?? "missing", ...(reason && { reason }) };
    });
    const collectors = await each(scrapers, ({ id: scraperId, name }) =>
      status(`collector ${name} (${scraperId})`, "aps:DescribeScraper", async () => {
        const { scraper } = await client.send(new DescribeScraperCommand({ scraperId }));
        return { statusCode: scraper?.status?.statusCode, statusReason: scraper?.statusReason };
      }),
    );
    const all = [workspace, ...definition, ...ruled, ...collectors];
    const active = all.filter(({ code }) => code === "ACTIVE").length;
    return {
      seen: `${active} of ${count(all.length, "part")} active: workspace, ${definition.length > 0 ? "alert manager, " : ""}${count(ruled.length, "rule namespace")}, ${count(collectors.length, "collector")}`,
      findings: all.flatMap(findingOf),
    };
  },
};
