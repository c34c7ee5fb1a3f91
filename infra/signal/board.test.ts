import assert from "node:assert/strict";
import { buildSync } from "esbuild";
import { boardText } from "./board";
import { options, panelFor, panelsOf, read, stepsOf } from "./board.reader";
import { catalogue } from "./catalogue";
import { readInsights } from "./insights";
import { metricOf } from "./metrics";

for (const kind of catalogue.kinds) {
  describe(`the dashboard of the kind ${kind.name}`, () => {
    it("has each signal exactly once, with its title and what it means", () => {
      for (const { id, title } of kind.signals) {
        const panel = panelFor(kind, id);
        assert.equal(panel.title, title);
        assert.ok(panel.description.includes(`[Runbook](\${runbooks:raw}/${id}.md)`));
      }
      assert.equal(panelsOf(kind).length, kind.signals.length);
    });

    it("asks for metrics that exist, by dimensions under which they are published", () => {
      for (const { title, targets } of panelsOf(kind)) {
        for (const { namespace = "", metricName = "", dimensions = {}, expression, sqlExpression } of targets) {
          if (expression !== "") continue;
          const selected = sqlExpression === undefined ? undefined : readInsights(sqlExpression);
          assert.equal(selected === undefined, sqlExpression === undefined, `${title}: ${sqlExpression}`);
          const metric = metricOf(selected?.namespace ?? namespace, selected?.metric ?? metricName);
          assert.ok(metric, `${title}: ${namespace} ${metricName}`);
          if (metric.dimensions) {
            const names = [...Object.keys(selected?.dimensions ?? dimensions), ...(selected?.across ?? [])];
            const asked = names.sort().join();
            assert.ok(
              metric.dimensions.some((set) => [...set].sort().join() === asked),
              `${title}: ${asked}`,
            );
          }
        }
      }
    });

    it("draws the line of an alarm whose limit is one number, and no other", () => {
      for (const { id, alarm } of kind.charts()) {
        const [base, line, ...others] = stepsOf(panelFor(kind, id));
        assert.deepEqual(base, { value: null, color: "transparent" });
        assert.deepEqual(others, []);
        const drawn = alarm && !alarm.sized && !alarm.band;
        assert.deepEqual(
          line,
          drawn ? { value: alarm.limit, color: alarm.severity === "page" ? "red" : "orange" } : undefined,
          id,
        );
      }
    });

    it("knows every variable that it names", () => {
      const text = boardText(kind, options);
      const known = new Set(read(kind).templating.list.map(({ name }) => name));
      const named = [...text.matchAll(/\$\{(\w+)(?::\w+)?\}/g)].map(([, name = ""]) => name);
      assert.ok(named.length > 0);
      assert.deepEqual(
        [...new Set(named)].filter((name) => !known.has(name)),
        [],
      );
      assert.equal(known.size, read(kind).templating.list.length);
    });

    it("gives no panel more than 100 queries, and no two panels one id", () => {
      const { panels } = read(kind);
      assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
      for (const panel of panels) if (panel.type === "timeseries") assert.ok(panel.targets.length <= 100);
    });

    it("fills a grid of 24 columns in which nothing overlaps", () => {
      const taken = new Set<string>();
      for (const {
        gridPos: { x, y, w, h },
      } of read(kind).panels) {
        assert.ok(x + w <= 24);
        for (let column = x; column < x + w; column++)
          for (let line = y; line < y + h; line++) {
            assert.ok(!taken.has(`${column},${line}`), `${column},${line}`);
            taken.add(`${column},${line}`);
          }
      }
      assert.equal(taken.size % 24, 0);
    });
  });
}

describe("panels of queues", () => {
  const queue = catalogue.kindOf("aws:sqs/queue:Queue");
  assert.ok(queue);
  const lines: readonly (readonly [string, string, number | undefined, string | undefined])[] = [
    ["queue-silent", "short", 0, "red"],
    ["queue-in-flight", "short", 96_000, "orange"],
    ["queue-dead-letters", "short", 0, "red"],
    ["queue-dead-letters-expiring", "s", undefined, undefined],
    ["queue-oldest-message", "s", undefined, undefined],
    ["queue-growing-backlog", "short", 0, "orange"],
    ["queue-message-size", "bytes", undefined, undefined],
  ];
  for (const [id, unit, limit, colour] of lines) {
    it(`${id} is in ${unit} with ${limit === undefined ? "no line" : `a line of ${colour} at ${limit}`}`, () => {
      const panel = panelFor(queue, id);
      assert.equal(panel.fieldConfig.defaults.unit, unit);
      assert.deepEqual([stepsOf(panel)[1]?.value, stepsOf(panel)[1]?.color], [limit, colour]);
    });
  }

  it("choose dead-letter queues apart from the queues that services read", () => {
    const pattern = (name: string) => {
      const variable = read(queue).templating.list.find((one) => one.name === name);
      const [, source = "", flags] = /^\/(.*)\/(\w*)$/.exec(String(variable?.regex)) ?? [];
      return new RegExp(source, flags);
    };
    for (const name of ["orders-dead-letters-1a2b3c4", "orders-DLQ", "deadLetterQueue.fifo"]) {
      assert.match(name, pattern("queue_deadLetters"));
      assert.doesNotMatch(name, pattern("queue_source"));
    }
    for (const name of ["orders-1a2b3c4", "production-1a2b3c4.fifo"]) {
      assert.match(name, pattern("queue_source"));
      assert.doesNotMatch(name, pattern("queue_deadLetters"));
    }
  });
});

describe("Grafana's library", () => {
  it("is loaded neither by the program nor by the policy pack nor by the command line", () => {
    const { metafile } = buildSync({
      entryPoints: ["stacks/index.ts", "policies/index.ts", "tools/cli.ts"],
      absWorkingDir: `${__dirname}/../..`,
      outdir: "unused",
      bundle: true,
      write: false,
      metafile: true,
      packages: "external",
      platform: "node",
      logLevel: "silent",
    });
    const packages = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
    assert.ok(packages.some((path) => path.startsWith("@pulumi/")));
    assert.deepEqual(
      packages.filter((path) => path.startsWith("@grafana/")),
      [],
    );
  });
});
