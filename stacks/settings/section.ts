import type { z } from "zod";
import type { Mapping } from "./merge";

/** A mistake that no value shows alone: a rule between values, or a name that AWS does not take. */
export interface SectionMistake {
  /** Below the section's own key; empty where it is about the section as a whole. */
  readonly path: readonly PropertyKey[];
  /** What is allowed, in words that end a sentence: `60 seconds to 14 days`. */
  readonly allowed: string;
  /** The component's default, as JSON, where the stack gives no value of its own. */
  readonly byDefault?: string;
  /** The mistake is not in the value at the path, which is therefore not repeated. @default false */
  readonly aside?: boolean;
}

/** One section of the settings: everything that a stack can say of one part of the platform. */
export interface Section<Value> {
  /** What is allowed, each value by itself. */
  readonly schema: z.ZodType<Value>;
  /** What holds where a stack says nothing; undefined where it must say something. A stack's settings are merged over it. */
  readonly defaults: unknown;
  /**
   * Rules between values. Values may be missing or of a wrong type: the schema answers those.
   * @param given the section, with its defaults
   * @param all every section, with its defaults, by key; and the AWS region of the stack as `region`, empty where it is missing
   */
  readonly mistakes?: (given: unknown, all: Mapping) => readonly SectionMistake[];
}

/** Declares a section with the type of its value. */
export const section = <Value>(section: Section<Value>): Section<Value> => section;
