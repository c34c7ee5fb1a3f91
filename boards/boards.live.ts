import assert from "node:assert/strict";
import { type LivePrometheus, queried, queriedOver, startPrometheus } from "../tools/live/prometheus";
import { orSkipped } from "../tools/live/unavailable";
import { shown } from "./boards.fixtures";
import { type Found, type Logs, lines, startLogs } from "./logs.testing";
import { filledWith, type ReadPanel, readBoards } from "./reading.testing";
import { openMetrics } from "./samples.testing";
import { derivedFields } from "./sources";
import { story, world } from "./world.testing";

const boards = readBoards(shown);
const targetsOf = (panels: readonly ReadPanel[], type: (source: string) => boolean) =>
  panels.flatMap(({ title, targets = [] }) =>
    targets.flatMap(({ expr, instant, datasource }) =>
      expr !== undefined && type(datasource.type) ? [{ title, expr, instant: instant === true }] : [],
    ),
  );

describe("boards of a stack on a real Prometheus", function () {
  this.timeout(300_000);
  const end = Math.floor(Date.now() / 60_000) * 60 - 60;
  const day = { start: end - 6 * 3_600, end, step: 60 };
  let server: LivePrometheus;

  before(async function () {
    server = await orSkipped(this, () =>
      startPrometheus(console.log, { configuration: "{}", samples: openMetrics(world(end)) }),
    );
  });
  after(() => server?.stop());

  /** What a number shows at the end of the world. */
  const shows = async (expr: string) => {
    const found = await queriedOver(server, expr, { start: end, end, step: 60 });
    return found.map(({ metric, values: [last] }) => ({ metric, value: last?.[1] }));
  };
  const panelOf = (uid: string, title: string) => {
    const found = boards.find((one) => one.uid === uid)?.panels.find((one) => one.title === title);
    assert.ok(found, `${uid}: ${title}`);
    return found;
  };
  const exprOf = (uid: string, title: string): string => panelOf(uid, title).targets?.[0]?.expr ?? "";

  it("leave no panel empty", async () => {
    const empty: string[] = [];
    for (const { uid, panels } of boards)
      for (const { title, expr, instant } of targetsOf(panels, (type) => type.includes("prometheus"))) {
        const found = instant ? await shows(expr) : await queriedOver(server, expr, day);
        if (found.length === 0) empty.push(`${uid}: ${title}: ${expr}`);
      }
    // Nothing fires about the other service.
    assert.deepEqual(
      empty.map((line) => line.split(": ").slice(0, 2).join(": ")),
      ["vigia-service-production-planni-f8d78591: What fires"],
    );
  });

  it("say at a glance what is wrong", async () => {
    const number = async (title: string) => (await shows(exprOf("vigia-home", title))).map(({ value }) => value);
    assert.deepEqual(await number("Pages"), [1]);
    assert.deepEqual(await number("Tickets"), [2]);
    assert.deepEqual(await number("Watchdog"), [0]);
    const rows = await shows(exprOf("vigia-home", "What fires"));
    assert.deepEqual(rows.map(({ metric: { signal, severity }, value }) => [signal, severity, value]).sort(), [
      ["nodes-disk", "ticket", 2],
      ["service-errors", "page", 1],
    ]);
    const mine = await shows(exprOf("vigia-service-shop", "What fires"));
    assert.deepEqual(
      mine.map(({ metric: { signal } }) => signal),
      ["service-errors"],
    );
  });

  it("count what is left of a budget as one would by hand", async () => {
    const counted = async (code: string) => {
      const query = `sum(increase(http_request_duration_seconds_count{service="shop"${code}}[30d]))`;
      return (await queried(server, query)).at(0)?.value ?? Number.NaN;
    };
    const failed = (100 * (await counted(', code=~"5.."'))) / (await counted(""));
    const left = (await queried(server, exprOf("vigia-service-shop", "Error budget"))).map(({ value }) => value);
    assert.ok(failed > 0.1 && failed < 1, `${failed}`);
    assert.deepEqual(
      left.map((value) => value.toFixed(6)),
      [(100 - (100 * failed) / 0.1).toFixed(6)],
    );
  });

  it("count the business by the minute", async () => {
    const panel = panelOf("vigia-home", "Business per minute");
    const [orders] = await shows(panel.targets?.[0]?.expr ?? "");
    assert.ok(orders?.value && orders.value > 5 && orders.value < 20, `${orders?.value}`);
  });

  it("mark a deployment when its pods come, for a few minutes, and no pod that was there before", async () => {
    const marks = boards.flatMap(({ uid, annotations }) =>
      (annotations?.list ?? []).flatMap(({ name, expr }) => (name === "Deployments" && expr ? [{ uid, expr }] : [])),
    );
    assert.equal(marks.length, 3);
    for (const { uid, expr } of marks) {
      const found = await queriedOver(server, expr, { ...day, start: day.start + 600 });
      const came = found.map(({ metric, values }) => [
        metric.owner_name,
        (end - (values[0]?.[0] ?? 0)) / 60,
        values.length,
      ]);
      const expected = uid.includes("production") ? [] : [["shop-84bb16", story.deployed, 5]];
      assert.deepEqual(came, expected, uid);
    }
  });
});

describe("boards of a stack on a real Loki", function () {
  this.timeout(300_000);
  let loki: Logs;
  before(async function () {
    loki = await orSkipped(this, () => startLogs(console.log));
  });
  after(() => loki?.stop());

  const ask = (expr: string, request: string) => loki.ask(filledWith(expr, { request }));
  const exprsOf = (uid: string, type: string) =>
    targetsOf(
      boards.find((board) => board.uid === uid)?.panels.filter((panel) => panel.type === type) ?? [],
      (source) => source === "loki",
    ).map(({ expr }) => expr);
  const linesOf = (found: readonly Found[]) => found.flatMap(({ values }) => values.map(([, line]) => line)).sort();

  it("show the lines of a service, and those of one request where the field says so", async () => {
    const [expr = ""] = exprsOf("vigia-service-shop", "logs");
    assert.deepEqual(linesOf(await ask(expr, "")), [lines[0][1], lines[1][1]]);
    assert.deepEqual(linesOf(await ask(expr, "r-2")), [lines[1][1]]);
  });

  it("show one request in every service, JSON or not, and how many lines each wrote", async () => {
    const [expr = ""] = exprsOf("vigia-requests", "logs");
    assert.deepEqual(linesOf(await ask(expr, "r-1")), [lines[2][1], lines[0][1]]);
    const [rates = ""] = exprsOf("vigia-requests", "timeseries");
    const services = (await ask(rates, "r-1")).map(({ metric }) => metric?.service).sort();
    assert.deepEqual(services, ["production-planning-and-scheduling", "shop"]);
  });

  it("find in each line the request and the service to which it leads", async () => {
    const fields = derivedFields(["shop"]);
    const found = await ask('{service=~".+"}', "");
    const leads = found.map(({ stream = {}, values: [first] }) =>
      fields.flatMap(({ name, matcherType, matcherRegex }) => {
        const pattern = new RegExp(matcherRegex);
        const value =
          matcherType === "label"
            ? Object.entries(stream).find(([label]) => pattern.test(label))?.[1]
            : pattern.exec(first?.[1] ?? "")?.[1];
        return value === undefined ? [] : [`${name}: ${value}`];
      }),
    );
    assert.deepEqual(leads.flat().sort(), [
      "Request in the text: r-1",
      "Request: r-1",
      "Request: r-2",
      "Service: production-planning-and-scheduling",
      "Service: shop",
      "Service: shop",
    ]);
  });
});
