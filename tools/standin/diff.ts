import { replacementOf } from "./replacements";
import type { TypeShape } from "./schema";
import { type Bag, isBag, isList, same, type Value } from "./wire";

type Path = readonly (string | number)[];

/** A difference between old and new arguments. */
export interface Change {
  /** As Pulumi writes it, for example `metricQueries[0].metric.period`. */
  readonly path: string;
  readonly kind: "ADD" | "DELETE" | "UPDATE";
  readonly replaces: boolean;
}

/** What must happen so that a resource gets its new arguments. */
export interface Plan {
  readonly changes: readonly Change[];
  /** Arguments that changed, by their top-level name. */
  readonly changed: readonly string[];
  /** Those of them that replace the resource. */
  readonly replaces: readonly string[];
  /** Which arguments replace this type is not known; the change is taken as one in place. */
  readonly replacementNotKnown: boolean;
}

const format = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    if (!/^[\w$-]+$/.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");

interface Leaf {
  readonly path: Path;
  readonly before: Value | undefined;
  readonly after: Value | undefined;
}

function leaves(before: Value | undefined, after: Value | undefined, path: Path): Leaf[] {
  if (same(before, after)) return [];
  if (isBag(before) && isBag(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => leaves(before[key], after[key], [...path, key]));
  }
  if (isList(before) && isList(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) => leaves(before[index], after[index], [...path, index])).flat();
  }
  return [{ path, before, after }];
}

const startsWith = (path: Path, start: Path): boolean => start.every((part, index) => path[index] === part);

function valueAt(value: Value | undefined, path: Path): Value | undefined {
  return path.reduce<Value | undefined>((inner, part) => (isBag(inner) ? inner[part] : undefined), value);
}

/** Whether a change touches an argument that replaces the resource. */
function touches({ path, before, after }: Leaf, argument: string): boolean {
  if (argument === "*") return true;
  const wanted = argument.split(".");
  if (startsWith(path, wanted)) return true;
  if (!startsWith(wanted, path)) return false;
  const rest = wanted.slice(path.length);
  return !same(valueAt(before, rest), valueAt(after, rest));
}

/**
 * Compares the arguments of a resource. An argument that the provider computes when it is left out may be taken away without a change, as Terraform's
 * optional and computed attributes.
 */
export function plan(type: string, shape: TypeShape | undefined, olds: Bag, news: Bag): Plan {
  const { __defaults: _old, ...before } = olds;
  const { __defaults: _new, ...after } = news;
  const silent = ([top]: Path): boolean => {
    const output = typeof top === "string" ? shape?.outputs[top] : undefined;
    return (
      !type.startsWith("kubernetes:") &&
      typeof top === "string" &&
      after[top] === undefined &&
      output !== undefined &&
      !output.optional
    );
  };
  const found = leaves(before, after, []).filter(({ path }) => !silent(path));
  const rule = replacementOf(type);
  const changes = found.map((leaf): Change => {
    const kind = leaf.before === undefined ? "ADD" : leaf.after === undefined ? "DELETE" : "UPDATE";
    return {
      path: format(leaf.path),
      kind,
      replaces: rule?.inputs.some((argument) => touches(leaf, argument)) ?? false,
    };
  });
  const top = (indexes: readonly number[]): string[] => [
    ...new Set(indexes.map((index) => String(found[index]?.path[0] ?? ""))),
  ];
  const all = changes.map((_, index) => index);
  return {
    changes,
    changed: top(all),
    replaces: top(all.filter((index) => changes[index]?.replaces)),
    replacementNotKnown: changes.length > 0 && rule === undefined,
  };
}
