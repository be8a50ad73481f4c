// The rules of the import graph. Each returns one line for each breach.

import { posix } from "node:path";
import { packageOf, resolveImport, type SourceFile } from "./source-file.ts";

/** What each package may import from outside itself; docs/architecture.md has the same table. */
const allowedImports: Readonly<Record<string, readonly string[]>> = {
  core: ["@noble/hashes", "leven"],
  "pay-media": ["@wechat-edge/core"],
  "mp-media": ["@wechat-edge/core"],
  "mp-publish": ["@wechat-edge/core", "@wechat-edge/mp-media"],
  emulator: ["@noble/hashes", "hono", "htmlparser2", "leven", "valibot"],
};

/** The entries of core that only its sibling packages take: pay-media carries no token, mp-media no RSA. */
const internalEntries: Readonly<Record<string, readonly string[]>> = {
  "pay-media": ["upload", "pay"],
  "mp-media": ["upload", "mp"],
  "mp-publish": ["upload", "mp"],
};

/** Rooms, and what none of their files imports. Below nothing knows a half, and the halves do not know each other. */
const walls: readonly { readonly from: RegExp; readonly to: RegExp }[] = [
  {
    from: /^packages\/core\/src\/(?:(?:bytes|async|http|source|hash|inspect|upload)\/|(?:client-parts|errors|feature|given|options|store)\.ts$)/,
    to: /^packages\/core\/src\/(?:pay|mp)\//,
  },
  { from: /^packages\/core\/src\/pay\//, to: /^packages\/core\/src\/mp\// },
  { from: /^packages\/core\/src\/mp\//, to: /^packages\/core\/src\/pay\// },
  {
    from: /^packages\/emulator\/src\/(?:bytes|file|html|http|journal|time|validation)\//,
    to: /^packages\/emulator\/src\/(?:pay|mp)\//,
  },
  { from: /^packages\/emulator\/src\/pay\//, to: /^packages\/emulator\/src\/mp\// },
  { from: /^packages\/emulator\/src\/mp\//, to: /^packages\/emulator\/src\/pay\// },
  { from: /^packages\/mp-publish\/src\/html\//, to: /^packages\/mp-publish\/src\/article\// },
];

// The entry that carries an HTML parser.
const htmlFiles = /^packages\/mp-publish\/src\/html\/full-scanner\.ts$/;
const htmlImports = ["htmlparser2"];

// The emulator's server and its command.
const nodeFiles = new Set([
  "packages/emulator/src/node.ts",
  "packages/emulator/src/bin.ts",
  "packages/emulator/src/command-line/command.ts",
]);
// Takes node:crypto where the runtime offers it, and only then.
const builtinFile = "packages/core/src/hash/hasher.ts";

/** Groups of files that import each other, each group's paths in order. */
export function findCycles(files: readonly SourceFile[]): string[] {
  const edges = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.flatMap((specifier) => resolveImport(path, specifier) ?? []),
    ]),
  );
  const reach = new Map([...edges.keys()].map((path) => [path, reachableFrom(path, edges)]));
  const cycles = new Set<string>();
  for (const [path, reached] of reach) {
    if (!reached.has(path)) continue;
    const group = [...reached].filter((other) => reach.get(other)?.has(path));
    cycles.add(group.sort().join(" ↔ "));
  }
  return [...cycles];
}

/** Relative imports that lead to no file. */
export function findDangling(files: readonly SourceFile[]): string[] {
  const paths = new Set(files.map(({ path }) => path));
  return files.flatMap(({ path, imports }) =>
    imports
      .filter((specifier) => {
        const target = resolveImport(path, specifier);
        return target !== undefined && !paths.has(target);
      })
      .map((specifier) => `${path} imports ${specifier}, which is not there`),
  );
}

/** Imports of packages that design forbids, and of another package's inside. */
export function findForbiddenImports(files: readonly SourceFile[]): string[] {
  const breaches: string[] = [];
  for (const { path, imports } of files) {
    const own = packageDirectory(path);
    const extra = htmlFiles.test(path) ? htmlImports : [];
    const allowed = own === undefined ? undefined : [...(allowedImports[own] ?? []), ...extra];
    for (const specifier of imports) {
      if (specifier.startsWith(".")) {
        const target = resolveImport(path, specifier);
        const other = target === undefined ? undefined : packageDirectory(target);
        if (other !== own) breaches.push(`${path} reaches into ${specifier}`);
      } else if (specifier.startsWith("node:")) {
        if (own !== undefined && !nodeFiles.has(path))
          breaches.push(`${path} imports ${specifier}`);
      } else if (allowed !== undefined && !allowed.includes(packageOf(specifier))) {
        breaches.push(`${path} imports ${specifier}`);
      } else if (!mayTakeEntry(own, specifier)) {
        breaches.push(`${path} takes ${specifier}`);
      }
    }
  }
  return breaches;
}

function mayTakeEntry(own: string | undefined, specifier: string): boolean {
  const [, entry] = /^@wechat-edge\/core\/internal\/(.+)$/.exec(specifier) ?? [];
  return entry === undefined || (internalEntries[own ?? ""] ?? []).includes(entry);
}

/** Imports from a room into one that it must not know. */
export function findBrokenWalls(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, imports }) =>
    imports
      .flatMap((specifier) => resolveImport(path, specifier) ?? [])
      .filter((target) => walls.some(({ from, to }) => from.test(path) && to.test(target)))
      .map((target) => `${path} imports ${target}`),
  );
}

