import { relative } from "node:path";
import ts from "typescript";
import type { InputShape, PropertyType } from "./schema";

/** Wrappers that say when a value is there, not what it is. */
const transparent = new Set(["Input", "Output", "Promise"]);

const isString = (type: PropertyType): boolean => type === "string";
const isTextEnum = (type: PropertyType): boolean =>
  typeof type === "object" && "enum" in type && type.enum.every((value) => typeof value === "string");

/** One type for several alternatives; text beside a list of known texts means that any text is taken. */
export function union(types: readonly PropertyType[]): PropertyType {
  const open = types.some(isString) ? types.filter((type) => !isTextEnum(type)) : types;
  const literals = open.flatMap((type) => (typeof type === "object" && "enum" in type ? type.enum : []));
  const rest = open.filter((type) => typeof type !== "object" || !("enum" in type));
  const distinct = new Map<string, PropertyType>(rest.map((type) => [JSON.stringify(type), type]));
  const booleans = new Set(literals.filter((value) => typeof value === "boolean"));
  if (booleans.size === 2) distinct.set('"boolean"', "boolean");
  const kept = literals.filter((value) => booleans.size < 2 || typeof value !== "boolean");
  if (kept.length > 0) distinct.set("enum", { enum: [...new Set(kept)].sort() });
  const [only, ...others] = [...distinct.values()];
  if (only === undefined) return "any";
  return others.length === 0 ? only : distinct.has('"any"') ? "any" : { oneOf: [...distinct.values()] };
}

/** Reads argument types from the declarations of the Pulumi SDKs; nested objects are collected in {@link objects}. */
export class TypeReader {
  readonly objects = new Map<string, Record<string, InputShape>>();

  constructor(private readonly checker: ts.TypeChecker) {}

  /**
   * The type that a node stands for, without `Input<>` and `undefined`.
   * @throws on a kind of node that the SDKs did not use when this was written.
   */
  read(node: ts.TypeNode): PropertyType {
    switch (node.kind) {
      case ts.SyntaxKind.StringKeyword:
        return "string";
      case ts.SyntaxKind.NumberKeyword:
        return "number";
      case ts.SyntaxKind.BooleanKeyword:
        return "boolean";
      case ts.SyntaxKind.AnyKeyword:
      case ts.SyntaxKind.UnknownKeyword:
      case ts.SyntaxKind.ObjectKeyword:
        return "any";
    }
    if (ts.isParenthesizedTypeNode(node)) return this.read(node.type);
    if (ts.isTypeOperatorNode(node)) return this.read(node.type);
    if (ts.isArrayTypeNode(node)) return { array: this.read(node.elementType) };
    if (ts.isUnionTypeNode(node)) {
      return union(node.types.filter((part) => !isAbsent(part)).map((part) => this.read(part)));
    }
    if (ts.isLiteralTypeNode(node) || ts.isIndexedAccessTypeNode(node)) return this.literals(node);
    if (ts.isTypeLiteralNode(node)) return this.literal(node);
    if (ts.isTypeReferenceNode(node)) return this.reference(node);
    if (ts.isImportTypeNode(node)) return this.declared(this.checker.getTypeFromTypeNode(node).symbol, node);
    throw new Error(`${where(node)}: the extractor does not know this kind of type: ${node.getText()}`);
  }

  /** The arguments that an interface declares, its parents' included. */
  members(declaration: ts.InterfaceDeclaration): Record<string, InputShape> {
    const fields: Record<string, InputShape> = {};
    const type = this.checker.getTypeAtLocation(declaration);
    for (const symbol of this.checker.getPropertiesOfType(type)) {
      const property = symbol.declarations?.find(ts.isPropertySignature);
      if (property?.type === undefined) continue;
      const read = this.read(property.type);
      fields[symbol.name] = property.questionToken ? { type: read } : { type: read, required: true };
    }
    return fields;
  }

  private literal(node: ts.TypeLiteralNode): PropertyType {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index ? { map: this.read(index.type) } : "any";
  }

  private literals(node: ts.TypeNode): PropertyType {
    const type = this.checker.getTypeFromTypeNode(node);
    const parts = type.isUnion() ? type.types : [type];
    return union(
      parts.map((part): PropertyType => {
        if (part.isStringLiteral() || part.isNumberLiteral()) return { enum: [part.value] };
        const text = this.checker.typeToString(part);
        if (text === "true" || text === "false") return { enum: [text === "true"] };
        throw new Error(`${where(node)}: expected literals, found ${text}`);
      }),
    );
  }

  private reference(node: ts.TypeReferenceNode): PropertyType {
    const name = ts.isQualifiedName(node.typeName) ? node.typeName.right.text : node.typeName.text;
    const [first, second] = node.typeArguments ?? [];
    if (transparent.has(name) && first) return this.read(first);
    if ((name === "Array" || name === "ReadonlyArray") && first) return { array: this.read(first) };
    if (name === "Record" && second) return { map: this.read(second) };
    if (/\basset\.(Asset|Archive)$/.test(node.typeName.getText())) return "asset";
    const named = this.checker.getSymbolAtLocation(node.typeName);
    return this.declared(
      named && named.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(named) : named,
      node,
    );
  }

  private declared(symbol: ts.Symbol | undefined, node: ts.TypeNode): PropertyType {
    for (const declaration of symbol?.declarations ?? []) {
      if (ts.isInterfaceDeclaration(declaration)) return { ref: this.object(declaration) };
      if (ts.isTypeAliasDeclaration(declaration)) return this.read(declaration.type);
      // A resource given as an argument arrives as its id.
      if (ts.isClassDeclaration(declaration)) return "string";
      if (ts.isEnumDeclaration(declaration)) return this.literals(node);
    }
    throw new Error(`${where(node)}: cannot resolve ${node.getText()}`);
  }

  private object(declaration: ts.InterfaceDeclaration): string {
    const path = [declaration.name.text];
    for (let parent: ts.Node = declaration.parent; parent; parent = parent.parent) {
      if (ts.isModuleDeclaration(parent)) path.unshift(parent.name.text);
    }
    const name = `${packageOf(declaration.getSourceFile().fileName)}:${path.join(".")}`;
    if (!this.objects.has(name)) {
      // Set before reading: some shapes hold themselves.
      const fields: Record<string, InputShape> = {};
      this.objects.set(name, fields);
      Object.assign(fields, this.members(declaration));
    }
    return name;
  }
}

function isAbsent(node: ts.TypeNode): boolean {
  return (
    node.kind === ts.SyntaxKind.UndefinedKeyword ||
    (ts.isLiteralTypeNode(node) && node.literal.kind === ts.SyntaxKind.NullKeyword)
  );
}

/** The Pulumi package of an SDK file: `@pulumi/aws` and `@pulumiverse/grafana` are `aws` and `grafana`. */
export function packageOf(file: string): string {
  return /node_modules\/@(?:pulumi|pulumiverse)\/([^/]+)\//.exec(file)?.[1] ?? "program";
}

function where(node: ts.Node): string {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${relative(process.cwd(), file.fileName)}:${line + 1}`;
}
