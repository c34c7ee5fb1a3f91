/** A mapping of keys to values. */
export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * `changes` over `base`, as RFC 7386 (JSON Merge Patch) has it: mappings are merged key by key at every depth, null takes a key away, all else replaces
 * what was there. Neither is changed.
 */
export function merge(base: unknown, changes: unknown): unknown {
  if (!isMapping(changes)) return changes;
  const merged = new Map(isMapping(base) ? Object.entries(base) : []);
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) merged.delete(key);
    else if (change !== undefined) merged.set(key, merge(merged.get(key), change));
  }
  return Object.fromEntries(merged);
}

/** Freezes a value with all that is in it. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) frozen(inner);
  }
  return value;
}