/** Node's own names in files that have to run without Node. */
export function findNodeNames(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => packageDirectory(path) !== undefined)
    .filter(({ path }) => !nodeFiles.has(path) && path !== builtinFile)
    .flatMap(({ path, nodeNames }) => nodeNames.map((name) => `${path} uses ${name}`));
}

/** index.ts files that hold anything but named re-exports. */
export function findIndexLogic(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ path }) => path.endsWith("/index.ts") && packageDirectory(path) !== undefined)
    .filter(({ isNamedReExportsOnly }) => !isNamedReExportsOnly)
    .map(({ path }) => `${path} holds more than named re-exports`);
}

/** Rooms (first-level folders, and files beside them) of the libraries that import each other in a circle. */
export function findRoomCycles(files: readonly SourceFile[]): string[] {
  const rooms = new Map<string, SourceFile>();
  for (const { path, imports } of files) {
    const from = roomOf(path);
    if (from === undefined) continue;
    const targets = imports.flatMap((specifier) => resolveImport(path, specifier) ?? []);
    const others = targets.flatMap((target) => roomOf(target) ?? []).filter((to) => to !== from);
    const room = rooms.get(from) ?? {
      path: from,
      imports: [],
      nodeNames: [],
      isNamedReExportsOnly: false,
    };
    const relative = others.map((to) => `./${posix.relative(posix.dirname(from), to)}`);
    rooms.set(from, { ...room, imports: [...room.imports, ...relative] });
  }
  return findCycles([...rooms.values()]);
}

function roomOf(path: string): string | undefined {
  return /^packages\/[^/]+\/src\/[^/]+/.exec(path)?.[0];
}

/** The folder of each source file of the packages, each once. */
export function foldersOf(paths: readonly string[]): string[] {
  return [...new Set(paths.map((path) => `${posix.dirname(path)}/`))].sort();
}

/** The source folders a Markdown page has a row for, in order. */
export function folderRowsOf(markdown: string): string[] {
  return Array.from(
    markdown.matchAll(/^\| `(packages\/[\w-]+\/src\/(?:[\w-]+\/)*)` \|/gm),
    ([, path = ""]) => path,
  );
}

/** Folders that only the page or only the tree has. */
export function compareWithTree(page: readonly string[], tree: readonly string[]): string[] {
  return [
    ...page.filter((path) => !tree.includes(path)).map((path) => `the page names ${path}`),
    ...tree.filter((path) => !page.includes(path)).map((path) => `the tree has ${path}`),
  ];
}

function packageDirectory(path: string): string | undefined {
  return /^packages\/([^/]+)\/src\//.exec(path)?.[1];
}

function reachableFrom(start: string, edges: ReadonlyMap<string, string[]>): Set<string> {
  const reached = new Set<string>();
  const waiting = [...(edges.get(start) ?? [])];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    waiting.push(...(edges.get(path) ?? []));
  }
  return reached;
}
