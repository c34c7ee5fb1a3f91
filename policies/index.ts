import { join } from "node:path";
import { PolicyPack, type StackValidationPolicy } from "@pulumi/policy";
import { actionable } from "./actionable";
import { Analyses, type Pardon } from "./analysis";
import { backedUp } from "./backed-up";
import { deadLetters } from "./dead-letters";
import { logsKept } from "./logs-kept";
import { metricFits } from "./metric-fits";
import { notesOn } from "./notes";
import type { Rule } from "./rule";
import { today, waiversIn } from "./waivers";
import { watched } from "./watched";

const names = [watched, deadLetters, actionable, metricFits, backedUp, logsKept].map(({ name }) => name);
/** The pack runs from its folder dist; VIGIA_WAIVERS names another file. */
const waiversFile = process.env.VIGIA_WAIVERS || join(__dirname, "..", "waivers.yaml");
const pardon: Pardon = { waivers: waiversIn(waiversFile, names), today: today() };
const analyses = new Analyses(pardon);

/** A rule as the engine takes it. */
function mandatory<Config extends object>(rule: Rule<Config>): StackValidationPolicy {
  const { find: _, ...about } = rule;
  return {
    ...about,
    enforcementLevel: "mandatory",
    validateStack: ({ resources, getConfig }, report) => {
      const { broken } = analyses.for(rule.name, resources).run(rule, getConfig<Config>());
      for (const { message, urn } of broken) report(message, urn);
    },
  };
}

/** Stands last: it tells what the others found. */
const notes: StackValidationPolicy = {
  name: "notes",
  description: "What the other rules found that stops nothing: waived violations, waivers left over, and warnings.",
  severity: "low",
  enforcementLevel: "advisory",
  validateStack: ({ resources }, report) => {
    const analysis = analyses.end(resources);
    if (!analysis) return;
    for (const { message, urn } of notesOn(analysis.judgements, pardon)) report(message, urn);
  },
};

new PolicyPack("vigia", {
  policies: [
    mandatory(watched),
    mandatory(deadLetters),
    mandatory(actionable),
    mandatory(metricFits),
    mandatory(backedUp),
    mandatory(logsKept),
    notes,
  ],
});
