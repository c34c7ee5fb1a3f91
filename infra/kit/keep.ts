import type { CustomResourceOptions } from "@pulumi/pulumi";

/**
 * Options of a resource whose data cannot be made again: the engine refuses to delete or replace it, in a preview already, and what leaves the program
 * stays in the account. Given to the resource itself and not to its component, whose alarms may come and go.
 * @param keep false only while somebody means to delete or replace it
 */
export const kept = (keep: boolean): Pick<CustomResourceOptions, "protect" | "retainOnDelete"> =>
  keep ? { protect: true, retainOnDelete: true } : {};
