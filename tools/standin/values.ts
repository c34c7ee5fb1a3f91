import { account, arnOf, ec2Id, type Made } from "./arn";
import { computedWithin, defaultsOf, knownOutputsOf } from "./defaults";
import { hex, nameRule, physicalName } from "./names";
import { specials } from "./outputs";
import type { OutputShape, TypeShape } from "./schema";
import { type Bag, isBag, names, unknown, type Value } from "./wire";

/** Where a provider instance makes its resources, as its configuration says. */
export interface Place {
  readonly region: string;
  /** Tags that the provider adds to each resource. */
  readonly defaultTags: Bag;
}

/** Properties that the provider sets and that it knows before the resource exists. */
export function plannedOutputs(type: string, shape: TypeShape, inputs: Bag, place: Place): Bag {
  const known = Object.entries(knownOutputsOf(type)).filter(([key]) => shape.outputs[key] && inputs[key] === undefined);
  const planned: Bag = Object.fromEntries(known);
  if (!type.startsWith("aws:")) return planned;
  if (shape.outputs.tagsAll)
    planned.tagsAll =
      inputs.tags === unknown ? unknown : { ...place.defaultTags, ...(isBag(inputs.tags) ? inputs.tags : {}) };
  if (shape.outputs.region) planned.region = inputs.region ?? place.region;
  return planned;
}

/** The properties that are not known until the resource exists: the provider computes them and the program did not give them. */
export function computedKeys(shape: TypeShape, inputs: Bag): string[] {
  return Object.entries(shape.outputs)
    .filter(([key, output]) => inputs[key] === undefined && (!output.optional || shape.inputs[key] === undefined))
    .map(([key]) => key);
}

/** Outputs without the engine's own notes. */
export function withoutNotes(inputs: Bag): Bag {
  const { __defaults: _notes, ...rest } = inputs;
  return rest;
}

/** Nested objects that the program gives, with the fields that the provider adds to them. */
function completed(type: string, given: Bag, fieldOf: (key: string, field: string) => Value | undefined): Bag {
  const rows = Object.entries(computedWithin(type)).flatMap(([key, fields]): [string, Value][] => {
    const value = given[key];
    if (!isBag(value)) return [];
    const added = fields.flatMap((field): [string, Value][] => {
      const one = fieldOf(key, field);
      return one === undefined ? [] : [[field, one]];
    });
    return [[key, { ...Object.fromEntries(added), ...value }]];
  });
  return Object.fromEntries(rows);
}

/** A field of a nested object. */
const within = (bag: Bag | undefined, key: string, field: string): Value | undefined => {
  const value = bag?.[key];
  return isBag(value) ? value[field] : undefined;
};

/** The outputs of a resource in a preview of its creation. */
export function previewOutputs(type: string, shape: TypeShape, inputs: Bag, place: Place): Bag {
  const outputs = withoutNotes(inputs);
  for (const key of computedKeys(shape, outputs)) outputs[key] = unknown;
  return {
    ...outputs,
    ...completed(type, outputs, () => unknown),
    ...plannedOutputs(type, shape, inputs, place),
  };
}

/** A value for an output that no table knows, by its type and, for text, by its name. */
function generic(key: string, { type }: OutputShape, made: Made, id: string): Value | undefined {
  if (typeof type === "object") return "array" in type ? [] : "map" in type ? {} : undefined;
  if (type === "number") return 0;
  if (type === "boolean") return false;
  if (type === "object") return {};
  if (type !== "string") return undefined;
  if (key === "arn") return arnOf(made);
  if (key === "name") return made.physical;
  if (key === "namePrefix" || key.endsWith("Prefix")) return "";
  if (/Arn$/.test(key)) return `${arnOf(made)}/${key.replace(/Arn$/, "")}`;
  if (/^(owner|ownerId|accountId|registryId)$/.test(key)) return account;
  if (/^(url|endpoint|invokeUrl)$|Url$|Endpoint$/.test(key))
    return `https://${hex(made.seed, 10)}.${made.region}.amazonaws.com`;
  if (/dnsName|hostname|domainName|address$/i.test(key)) return `${hex(made.seed, 10)}.${made.region}.amazonaws.com`;
  if (/^(uniqueId|uid)$/.test(key)) return hex(`${made.seed}${key}`, 20).toUpperCase();
  if (/[dD]ate$|[tT]ime$/.test(key)) return "2026-01-01T00:00:00Z";
  return /Id$/.test(key) ? id : "";
}

