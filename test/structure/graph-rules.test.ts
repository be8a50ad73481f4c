// Every rule of the import graph finds what it forbids.

import { describe, expect, it } from "vitest";
import {
  compareWithTree,
  findBrokenWalls,
  findCycles,
  findDangling,
  findForbiddenImports,
  findIndexLogic,
  findNodeNames,
  findRoomCycles,
  folderRowsOf,
  foldersOf,
} from "./graph-rules.ts";
import { mapRooms } from "./rooms.ts";
import { readSourceFile, type SourceFile } from "./source-file.ts";

const core = "packages/core/src";
const emulator = "packages/emulator/src";
const publish = "packages/mp-publish/src";

function tree(files: Record<string, string>): SourceFile[] {
  return Object.entries(files).map(([path, text]) => readSourceFile(path, text));
}

describe("readSourceFile", () => {
  it("sees every kind of import", () => {
    const { imports } = readSourceFile(
      "a.ts",
      `import b from "./b.ts";
      import type { C } from "./c.ts";
      import { type D } from "./d.ts";
      import "./e.ts";
      export { f } from "./f.ts";
      export type { G } from "./g.ts";
      export * from "./h.ts";
      const i = await import("./i.ts");
      type J = import("./j.ts").J;
      const text = 'import k from "./k.ts"';`,
    );
    expect(imports).toEqual(
      ["b", "c", "d", "e", "f", "g", "h", "i", "j"].map((name) => `./${name}.ts`),
    );
  });

  it("refuses what it cannot parse", () => {
    expect(() => readSourceFile("a.ts", "import {")).toThrow(SyntaxError);
  });
});

describe("findCycles", () => {
  it("accepts a graph that runs one way", () => {
    const files = tree({
      [`${core}/a.ts`]: "",
      [`${core}/b.ts`]: `import "./a.ts";`,
      [`${core}/c.ts`]: `import "./a.ts"; import "./b.ts";`,
    });
    expect(findCycles(files)).toEqual([]);
  });

  it("finds a cycle of type imports", () => {
    const files = tree({
      [`${core}/a.ts`]: `import type { B } from "./inner/b.ts";`,
      [`${core}/inner/b.ts`]: `export type { C } from "../c.ts";`,
      [`${core}/c.ts`]: `type A = import("./a.ts").A;`,
      [`${core}/d.ts`]: `import "./a.ts";`,
    });
    expect(findCycles(files)).toEqual([`${core}/a.ts ↔ ${core}/c.ts ↔ ${core}/inner/b.ts`]);
  });

  it("finds a cycle of packages", () => {
    const files = tree({
      "packages/core/src/index.ts": `export { a } from "@wechat-edge/pay-media";`,
      "packages/pay-media/src/index.ts": `export { b } from "@wechat-edge/core";`,
    });
    expect(findCycles(files)).toHaveLength(1);
  });
});

describe("findDangling", () => {
  it("finds an import of a missing file", () => {
    expect(findDangling(tree({ [`${core}/a.ts`]: `import "./b.ts";` }))).toHaveLength(1);
  });
});

describe("findForbiddenImports", () => {
  it.each([
    ["a Node built-in", `${core}/a.ts`, "node:crypto"],
    ["a package that is not in the table", `${core}/a.ts`, "lodash"],
    ["a type of such a package", `${core}/a.ts`, "undici-types", true],
    ["the package above", `${core}/a.ts`, "@wechat-edge/pay-media"],
    ["the library in the emulator", "packages/emulator/src/a.ts", "@wechat-edge/core"],
    ["leven in pay-media", "packages/pay-media/src/a.ts", "leven"],
    ["anything in a package without a row", "packages/new/src/a.ts", "leven"],
    ["RSA in mp-media", "packages/mp-media/src/a.ts", "@wechat-edge/core/internal/pay"],
    ["tokens in pay-media", "packages/pay-media/src/a.ts", "@wechat-edge/core/internal/mp"],
    [
      "an internal entry in an example",
      "examples/demo/demo.ts",
      "@wechat-edge/core/internal/upload",
    ],
    ["the HTML parser outside its entry", `${publish}/article/check.ts`, "htmlparser2"],
    ["another package's inside", "packages/pay-media/src/a.ts", "../../core/src/hex.ts"],
    [
      "a package's inside from an example",
      "examples/demo/demo.ts",
      "../../packages/core/src/bytes/hex.ts",
    ],
  ])("finds %s", (_, path, specifier, isType = false) => {
    const text = `import ${isType ? "type { A } " : "a "}from "${specifier}";`;
    expect(findForbiddenImports([readSourceFile(path, text)])).toHaveLength(1);
  });

  it("accepts what the table allows", () => {
    const files = tree({
      [`${core}/a.ts`]: `import { sha1 } from "@noble/hashes/legacy.js"; import "leven";`,
      [`${publish}/html/full-scanner.ts`]: `import "htmlparser2"; import "./b.ts";`,
      [`${publish}/html.ts`]: `import "./html/a.ts"; import "@wechat-edge/core/internal/mp";`,
      "packages/emulator/src/bin.ts": `import { parseArgs } from "node:util";`,
      "examples/demo/demo.ts": `import { open } from "node:fs/promises"; import "hono";`,
    });
    expect(findForbiddenImports(files)).toEqual([]);
  });
});

