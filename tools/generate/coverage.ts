import type { Catalogue } from "../../infra/signal/catalogue";
import type { Kind, SignalInfo } from "../../infra/signal/kind";
import type { Golden } from "../../infra/signal/signal";
import { lookupIn } from "../preview/proofs";

/** The order of rows on a dashboard and of columns in a report. */
const order: readonly Golden[] = ["availability", "saturation", "errors", "latency", "traffic"];

const proofOf = (info: SignalInfo, proofs: readonly string[]) =>
  info.severity === undefined ? "information, no alarm" : `${proofs.join(", ")}${info.band ? " (band assumed)" : ""}`;

function table({ name, signals, types }: Kind, proofsOf: (id: string) => readonly string[]): string {
  const rows = order.flatMap((golden) =>
    signals
      .filter((info) => info.golden === golden)
      .map((info) => {
        const proof = proofOf(info, proofsOf(info.id));
        return `| ${golden} | [${info.id}](runbooks/${info.id}.md) | ${info.role} | ${info.unit} | ${info.backend} | ${info.severity ?? ""} | ${proof} |`;
      }),
  );
  const head = [
    "| golden signal | signal | role | unit | backend | severity | proof |",
    "|---|---|---|---|---|---|---|",
  ];
  return [`## ${name}`, "", `Watches ${types.map((type) => `\`${type}\``).join(", ")}.`, "", ...head, ...rows].join(
    "\n",
  );
}

/**
 * The page of everything that is watched, and how far each alarm is proven, in Markdown.
 * @param records folder with the records of what is proven: the project, where it is left out
 */
export function coveragePage(catalogue: Catalogue, records?: string): string {
  const { proofsOf } = lookupIn(catalogue, records);
  const exempt = Object.entries(catalogue.exempt).map(([type, { reason }]) => `| \`${type}\` | ${reason} |`);
  return `# What is watched

Each signal with what it tells, where it is evaluated, and how far its alarm is proven: \`lint\` against the metric catalogue, \`evaluated\` on the series of its
proof, \`drilled\` on real software.

${catalogue.kinds.map((kind) => table(kind, proofsOf)).join("\n\n")}

## Types that need no signal

| type | reason |
|---|---|
${exempt.join("\n")}
`;
}
