import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";

/** What a value may be. `object` stands only in outputs, where the inner shape does not matter. */
export type PropertyType =
  | "string"
  | "number"
  | "boolean"
  | "asset"
  | "object"
  | "any"
  | { readonly array: PropertyType }
  | { readonly map: PropertyType }
  | { readonly ref: string }
  | { readonly enum: readonly (string | number | boolean)[] }
  | { readonly oneOf: readonly PropertyType[] };

/** An argument of a resource, or a field of a nested object. */
export interface InputShape {
  readonly type: PropertyType;
  readonly required?: true;
}

/** A property of a resource after it was made. */
export interface OutputShape {
  readonly type: PropertyType;
  /** The SDK declares that the value may be absent. */
  readonly optional?: true;
}

/** A resource type: its arguments and its properties. */
export interface TypeShape {
  readonly inputs: Readonly<Record<string, InputShape>>;
  readonly outputs: Readonly<Record<string, OutputShape>>;
  /** Takes arguments beyond the listed ones: a Kubernetes object whose kind only its cluster knows. */
  readonly open?: true;
}

/** The content of `generated/schema.json`. */
export interface Schema {
  /** Package name to the version of its npm package. */
  readonly packages: Readonly<Record<string, string>>;
  /** By type token, for example `aws:sqs/queue:Queue`. */
  readonly types: Readonly<Record<string, TypeShape>>;
  /** Nested argument objects, by the name that a `ref` uses. */
  readonly objects: Readonly<Record<string, Readonly<Record<string, InputShape>>>>;
}

const path = join(root, "generated", "schema.json");

function read(): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`${path} cannot be read: run npm run generate`, { cause: error });
  }
}

let loaded: Schema | undefined;

/**
 * The schema of the types that the repository uses, read once.
 * @throws when `generated/schema.json` is not there.
 */
export function loadSchema(): Schema {
  loaded ??= JSON.parse(read()) as Schema;
  return loaded;
}

/** The shape of a type, or undefined when the schema has no row for it. */
export function shapeOf(type: string, schema: Schema = loadSchema()): TypeShape | undefined {
  return Object.hasOwn(schema.types, type) ? schema.types[type] : undefined;
}

/** The message for a type that the schema does not know. */
export const noRow = (type: string): string => `the stand-in has no schema row for ${type}: run npm run generate`;
