import type { Fate } from "../../infra/signal/mutate.fate";
import type { RuleMutant } from "../../infra/signal/mutate.rule";
import type { RuleTest } from "../../infra/signal/rule.proof";

/** What the rules of a test did wrong, by promtool; undefined where it said nothing of them. */
export type Objections = (test: RuleTest) => readonly string[] | undefined;

const found = (test: RuleTest, objections: Objections): readonly string[] => {
  const wrong = objections(test);
  if (wrong) return wrong;
  throw new Error(`promtool said nothing of ${test.id}: run npm run mutate again`);
};

/** What is wrong with the rules as recorded: then every mutant would seem to be caught. */
export const unproven = (original: RuleTest, objections: Objections): string[] =>
  found(original, objections).map((one) => `${original.id}: ${one}`);

/** What became of the mutants of a signal's rules. */
export const fatesOfRules = (mutants: readonly RuleMutant[], objections: Objections): Fate[] =>
  mutants.map(({ change, lint, equivalent, test }) => ({
    change,
    lint,
    proof: !test || found(test, objections).length > 0,
    ...(equivalent !== undefined && { equivalent }),
  }));
