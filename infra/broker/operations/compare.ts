import { createHash } from "node:crypto";
import type { Definitions } from "../definitions";
import { administrator, currentSecret, type SecretIds } from "./access";
import { type Difference, describe, differencesOf, keptExport } from "./difference";
import type { Management } from "./management";
import type { Emit } from "./metrics";
import type { Secrets } from "./secrets";

/** Where exports are kept: one object, whose versions are the broker's past. */
export interface Exports {
  /** The hash that the newest version carries; undefined where there is none. */
  newest(): Promise<string | undefined>;
  put(text: string, hash: string): Promise<void>;
}

/** What the comparison works with. */
export interface CompareParts {
  readonly management: Management;
  readonly secrets: Secrets;
  readonly ids: SecretIds;
  readonly declared: Definitions;
  readonly exports: Exports;
  readonly emit: Emit;
  readonly log: (line: string) => void;
  readonly now: () => number;
}

/** What the comparison found. */
export interface Compared {
  readonly differences: number;
  /** Whether the export differs from the one before. */
  readonly exported: boolean;
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** Users in use whose password is not that of their secret: whoever reads it now is refused. */
async function refusedUsers({ management, secrets, ids }: CompareParts): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const id of [ids.application, ids.monitoring]) {
    const { username, password } = await currentSecret(secrets, id);
    if (await management.letsIn({ username, password })) continue;
    found.push({ object: `password of user ${username}`, kind: "users", is: "changed" });
  }
  return found;
}

/** Age of the password in use of each secret that is rotated. */
async function emitAges({ secrets, ids, emit, now }: CompareParts): Promise<void> {
  for (const id of [ids.application, ids.monitoring]) {
    const { rotated, since } = await secrets.describe(id);
    if (rotated && since !== undefined) emit.secretAge(id, Math.max(0, Math.round((now() - since) / 1_000)));
  }
}

/** Exports the broker's definitions, keeps them where they differ from the last ones, and tells how many differ from what is declared. */
export async function compareTopology(parts: CompareParts): Promise<Compared> {
  const { management, secrets, ids, declared, exports, emit, log } = parts;
  // Before all that may fail because of the broker.
  await emitAges(parts);
  const admin = await administrator(secrets, ids);
  const exported = await management.definitions(admin);
  const differences = [...differencesOf(declared, exported, admin.username), ...(await refusedUsers(parts))];
  for (const difference of differences) log(describe(difference));
  emit.differences(differences.length);
  const text = keptExport(exported);
  const hash = hashOf(text);
  const changed = (await exports.newest()) !== hash;
  if (changed) await exports.put(text, hash);
  // Last: it says that an export is there.
  emit.exported();
  return { differences: differences.length, exported: changed };
}
