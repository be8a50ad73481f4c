// Every example in the documentation runs, and prints what it says it prints.

import { globSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import * as core from "@wechat-edge/core";
import * as hashWorker from "@wechat-edge/core/hash-worker";
import * as emulator from "@wechat-edge/emulator";
import * as emulatorNode from "@wechat-edge/emulator/node";
import * as emulatorSamples from "@wechat-edge/emulator/samples";
import * as mpMedia from "@wechat-edge/mp-media";
import * as mpPublish from "@wechat-edge/mp-publish";
import * as mpPublishHtml from "@wechat-edge/mp-publish/html";
import * as payMedia from "@wechat-edge/pay-media";
import { transform } from "esbuild";
import * as unstorage from "unstorage";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const modules: Record<string, object> = {
  "@wechat-edge/core": core,
  "@wechat-edge/core/hash-worker": hashWorker,
  "@wechat-edge/emulator": emulator,
  "@wechat-edge/emulator/node": emulatorNode,
  "@wechat-edge/emulator/samples": emulatorSamples,
  "@wechat-edge/mp-media": mpMedia,
  "@wechat-edge/mp-publish": mpPublish,
  "@wechat-edge/mp-publish/html": mpPublishHtml,
  "@wechat-edge/pay-media": payMedia,
  unstorage,
  "node:fs/promises": { readFile: (path: string) => readFile(`${root}${path}`) },
};

interface Example {
  /** File and number, as `README.md #2`. */
  readonly name: string;
  readonly code: string;
}

/** The ```ts blocks of the Markdown pages. */
function pageExamples(): Example[] {
  const pages = globSync(["*.md", "docs/**/*.md", "packages/*/README.md", "examples/*/README.md"], {
    cwd: root,
  });
  return pages.sort().flatMap((page) => blocks(page, readFileSync(root + page, "utf8")));
}

/** The ```ts blocks behind `@example` in the docstrings. */
function docstringExamples(): Example[] {
  const files = globSync("packages/*/src/**/*.ts", { cwd: root });
  return files.sort().flatMap((file) => {
    const comments = readFileSync(root + file, "utf8").match(/\/\*\*[\s\S]*?\*\//g) ?? [];
    const text = comments
      .filter((comment) => comment.includes("@example"))
      .map((comment) => comment.replace(/^\s*\* ?/gm, ""))
      .join("\n");
    return blocks(file, text);
  });
}

function blocks(file: string, text: string): Example[] {
  return Array.from(text.matchAll(/```ts\n([\s\S]*?)```/g), ([, code = ""], i) => ({
    name: `${file} #${i + 1}`,
    code,
  }));
}

/** Runs the code with the names an example may take for granted, and gives what it logged. */
async function run(code: string): Promise<string[]> {
  const { fetch } = emulator.createEmulator();
  const { mchid, serialNo, privateKey, platformKeys } = emulator.credentials.pay;
  const media = (name: string) => readFile(`${root}examples/media/${name}`);
  const logged: string[] = [];
  const given = {
    ...core,
    ...hashWorker,
    ...mpMedia,
    ...mpPublish,
    ...mpPublishHtml,
    ...payMedia,
    ...emulator,
    ...emulatorNode,
    modules,
    console: { log: (...values: unknown[]) => logged.push(format(...values)) },
    pay: core.createPayClient({ mchid, serialNo, privateKey, platformKeys, fetch }),
    mp: core.createMpClient({ ...emulator.credentials.mp, fetch }),
    jpeg: await media("licence.jpg"),
    mp4: await media("clip.mp4"),
    merchantPem: privateKey,
    platformPem: platformKeys[0]?.key,
  };
  const local = code.replace(
    /^import (\{[^}]+\}) from ("[^"]+");$/gm,
    (_, names: string, from: string) =>
      `const ${names.replace(/\btype \w+,?/g, "").replaceAll(" as ", ": ")} = modules[${from}];`,
  );
  const { code: script } = await transform(`export {}; ${local}`, {
    loader: "ts",
    format: "esm",
    target: "esnext",
  });
  const imported = Object.keys(given).filter((name) => !redeclared(local, name));
  const AsyncFunction = (async () => undefined).constructor as new (
    ...parameters: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const body = script.replace(/^export \{\};?$/gm, "");
  await new AsyncFunction(...imported, body)(
    ...imported.map((name) => given[name as keyof typeof given]),
  );
  return logged;
}

function redeclared(code: string, name: string): boolean {
  return new RegExp(
    `\\b(?:const|let|function)\\s+(?:\\{[^}]*\\b${name}\\b[^}]*\\}|${name}\\b)`,
  ).test(code);
}

/** What the comments behind `console.log(…);` promise, in order. */
function promised(code: string): string[] {
  return Array.from(code.matchAll(/console\.log\(.*\);? \/\/ (.*)$/gm), ([, text = ""]) => text);
}

describe("documented examples", () => {
  const examples = [...docstringExamples(), ...pageExamples()];

  it("are found", () => {
    expect(examples.length).toBeGreaterThan(10);
  });

  for (const { name, code } of examples) {
    it(`${name} runs`, async () => {
      const logged = await run(code);
      let from = 0;
      for (const text of promised(code)) {
        const at = logged.indexOf(text, from);
        expect(logged.slice(from), text).toContain(text);
        from = at + 1;
      }
    });
  }
});

describe("exports", () => {
  const exported = globSync("packages/*/src/**/*.ts", { cwd: root }).flatMap((file) =>
    readFileSync(root + file, "utf8"),
  );
  const functions = [
    core,
    hashWorker,
    mpMedia,
    mpPublish,
    mpPublishHtml,
    payMedia,
    emulator,
    emulatorNode,
  ].flatMap((module) =>
    Object.entries(module)
      .filter(([, value]) => typeof value === "function" && !isErrorClass(value))
      .map(([name]) => name),
  );

  for (const name of functions) {
    it(`${name} has an example in its docstring`, () => {
      const declared = new RegExp(
        String.raw`@example\s*\* \`\`\`ts(?:(?!\*/)[\s\S])*?\*/\s*export (?:async )?function ${name}\b`,
      );
      expect(exported.some((source) => declared.test(source))).toBe(true);
    });
  }
});

function isErrorClass(value: unknown): boolean {
  return typeof value === "function" && value.prototype instanceof Error;
}
