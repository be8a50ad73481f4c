import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));
const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({ name, text: readFileSync(join(SRC, name), "utf8") }));
/** The examples in docstrings import what a reader would. */
const withoutDocstrings = (text: string): string => text.replace(/\/\*\*[\s\S]*?\*\//g, "");
const importsOf = (text: string): string[] =>
  [...withoutDocstrings(text).matchAll(/(?:from|import)\s*\(?"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
const NODE_FILES = ["node.ts", "bin.ts", "command-line/command.ts"];

describe("the source", () => {
  it("uses Node in the server and the command alone", () => {
    const users = files.filter(({ text }) =>
      /"node:|\bprocess\.[a-z]|\bBuffer\b|\brequire\(/.test(text),
    );
    expect(users.map(({ name }) => name).sort()).toEqual([...NODE_FILES].sort());
    const importers = files.filter(({ text }) =>
      /"\.{1,2}\/node\.ts"/.test(withoutDocstrings(text)),
    );
    expect(importers.map(({ name }) => name)).toEqual(["command-line/command.ts"]);
  });

  it("imports nothing but its dependencies and itself", () => {
    const foreign = files.flatMap(({ text }) =>
      importsOf(text).filter((path) => !path.startsWith(".")),
    );
    const packages = foreign
      .filter((path) => !path.startsWith("node:"))
      .map((path) => /^(@[^/]+\/)?[^/]+/.exec(path)?.[0]);
    const manifest = readFileSync(join(SRC, "../package.json"), "utf8");
    const { dependencies } = JSON.parse(manifest) as { dependencies: object };
    expect(new Set(packages)).toEqual(new Set(Object.keys(dependencies)));
    expect(Object.keys(dependencies).filter((name) => name.startsWith("@wechat-edge/"))).toEqual(
      [],
    );
  });

  it("has no import cycle, types included", () => {
    const graph = new Map(
      files.map(({ name, text }) => [
        name,
        importsOf(text)
          .filter((path) => path.startsWith("."))
          .map((path) => relative(SRC, join(SRC, dirname(name), path))),
      ]),
    );
    const done = new Set<string>();
    const walk = (name: string, path: string[]): void => {
      expect(path, `a cycle through ${name}`).not.toContain(name);
      expect(graph.has(name), `${name} exists`).toBe(true);
      if (done.has(name)) return;
      for (const next of graph.get(name) ?? []) walk(next, [...path, name]);
      done.add(name);
    };
    for (const name of graph.keys()) walk(name, []);
    expect(done.size).toBe(files.length);
  });
});
