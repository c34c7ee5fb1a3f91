import assert from "node:assert/strict";
import { matrixOf, proofCounts } from "./matrix";
import { reportOf } from "./report";
import { alarm, coverageWith, info, input, queueType, resource, row, run, urnOf } from "./testing";

const watchedRow = row("orders", {
  signals: [
    { info: info("queue-oldest-message"), alarm: { urn: alarm("a").urn, match: "dependency" } },
    { info: info("queue-sent", { golden: "traffic", severity: undefined }) },
    {
      info: info("queue-in-flight", { golden: "saturation" }),
      alarm: { urn: alarm("b").urn, match: "name" },
      change: { severity: "ticket" },
    },
  ],
  missing: [info("queue-growing-backlog")],
  off: [{ id: "queue-silent", reason: "no steady traffic" }],
  notApplicable: [{ id: "queue-duplicates", reason: "only a FIFO queue removes duplicates" }],
});

describe("the report", () => {
  it("holds the coverage of a resource by signal, with the proof reached", () => {
    const asked: string[] = [];
    const report = reportOf(
      input({
        coverage: coverageWith([watchedRow]),
        proofsOf: (id, change) => {
          asked.push(`${id} ${JSON.stringify(change ?? null)}`);
          return id === "queue-in-flight" ? ["lint"] : ["lint", "evaluated"];
        },
        goldenOf: (id) => (id === "queue-silent" ? "availability" : "latency"),
      }),
    );
    assert.deepEqual(report.coverage, [
      {
        urn: urnOf(queueType, "orders"),
        type: queueType,
        name: "orders",
        kind: "queue",
        role: "source",
        signals: [
          {
            id: "queue-oldest-message",
            golden: "latency",
            backend: "cloudwatch",
            proof: ["lint", "evaluated"],
            match: "dependency",
          },
          { id: "queue-sent", golden: "traffic", backend: "cloudwatch", proof: [] },
          { id: "queue-in-flight", golden: "saturation", backend: "cloudwatch", proof: ["lint"], match: "name" },
        ],
        missing: ["queue-growing-backlog"],
        off: [{ id: "queue-silent", reason: "no steady traffic" }],
        notApplicable: [{ id: "queue-duplicates", reason: "only a FIFO queue removes duplicates" }],
        watching: 0,
        columns: { "queue-growing-backlog": "latency", "queue-silent": "availability" },
      },
    ]);
    assert.deepEqual(asked, ["queue-oldest-message null", 'queue-in-flight {"severity":"ticket"}']);
  });

  it("counts what stands, what is proven and what is missing", () => {
    const report = reportOf(
      input({ coverage: coverageWith([watchedRow, row("key", { kind: "exempt", exempt: "publishes nothing" })]) }),
    );
    assert.deepEqual(proofCounts(report), {
      signals: 3,
      alarms: 2,
      lint: 2,
      evaluated: 2,
      drilled: 0,
      bands: 0,
      missing: 1,
      watched: 1,
    });
    assert.deepEqual(
      report.coverage.map(({ exempt }) => exempt),
      ["publishes nothing", undefined],
    );
    assert.deepEqual(
      matrixOf(report).map(({ label }) => label),
      ["orders"],
    );
  });

  it("is exactly what JSON can carry", () => {
    const report = reportOf(
      input({ coverage: coverageWith([watchedRow]), run: run([alarm("a"), resource(queueType, "orders")]) }),
    );
    assert.deepEqual(JSON.parse(JSON.stringify(report)), report);
  });

  it("does not depend on the order in which the engine came to the resources", () => {
    const resources = ["b", "a", "d", "c"].map((name) => alarm(name));
    const rows = ["b", "a"].map((name) =>
      row(name, { costs: [{ item: "requests" }, { item: "key", price: "kms.key", quantity: 1 }] }),
    );
    const violations = resources.map(({ urn }, i) => {
      const level = i % 2 === 0 ? ("advisory" as const) : ("mandatory" as const);
      return { policy: "watched", level, severity: "", urn, message: "" };
    });
    const one = reportOf(input({ run: run(resources, { violations }), coverage: coverageWith(rows) }));
    const reversed = run([...resources].reverse(), { violations: [...violations].reverse() });
    assert.deepEqual(reportOf(input({ run: reversed, coverage: coverageWith([...rows].reverse()) })), one);
    assert.equal(one.violations[0]?.level, "mandatory");
  });

  it("is fine without violation and failure, with advice too", () => {
    assert.equal(reportOf(input()).ok, true);
    const advice = [{ policy: "watched", level: "advisory" as const, severity: "", message: "better so" }];
    assert.equal(reportOf(input({ run: run([], { violations: advice }) })).ok, true);
  });

  it("is not fine with a mandatory violation, whose URN is the stack's when the rule named none", () => {
    const violations = [{ policy: "watched", level: "mandatory" as const, severity: "high", message: "no alarm" }];
    const stack = resource("pulumi:pulumi:Stack", "vigia-dev");
    const diagnostics = [{ severity: "error" as const, message: "preview failed" }];
    for (const cause of [
      { kind: "policy", message: "1 rule" },
      { kind: "program", message: "preview failed" },
    ] as const) {
      const report = reportOf(input({ run: run([stack], { violations, diagnostics, failed: true, cause }) }));
      assert.equal(report.ok, false);
      assert.equal(report.failure, undefined);
      assert.deepEqual(report.diagnostics, []);
      assert.deepEqual(report.violations, [
        { policy: "watched", level: "mandatory", urn: stack.urn, message: "no alarm" },
      ]);
    }
  });

  it("is not fine with a mandatory violation, even where the engine went on", () => {
    const violations = [{ policy: "watched", level: "mandatory" as const, severity: "", message: "no alarm" }];
    assert.equal(reportOf(input({ run: run([], { violations }) })).ok, false);
  });

  it("is not fine when the run failed, gives the reason once, and says that the coverage is not known", () => {
    const message = "Pulumi.dev.yaml has 1 mistake:\n  vigia:queus";
    const failed = run([], {
      failed: true,
      cause: { kind: "program", message },
      diagnostics: [{ severity: "error", message }],
    });
    const report = reportOf(input({ run: failed, coverage: undefined }));
    assert.equal(report.ok, false);
    assert.equal(report.failure, message);
    assert.deepEqual(report.diagnostics, []);
    assert.match(report.notes.join(" "), /coverage, verdicts and bill are not known/);
    assert.equal(report.partial, true);
    assert.equal(report.bill.notPriced.length, 1);
  });

  it("says stand-in exactly when it is one", () => {
    assert.match(reportOf(input()).notes.join(" "), /stand-in/);
    assert.deepEqual(reportOf(input({ engine: { version: "3.250.0", provider: "aws" } })).notes, []);
  });

  it("refuses a stack whose monitoring costs more than its settings allow, and says by how much", () => {
    const alarms = ["a", "b", "c"].map((name) => alarm(name));
    const over = reportOf(input({ run: run(alarms, { outputs: { monitoringBudget: 0.29 } }) }));
    assert.equal(over.ok, false);
    assert.deepEqual(
      over.violations.map(({ policy, level, message }) => ({ policy, level, message })),
      [
        {
          policy: "budget",
          level: "mandatory",
          message:
            "the monitoring costs 0.3 USD a month, and vigia:budget.monitoring allows 0.29: switch signals off where they are not needed, or raise the budget",
        },
      ],
    );
    assert.equal(reportOf(input({ run: run(alarms, { outputs: { monitoringBudget: 0.3 } }) })).ok, true);
    assert.equal(reportOf(input({ run: run(alarms) })).ok, true);
  });
});
