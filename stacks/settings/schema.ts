import { z } from "zod";
import { account, budget, defaultOwner, defaultRunbooks, owner, runbooks } from "./general";
import { defaultPaging, paging } from "./paging";
import { platformQueues, queues } from "./queues";
import { platformTopics, topics } from "./topics";

/** The settings of the project's namespace. A layer adds its own section here, and its default below. */
export const schema = z.strictObject({ account, owner, runbooks, queues, topics, paging, budget });

/** What holds where a stack says nothing; undefined where it must say something. A stack's settings are merged over it. */
export const defaults: Readonly<Record<keyof typeof schema.shape, unknown>> = {
  account: undefined,
  owner: defaultOwner,
  runbooks: defaultRunbooks,
  queues: platformQueues,
  topics: platformTopics,
  paging: defaultPaging,
  budget: {},
};

/** The keys that a mapping may have at a path of the settings; undefined where it may have any, or is none. */
export function keysAt(path: readonly PropertyKey[], from: z.core.$ZodType = schema): string[] | undefined {
  if (from instanceof z.ZodOptional) return keysAt(path, from.unwrap());
  if (from instanceof z.ZodPipe) return keysAt(path, from.in);
  const [key, ...rest] = path;
  if (from instanceof z.ZodObject) {
    const shape: Readonly<Record<string, z.core.$ZodType>> = from.shape;
    if (key === undefined) return Object.keys(shape);
    const below = shape[String(key)];
    return below && keysAt(rest, below);
  }
  if (key === undefined) return undefined;
  if (from instanceof z.ZodRecord) return keysAt(rest, from.valueType);
  return from instanceof z.ZodArray ? keysAt(rest, from.element) : undefined;
}