/** Types whose id is their ARN. */
const arnIsId =
  /^aws:(acm\/certificate|ecs\/cluster|iam\/policy|kms\/externalKey|msk\/|lb\/|secretsmanager\/secret|sfn\/stateMachine|sns\/topic):/;

/**
 * The id and the outputs of a resource that was just made. Everything derives from the seed, so two runs give the same values.
 */
export function createdOutputs(
  type: string,
  shape: TypeShape,
  inputs: Bag,
  place: Place,
  name: string,
  seed: string,
): { id: string; outputs: Bag } {
  const given = withoutNotes(inputs);
  const region = typeof given.region === "string" ? given.region : place.region;
  const physical = physicalName(type, given, shape);
  const made: Made = { type, name, physical: physical ?? name, region, seed };
  const special = specials[type]?.(made, given) ?? {};
  const id =
    special.id ??
    (arnIsId.test(type) || type.startsWith("aws:msk/")
      ? arnOf(made)
      : (ec2Id(made) ?? physical ?? `${name}-${hex(seed, 8)}`));
  const outputs: Bag = { ...given };
  for (const key of computedKeys(shape, given)) {
    const value = special.outputs?.[key] ?? generic(key, shape.outputs[key] ?? { type: "any" }, made, id);
    if (value !== undefined) outputs[key] = value;
  }
  const nested = completed(type, given, (key, field) => within(special.outputs, key, field));
  return { id, outputs: { ...outputs, ...nested, ...plannedOutputs(type, shape, inputs, place) } };
}

/**
 * The outputs after a change in place: what the provider computed stays, what the program no longer gives goes.
 */
export function updatedOutputs(
  type: string,
  shape: TypeShape,
  before: { inputs: Bag; outputs: Bag },
  inputs: Bag,
  place: Place,
): Bag {
  const given = withoutNotes(inputs);
  const nested = completed(type, given, (key, field) => within(before.outputs, key, field));
  const outputs: Bag = { ...before.outputs, ...given, ...nested, ...plannedOutputs(type, shape, inputs, place) };
  for (const key of Object.keys(withoutNotes(before.inputs))) {
    // A property that both sides may set keeps its last value when the program falls silent.
    const computed = shape.outputs[key] !== undefined && !shape.outputs[key]?.optional;
    if (given[key] === undefined && !computed) delete outputs[key];
  }
  return outputs;
}

/**
 * The state of a resource that is named by id and that the stand-in did not make: a queue of another program, or one of an earlier run. What the
 * id tells (name, region, account) is used; the rest is made up as for a new resource.
 */
export function assumedState(
  type: string,
  shape: TypeShape,
  id: string,
  inputs: Bag,
  state: Bag,
  place: Place,
  name: string,
): { inputs: Bag; outputs: Bag } {
  const rule = nameRule(type, shape);
  const guessed: Bag = { ...defaultsOf(type), ...(rule ? { [rule.key]: id.split(/[/:]/).at(-1) ?? id } : {}) };
  for (const key of ["fifoQueue", "fifoTopic"]) if (guessed[key] !== undefined) guessed[key] = id.endsWith(".fifo");
  const region = /\b[a-z]{2}(?:-[a-z]+)+-\d\b/.exec(id)?.[0] ?? place.region;
  const owner = /\b\d{12}\b/.exec(id)?.[0] ?? account;
  const made = createdOutputs(type, shape, { ...guessed, ...inputs }, { ...place, region }, name, id);
  const told = Object.entries(made.outputs).map(([key, value]): [string, Value] => {
    if (value === made.id) return [key, id];
    return [key, typeof value === "string" ? value.replaceAll(account, owner) : value];
  });
  const outputs = { ...Object.fromEntries(told), ...state };
  return { inputs: Object.keys(inputs).length > 0 ? inputs : guessed, outputs };
}

/** The names of the arguments that the provider filled in. */
export const filledIn = (inputs: Bag): ReadonlySet<string> => new Set(names(inputs.__defaults));
