import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { xSync } from "tinyexec";
import { afterEach, beforeEach, expect, it } from "vitest";
import { filesBelow } from "./packages.mjs";
import { removeStale } from "./remove-stale.mjs";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "wechat-edge-build-"));
  const compilerOptions = {
    rootDir: "src",
    outDir: "dist",
    tsBuildInfoFile: "dist/.tsbuildinfo",
    composite: true,
    declarationMap: true,
    sourceMap: true,
    target: "es2022",
    lib: ["es2022"],
    skipLibCheck: true,
    types: [],
  };
  writeSource("tsconfig.json", JSON.stringify({ compilerOptions, include: ["src"] }));
  writeSource("src/index.ts", "export const a = 1;\n");
  writeSource("src/old/deep/part.ts", "export const b = 2;\n");
  build();
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function writeSource(path: string, text: string): void {
  const file = join(directory, path);
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(file, text);
}

function build(): string[] {
  removeStale([directory]);
  const tsc = join(import.meta.dirname, "../../node_modules/.bin/tsc");
  xSync(tsc, ["-b"], { throwOnError: true, nodeOptions: { cwd: directory } });
  return filesBelow(join(directory, "dist")).sort();
}

function outputsOf(...names: string[]): string[] {
  const endings = [".d.ts", ".d.ts.map", ".js", ".js.map"];
  return [
    ".tsbuildinfo",
    ...names.flatMap((name) => endings.map((ending) => name + ending)),
  ].sort();
}

it("leaves nothing of a source that moved", () => {
  renameSync(join(directory, "src/old"), join(directory, "src/new"));
  expect(build()).toEqual(outputsOf("index", "new/deep/part"));
  expect(filesBelow(directory).filter((path) => path.includes("dist/old"))).toEqual([]);
});

it("leaves nothing of a source that was removed, and nothing that somebody put there", () => {
  rmSync(join(directory, "src/old"), { recursive: true });
  writeSource("dist/notes/stray.txt", "");
  expect(build()).toEqual(outputsOf("index"));
});

it("has written again what was removed from dist", () => {
  rmSync(join(directory, "dist/index.js"));
  expect(build()).toEqual(outputsOf("index", "old/deep/part"));
});

it("touches nothing that is as it should be", () => {
  expect(build()).toEqual(build());
});
