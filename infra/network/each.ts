/** What `make` gives for each key. */
export const each = <Key extends string, Value>(
  keys: readonly Key[],
  make: (key: Key) => Value,
): Readonly<Record<Key, Value>> =>
  // The keys are exactly these, which Object.fromEntries does not tell.
  Object.fromEntries(keys.map((key) => [key, make(key)])) as Record<Key, Value>;
