import assert from "node:assert/strict";
import type { Answer, Answers } from "../fake";
import {
  account,
  jobs,
  listedNamespaces,
  namespaces,
  queried,
  ruleGroup,
  stateText,
  vector,
  workspace,
} from "../verify.fixtures";
import { rulesIn, verifyWith } from "../verify.testing";

describe("what verify finds of Prometheus and Grafana", function () {
  this.timeout(30_000);
  const { finding, only, run } = verifyWith();

  describe("definitions", () => {
    it("that AMP refused, with its reason", async () => {
      const refused = { status: { statusCode: "UPDATE_FAILED", statusReason: "routing_key is not allowed" } };
      const { what, where } = await finding("definitions", {
        "aps:DescribeAlertManagerDefinition": () => ({
          json: { alertManagerDefinition: { ...refused, data: "", createdAt: 1, modifiedAt: 1 } },
        }),
      });
      assert.equal(what, "its state is UPDATE_FAILED: routing_key is not allowed");
      assert.equal(where, `alert manager definition of ${workspace}`);
    });

    it("that are gone", async () => {
      const { what, where } = await finding("definitions", {
        "aps:ListRuleGroupsNamespaces": () => listedNamespaces(namespaces.slice(1)),
      });
      assert.deepEqual([what, where], ["it is not there", `rule namespace ${namespaces[0]}`]);
      const none = { error: "ResourceNotFoundException", message: "no definition", status: 404 } as const;
      assert.equal(
        (await finding("definitions", { "aps:DescribeAlertManagerDefinition": () => none })).what,
        "it is not there",
      );
    });

    it("that change just now are not called broken", async () => {
      const changing = () => listedNamespaces(namespaces, { status: { statusCode: "UPDATING" } });
      const { findings } = await only("definitions", { "aps:ListRuleGroupsNamespaces": changing });
      assert.equal(findings.length, namespaces.length);
      assert.match(findings[0]?.wayOut ?? "", /run this again in a minute/);
    });

    it("of a workspace that is gone are not asked for one by one", async () => {
      const none = { error: "ResourceNotFoundException", message: "no workspace", status: 404 } as const;
      const gone = () => none;
      const { read, asked } = await run({
        "aps:DescribeWorkspace": gone,
        "aps:QueryMetrics": gone,
        "aps:ListRules": gone,
      });
      const verdicts = Object.fromEntries(read().checks.map(({ name, verdict }) => [name, verdict]));
      assert.deepEqual([verdicts.definitions, verdicts.rules, verdicts.alarms], ["findings", "not checked", "ok"]);
      assert.equal(
        asked.some(({ action }) => action === "aps:DescribeScraper"),
        false,
      );
    });
  });

  describe("rules", () => {
    const [watchdog, crm] = namespaces;
    const answer = (groups: readonly unknown[]): Answers => ({
      "aps:ListRules": () => ({ json: { status: "success", data: { groups } } }),
    });
    const good = (file: string) =>
      Object.entries(rulesIn[file] ?? {}).map(([name, rules]) =>
        ruleGroup(
          file,
          name,
          rules.map((rule) => ({ name: rule })),
        ),
      );

    it("that fail, with the error, in one finding for a group", async () => {
      const broken = good(crm).map((group) => ({
        ...group,
        rules: group.rules.map((rule) => ({ ...rule, health: "err", lastError: "many-to-many matching not allowed" })),
      }));
      const { findings } = await only("rules", answer([...good(watchdog), ...broken]));
      assert.equal(findings.length, broken.length);
      assert.match(findings[0]?.what ?? "", /rules? fails?: .*many-to-many matching not allowed$/);
      assert.match(findings[0]?.where ?? "", new RegExp(`^rule namespace ${crm}, group `));
    });

    it("that nobody evaluates", async () => {
      const { what, where } = await finding("rules", answer(good(watchdog)));
      assert.deepEqual([what, where], ["no rule of it is evaluated", `rule namespace ${crm}`]);
    });

    it("that somebody took out of a group", async () => {
      const [group, ...rest] = good(crm);
      assert.ok(group);
      const { what } = await finding(
        "rules",
        answer([...good(watchdog), { ...group, rules: group.rules.slice(1) }, ...rest]),
      );
      assert.match(what, /^1 rule not evaluated: \w+$/);
    });

    it("that wait for their first turn are a fault only after ten minutes", async () => {
      const waiting = good(watchdog).map((group) => ({
        ...group,
        rules: group.rules.map((rule) => ({ ...rule, health: "unknown" })),
      }));
      const made = answer([...waiting, ...good(crm)]);
      const { what } = await finding("rules", made);
      assert.equal(what, "1 rule never evaluated: Watchdog");
      const { code, read } = await run(made, { now: () => Date.parse("2026-11-21T16:48:00Z") });
      assert.equal(code, 0);
      assert.deepEqual(read().checks.find(({ name }) => name === "rules")?.notes, [
        "1 rule just made, and not evaluated yet",
      ]);
    });
  });

  describe("targets", () => {
    const answering = (query: string, answer: Answer): Answers => ({
      "aps:QueryMetrics": (input) => (input.query === query ? answer : queried(input.query)),
    });

    it("that are down, each with its labels", async () => {
      const labels = { __name__: "up", job: "broker-nodes", instance: "b-1:16001", broker: "broker" };
      const { what, where } = await finding("targets", answering("up == 0", vector([labels, 0])));
      assert.equal(what, "target b-1:16001 of job broker-nodes does not answer");
      assert.equal(where, `workspace ${workspace}, {broker="broker"}`);
    });

    it("of a job that nobody scrapes", async () => {
      const others = jobs.filter((job) => job !== "postgres-exporter");
      const { what } = await finding(
        "targets",
        answering("count by (job) (up)", vector(...others.map((job) => [{ job }, 1] as const))),
      );
      assert.equal(what, "no target of job postgres-exporter");
    });
  });

  describe("pods", () => {
    it("without metrics, by namespace", async () => {
      const { what, where } = await finding("pods", {
        "aps:QueryMetrics": ({ query }) =>
          String(query).includes("unless")
            ? vector([{ namespace: "shop", pod: "shop-2" }, 1], [{ namespace: "shop", pod: "shop-1" }, 1])
            : queried(query),
      });
      assert.deepEqual([what, where], ["2 pods without metrics: shop-1, shop-2", "namespace shop"]);
    });

    it("of which Prometheus knows none at all are not taken for fine", async () => {
      const { what } = await finding("pods", {
        "aps:QueryMetrics": ({ query }) =>
          String(query).startsWith("count by (namespace)") ? vector() : queried(query),
      });
      assert.equal(what, "no running pod is known in namespace shop");
    });
  });

  describe("grafana", () => {
    const state = () => {
      const content = JSON.parse(stateText());
      content.deployment.resources.push({
        urn: "urn:pulumi:dev::vigia::aws:grafana/workspace:Workspace::grafana",
        type: "aws:grafana/workspace:Workspace",
        id: "g-0123456789",
        outputs: { arn: `arn:aws:grafana:eu-central-1:${account}:/workspaces/g-0123456789` },
      });
      return JSON.stringify(content);
    };
    const described = (status: string) => ({
      "grafana:DescribeWorkspace": () => ({
        json: {
          workspace: {
            id: "g-0123456789",
            status,
            authentication: { providers: [] },
            created: 1,
            modified: 1,
            dataSources: [],
            endpoint: "e",
            grafanaVersion: "12.4",
          },
        },
      }),
    });
    const means = { argv: ["dev"], exportState: async () => state() };

    it("that is up", async () => assert.equal((await run(described("ACTIVE"), means)).code, 0));
    it("that is not", async () => {
      const { read } = await run(described("CREATION_FAILED"), means);
      assert.equal(read().checks.at(-1)?.findings[0]?.what, "its state is CREATION_FAILED");
    });
  });
});
