import { CheckRequest } from "@pulumi/pulumi/proto/provider_pb";
import { defaultsOf } from "./defaults";
import { checkedObject, isKubernetesObject } from "./kubernetes";
import { automaticName, type NameRule, nameRule } from "./names";
import { type PropertyType, shapeOf } from "./schema";
import { type Problem, validate } from "./validate";
import { filledIn } from "./values";
import { type Bag, fromStruct, hasUnknown, isBag, sortedJson, text, unknown } from "./wire";

/** What a provider answers to a check: the arguments as it will use them, and what is wrong with them. */
export interface Checked {
  readonly inputs: Bag;
  readonly problems: readonly Problem[];
}

/**
 * Checks the arguments of a resource and fills in what the real provider fills in: an automatic name, defaults, JSON for policies given as objects.
 * @param seed what an automatic name derives from.
 */
export function checkArguments(request: CheckRequest, seed: string): Checked {
  const type = request.getType();
  const olds = fromStruct(request.getOlds());
  const { __defaults: _, ...news } = fromStruct(request.getNews());
  const problems = validate(type, news);
  if (problems.length > 0) return { inputs: news, problems };
  if (isKubernetesObject(type)) {
    const proposed = text(request.getAutonaming()?.getProposedName());
    return { inputs: checkedObject(type, request.getName(), olds, news, seed, proposed || undefined), problems };
  }
  const inputs = withJson(type, news);
  const defaults: string[] = [];
  const kept = filledIn(olds);
  const rule = nameRule(type);
  if (rule && wantsName(rule, inputs, request)) {
    try {
      const old = kept.has(rule.key) ? olds[rule.key] : undefined;
      inputs[rule.key] = old ?? newName(rule, inputs, request, seed);
      defaults.push(rule.key);
    } catch (error) {
      problems.push({ property: rule.key, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  for (const [key, value] of Object.entries(defaultsOf(type))) {
    if (inputs[key] !== undefined) continue;
    inputs[key] = kept.has(key) ? (olds[key] ?? value) : value;
    defaults.push(key);
  }
  return { inputs: { ...inputs, __defaults: defaults.sort() }, problems };
}

const { ENFORCE, DISABLE } = CheckRequest.AutonamingOptions.Mode;

/** Whether the provider makes a name up: not when there is one, or a prefix that AWS completes. */
function wantsName({ key }: NameRule, inputs: Bag, request: CheckRequest): boolean {
  if (request.getAutonaming()?.getMode() === DISABLE) return false;
  return [key, "namePrefix", `${key}Prefix`].every((given) => inputs[given] === undefined);
}

/** A name from the settings of the project, or one of the provider's own. */
function newName(rule: NameRule, inputs: Bag, request: CheckRequest, seed: string): string {
  const settings = request.getAutonaming();
  const proposed = text(settings?.getProposedName()) || undefined;
  if (proposed && settings?.getMode() === ENFORCE) return proposed;
  return automaticName(rule, request.getName(), seed, inputs, proposed);
}

const takesJson = (type: PropertyType): boolean =>
  typeof type === "object" && "oneOf" in type && type.oneOf.includes("string");

/** Documents given as objects become JSON; one with an unknown part is unknown. */
function withJson(type: string, news: Bag): Bag {
  const inputs = { ...news };
  for (const [key, shape] of Object.entries(shapeOf(type)?.inputs ?? {})) {
    const value = inputs[key];
    if (isBag(value) && takesJson(shape.type)) inputs[key] = hasUnknown(value) ? unknown : sortedJson(value);
  }
  return inputs;
}
