// What one source file imports, and which names of Node it uses.

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { parseSync } from "oxc-parser";

export interface SourceFile {
  /** Path from the root of the repository, with forward slashes. */
  path: string;
  /** Every specifier imported or re-exported, types and `import()` included. */
  imports: string[];
  /** Uses of Node's own names, as they stand in the source. */
  nodeNames: string[];
  /** Whether the file holds nothing but `export { … } from`. */
  isNamedReExportsOnly: boolean;
}

interface Node {
  type: string;
  [field: string]: unknown;
}

const bareGlobals = new Set(["Buffer", "process", "require", "__dirname", "__filename"]);
// The same reached through an object: globalThis.process?.getBuiltinModule?.("node:crypto").
const reachedGlobals = new Set(["process", "getBuiltinModule"]);
const keyedTypes = new Set([
  "Property",
  "MethodDefinition",
  "PropertyDefinition",
  "TSPropertySignature",
  "TSMethodSignature",
]);

/** Parses a TypeScript source. */
export function readSourceFile(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) throw new SyntaxError(`${path}: ${error.message}`);
  const imports: string[] = [];
  const nodeNames: string[] = [];
  visit(program as unknown as Node, (node, parent) => {
    const specifier = specifierOf(node);
    if (specifier !== undefined) imports.push(specifier);
    else if (isNodeName(node, parent)) nodeNames.push(String(node["name"] ?? node["value"]));
  });
  const isNamedReExportsOnly = program.body.every(
    (node) => node.type === "ExportNamedDeclaration" && node.source !== null,
  );
  return { path, imports, nodeNames, isNamedReExportsOnly };
}

/** The path an import leads to, or undefined where it leaves the workspace. */
export function resolveImport(from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(from), specifier);
  const [, name, subpath] = /^@wechat-edge\/([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return undefined;
  const entry = exportsOf(name)[subpath === undefined ? "." : `./${subpath}`];
  return entry === undefined ? `${specifier} (no entry)` : posix.join("packages", name, entry);
}

/** The entries of a package in the workspace: `./hash-worker` → `./src/hash/hash-worker.ts`. */
function exportsOf(name: string): Readonly<Record<string, string>> {
  const manifest = new URL(`../../packages/${name}/package.json`, import.meta.url);
  return (JSON.parse(readFileSync(manifest, "utf8")) as { exports: Record<string, string> })
    .exports;
}

/** The package an import that leaves its own package names: `@noble/hashes` of `@noble/hashes/sha2.js`. */
export function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

function specifierOf(node: Node): string | undefined {
  const hasSource = [
    "ImportDeclaration",
    "ExportNamedDeclaration",
    "ExportAllDeclaration",
    "ImportExpression",
    "TSImportType",
  ].includes(node.type);
  const source = hasSource ? (node["source"] as Node | null) : null;
  return typeof source?.["value"] === "string" ? source["value"] : undefined;
}

function isNodeName(node: Node, parent: Node | undefined): boolean {
  if (node.type === "Literal") {
    const value = node["value"];
    return typeof value === "string" && value.startsWith("node:") && !isSourceOf(node, parent);
  }
  if (node.type !== "Identifier") return false;
  const name = String(node["name"]);
  if (parent?.type === "MemberExpression" && parent["property"] === node && !parent["computed"]) {
    return reachedGlobals.has(name);
  }
  const isKey = keyedTypes.has(parent?.type ?? "") && parent?.["key"] === node;
  return bareGlobals.has(name) && !(isKey && !parent?.["computed"]);
}

function isSourceOf(node: Node, parent: Node | undefined): boolean {
  return parent?.["source"] === node;
}

function visit(node: Node, enter: (node: Node, parent: Node | undefined) => void): void {
  const walk = (value: unknown, parent: Node | undefined): void => {
    if (Array.isArray(value)) {
      for (const item of value) walk(item, parent);
      return;
    }
    if (!isNode(value)) return;
    enter(value, parent);
    for (const child of Object.values(value)) walk(child, value);
  };
  walk(node, undefined);
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value;
}
