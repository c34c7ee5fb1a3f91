import { defineKind } from "../signal/kind";
import {
  type TargetGroupRole,
  type TargetGroupSize,
  type TargetGroupSubject,
  targetGroupSignals,
} from "./target-group.signals";

/** Target groups as the catalogue knows them, ours and those of any other program. */
export const targetGroupKind = defineKind<TargetGroupRole, TargetGroupSubject, TargetGroupSize>({
  name: "target-group",
  types: ["aws:lb/targetGroup:TargetGroup", "aws:alb/targetGroup:TargetGroup"],
  signals: targetGroupSignals,
  nameOf: {},
  // A function as target has no protocol, and publishes no hosts.
  roleOf: ({ known }) => (known.protocol === "HTTP" || known.protocol === "HTTPS" ? "application" : "other"),
  sizeOf: ({ known }) => ({ targets: 1, acceptable: 0, tls: known.protocol === "HTTPS" }),
  costs: () => [],
});
