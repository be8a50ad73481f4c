// JSR takes sources, which it reads without a compiler of its own ("no slow types"), and which Deno checks with its own
// libraries.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, it } from "vitest";
import { linkModules } from "../consumers/link-modules.ts";
import { command } from "../package/command.ts";
import { makeDirectory, packageNames } from "../package/tarball.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const deno = join(root, "test/runtimes/node_modules/.bin/deno");
// Away from the package.json of the workspace, which Deno would rewrite.
const directory = makeDirectory();
afterAll(() => rmSync(directory, { recursive: true, force: true }));

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

it("the sources pass deno publish --dry-run", async () => {
  mkdirSync(join(directory, "node_modules/@types"), { recursive: true });
  linkModules(join(root, "node_modules/@types"), join(directory, "node_modules/@types"));
  for (const name of packageNames) copySources(name);
  const workspace = packageNames.map((name) => `./${name}`);
  const config = JSON.stringify({ workspace, nodeModulesDir: "manual" });
  writeFileSync(join(directory, "deno.json"), config);
  // Rejects with all that Deno printed, where a type is slow or wrong.
  await command(deno, ["publish", "--dry-run", "--allow-dirty"], {
    cwd: directory,
    env: { DENO_DIR: join(directory, ".deno") },
  });
}, 300_000);

function copySources(name: string): void {
  const [from, to] = [join(root, "packages", name), join(directory, name)];
  mkdirSync(join(to, "node_modules"), { recursive: true });
  cpSync(join(from, "src"), join(to, "src"), { recursive: true });
  linkModules(join(from, "node_modules"), join(to, "node_modules"));
  linkModules(join(from, "node_modules"), join(directory, "node_modules"));
  const manifest = JSON.parse(readFileSync(join(from, "package.json"), "utf8")) as Manifest;
  const { "./package.json": _, ...exports } = manifest.exports;
  const imports = Object.keys(manifest.dependencies)
    .filter((dependency) => !dependency.startsWith("@wechat-edge/"))
    .map((dependency) => [dependency, `npm:${dependency}`]);
  writeFileSync(
    join(to, "jsr.json"),
    JSON.stringify({
      name: manifest.name,
      version: "0.0.0",
      license: "MIT",
      exports,
      imports: Object.fromEntries(imports),
    }),
  );
}
