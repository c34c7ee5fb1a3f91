import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** A value as the engine and a provider exchange it. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** Properties of a resource. */
export type Bag = Record<string, Value>;

/** Stands for a value that is not known before the update (`@pulumi/pulumi` runtime/rpc). */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key that marks an object as something else than plain data, and what its value then means. */
const signature = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
} as const;

/** Whether a value is an object, not a list. */
export const isBag = (value: Value | undefined): value is { readonly [key: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whether a value is a list. */
export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

/** What a marked object is, or undefined for plain data. */
export function markOf(value: Value): keyof typeof signatures | undefined {
  if (!isBag(value)) return undefined;
  for (const [mark, text] of Object.entries(signatures)) {
    if (value[signature] === text) return mark as keyof typeof signatures;
  }
  return undefined;
}

/** The value inside secrets and outputs; an output without a value is unknown. */
export function plain(value: Value): Value {
  const mark = markOf(value);
  if (!isBag(value) || (mark !== "secret" && mark !== "output")) return value;
  const inner = value.value;
  return inner === undefined ? unknown : plain(inner);
}

/** Whether a value is unknown, or holds something unknown. */
export function hasUnknown(value: Value): boolean {
  const inner = plain(value);
  if (isList(inner)) return inner.some(hasUnknown);
  if (isBag(inner)) return Object.values(inner).some(hasUnknown);
  return inner === unknown;
}

/** A list of names from a property bag, for example `__defaults`. */
export const names = (value: Value | undefined): string[] =>
  isList(value) ? value.filter((name): name is string => typeof name === "string") : [];

/** Text, or undefined for anything else (unknown text included). */
export const text = (value: Value | undefined): string | undefined =>
  typeof value === "string" && value !== unknown ? value : undefined;

/** Equality of values, whatever the order of keys. */
export function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isList(a) && isList(b)) return a.length === b.length && a.every((value, index) => same(value, b[index]));
  if (isBag(a) && isBag(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...keys].every((key) => same(a[key], b[key]));
  }
  return a === b;
}

/** JSON with sorted keys, as Go writes maps. */
export function sortedJson(value: Value): string {
  if (isList(value)) return `[${value.map(sortedJson).join(",")}]`;
  if (!isBag(value)) return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${sortedJson(value[key] ?? null)}`)
    .join(",")}}`;
}

/** Properties from the wire; none for an absent message. */
export const fromStruct = (struct: Struct | undefined): Bag => (struct ? (struct.toJavaScript() as Bag) : {});

/** Properties for the wire. */
export const toStruct = (bag: Bag): Struct => Struct.fromJavaScript(bag as Parameters<typeof Struct.fromJavaScript>[0]);
