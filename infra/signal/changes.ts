import type { Problems } from "../kit/problems";

/** Notes signals that are off without a reason. @param where what stands before each problem */
export function checkChanges(
  problems: Problems,
  changes: Readonly<Record<string, { off?: string } | undefined>> = {},
  where = "",
): void {
  for (const [id, change] of Object.entries(changes)) {
    problems.unless(
      change?.off === undefined || change.off.trim() !== "",
      `${where}changes: "${id}" is off without a reason: say why in words`,
    );
  }
}
