import assert from "node:assert/strict";
import { plain } from "../preview/text";
import { type Candidate, candidates } from "./candidates";
import { reportOf, terminalReport } from "./report";

const all = candidates({ register: "", preview: "", cdk: "", pack: "" });
const candidate = (id: string): Candidate => {
  const found = all.find((one) => one.id === id);
  assert.ok(found, id);
  return found;
};

const about = {
  date: "2026-11-21T10:00:00.000Z",
  machine: { processor: "Example 1", cores: 2, memory: 24 * 2 ** 30, system: "Linux 6", node: "20.20.2", load: 0.25 },
  versions: { "@pulumi/pulumi": "3.248.0" },
  queues: 1_000,
  rounds: 1,
};

const results = [
  { candidate: candidate("register-plain"), runs: [{ wall: 10, cpu: 12, memory: 1_000 * 2 ** 20 }] },
  { candidate: candidate("register-vigia"), runs: [{ wall: 8, cpu: 9, memory: 500 * 2 ** 20 }] },
];

const told = (most: number) => reportOf(results, [{ of: "register-vigia", to: "register-plain", most }], about);

describe("the report of the bench", () => {
  it("says whether an aim was met, by the time on the clock", () => {
    const [met, missed] = [told(0.8).comparisons[0], told(0.79).comparisons[0]];
    assert.deepEqual([met?.ratio.wall.median, met?.met, missed?.met], [0.8, true, false]);
    assert.match(terminalReport(told(0.8), plain), /at most 0\.8: met/);
    assert.match(terminalReport(told(0.79), plain), /at most 0\.79: missed/);
  });

  it("leaves out what was not measured", () => {
    assert.deepEqual(reportOf(results, [{ of: "preview-vigia", to: "preview-plain" }], about).comparisons, []);
  });

  it("shows seconds and mebibytes, and the machine that they are from", () => {
    const text = terminalReport(told(1), plain);
    assert.match(text, /1000 queues.*1 rounds?/);
    assert.match(text, /2026-11-21, Node 20\.20\.2, 2 cores of Example 1, 24 GiB, load before 0\.3/);
    assert.match(text, /register: Vigia +8\.0 \(8\.0–8\.0\) +9\.0 \(9\.0–9\.0\) +500 \(500–500\)/);
  });
});
