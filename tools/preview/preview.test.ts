import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Queue as SqsQueue } from "@pulumi/aws/sqs/queue.js";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { Queue } from "../../infra/queue/queue";
import { buildPack } from "../build.cjs";
import { preview } from "./preview";
import { rehearse } from "./rehearse";
import type { PreviewReport } from "./report";

const topic = "arn:aws:sns:eu-central-1:123456789012:page";
const watcher = { actions: { page: [topic], ticket: [topic] }, runbooks: "https://example.com/runbooks" };

/** A queue that is watched, with one signal off; its dead-letter queue is protected. */
const watched: PulumiFn = async () => {
  new Queue(
    "orders",
    {
      oldestMessage: "10 minutes",
      messagesPerDay: 10_000,
      changes: { "queue-in-flight": { off: "one consumer" } },
      watcher,
    },
    { protect: true },
  );
};
const unwatched: PulumiFn = async () => {
  new SqsQueue("bare", {});
};
const broken: PulumiFn = async () => {
  throw new RangeError("orders: retention must be 60 seconds to 14 days");
};

/** A project of its own in a temporary folder, and what a command said in it. */
function projectOf(program: PulumiFn, settings = "config:\n  aws:region: eu-central-1\n") {
  const folder = mkdtempSync(join(tmpdir(), "vigia-project-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: vigia\nruntime: nodejs\n");
  writeFileSync(join(folder, "Pulumi.dev.yaml"), settings);
  const said = { out: "", error: "" };
  const io = {
    out: (text: string) => {
      said.out += text;
    },
    error: (text: string) => {
      said.error += text;
    },
    colours: false,
  };
  const project = { folder, program, pack: () => buildPack() };
  return {
    said,
    preview: (...argv: string[]) => preview(argv, io, project),
    rehearse: (...argv: string[]) => rehearse(argv, io, project),
    has: (file: string) => existsSync(join(folder, file)),
    read: (file: string) => readFileSync(join(folder, file), "utf8"),
    report: () => JSON.parse(readFileSync(join(folder, "out/dev/preview.json"), "utf8")) as PreviewReport,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

describe("the command preview", () => {
  const opened: ReturnType<typeof projectOf>[] = [];
  const open = (...args: Parameters<typeof projectOf>) => {
    const project = projectOf(...args);
    opened.push(project);
    return project;
  };
  after(() => {
    for (const project of opened) project.remove();
  });

  it("reports a stack in which all is watched, and ends with 0", async () => {
    const project = open(watched);
    assert.equal(await project.preview(), 0, project.said.out + project.said.error);
    const { ok, stack, engine, coverage, bill, violations, resources, durationMs } = project.report();
    assert.deepEqual({ ok, stack, violations }, { ok: true, stack: "dev", violations: [] });
    assert.match(engine.version, /^3\.\d+\.\d+$/);
    assert.match(engine.provider, /stand-in/);
    assert.ok(durationMs > 0);
    const queue = coverage.find(({ name }) => name === "orders");
    assert.equal(queue?.kind, "queue");
    assert.deepEqual(queue?.off, [{ id: "queue-in-flight", reason: "one consumer" }]);
    assert.deepEqual(queue?.missing, []);
    const oldest = queue?.signals.find(({ id }) => id === "queue-oldest-message");
    assert.deepEqual(oldest, {
      id: "queue-oldest-message",
      golden: "latency",
      backend: "cloudwatch",
      proof: ["lint", "evaluated"],
      match: "dependency",
    });
    const alarms = resources.filter(({ type }) => type === "aws:cloudwatch/metricAlarm:MetricAlarm");
    assert.deepEqual(
      bill.lines.find(({ section }) => section === "monitoring")?.urns,
      alarms.map(({ urn }) => urn),
    );
    assert.match(project.said.out, /\nok: dev: \d+ to create; 0 signals missing; /);
    assert.match(project.read("out/dev/preview.md"), /^## ✅ Preview of dev/);
    assert.equal(process.env.VIGIA_COVERAGE_FILE, undefined);
  });

  it("refuses a stack in which something is unwatched, says the way out, and ends with 1", async () => {
    const project = open(unwatched);
    assert.equal(await project.preview("dev"), 1);
    const { ok, violations, coverage, failure } = project.report();
    assert.equal(ok, false);
    assert.equal(failure, undefined);
    assert.deepEqual(
      violations.map(({ policy, level, urn }) => [policy, level, urn.split("::").pop()]),
      [
        ["dead-letters", "mandatory", "bare"],
        ["watched", "mandatory", "bare"],
      ],
    );
    assert.ok(coverage[0]?.missing.includes("queue-oldest-message"));
    assert.match(
      project.said.out,
      /mandatory: watched: bare\n +queue "bare" \(source\) has no alarm for queue-in-flight/,
    );
    assert.match(project.said.out, /or switch the signal off with a reason/);
    assert.match(project.said.out, /\nrefused: dev: /);
  });

  it("reports a program that fails, with its error, and ends with 1", async () => {
    const project = open(broken);
    assert.equal(await project.preview(), 1);
    const { ok, failure, partial, coverage } = project.report();
    assert.deepEqual({ ok, partial, coverage }, { ok: false, partial: true, coverage: [] });
    assert.match(failure ?? "", /orders: retention must be 60 seconds to 14 days/);
    assert.match(project.said.out, /The run failed\n.*retention must be/);
    assert.match(project.read("out/dev/preview.md"), /retention must be/);
  });

  it("reports a setting that nobody can read before the engine starts, and ends with 1", async () => {
    const project = open(watched, "config:\n  aws:region: eu-central-1\n  vigia:token:\n    secure: v1:abc\n");
    assert.equal(await project.preview(), 1);
    assert.match(project.report().failure ?? "", /vigia:token is an encrypted value/);
    assert.equal(await project.rehearse(), 1);
    assert.match(project.said.error, /vigia:token is an encrypted value/);
  });

  it("takes a wrong command line for what it is: one line, nothing written, 2", async () => {
    const project = open(watched);
    assert.equal(await project.preview("staging"), 2);
    assert.match(project.said.error, /^there is no stack "staging"; usage: .*; stacks: dev\n$/);
    assert.equal(project.said.out, "");
    assert.equal(project.has("out"), false);
  });

  it("has a rehearsal that walks a stack with protected resources to its end, and keeps its state", async () => {
    const project = open(watched);
    assert.equal(await project.rehearse("dev"), 0, project.said.out);
    const state = JSON.parse(project.read("out/dev/state.json")) as {
      version: number;
      deployment: { resources: { type: string }[] };
    };
    assert.equal(state.version, 3);
    assert.equal(state.deployment.resources.filter(({ type }) => type === "aws:sqs/queue:Queue").length, 2);
    assert.match(project.said.out, /ok +unprotect +\d+ resources lost protection/);
    assert.match(project.said.out, /ok +destroy +\d+ deleted/);
    assert.match(project.said.out, /\nok: dev: 10 steps in /);
  });
});
