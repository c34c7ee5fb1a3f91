import { cluster } from "./equivalents/cluster";
import { data } from "./equivalents/data";
import { edge } from "./equivalents/edge";
import { messages } from "./equivalents/messages";
import { network } from "./equivalents/network";
import { objectives } from "./equivalents/objectives";
import { services } from "./equivalents/services";

/** Why a mutant that nothing catches is no hole: signal id, to what was changed, to the reason. */
export type Equivalents = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Mutants that do the same as the alarm itself. Each stands here with the reason why no series could tell the two apart; one that is caught after all, or
 * that no longer exists, is an error. No signal stands in two of the lists.
 */
export const equivalents: Equivalents = {
  ...messages,
  ...edge,
  ...network,
  ...data,
  ...cluster,
  ...services,
  ...objectives,
};