describe("findNodeNames", () => {
  it.each([
    "Buffer.from(x)",
    "let b: Buffer;",
    "process.env",
    "typeof process",
    "({ process })",
    "const { process } = globalThis;",
    "globalThis.process?.version",
    "(globalThis as Runtime).process",
    `runtime.getBuiltinModule("fs")`,
    `load("node:crypto")`,
    `require("fs")`,
    "__dirname",
  ])("finds %s", (text) => {
    expect(findNodeNames([readSourceFile(`${core}/a.ts`, text)])).not.toEqual([]);
  });

  it.each([
    "const a = { process: 1 };",
    "interface A { process?: string; Buffer(): void }",
    "a.Buffer; a.require;",
    "// Buffer, process",
    `"process"`,
  ])("accepts %s", (text) => {
    expect(findNodeNames([readSourceFile(`${core}/a.ts`, text)])).toEqual([]);
  });

  it("lets the hasher alone ask for node:crypto", () => {
    const text = `globalThis.process?.getBuiltinModule?.("node:crypto")`;
    expect(findNodeNames([readSourceFile(`${core}/hash/hasher.ts`, text)])).toEqual([]);
    expect(findNodeNames([readSourceFile("packages/pay-media/src/hasher.ts", text)])).toHaveLength(
      3,
    );
  });
});

describe("findIndexLogic", () => {
  it.each([`export * from "./a.ts";`, "export const a = 1;", `import "./a.ts";`])(
    "finds %s",
    (text) => {
      expect(findIndexLogic([readSourceFile(`${core}/index.ts`, text)])).toHaveLength(1);
    },
  );

  it("accepts named re-exports", () => {
    const text = `export { a } from "./a.ts"; export type { B } from "./b.ts";`;
    expect(findIndexLogic([readSourceFile(`${core}/index.ts`, text)])).toEqual([]);
  });
});

describe("findBrokenWalls", () => {
  it.each([
    ["a half from below", `${core}/http/a.ts`, "../pay/a.ts"],
    ["a half from the errors of all", `${core}/errors.ts`, "./mp/a.ts"],
    ["the other half from Pay", `${core}/pay/keys/a.ts`, "../../mp/a.ts"],
    ["the other half from the Official Account", `${core}/mp/tokens/a.ts`, "../../pay/a.ts"],
    ["a half of the emulator from below", `${emulator}/http/a.ts`, "../mp/a.ts"],
    ["the emulator's other half from Pay", `${emulator}/pay/a.ts`, "../mp/state.ts"],
    ["the emulator's other half from mp", `${emulator}/mp/media/a.ts`, "../../pay/a.ts"],
    ["the rules of articles from HTML", `${publish}/html/a.ts`, "../article/rules/a.ts"],
  ])("finds %s", (_, path, specifier) => {
    for (const text of [`import "${specifier}";`, `import type { A } from "${specifier}";`]) {
      expect(findBrokenWalls([readSourceFile(path, text)])).toHaveLength(1);
    }
  });

  it("lets the halves use what lies below, and the entries both", () => {
    const files = tree({
      [`${core}/pay/keys/a.ts`]: `import "../b.ts"; import "../../http/a.ts";`,
      [`${core}/index.ts`]: `export { a } from "./mp/a.ts"; export { b } from "./pay/b.ts";`,
    });
    expect(findBrokenWalls(files)).toEqual([]);
  });
});

describe("findRoomCycles", () => {
  it("finds rooms that import each other though no files do", () => {
    const files = tree({
      [`${core}/http/a.ts`]: `import "../source/a.ts";`,
      [`${core}/source/b.ts`]: `import type { B } from "../http/b.ts";`,
      [`${core}/pay/keys/a.ts`]: `import "../call.ts";`,
      [`${core}/pay/call.ts`]: `import "./keys/b.ts"; import "../http/c.ts";`,
    });
    expect(findRoomCycles(files)).toEqual([`${core}/http ↔ ${core}/source`]);
  });
});

describe("the page", () => {
  const page = `| \`${core}/\` | entry |\n| \`${core}/pay/keys/\` | see \`${core}/pay/\` |`;

  it("has a row for each folder, in order", () => {
    expect(folderRowsOf(page)).toEqual([`${core}/`, `${core}/pay/keys/`]);
  });

  it("differs from the tree either way", () => {
    const folders = foldersOf([`${core}/a.ts`, `${core}/b.ts`, `${core}/mp/a.ts`]);
    expect(compareWithTree(folderRowsOf(page), folders)).toEqual([
      `the page names ${core}/pay/keys/`,
      `the tree has ${core}/mp/`,
    ]);
  });
});

describe("mapRooms", () => {
  it("counts folders and files right below src, and who imports whom once", () => {
    const files = tree({
      [`${core}/pay/client.ts`]: `import "../http/send.ts"; import "./key.ts"; import "leven";`,
      [`${core}/pay/key.ts`]: `import "../http/send.ts"; import "../errors.ts";`,
      [`${core}/http/send.ts`]: `import "../errors.ts";`,
      [`${core}/errors.ts`]: "",
      [`${publish}/errors.ts`]: "",
    });
    expect(mapRooms(files, "core")).toEqual({ rooms: 3, floors: 3, arrows: 3 });
  });

  it("has no top floor where rooms import each other", () => {
    const files = tree({
      [`${core}/pay/a.ts`]: `import "../http/b.ts";`,
      [`${core}/http/b.ts`]: `import "../pay/a.ts";`,
    });
    expect(mapRooms(files, "core").floors).toBe(Number.POSITIVE_INFINITY);
  });
});
