// Writes what is no TypeScript into TypeScript, so that the emulator needs no file system and no
// bundler. Run it with Node after a change in this folder; test/embed.test.ts sees that it was run.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";

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

/** Each written file, by its path in the package. */
export async function embedded(): Promise<Readonly<Record<string, string>>> {
  return { "src/demo/sample-files.ts": sampleFiles() };
}

if (import.meta.main) {
  for (const [path, text] of Object.entries(await embedded())) {
    writeFileSync(here(`../${path}`), text);
  }
}
