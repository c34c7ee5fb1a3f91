import { forgotten } from "../infra/recovery/forgotten";
import { backupTag, reasonTag } from "../infra/recovery/tags";
import type { Rule } from "./rule";

/** Nothing that keeps data is forgotten by the backup plans, which choose by tag. */
export const backedUp: Rule = {
  name: "backed-up",
  description:
    "Each resource that keeps data and that AWS Backup can take names its backup plan, or says why it needs none.",
  severity: "high",
  remediationSteps: `Tag it "${backupTag}" with the name of a plan, or "none" together with "${reasonTag}".`,
  find: (graph) => forgotten(graph).map(({ urn, name, type, why }) => ({ urn, message: `"${name}" (${type}) ${why}` })),
};
