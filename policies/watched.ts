import { writeFileSync } from "node:fs";
import { catalogue } from "../infra/signal/catalogue";
import { coverageOf } from "../infra/signal/coverage";
import type { Rule } from "./rule";

/** Where a preview wants to have the coverage that this rule finds; nothing is written without it. */
const coverageFile = process.env.VIGIA_COVERAGE_FILE;

const describe = ({ id, title }: { id: string; title: string }) => `${id} (${title.toLowerCase()})`;

/** Nothing is provisioned without being watched. */
export const watched: Rule = {
  name: "watched",
  description: "Each resource of a watched kind is the subject of every signal that applies to it.",
  severity: "high",
  remediationSteps:
    "Make the resource with its component, or watch an existing one (watchQueue(name, queue, options)); switch a signal off at the call site with a reason in words.",
  find(graph) {
    const coverage = coverageOf(graph, catalogue);
    if (coverageFile) writeFileSync(coverageFile, JSON.stringify(coverage));
    return [
      ...coverage.rows
        .filter(({ missing }) => missing.length > 0)
        .map(({ name, kind, role, missing, urn }) => ({
          urn,
          message: `${kind} "${name}" (${role}) has no alarm for ${missing.map(describe).join(", ")}. Watch it, or switch the signal off with a reason: changes: { "${missing[0]?.id}": { off: "why" } }`,
        })),
      ...coverage.unknown.map(({ name, type, namespace, urn }) => ({
        urn,
        message: `"${name}" is of type ${type}, whose service publishes metrics (${namespace}) that no kind of the catalogue knows. Add a kind for it, or exempt the type in the catalogue with a reason`,
      })),
    ];
  },
};
