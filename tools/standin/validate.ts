import { nearest } from "../../infra/kit/nearest";
import { type InputShape, loadSchema, noRow, type PropertyType, type Schema, shapeOf } from "./schema";
import { type Bag, isBag, isList, markOf, plain, unknown, type Value } from "./wire";

/** Something that the real provider would not take either. */
export interface Problem {
  /** The argument's path, for example `metricQueries[0].metric.period`; empty for the resource as a whole. */
  readonly property: string;
  readonly reason: string;
}

/** Names that the engine adds, at any depth. */
const reserved = new Set(["__defaults", "__meta", "__name"]);

/**
 * What is wrong with the arguments of a resource: an unknown type, a missing or unknown argument, a value of the wrong type. Values that are not
 * known yet pass.
 */
export function validate(type: string, inputs: Bag, schema: Schema = loadSchema()): Problem[] {
  const shape = shapeOf(type, schema);
  if (!shape) return [{ property: "", reason: noRow(type) }];
  return fields(inputs, shape.inputs, "", schema, shape.open === true);
}

function fields(
  bag: Readonly<Record<string, Value>>,
  shape: Readonly<Record<string, InputShape>>,
  path: string,
  schema: Schema,
  open: boolean,
): Problem[] {
  const problems: Problem[] = [];
  const at = (key: string): string => (path === "" ? key : `${path}.${key}`);
  for (const [key, { required }] of Object.entries(shape)) {
    const value = bag[key];
    if (required && (value === undefined || value === null)) {
      problems.push({ property: at(key), reason: `missing required argument "${key}"` });
    }
  }
  for (const [key, value] of Object.entries(bag)) {
    if (reserved.has(key) || value === null) continue;
    const known = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (known) problems.push(...check(value, known.type, at(key), schema));
    else if (!open)
      problems.push({ property: at(key), reason: `unknown argument "${key}"${suggestion(key, Object.keys(shape))}` });
  }
  return problems;
}

function check(given: Value, type: PropertyType, path: string, schema: Schema): Problem[] {
  const value = plain(given);
  if (value === null || value === unknown || type === "any") return [];
  const mark = markOf(value);
  const wrong = (): Problem[] => [{ property: path, reason: `expected ${describe(type)}, got ${show(value)}` }];
  if (typeof type === "string") {
    if (type === "asset") return mark === "asset" || mark === "archive" ? [] : wrong();
    if (type === "object") return isBag(value) ? [] : wrong();
    return typeof value === type || (type === "string" && mark === "resource") ? [] : wrong();
  }
  if ("enum" in type) return type.enum.some((allowed) => allowed === value) ? [] : wrong();
  if ("oneOf" in type) {
    const tried = type.oneOf.map((one) => check(value, one, path, schema));
    if (tried.some((problems) => problems.length === 0)) return [];
    // A problem inside an alternative says more than that no alternative fits.
    return tried.find((problems) => problems.every((problem) => problem.property !== path)) ?? wrong();
  }
  if ("array" in type) {
    return isList(value)
      ? value.flatMap((item, index) => check(item, type.array, `${path}[${index}]`, schema))
      : wrong();
  }
  if (!isBag(value) || mark !== undefined) return wrong();
  if ("map" in type)
    return Object.entries(value).flatMap(([key, item]) =>
      check(item, type.map, `${path}[${JSON.stringify(key)}]`, schema),
    );
  return fields(value, schema.objects[type.ref] ?? {}, path, schema, false);
}

function describe(type: PropertyType): string {
  if (typeof type === "string") return type;
  if ("enum" in type) return type.enum.map((value) => JSON.stringify(value)).join(" or ");
  if ("oneOf" in type) return type.oneOf.map(describe).join(" or ");
  if ("array" in type) return `a list of ${describe(type.array)}`;
  return "map" in type ? `a map of ${describe(type.map)}` : `object ${type.ref.replace(/^.*[.:]/, "")}`;
}

function show(value: Value): string {
  const text = markOf(value) ?? JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The nearest known name, when a slip of the pen is likely. */
function suggestion(key: string, known: readonly string[]): string {
  const meant = nearest(key, known);
  return meant === undefined ? "" : `: did you mean "${meant}"?`;
}
