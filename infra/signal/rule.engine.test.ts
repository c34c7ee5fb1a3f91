import assert from "node:assert/strict";
import { join } from "node:path";
import { Workspace } from "@pulumi/aws/amp/workspace.js";
import { Queue } from "@pulumi/aws/sqs/queue.js";
import { buildPack, root } from "../../tools/build.cjs";
import { unknownValue } from "../../tools/engine/record";
import { withStack } from "../../tools/engine/run";
import { type TestProject, testProject } from "../../tools/engine/testing";
import type { CoverageRow } from "./coverage";
import { alertsIn } from "./rule.document";
import { toySignals, toySize } from "./rule.fixtures";
import { Watch, type Watched } from "./watch";

const from = (...path: string[]) => JSON.stringify(join(root, ...path));

/** A pack that tells the coverage of the toy's catalogue, found as the project's own pack finds it. */
const pack = `
import { PolicyPack } from "@pulumi/policy";
import { coverageOf } from ${from("infra", "signal", "coverage")};
import { toyCatalogue } from ${from("infra", "signal", "rule.fixtures")};
import { graphOf } from ${from("policies", "graph")};

new PolicyPack("toy", {
  policies: [
    {
      name: "coverage",
      description: "Tells the coverage.",
      enforcementLevel: "advisory",
      validateStack: ({ resources }, report) => report(JSON.stringify(coverageOf(graphOf(resources), toyCatalogue).rows)),
    },
  ],
});
`;

/** One watched queue, and one beside it that shares its workspace only. */
async function program(): Promise<void> {
  const workspaceId = new Workspace("metrics").id;
  const [watched] = [new Queue("orders"), new Queue("alone")];
  if (!watched) return;
  const part: Watched<"queue", typeof toySize> = {
    resource: watched,
    kind: "toy",
    signals: toySignals,
    role: "toy",
    size: toySize,
    subjects: { queue: watched.name },
    texts: { queue: "orders" },
    changes: {},
  };
  const watcher = { actions: { page: [], ticket: [] }, runbooks: "https://example.com", prometheus: { workspaceId } };
  new Watch("orders", [part], watcher);
}

describe("rules of Prometheus on the real engine", () => {
  let project: TestProject;
  before(() => {
    project = testProject({
      "policies/index.ts": pack,
      "policies/PulumiPolicy.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "policies/package.json": JSON.stringify({ name: "toy", version: "0.0.1", main: "dist/index.js" }),
    });
  });
  after(() => project.remove());

  it("are known in a preview in which the workspace is not, and stand for the resource that they depend on and no other", async () => {
    const options = {
      stack: "rules",
      provider: "stand-in",
      config: { "aws:region": "eu-central-1" },
      program,
    } as const;
    const built = buildPack(join(project.folder, "policies"));
    const run = await withStack({ ...options, pack: built }, (stack) => stack.preview());
    assert.deepEqual([run.failed, run.cause], [false, undefined]);

    const namespace = run.resources.find(({ type }) => type === "aws:amp/ruleGroupNamespace:RuleGroupNamespace");
    assert.equal(namespace?.inputs.workspaceId, unknownValue);
    assert.deepEqual(
      alertsIn(String(namespace?.inputs.data)).map(({ alert }) => alert),
      ["ToyFailing", "ToyBacklog", "ToyBacklogMissing"],
    );

    const rows: CoverageRow[] = JSON.parse(run.violations[0]?.message ?? "[]");
    const byName = rows.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    const standing = byName.map(({ name, signals, missing }) => ({
      name,
      stands: signals.map(
        ({ info, alarm }) => `${info.id} ${info.backend} ${alarm?.match} ${alarm?.urn === namespace?.urn}`,
      ),
      missing: missing.map(({ id }) => id),
    }));
    assert.deepEqual(standing, [
      { name: "alone", stands: [], missing: ["toy-backlog", "toy-failing", "toy-odd"] },
      {
        name: "orders",
        stands: [
          "toy-backlog amp dependency true",
          "toy-failing amp dependency true",
          "toy-odd cloudwatch dependency false",
        ],
        missing: [],
      },
    ]);
  });
});
