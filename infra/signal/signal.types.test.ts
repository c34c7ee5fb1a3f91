import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import ts from "typescript";

/** A table of one signal, with what is left out or replaced; and its use at a call site. */
const alarm = 'alarm: { atLeast: "10 minutes", for: "5 minutes", severity: "page", whenMissing: "ok" },';
const proof =
  'proof: { size: {}, bad: [["1 hour for 1 hour"]], fine: [["0 seconds for 1 hour"]], healed: ["0 seconds for 1 hour"] },';
const runbook = 'runbook: { means: "It is late.", check: ["a?", "b?", "c?"], fix: ["Mend it."] },';
const source = 'source: cloudwatch("AWS/SQS", "ApproximateAgeOfOldestMessage", "Maximum", { QueueName: "queue" }),';
const late = `title: "Late", golden: "latency", unit: "seconds", role: "source", ${source} ${alarm} ${proof} ${runbook}`;
const info = `title: "Sent", golden: "traffic", unit: "count", role: "source", ${source} runbook: { means: "Work." },`;

/** The same as a rule of Prometheus, and with an anomaly band. */
const ruleSource = "source: prometheus('up{queue=\"{queue}\"} * {factor}', { factor: () => 2 }),";
const ruleProof =
  'proof: { size: {}, bad: [{ up: ["1 for 1 hour"] }], fine: [{ up: ["0 for 1 hour"] }], healed: { up: ["0 for 1 hour"] } },';
const band =
  'title: "Odd", golden: "traffic", unit: "seconds", role: "source", ' +
  `${source} alarm: { outsideBand: 2, for: "5 minutes", severity: "ticket", whenMissing: "ok" }, ${proof} ${runbook}`;

const table = (signal: string) => `import { type Changes, cloudwatch, prometheus, signals } from "./signal";
const table = signals<"source", "queue", object>()({ "queue-late": { ${signal} }, "queue-sent": { ${info} } });
`;
const call = (changes: string) => `${table(late)}export const changes: Changes<typeof table> = ${changes};`;
const without = (part: string) => {
  assert.ok(late.includes(part), part);
  return late.replace(part, "");
};
const ruled = (alarmed = alarm, from = ruleSource, proven = ruleProof) =>
  `title: "Late", golden: "latency", unit: "seconds", role: "source", ${from} ${alarmed} ${proven} ${runbook}`;
const instead = (part: string, other: string) => {
  assert.ok(late.includes(part), part);
  return late.replace(part, other);
};

const accepted = {
  "a signal with all its parts": `${table(late)}export { table };`,
  "a limit that follows the declared size": `${table(instead('atLeast: "10 minutes"', "atLeast: () => 600"))}export { table };`,
  "another threshold in the signal's unit": call('{ "queue-late": { threshold: "20 minutes" } }'),
  "another severity": call('{ "queue-late": { threshold: "20 minutes", severity: "ticket" } }'),
  "a signal that is off with a reason": call('{ "queue-late": { off: "a drill" } }'),
  "no change at all": call("{}"),
  "a rule of Prometheus": `${table(ruled())}export { table };`,
  "a rule that keeps firing": `${table(ruled(alarm.replace('"ok"', '"keep", keepFiringFor: "1 hour"')))}export { table };`,
  "information from Prometheus": `${table(info.replace(source, ruleSource))}export { table };`,
  "an anomaly band, and another width of it at the call site": `${table(band)}export const changes: Changes<typeof table> = { "queue-late": { threshold: 3 } };`,
  "another threshold of a rule": `${table(ruled())}export const changes: Changes<typeof table> = { "queue-late": { threshold: "1 hour" } };`,
} as const;

/**
 * What is wrong, and what the compiler says of it. Each differs from an accepted text in that one thing, so it is refused for nothing else, even where the
 * compiler blames the parts beside it.
 */
