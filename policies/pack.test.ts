import assert from "node:assert/strict";
import * as actionable from "./programs/actionable";
import { actionableCases } from "./programs/actionable.cases";
import * as backedUp from "./programs/backed-up";
import { backedUpCases } from "./programs/backed-up.cases";
import * as deadLetters from "./programs/dead-letters";
import { deadLettersCases } from "./programs/dead-letters.cases";
import * as logsKept from "./programs/logs-kept";
import { logsKeptCases } from "./programs/logs-kept.cases";
import * as metricFits from "./programs/metric-fits";
import { metricFitsCases } from "./programs/metric-fits.cases";
import { waiversCases } from "./programs/waivers.cases";
import * as watched from "./programs/watched";
import { watchedCases } from "./programs/watched.cases";
import { judge, type Runs } from "./testing";

const programs = [watched, deadLetters, actionable, metricFits, backedUp, logsKept];
const rules = ["watched", "dead-letters", "actionable", "metric-fits", "backed-up", "logs-kept"];

const passes = () => {
  for (const program of programs) program.passes();
};
const fails = () => {
  for (const program of programs) program.fails();
};

for (const when of ["preview", "update"] as const) {
  describe(`the pack, in ${when === "preview" ? "a preview with unknown values" : "an update"}`, () => {
    let runs: Runs;
    before(async () => {
      runs = { good: await judge(when, passes), bad: await judge(when, fails) };
    });
    const shared = () => runs;

    it("lets a program through that keeps all rules", () => {
      const { violations, failed } = runs.good;
      assert.deepEqual(
        violations.filter(({ level }) => level === "mandatory"),
        [],
      );
      assert.equal(failed, false);
    });

    it("stops a program that breaks them, by mandatory violations of every rule", () => {
      assert.equal(runs.bad.failed, true);
      const levels = new Set(runs.bad.violations.map(({ policy, level }) => `${policy} ${level}`));
      assert.deepEqual([...levels].sort(), [...rules.map((rule) => `${rule} mandatory`), "notes advisory"].sort());
    });

    watchedCases(shared);
    deadLettersCases(shared);
    actionableCases(shared);
    metricFitsCases(shared);
    backedUpCases(shared);
    logsKeptCases(shared);
    waiversCases(shared);
  });
}
