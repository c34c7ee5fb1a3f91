import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { root as repository } from "../build.cjs";
import { also } from "./also";
import type { InputShape, OutputShape, PropertyType, Schema, TypeShape } from "./schema";
import { packageOf, TypeReader } from "./typenode";

const sorted = <Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** Whether a class of an SDK is a resource that a provider makes: a custom one, or a remote component of awsx. */
function isResource(declaration: ts.Declaration | undefined): declaration is ts.ClassDeclaration {
  if (!declaration || !ts.isClassDeclaration(declaration)) return false;
  const file = declaration.getSourceFile().fileName;
  const parent = declaration.heritageClauses?.[0]?.types[0]?.expression.getText();
  if (packageOf(file) === "program" || packageOf(file) === "pulumi") return false;
  return parent === "pulumi.CustomResource" || (parent === "pulumi.ComponentResource" && packageOf(file) === "awsx");
}

/** A class of Kubernetes objects of any kind: its token is in the arguments of each `new`. */
const isAnyKind = (declaration: ts.ClassDeclaration): boolean =>
  declaration.getSourceFile().fileName.endsWith("kubernetes/apiextensions/customResource.d.ts");

/** The token of a Kubernetes object of any kind. */
function kindToken(node: ts.NewExpression): string {
  const [, args] = node.arguments ?? [];
  const text = (key: string): string | undefined => {
    const property =
      args && ts.isObjectLiteralExpression(args) ? args.properties.find((p) => p.name?.getText() === key) : undefined;
    return property && ts.isPropertyAssignment(property) && ts.isStringLiteral(property.initializer)
      ? property.initializer.text
      : undefined;
  };
  const [apiVersion, kind] = [text("apiVersion"), text("kind")];
  if (apiVersion && kind) return `kubernetes:${apiVersion}:${kind}`;
  const file = node.getSourceFile();
  const line = file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
  throw new Error(
    `${file.fileName}:${line}: write apiVersion and kind of a CustomResource as literals, so that the schema can list its type`,
  );
}

