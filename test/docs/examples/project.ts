// A folder as a reader has it: the packed packages installed, and each block in a file.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { linkModules } from "../../consumers/link-modules.ts";
import { packedPackages } from "../../package/tarball.ts";
import { type Block, fileNameOf } from "./blocks.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Unpacks the packages into `project/node_modules`, with what they and the examples depend on. */
export async function installPackages(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "@wechat-edge"), { recursive: true });
  for (const { name, unpacked } of await packedPackages()) {
    cpSync(unpacked, join(modules, "@wechat-edge", name), { recursive: true });
    linkModules(join(root, "packages", name, "node_modules"), modules);
  }
  for (const place of ["test/consumers", "test/runtimes", "."]) {
    linkModules(join(root, place, "node_modules"), modules);
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
}

/**
 * Writes each block into a folder of its own, under the name that its first line says (`// wechat.ts`), else under its
 * number, with the files of the same page that it imports. Returns the files' paths in the project, in the order of the
 * blocks.
 */
export function writeBlocks(project: string, blocks: readonly Block[]): string[] {
  return blocks.map((block, index) => {
    const [page = "", number = ""] = block.name.split(" #");
    const folder = join("pages", page.replace(/[^\w-]/g, "_"), number);
    const file = join(folder, fileNameOf(block) ?? `${number}.${block.language}`);
    mkdirSync(dirname(join(project, file)), { recursive: true });
    writeFileSync(join(project, file), block.code);
    for (const [path, code] of importedFiles(block, blocks.slice(0, index))) {
      writeFileSync(join(project, folder, path), code);
    }
    return file;
  });
}

/** The files that a block imports from beside it: the last blocks above it that have their names. */
function importedFiles(block: Block, above: readonly Block[]): Map<string, string> {
  const [page] = block.name.split(" #");
  const files = new Map<string, string>();
  for (const [, path = ""] of block.code.matchAll(/\bfrom "\.\/([^"]+)"/g)) {
    const found = above.findLast(
      (other) => other.name.split(" #")[0] === page && fileNameOf(other) === path,
    );
    if (found !== undefined) files.set(path, found.code);
  }
  return files;
}

/** Compiles TypeScript files as strictly as a reader may, and returns the errors in them by file. */
export function typeErrors(
  project: string,
  files: readonly string[],
  types: readonly string[],
): Map<string, string[]> {
  const compilerOptions = {
    target: "es2022",
    module: "nodenext",
    lib: ["es2022"],
    types,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    noEmit: true,
  };
  const config = join(project, `tsconfig.${types.join("-").replace(/\W/g, "")}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions, files }));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [tsc, "--pretty", "false", "-p", config],
    { cwd: project, encoding: "utf8" },
  );
  const errors = new Map<string, string[]>();
  for (const line of stdout.split("\n")) {
    const file = /^([^(\s][^(]*)\(\d+,\d+\): error/.exec(line)?.[1];
    if (file !== undefined) errors.set(file, [...(errors.get(file) ?? []), line]);
  }
  if (stderr !== "" || (status !== 0 && errors.size === 0)) throw new Error(stdout + stderr);
  return errors;
}
