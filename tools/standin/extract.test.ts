import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../build.cjs";
import { extract, format } from "./extract";
import type { Schema } from "./schema";
import { union } from "./typenode";

/** Extracts from one file that lies where the SDKs can be resolved. */
function extracted(source: string): Schema {
  const folder = mkdtempSync(join(root, "node_modules", ".vigia-extract-"));
  try {
    const file = join(folder, "program.ts");
    writeFileSync(file, source);
    return extract(root, [file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("the schema's extractor", () => {
  // One extraction loads the declarations of the SDKs: some seconds.
  let schema: Schema;
  before(() => {
    schema = extracted(`
      import * as aws from "@pulumi/aws";
      import { FileSystem as Files } from "@pulumi/aws/efs/fileSystem.js";
      import * as kubernetes from "@pulumi/kubernetes";
      import * as pulumi from "@pulumi/pulumi";
      new Files("files");
      export const trail = aws.cloudtrail.Trail.get("trail", "id");
      const made = aws.apprunner.VpcConnector;
      new made("connector", { subnets: [], securityGroups: [], vpcConnectorName: "c" });
      new aws.Provider("other", {});
      new kubernetes.apiextensions.CustomResource("pool", { apiVersion: "karpenter.sh/v1", kind: "NodePool" });
      new (class Own extends pulumi.ComponentResource {})("own:x:Y", "own");
    `);
  });

  it("finds what a program makes, by whatever name it was imported, and what it reads", () => {
    const listed = Object.keys(schema.types);
    for (const token of [
      "aws:apprunner/vpcConnector:VpcConnector",
      "aws:cloudtrail/trail:Trail",
      "aws:efs/fileSystem:FileSystem",
      "awsx:ec2:Vpc",
      "kubernetes:karpenter.sh/v1:NodePool",
    ]) {
      assert.ok(listed.includes(token), token);
    }
    assert.ok(!listed.some((token) => token.includes("provider") || token.startsWith("own:")));
    assert.deepEqual(listed, [...listed].sort());
  });

  it("reads arguments without wrappers, with what is required, and nested objects by name", () => {
    const { inputs, outputs } = schema.types["aws:apprunner/vpcConnector:VpcConnector"] ?? {};
    assert.deepEqual(inputs?.subnets, { type: { array: "string" }, required: true });
    assert.deepEqual(inputs?.tags, { type: { map: "string" } });
    assert.deepEqual(outputs?.arn, { type: "string" });
    assert.equal(outputs?.tags?.optional, true);
    const files = schema.types["aws:efs/fileSystem:FileSystem"]?.inputs;
    assert.deepEqual(files?.lifecyclePolicies, { type: { array: { ref: "aws:efs.FileSystemLifecyclePolicy" } } });
    assert.deepEqual(schema.objects["aws:efs.FileSystemLifecyclePolicy"]?.transitionToIa, { type: "string" });
    assert.deepEqual(schema.types["awsx:ec2:Vpc"]?.inputs.subnetStrategy, {
      type: { enum: ["Auto", "AutoMerge", "Exact", "Legacy"] },
    });
    assert.equal(schema.types["kubernetes:karpenter.sh/v1:NodePool"]?.open, true);
  });

  it("names the version of each package", () => {
    const { version } = JSON.parse(readFileSync(join(root, "node_modules/@pulumi/aws/package.json"), "utf8"));
    assert.equal(schema.packages.aws, version);
  });

  it("writes text that reads back as the same schema", () => {
    assert.deepEqual(JSON.parse(format(schema)), JSON.parse(JSON.stringify(schema)));
  });

  it("simplifies alternatives: text beside known texts is any text, true or false is a boolean", () => {
    assert.equal(union(["string", { enum: ["a", "b"] }]), "string");
    assert.equal(union([{ enum: [true] }, { enum: [false] }]), "boolean");
    assert.deepEqual(union([{ enum: ["b"] }, { enum: ["a"] }]), { enum: ["a", "b"] });
    assert.deepEqual(union(["number", "string", "number"]), { oneOf: ["number", "string"] });
    assert.equal(union(["number", "any"]), "any");
  });
});

describe("generated/schema.json", () => {
  it("has the versions of the packages that are installed", () => {
    const { packages } = JSON.parse(readFileSync(join(root, "generated", "schema.json"), "utf8")) as Schema;
    const scope: Record<string, string> = { grafana: "@pulumiverse/grafana" };
    for (const [name, version] of Object.entries(packages)) {
      const file = join(root, "node_modules", scope[name] ?? `@pulumi/${name}`, "package.json");
      assert.equal(
        (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version,
        version,
        `${name}: run npm run generate`,
      );
    }
  });
});
