import { stringify } from "yaml";
import { z } from "zod";
import { isMapping } from "../../stacks/settings/merge";
import { defaults, schema } from "../../stacks/settings/schema";

/**
 * How Pulumi.yaml declares a key ("Pulumi project file reference", Pulumi documentation, 2026-11). It could give a type as well, but then the CLI stops at
 * the first value of another one, before the settings can tell every mistake.
 */
interface Declaration {
  readonly description: string;
  readonly default: unknown;
}

/** What a value that is not allowed is answered with. */
const allowed = (setting: z.ZodType): string => setting.safeParse(null).error?.issues[0]?.message ?? "";

/** The settings below one, a line each; Pulumi.yaml has no place for them but the description. */
function linesBelow(setting: z.core.$ZodType, path: string): string[] {
  if (setting instanceof z.ZodOptional) return linesBelow(setting.unwrap(), path);
  if (setting instanceof z.ZodRecord) return linesBelow(setting.valueType, `${path}<name>.`);
  if (!(setting instanceof z.ZodObject)) return [];
  const shape: Readonly<Record<string, z.ZodType>> = setting.shape;
  return Object.entries(shape).flatMap(([key, inner]) => {
    if (inner.description === undefined) return [];
    const below = linesBelow(inner, `${path}${key}.`);
    return below.length > 0 ? below : [`${path}${key}: ${inner.description} ${ending(inner)}`];
  });
}

const ending = (setting: z.ZodType) => `(${setting.isOptional() ? "optional; " : ""}${allowed(setting)})`;

/**
 * The CLI hands a default of this file to the program as if the stack had given it: `{}` leaves the default of a mapping to the schema. Without one it
 * would demand the key itself; the empty text leaves that to the settings.
 */
function declaration(setting: z.ZodType, value: unknown): Declaration {
  const lines = linesBelow(setting, "");
  const description =
    lines.length > 0 ? [setting.description, ...lines].join("\n") : `${setting.description} ${ending(setting)}`;
  return { description, default: isMapping(value) ? {} : (value ?? "") };
}

/** The `config:` block of Pulumi.yaml, from the schema of the settings. */
export function configBlock(): string {
  const shape: Readonly<Record<string, z.ZodType>> = schema.shape;
  const given: Readonly<Record<string, unknown>> = defaults;
  const config = Object.fromEntries(
    Object.entries(shape).map(([key, setting]) => [key, declaration(setting, given[key])]),
  );
  return stringify({ config }, { lineWidth: 0, blockQuote: "literal" });
}
