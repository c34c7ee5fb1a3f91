/** Why a mutant that nothing catches is no hole: signal id, to what was changed, to the reason. */
export type Equivalents = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Mutants that do the same as the alarm itself. Each stands here with the reason why no series could tell the two apart; one that is caught after all, or
 * that no longer exists, is an error.
 */
export const equivalents: Equivalents = {
  "queue-dead-letters": {
    "value: statistic Maximum -> Average":
      "a number of messages is never negative, so the average is above 0 just when the maximum is",
  },
  "queue-growing-backlog": {
    "expression -> IF(waiting > 1042, sent - deleted, (-1))":
      "only values above 0 are bad, so it does not matter how far below a small backlog counts",
  },
  "topic-undelivered": {
    "expression -> IF(published > 0, FILL(delivered, (-1)), 1)":
      "values of 0 and less are bad, so nothing delivered may count as 0 or as less",
    "expression -> IF(published > 0, FILL(delivered, 0), 2)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, FILL(delivered, 0), 0.5)":
      "only values of 0 and less are bad, so an idle topic may count as any number above",
    "expression -> IF(published > 0, delivered, 1)":
      "IF takes a missing value for 0 where its condition holds; FILL says so for the reader",
  },
};
