import { defineKind } from "../signal/kind";
import { objectiveSignals } from "./objective.signals";
import type { ObjectiveSize, ObjectiveSubject } from "./objective.size";

/** Objectives of services as the catalogue knows them. No type of resource is one: it is promised of a resource that another kind knows. */
export const objectiveKind = defineKind<"service", ObjectiveSubject, ObjectiveSize>({
  name: "objective",
  types: [],
  signals: objectiveSignals,
  nameOf: {},
  roleOf: () => "service",
  // Nobody promised anything of what was not declared.
  sizeOf: () => ({ scraped: false, answered: 99, inTime: 99, acceptable: 1, days: 30 }),
  costs: () => [],
});
