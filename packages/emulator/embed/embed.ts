// Writes what is no TypeScript into TypeScript, so that the emulator needs no file system and no
// bundler. Run it with Node after a change in this folder; test/embed.test.ts sees that it was run.

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
  return `${NOTICE}/** The names of the sample files. */\nexport type SampleName =${type};\n\n/** Each file in base64. */\nexport const sampleFiles: Readonly<Record<SampleName, string>> = {\n${lines.join("")}};\n`;
}

/** One file that needs no other, as old a browser as has light-dark() reads it. */
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
    // No ${…} in what is written into a string.
    supported: { "template-literal": false },
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0]?.text.trim() ?? "";
}

/** A string as the formatter has it, in the quotes that it has fewer of itself. */
function literal(text: string): string {
  const double = JSON.stringify(text);
  if (text.split('"').length <= text.split("'").length) return double;
  const inner = double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inner}'`;
}

/** What the inspector page runs, and how it looks. */
async function pageAssets(): Promise<string> {
  const script = await bundled("page/main.ts");
  const style = await bundled("page/style.css");
  return `${NOTICE}/** What the inspector page runs: embed/page/main.ts. */
export const script: string =
  ${literal(script)};

/** How the inspector page looks: embed/page/style.css. */
export const style: string =
  ${literal(style)};
`;
}

async function articleStyle(): Promise<string> {
  const style = await bundled("article/style.css");
  return `${NOTICE}/** How the page of an article looks: embed/article/style.css. */
export const articleStyle: string =
  ${literal(style)};
`;
}

/** Each written file, by its path in the package. */
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
