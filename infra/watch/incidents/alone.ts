/** Which pages of CloudWatch are an incident of their own. */

const stays = "it stays until a person has worked on it, for hours or days, and would hide whatever fails next";
const lost = "it ends by itself, and what was lost must be followed up even if something else was told meanwhile";
const ahead = "it warns of what is to come, and stays until a person has acted: it would hide what fails before that";

/**
 * A composite alarm tells nobody of a second alarm while a first one lasts. So these pages, by signal id, never hide behind an incident, nor does an
 * incident hide behind them: each is told by itself, for the reason given.
 */
export const toldAlone: Readonly<Record<string, string>> = {
  "queue-dead-letters": stays,
  "queue-dead-letters-expiring": stays,
  "topic-not-redriven": lost,
  "topic-lost": lost,
  "function-events-dropped": lost,
  "function-failure-lost": lost,
  "database-storage-low": ahead,
  "database-replica-storage-low": ahead,
  "database-wraparound": ahead,
  "kafka-disk": ahead,
  "cluster-storage-critical": ahead,
  "certificate-ending": ahead,
};