const refused: Readonly<Record<string, readonly [text: string, because: RegExp]>> = {
  "a signal without a unit": [table(without('unit: "seconds",')), /unit/],
  "a signal without a golden signal": [table(without('golden: "latency",')), /golden/],
  "a signal without a runbook": [table(without(runbook)), /runbook/],
  "a signal without a title": [table(without('title: "Late",')), /title/],
  "a signal of a role that the kind has not": [table(instead('role: "source"', 'role: "sink"')), /"sink"/],
  "a signal about a subject that the kind has not": [table(instead('"queue" }', '"topic" }')), /"topic"/],
  "an alarm without a severity": [table(without('severity: "page",')), /severity/],
  "an alarm without a meaning of missing data": [table(without(', whenMissing: "ok"')), /whenMissing/],
  "an alarm without a proof": [table(without(proof)), /is not assignable/],
  "an alarm without a window": [table(without('for: "5 minutes",')), /for/],
  "an alarm without a limit": [table(without('atLeast: "10 minutes",')), /above|atLeast|below|atMost/],
  "an alarm with two limits": [table(instead("atLeast:", 'above: "1 minute", atLeast:')), /type 'undefined'/],
  "a proof without a bad series": [table(without('bad: [["1 hour for 1 hour"]],')), /is not assignable/],
  "a runbook with two checks": [table(instead(', "c?"', "")), /check|Source has 2 element/],
  "a runbook without a fix": [table(without(', fix: ["Mend it."]')), /fix/],
  "an amount of data as a limit of seconds": [table(instead('"10 minutes"', '"20 GiB"')), /20 GiB/],
  "a bare number as a limit of seconds": [table(instead('"10 minutes"', "600")), /number/],
  "a length of time that is misspelt": [table(instead('"10 minutes"', '"10 minuts"')), /10 minuts/],
  "a change of a signal that does not exist": [call('{ "queue-lat": { off: "a drill" } }'), /queue-lat/],
  "a change of information": [call('{ "queue-sent": { off: "a drill" } }'), /queue-sent/],
  "a threshold in another unit at the call site": [call('{ "queue-late": { threshold: "80 %" } }'), /80 %/],
  "a signal that is off without a reason": [call('{ "queue-late": { off: true } }'), /boolean|true/],
  "a signal that is off and has a threshold": [
    call('{ "queue-late": { off: "a drill", threshold: "1 hour" } }'),
    /type 'undefined'/,
  ],
  "a query about a subject that the kind has not": [
    table(ruled(alarm, ruleSource.replace("{queue}", "{topic}"))),
    /"topic"/,
  ],
  "a query about a parameter that nobody computes": [
    table(ruled(alarm, ruleSource.replace(", { factor: () => 2 }", ""))),
    /"factor"/,
  ],
  "M of N in a rule of Prometheus": [
    table(ruled(alarm.replace("for:", "datapoints: 3, for:"))),
    /datapoints|is not assignable/,
  ],
  "an anomaly band in a rule of Prometheus": [
    table(ruled(alarm.replace('atLeast: "10 minutes"', "outsideBand: 2"))),
    /outsideBand|is not assignable/,
  ],
  "a rule that keeps its state for ever": [table(ruled(alarm.replace('"ok"', '"keep"'))), /is not assignable/],
  "a rule without a fine case": [
    table(ruled(alarm, ruleSource, ruleProof.replace('[{ up: ["0 for 1 hour"] }]', "[]"))),
    /is not assignable/,
  ],
  "a rule with the proof of an alarm": [table(ruled(alarm, ruleSource, proof)), /is not assignable/],
  "a band and a limit": [
    table(band.replace("outsideBand: 2,", 'outsideBand: 2, above: "1 hour",')),
    /outsideBand|is not assignable/,
  ],
  "a length of time as the width of a band": [
    `${table(band)}export const changes: Changes<typeof table> = { "queue-late": { threshold: "1 hour" } };`,
    /1 hour|string/,
  ],
  "a severity that does not exist": [call('{ "queue-late": { severity: "critical" } }'), /critical/],
};

/** Compiles all texts in one program, as files beside the types that they use. Returns the messages by file. */
function compile(texts: readonly string[]): readonly (readonly string[])[] {
  const folder = resolve(__dirname);
  const files = new Map(texts.map((text, i) => [join(folder, `snippet-${i}.ts`), text]));
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: [],
    lib: ["lib.es2023.d.ts"],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const text = files.get(file);
    return text === undefined ? getSourceFile(file, ...rest) : ts.createSourceFile(file, text, ts.ScriptTarget.ES2023);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

describe("the compiler", () => {
  let messages: ReadonlyMap<string, readonly string[]>;
  before(() => {
    const texts = [...Object.values(accepted), ...Object.values(refused).map(([text]) => text)];
    const found = compile(texts);
    messages = new Map(texts.map((text, i) => [text, found[i] ?? ["not compiled"]]));
  });

  for (const [what, text] of Object.entries(accepted)) {
    it(`accepts ${what}`, () => {
      assert.deepEqual(messages.get(text), []);
    });
  }

  for (const [what, [text, because]] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      assert.match(messages.get(text)?.join("\n") ?? "", because);
    });
  }
});
