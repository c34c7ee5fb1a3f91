import type { StackValidationPolicy } from "@pulumi/policy";

/** A rule of the pack. Its level is the pack's to set. */
export type Rule = Omit<StackValidationPolicy, "enforcementLevel">;
