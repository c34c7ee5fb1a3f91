import { mostEquivalents, namedOneByOne, type Score, share } from "./score";
import type { Tally } from "./score.signal";

const cells = ({ mutants, lint, proof, caught, equivalent, survived }: Tally): string =>
  [mutants, lint, proof, caught, equivalent, survived].join(" | ");

const code = (text: string): string => `\`${text.replaceAll("|", "\\|")}\``;

/** What of the mutants that can fire was caught, in percent. */
export const caughtShare = ({ mutants, caught, equivalent }: Tally): number => share(caught, mutants - equivalent);

/** The score in Markdown: the same for the same score. */
export function mutationPage(score: Score): string {
  const { signals } = score;
  const rows = signals.map((signal) => `| ${signal.id} | ${signal.backend} | ${cells(signal)} |`);
  const named = signals.flatMap(({ id, equivalents }) =>
    equivalents.map(({ change, reason }) => `| ${id} | ${code(change)} | ${reason} |`),
  );
  const oneByOne = namedOneByOne(signals);
  const byRule = score.equivalent - oneByOne;
  const survivors = signals.flatMap(({ id, survivors }) => survivors.map((change) => `- ${id}: ${code(change)}`));
  return `# Mutation score

${caughtShare(score)} % of the mutants that differ from their alarm or rule are caught: ${score.caught} of ${score.mutants - score.equivalent}. Written by \`npm run mutate\`.

Each alarm is made from its record at the size of its proof, and changed in one thing: threshold (one smallest step either way, twice, half), comparison, meaning
of missing data, window (M and N), period, operators, numbers, ids and filled gaps of metric math, and of each metric the statistic, dimensions, unit
filter, name and namespace. The proof stays that of the original record. A mutant is caught when lint or that proof objects; many are caught by both.

The rules of a signal of Prometheus are changed in threshold, comparison, \`for\`, \`keep_firing_for\`, the alert for missing data, and in their query: aggregation,
grouping, functions, operators, numbers, ranges, metrics, and of each matcher the label, value, operator and alternatives. promtool runs them all. Evaluations are
the smallest step of \`for\`; ranges and \`keep_firing_for\` are doubled and halved.

What is not tried: another metric that the namespace really publishes under the same dimensions. A proof's series belong to whatever metric the record names, so
only a reader, a drill or a deployed stack can tell.

| signal | backend | mutants | by lint | by proof | caught | equivalent | survived |
|---|---|---|---|---|---|---|---|
${rows.join("\n")}
| **all** | | ${cells(score)} |

## Equivalent mutants

They do what the alarm does, so nothing can catch them. At most ${mostEquivalents} % may be named; these are ${share(oneByOne, score.mutants)} %.${byRule > 0 ? ` Not counted there: ${byRule} that follow from what the signal is, whoever wrote it.` : ""}

| signal | change | why |
|---|---|---|
${named.join("\n")}

## Survivors

${survivors.length > 0 ? survivors.join("\n") : "None."}
`;
}