/** Every resource class that a file makes with `new`, or reads with `.get`; of any-kind objects also the tokens. */
function usedClasses(file: ts.SourceFile, checker: ts.TypeChecker, found: Map<ts.ClassDeclaration, Set<string>>): void {
  const note = (expression: ts.Expression, node?: ts.NewExpression): void => {
    const declaration = checker.getTypeAtLocation(expression).symbol?.valueDeclaration;
    if (!isResource(declaration)) return;
    const tokens = found.get(declaration) ?? new Set();
    found.set(declaration, node && isAnyKind(declaration) ? tokens.add(kindToken(node)) : tokens);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node)) note(node.expression, node);
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === "get"
    ) {
      note(node.expression.expression);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

/** The type token of an SDK class: a static field of its JavaScript, which the declaration does not show. */
function tokenOf(declaration: ts.ClassDeclaration): string {
  const file = declaration.getSourceFile().fileName.replace(/\.d\.ts$/, ".js");
  const name = declaration.name?.text ?? "";
  const made = (require(file) as Record<string, { __pulumiType?: string } | undefined>)[name];
  if (!made?.__pulumiType) throw new Error(`${file}: class ${name} has no type token`);
  return made.__pulumiType;
}

/** An output keeps only as much of its type as a value needs. */
function outline(node: ts.TypeNode): PropertyType {
  if (ts.isUnionTypeNode(node)) {
    const [first] = node.types.filter((part) => part.kind !== ts.SyntaxKind.UndefinedKeyword);
    return first ? outline(first) : "any";
  }
  if (ts.isArrayTypeNode(node)) return { array: "any" };
  if (ts.isTypeLiteralNode(node)) return { map: "any" };
  if (ts.isLiteralTypeNode(node)) return "string";
  if (node.kind === ts.SyntaxKind.StringKeyword) return "string";
  if (node.kind === ts.SyntaxKind.NumberKeyword) return "number";
  if (node.kind === ts.SyntaxKind.BooleanKeyword) return "boolean";
  if (ts.isTypeReferenceNode(node)) return /^(enums\.|ARN$)/.test(node.typeName.getText()) ? "string" : "object";
  return "any";
}

function outputsOf(declaration: ts.ClassDeclaration): Record<string, OutputShape> {
  const outputs: [string, OutputShape][] = [];
  for (const member of declaration.members) {
    if (!ts.isPropertyDeclaration(member) || !member.type || !ts.isTypeReferenceNode(member.type)) continue;
    const [inner] = member.type.typeArguments ?? [];
    if (!inner || !member.type.typeName.getText().endsWith("Output")) continue;
    const optional =
      ts.isUnionTypeNode(inner) && inner.types.some((part) => part.kind === ts.SyntaxKind.UndefinedKeyword);
    outputs.push([member.name.getText(), optional ? { type: outline(inner), optional } : { type: outline(inner) }]);
  }
  return sorted(outputs);
}

function inputsOf(declaration: ts.ClassDeclaration, reader: TypeReader): Record<string, InputShape> {
  const wanted = `${declaration.name?.text}Args`;
  const args = declaration
    .getSourceFile()
    .statements.find(
      (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && node.name.text === wanted,
    );
  return args ? sorted(Object.entries(reader.members(args))) : {};
}

const packageRoot = (file: string): string => /^.*node_modules\/@(?:pulumi|pulumiverse)\/[^/]+/.exec(file)?.[0] ?? file;

/**
 * Reads the declarations of every resource type that the repository's TypeScript uses.
 * @param root the folder with tsconfig.json; its `include` says which files count.
 * @param files instead of those of tsconfig.json.
 * @throws when a declaration holds something that the reader does not know.
 */
export function extract(root: string, files?: readonly string[]): Schema {
  const config = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const listed = also.map((entry) => {
    const [module = "", name = ""] = entry.split("#");
    return { file: require.resolve(module).replace(/\.js$/, ".d.ts"), name };
  });
  const sources = [...(files ?? config.fileNames)];
  const program = ts.createProgram([...sources, ...listed.map(({ file }) => file)], {
    ...config.options,
    incremental: false,
  });
  const checker = program.getTypeChecker();
  const classes = new Map<ts.ClassDeclaration, Set<string>>();
  for (const { file, name } of listed) {
    const found = program
      .getSourceFile(file)
      ?.statements.find((node) => ts.isClassDeclaration(node) && node.name?.text === name);
    if (!found || !ts.isClassDeclaration(found) || !isResource(found))
      throw new Error(`tools/standin/also.ts: ${file} has no resource class ${name}`);
    classes.set(found, new Set());
  }
  for (const source of sources) {
    const file = program.getSourceFile(source);
    if (file) usedClasses(file, checker, classes);
  }

  const reader = new TypeReader(checker);
  const types = new Map<string, TypeShape>();
  const packages = new Map<string, string>();
  for (const [declaration, tokens] of classes) {
    const file = declaration.getSourceFile().fileName;
    const { version } = JSON.parse(readFileSync(join(packageRoot(file), "package.json"), "utf8")) as {
      version: string;
    };
    packages.set(packageOf(file), version);
    const shape = { inputs: inputsOf(declaration, reader), outputs: outputsOf(declaration) };
    if (!isAnyKind(declaration)) types.set(tokenOf(declaration), shape);
    for (const token of tokens) types.set(token, { ...shape, open: true });
  }
  return {
    packages: sorted(packages),
    types: sorted(types),
    objects: sorted([...reader.objects].map(([name, fields]) => [name, sorted(Object.entries(fields))] as const)),
  };
}

/** The schema as text: a line per property, so that a difference reads well. */
export function format(schema: Schema): string {
  const block = (fields: Readonly<Record<string, unknown>>, indent: string): string => {
    const rows = Object.entries(fields).map(
      ([key, value]) => `${indent}  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
    );
    return rows.length === 0 ? "{}" : `{\n${rows.join(",\n")}\n${indent}}`;
  };
  const types = Object.entries(schema.types).map(
    ([token, shape]) =>
      `    ${JSON.stringify(token)}: {\n${shape.open ? '      "open": true,\n' : ""}      "inputs": ${block(shape.inputs, "      ")},\n      "outputs": ${block(shape.outputs, "      ")}\n    }`,
  );
  const objects = Object.entries(schema.objects).map(
    ([name, fields]) => `    ${JSON.stringify(name)}: ${block(fields, "    ")}`,
  );
  return `{\n  "packages": ${block(schema.packages, "  ")},\n  "types": {\n${types.join(",\n")}\n  },\n  "objects": {\n${objects.join(",\n")}\n  }\n}\n`;
}

/** Writes `generated/schema.json`; the file is left alone when nothing changed. Returns its path. */
export function writeSchema(root: string): string {
  const path = join(root, "generated", "schema.json");
  const text = format(extract(root));
  mkdirSync(dirname(path), { recursive: true });
  if (ts.sys.readFile(path) !== text) writeFileSync(path, text);
  return path;
}

if (require.main === module) console.log(writeSchema(repository));
