import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { scrapeConfiguration } from "../infra/cluster/scrape";
import { leftIn } from "../infra/objective/objective.records";
import { businessMetrics, metrics } from "../infra/service/metrics";
import { metricOf } from "../infra/signal/metrics";
import { promtool } from "../tools/toolchain/promtool";
import { shown } from "./boards.fixtures";
import { boardsOf } from "./publish";
import { type ReadBoard, readBoard } from "./reading.testing";

const all = boardsOf(shown).flatMap(([, , boards]) => boards.map(readBoard));
const named = (uid: string) => {
  const found = all.find((board) => board.uid === uid);
  assert.ok(found, uid);
  return found;
};
const isPrometheus = (type: string) => type.includes("prometheus");
const targetsOf = (board: ReadBoard) => board.panels.flatMap(({ targets = [] }) => targets);
/** Without what Grafana replaces: a number after a comparison or a function's comma, a word elsewhere; both are read within quotes. */
const filled = (expr: string) =>
  expr.replace(/"([^"]*)"/g, (text) => text.replace(/\$\{\w+\}/g, "x")).replace(/\$\{\w+\}/g, "1");

describe("queries of boards", () => {
  it("ask no more than 100 queries a panel, each by an id of its own", () => {
    for (const { uid, panels } of all)
      for (const { title, targets = [] } of panels) {
        assert.ok(targets.length <= 100, `${uid}: ${title}`);
        assert.equal(new Set(targets.map(({ refId }) => refId)).size, targets.length, `${uid}: ${title}`);
      }
  });

  it("ask CloudWatch for metrics that exist, by dimensions under which they are published", () => {
    const asked = targetsOf(named("vigia-home")).filter(({ namespace }) => namespace);
    assert.deepEqual(
      asked.map(({ dimensions }) => dimensions),
      [{ TopicName: "paging-page-1a2b3c4" }, { TopicName: "paging-ticket-1a2b3c4" }],
    );
    const behind = targetsOf(named("vigia-service-shop")).filter(({ namespace }) => namespace);
    assert.deepEqual(
      behind.map(({ dimensions }) => dimensions),
      [{ QueueName: "orders-1a2b3c4" }, { QueueName: "returns-1a2b3c4" }, { DBInstanceIdentifier: "dev-shop" }],
    );
    for (const { namespace = "", metricName = "", dimensions = {} } of [...asked, ...behind]) {
      const names = Object.keys(dimensions).join();
      assert.ok(metricOf(namespace, metricName)?.dimensions?.some((set) => set.join() === names));
    }
  });

  it("ask Prometheus what it can read: every query of every board is parsed by promtool", async function () {
    this.timeout(300_000);
    const exprs = all.flatMap((board) => [
      ...targetsOf(board).flatMap(({ expr, datasource }) => (expr && isPrometheus(datasource.type) ? [expr] : [])),
      ...(board.annotations?.list ?? []).flatMap(({ expr }) => (expr ? [expr] : [])),
    ]);
    assert.ok(exprs.length > 100, `${exprs.length}`);
    const folder = await mkdtemp(join(tmpdir(), "vigia-boards-"));
    const { path } = await promtool();
    const check = async (queries: readonly string[]) => {
      const rules = queries.map((expr, index) => ({ record: `panel:${index}`, expr: filled(expr) }));
      const file = join(folder, "panels.yaml");
      await writeFile(file, JSON.stringify({ groups: [{ name: "panels", rules }] }));
      await promisify(execFile)(path, ["check", "rules", "--lint=none", file]);
    };
    try {
      await check(exprs);
      await assert.rejects(check([...exprs, "sum(rate(x[5m])"]), /unclosed left parenthesis/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("read only what is scraped or recorded", () => {
    const scraped: { readonly scrape_configs: readonly { readonly metric_relabel_configs?: { regex: string }[] }[] } =
      parse(scrapeConfiguration({ cluster: "main", namespaces: ["platform"] }));
    const kept = scraped.scrape_configs.flatMap(({ metric_relabel_configs = [] }) =>
      metric_relabel_configs.map(({ regex }) => new RegExp(`^(?:${regex})$`)),
    );
    const own = [...Object.values(metrics), ...Object.values(businessMetrics)].map(({ name }) => name);
    const recorded = [["errors", "latency"] as const].flat().map((what) => leftIn(what).split("{")[0] ?? "");
    const known = (name: string) =>
      name === "ALERTS" ||
      [...own, ...recorded].includes(name.replace(/_(count|bucket)$/, "")) ||
      kept.some((pattern) => pattern.test(name));
    const named = all
      .filter(({ uid }) => uid === "vigia-home" || uid.startsWith("vigia-service-"))
      .flatMap((board) => [...targetsOf(board), ...(board.annotations?.list ?? [])])
      .flatMap(({ expr = "", datasource }) => (isPrometheus(datasource?.type ?? "") ? [expr] : []))
      .flatMap((expr) => [...expr.matchAll(/([a-zA-Z_:][\w:]*)(?=\{|\[)/g)].map(([name]) => name));
    assert.ok(named.length > 20);
    assert.deepEqual(
      named.filter((name) => !known(name)),
      [],
    );
  });

  it("show what is recorded of an objective where there is one, and else count thirty days", () => {
    const exprs = (uid: string, title: string) =>
      named(uid)
        .panels.find((panel) => panel.title === title)
        ?.targets?.map(({ expr }) => expr) ?? [];
    const [other = ""] = exprs("vigia-service-shop", "Error budget");
    assert.match(other, /\[30d\]/);
    const { services } = shown.grafana;
    const promised = { ...services, shop: { availability: 99.9, objective: "shop-objective" } };
    const boards = boardsOf({ ...shown, grafana: { ...shown.grafana, services: promised } }).flatMap(
      ([, , some]) => some,
    );
    const shop = boards.map(readBoard).find(({ uid }) => uid === "vigia-service-shop");
    assert.deepEqual(
      shop?.panels.find(({ title }) => title === "Error budget")?.targets?.map(({ expr }) => expr),
      [
        'objective:budget_left:percent{objective="shop-objective", promise="errors"}',
        'objective:budget_left:percent{objective="shop-objective", promise="latency"}',
      ],
    );
  });

  it("count a budget by the promise of each service", () => {
    const [panel] = named("vigia-home").panels.filter(({ title }) => title === "Error budgets");
    assert.deepEqual(
      panel?.targets?.map(({ expr = "" }) => Number(expr.split("/").at(-1))),
      [0.1, 0.5],
    );
  });
});
