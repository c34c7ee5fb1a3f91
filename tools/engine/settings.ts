import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

/** The stacks that a project has a settings file for, sorted. */
export function knownStacks(project: string): string[] {
  const names = readdirSync(project).map((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

/** What the engine is given instead of the project's own files. */
export interface EngineFiles {
  /** Text of Pulumi.yaml. */
  readonly project: string;
  /** Text of Pulumi.<stack>.yaml. */
  readonly stack: string;
}

/**
 * Copies of the project's Pulumi.yaml and of the stack's settings, for a run that knows no secret: without the entry point
 * (the program is given to the engine directly) and without the key of a secrets provider.
 *
 * @throws Error where there is no such stack, where a value is encrypted, where a file is not YAML
 */
export function engineFiles(project: string, stack: string): EngineFiles {
  const known = knownStacks(project);
  if (!known.includes(stack)) {
    const has = known.length > 0 ? `it has ${known.map((name) => `"${name}"`).join(", ")}` : "it has none";
    throw new Error(`there is no stack "${stack}": ${join(project, `Pulumi.${stack}.yaml`)} does not exist (${has})`);
  }
  const { main: _main, ...definition } = readYaml(join(project, "Pulumi.yaml"));
  const file = join(project, `Pulumi.${stack}.yaml`);
  const { encryptionsalt: _salt, encryptedkey: _key, secretsprovider: _provider, ...settings } = readYaml(file);
  const secret = encryptedAt(settings);
  if (secret) {
    throw new Error(
      `${file}: ${secret} is an encrypted value, which this run can not read and a pull request from a fork could not either. ` +
        "Keep the secret in Secrets Manager, and its name in the settings",
    );
  }
  return { project: stringify(definition), stack: stringify(settings) };
}

/** The files of a project that has settings and nothing else. */
export function filesOf(project: string, config: Readonly<Record<string, unknown>>): EngineFiles {
  return { project: stringify({ name: project, runtime: "nodejs" }), stack: stringify({ config }) };
}

function readYaml(file: string): Record<string, unknown> {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const content: unknown = parse(readFileSync(file, "utf8")) ?? {};
  if (typeof content !== "object" || content === null || Array.isArray(content)) {
    throw new Error(`${file} holds no mapping of keys to values`);
  }
  return { ...content };
}

function encryptedAt(value: unknown, path = ""): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    if (key === "secure" && typeof inner === "string") return path;
    const below = Array.isArray(value) ? `${path}[${key}]` : path ? `${path}.${key}` : key;
    const found = encryptedAt(inner, key === "config" && path === "" ? "" : below);
    if (found !== undefined) return found;
  }
  return undefined;
}
