import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { reference } from "../infra/signal/board.variables";
import { metricOf } from "../infra/signal/metrics";
import { promtool } from "../tools/toolchain/promtool";
import { shown } from "./boards.fixtures";
import { boardsOf } from "./publish";
import { shownOf } from "./shown";

const grid = z.object({ x: z.int().min(0), y: z.int().min(0), w: z.int().min(1), h: z.int().min(1) });
const target = z.looseObject({
  refId: z.string(),
  expr: z.string().optional(),
  datasource: z.object({ type: z.string(), uid: z.string() }),
  namespace: z.string().optional(),
  metricName: z.string().optional(),
  dimensions: z.record(z.string(), z.string()).optional(),
  sqlExpression: z.string().optional(),
});
/** What Grafana reads of a dashboard ("Dashboard JSON model", Grafana documentation), as far as these boards use it. */
const model = z.looseObject({
  uid: z.string().regex(/^[\w-]{1,40}$/),
  title: z.string().min(1),
  editable: z.literal(false),
  schemaVersion: z.int().min(36),
  annotations: z
    .object({ list: z.array(z.looseObject({ name: z.string(), expr: z.string().optional() })).optional() })
    .optional(),
  templating: z.object({ list: z.array(z.looseObject({ name: z.string(), type: z.string() })) }),
  panels: z.array(
    z.looseObject({
      id: z.int(),
      type: z.string(),
      title: z.string().min(1),
      gridPos: grid,
      targets: z.array(target).optional(),
    }),
  ),
});

const all = boardsOf(shown).flatMap(([, , boards]) =>
  boards.map((board) => model.parse(JSON.parse(JSON.stringify(board)))),
);
const named = (uid: string) => {
  const found = all.find((board) => board.uid === uid);
  assert.ok(found, uid);
  return found;
};
const isPrometheus = (type: string) => type.includes("prometheus");
const targetsOf = (board: z.infer<typeof model>) => board.panels.flatMap(({ targets = [] }) => targets);
/** Without what Grafana replaces: a number after a comparison or a function's comma, a word elsewhere; both are read within quotes. */
const filled = (expr: string) =>
  expr.replace(/"([^"]*)"/g, (text) => text.replace(/\$\{\w+\}/g, "x")).replace(/\$\{\w+\}/g, "1");

describe("boards of a stack", () => {
  it("are the whole, each service, one request, and each kind, under addresses of their own", () => {
    assert.equal(new Set(all.map(({ uid }) => uid)).size, all.length);
    for (const uid of ["vigia-home", "vigia-requests", "vigia-service-shop", "vigia-queue", "vigia-broker"]) named(uid);
    assert.equal(all.filter(({ uid }) => uid.startsWith("vigia-service-")).length, 2);
    for (const [, , boards] of boardsOf(shown))
      assert.equal(new Set(boards.map(({ title }) => title)).size, boards.length);
  });

  it("overlap nowhere, and give no two panels one id", () => {
    for (const { uid, panels } of all) {
      assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length, uid);
      const taken = new Set<string>();
      for (const { title, gridPos } of panels) {
        assert.ok(gridPos.x + gridPos.w <= 24, `${uid}: ${title}`);
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x++)
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y++) {
            assert.ok(!taken.has(`${x},${y}`), `${uid}: ${title} lies on another panel`);
            taken.add(`${x},${y}`);
          }
      }
    }
  });

  it("know every variable that they name", () => {
    for (const board of all) {
      const known = new Set(board.templating.list.map(({ name }) => name));
      for (const [, name = ""] of JSON.stringify(board).matchAll(/\$\{(\w+)(?::\w+)?\}/g))
        if (!name.startsWith("__")) assert.ok(known.has(name), `${board.uid}: \${${name}}`);
      assert.ok(!JSON.stringify(board).includes("$$"), `${board.uid}: what is written by the API knows no $$`);
    }
  });

  it("link only to boards that there are", () => {
    const uids = new Set(all.map(({ uid }) => uid));
    for (const board of all)
      for (const [, uid = ""] of JSON.stringify(board).matchAll(/"\/d\/([\w-]+)(?=[?"])/g))
        assert.ok(uids.has(uid), `${board.uid}: ${uid}`);
  });

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
    for (const { namespace = "", metricName = "", dimensions = {} } of asked) {
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

  it("show logs beside metrics of each service, with links both ways, and none where there are no logs", () => {
    const board = named("vigia-service-shop");
    const logs = board.panels.find(({ type }) => type === "logs");
    assert.equal(logs?.targets?.[0]?.expr, `{service="shop"} |= "${reference("request")}"`);
    assert.match(JSON.stringify(board), /\/d\/vigia-service-shop\?from=\$\{__value\.time\}&to=now/);
    const { logs: _, ...grafana } = shown.grafana;
    const without = JSON.stringify(boardsOf({ ...shown, grafana }));
    assert.doesNotMatch(without, /"type":"loki"|vigia-requests/);
  });

  it("name every line", () => {
    for (const { uid, panels } of all)
      for (const panel of panels)
        if (panel.type === "timeseries")
          assert.match(JSON.stringify(panel), /"showLegend":true/, `${uid}: ${panel.title}`);
  });

  it("count a budget by the promise of each service", () => {
    const [panel] = named("vigia-home").panels.filter(({ title }) => title === "Error budgets");
    assert.deepEqual(
      panel?.targets?.map(({ expr = "" }) => Number(expr.split("/").at(-1))),
      [0.1, 0.5],
    );
  });

  it("mark deployments, and the alarms of CloudWatch that page", () => {
    const marks = named("vigia-home").annotations?.list ?? [];
    assert.deepEqual(
      marks.map(({ name }) => name),
      ["Deployments", "CloudWatch alarms that page"],
    );
    assert.match(JSON.stringify(marks), /"actionPrefix":"arn:aws:sns:eu-central-1:123456789012:paging-page-1a2b3c4"/);
  });

  it("are refused in one line where the outputs are of another version", () => {
    assert.deepEqual(shownOf("o/vigia/dev", shown), shown);
    assert.throws(
      () => shownOf("o/vigia/dev", { ...shown, prometheus: undefined, grafana: { ...shown.grafana, region: 1 } }),
      {
        message:
          "the outputs of stack o/vigia/dev lack prometheus, grafana.region, or have it in another form: deploy it again",
      },
    );
  });
});
