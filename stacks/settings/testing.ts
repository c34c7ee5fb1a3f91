import assert from "node:assert/strict";
import { parseSettings, type Settings, SettingsError } from "../settings";
import type { Mapping } from "./merge";

/** The least that a stack must say. */
export const least: Mapping = {
  "aws:region": "eu-central-1",
  "vigia:account": "123456789012",
  "vigia:paging": { page: [{ email: "on-call@example.com" }], ticket: [{ email: "team@example.com" }] },
};

/** Settings of a test stack. @param given is merged over the least, full key by full key */
export const parsed = (given: Mapping, stack = "test"): Settings => parseSettings({ ...least, ...given }, { stack });

/** The lines of the mistakes in a configuration, without the indent; none where it is fine. */
export function mistakesIn(given: Mapping, stack = "test", secretKeys: readonly string[] = []): string[] {
  try {
    parseSettings(given, { stack, secretKeys });
    return [];
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message
      .split("\n")
      .slice(1)
      .map((line) => line.slice(2));
  }
}

/** One test a row: what a stack gives besides the least, and the one whole line that answers it. */
export function answers(table: readonly (readonly [what: string, given: Mapping, line: string])[]): void {
  for (const [what, given, line] of table) {
    it(what, () => assert.deepEqual(mistakesIn({ ...least, ...given }), [line]));
  }
}
