// Writes files that are not TypeScript into TypeScript modules, so that the emulator needs no file system
// and no bundler. Run it with Node after a change in this folder; test/embed.test.ts fails if you forget.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string): URL => new URL(path, import.meta.url);
const NOTICE = "// Written by embed/embed.ts; do not edit.\n\n";

/** The sample files in base64. */
function sampleFiles(): string {
  const names = readdirSync(here("samples")).filter((name) => !name.endsWith(".md"));
  const lines = names.map((name) => {
    const base64 = readFileSync(here(`samples/${name}`), "base64");
    return `  ${JSON.stringify(name)}:\n    ${JSON.stringify(base64)},\n`;
  });
  const type = names.map((name) => `\n  | ${JSON.stringify(name)}`).join("");
  return `${NOTICE}/** The names of the sample files. */\nexport type SampleName =${type};\n\n/** The files in base64. */\nexport const sampleFiles: Readonly<Record<SampleName, string>> = {\n${lines.join("")}};\n`;
}

/** One file without imports, for browsers that have light-dark(). */
async function bundled(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(here(path))],
    bundle: true,
    write: false,
    format: "iife",
    target: ["chrome123", "firefox121", "safari17.5"],
    charset: "utf8",
    minifySyntax: true,
    minifyWhitespace: true,
    // The output becomes a string literal: no ${…} in it.
    supported: { "template-literal": false },
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0]?.text.trim() ?? "";
}

/** A string literal as the formatter writes it: in the quotes it contains fewer of. */
function literal(text: string): string {
  const double = JSON.stringify(text);
  if (text.split('"').length <= text.split("'").length) return double;
  const inner = double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** Script and style of the inspector page. */
async function pageAssets(): Promise<string> {
  const script = await bundled("page/main.ts");
  const style = await bundled("page/style.css");
  return `${NOTICE}/** The script of the inspector page: embed/page/main.ts. */
export const script: string =
  ${literal(script)};

/** The style of the inspector page: embed/page/style.css. */
export const style: string =
  ${literal(style)};
`;
}

async function articleStyle(): Promise<string> {
  const style = await bundled("article/style.css");
  return `${NOTICE}/** The style of an article's page: embed/article/style.css. */
export const articleStyle: string =
  ${literal(style)};
`;
}

/** The generated files by their path in the package. */
export async function embedded(): Promise<Readonly<Record<string, string>>> {
  return {
    "src/demo/sample-files.ts": sampleFiles(),
    "src/inspector/assets.ts": await pageAssets(),
    "src/mp/publish/article-style.ts": await articleStyle(),
  };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await embedded())) {
    writeFileSync(here(`../${path}`), text);
  }
}
