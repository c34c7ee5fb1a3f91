import assert from "node:assert/strict";
import { z } from "zod";
import { reference } from "../infra/signal/board.variables";
import { catalogue } from "../infra/signal/catalogue";
import { shown } from "./boards.fixtures";
import { boardsOf } from "./publish";
import { readBoard } from "./reading.testing";
import { shownOf } from "./shown";

const alarmQuery = z.looseObject({ actionPrefix: z.string(), statistic: z.string(), period: z.string() });
const all = boardsOf(shown).flatMap(([, , boards]) => boards.map(readBoard));
const named = (uid: string) => {
  const found = all.find((board) => board.uid === uid);
  assert.ok(found, uid);
  return found;
};

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

  it("show logs beside metrics of each service, with links both ways, and none where there are no logs", () => {
    const board = named("vigia-service-shop");
    const logs = board.panels.find(({ type }) => type === "logs");
    assert.equal(logs?.targets?.[0]?.expr, `{service="shop"} |= "${reference("request")}"`);
    assert.match(JSON.stringify(board), /\/d\/vigia-service-shop\?from=\$\{__value\.time\}&to=now/);
    const { logs: _, ...grafana } = shown.grafana;
    const without = JSON.stringify(boardsOf({ ...shown, grafana }));
    assert.doesNotMatch(without, /"type":"loki"|vigia-requests/);
  });

  it("lead from lines of a service to its board, whatever its name is", () => {
    const links = (uid: string, title: string) =>
      [...JSON.stringify(named(uid).panels.find((panel) => panel.title === title)).matchAll(/"\/d\/([\w-]+)\?/g)].map(
        ([, to]) => to,
      );
    const both = ["vigia-service-shop", "vigia-service-production-planni-f8d78591"];
    assert.deepEqual(links("vigia-home", "Requests"), both);
    assert.deepEqual(links("vigia-requests", "Lines of it"), both);
    for (const uid of both) named(uid);
  });

  it("lead from what fires to runbook and board, and what pages stands first", () => {
    const table = JSON.stringify(named("vigia-home").panels.find(({ title }) => title === "What fires"));
    assert.ok(table.includes(`"url":"https://runbooks.example.com/${reference("__value.raw")}.md"`));
    assert.ok(table.includes(`"url":"/d/vigia-${reference("__value.raw")}?`));
    assert.match(table, /"sortBy":\[\{"displayName":"severity","desc":false\}\]/);
    assert.ok("page" < "ticket");
  });

  it("say who is told by the alert manager's own groups, under the name that its data source has", () => {
    const panel = named("vigia-home").panels.find(({ type }) => type === "alertGroups");
    assert.deepEqual(panel?.options, { alertmanager: "Alertmanager", labels: "", expandAll: false });
  });

  it("mark deployments on every board of a kind", () => {
    for (const { uid, annotations, templating } of all.filter(({ uid }) => uid !== "vigia-requests")) {
      assert.ok(
        annotations?.list?.some(({ name }) => name === "Deployments"),
        uid,
      );
      assert.ok(
        templating.list.some(({ name }) => name === "prometheus"),
        uid,
      );
    }
  });

  it("have room for more services than there are letters", () => {
    const services = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`s-${at}`, { availability: 99 }]));
    const [, , boards = []] = boardsOf({ ...shown, grafana: { ...shown.grafana, services } })[0] ?? [];
    const home = boards.map(readBoard)[0];
    const ids = home?.panels.find(({ title }) => title === "Error budgets")?.targets?.map(({ refId }) => refId) ?? [];
    assert.equal(new Set(ids).size, 30);
    for (const id of ids) assert.match(id, /^[A-Z]\d*$/);
  });

  it("name every line", () => {
    for (const { uid, panels } of all)
      for (const panel of panels)
        if (panel.type === "timeseries")
          assert.match(JSON.stringify(panel), /"showLegend":true/, `${uid}: ${panel.title}`);
  });

  it("mark deployments, and the alarms of CloudWatch that page, whatever their statistic and period", () => {
    const [first, ...marks] = named("vigia-home").annotations?.list ?? [];
    assert.equal(first?.name, "Deployments");
    const asked = marks.map(({ target }) => alarmQuery.parse(target));
    for (const { actionPrefix, period } of asked) {
      assert.equal(actionPrefix, "arn:aws:sns:eu-central-1:123456789012:paging-page-1a2b3c4");
      assert.equal(period, "");
    }
    const paging = catalogue.kinds.flatMap((kind) =>
      kind.charts().flatMap(({ source, alarm }) => {
        if (source.from !== "cloudwatch" || alarm?.severity !== "page") return [];
        const [metric] = Object.values(source.metrics);
        return [source.expression === undefined && !metric?.across ? (metric?.statistic ?? "") : ""];
      }),
    );
    // A percentile is no statistic to CloudWatch, but an extended one.
    const wanted = new Set(paging.map((statistic) => (/^[a-z]+\d/.test(statistic) ? "" : statistic)));
    assert.deepEqual(
      [...wanted].filter((statistic) => !asked.some((query) => query.statistic === statistic)),
      [],
    );
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
