import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { parseSettings } from "../../stacks/settings";
import { schema } from "../../stacks/settings/schema";
import { least } from "../../stacks/settings/testing";
import { configBlock } from "./pulumiyaml";

const declared: Record<string, { description: string; default: unknown }> = parse(configBlock()).config;

describe("the config block of Pulumi.yaml", () => {
  it("declares every setting of the schema, and no other", () => {
    assert.deepEqual(Object.keys(declared), Object.keys(schema.shape));
  });

  it("describes each setting by sentences", () => {
    for (const [key, { description }] of Object.entries(declared)) assert.match(description, /^[A-Z].+\./, key);
  });

  it("names every setting of a queue with what is allowed", () => {
    const lines = declared.queues?.description.split("\n") ?? [];
    assert.ok(
      lines.includes(
        '<name>.retention: How long a message is kept that nobody receives. (optional; 60 seconds to 14 days in whole seconds, written like "4 days")',
      ),
    );
    const fields =
      schema.shape.queues instanceof z.ZodRecord && schema.shape.queues.valueType instanceof z.ZodObject
        ? Object.keys(schema.shape.queues.valueType.shape)
        : [];
    assert.ok(fields.length > 8);
    for (const field of fields)
      assert.ok(
        lines.some((line) => line.startsWith(`<name>.${field}`)),
        field,
      );
  });

  it("gives every key a default, without which the CLI stops before the settings are read", () => {
    for (const [key, declaration] of Object.entries(declared))
      assert.ok(declaration.default !== undefined && declaration.default !== null, key);
  });

  it("gives no key a type, because the CLI would stop at the first value of another one", () => {
    for (const declaration of Object.values(declared))
      assert.deepEqual(Object.keys(declaration), ["description", "default"]);
  });

  it("has defaults that change nothing: what the CLI adds from it gives the same settings", () => {
    const added = Object.entries(declared).map(([key, { default: value }]) => [
      `vigia:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    const withDefaults = { ...Object.fromEntries(added), ...least };
    assert.deepEqual(parseSettings(withDefaults, { stack: "test" }), parseSettings(least, { stack: "test" }));
  });

  it("stands in Pulumi.yaml as it is generated", () => {
    const text = readFileSync(resolve(__dirname, "../../Pulumi.yaml"), "utf8");
    assert.ok(text.includes(`# generated: config\n${configBlock().trimEnd()}\n# /generated`), "run npm run generate");
  });
});
