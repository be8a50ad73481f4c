// A folder with the packages as they are packed, and programs in it.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { command } from "../package/command.ts";
import { packedPackages, type Tarball } from "../package/tarball.ts";
import { type Environment, everywhere } from "./environments.ts";
import { linkModules } from "./link-modules.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sources = fileURLToPath(new URL("sources", import.meta.url));
const leaf = fileURLToPath(new URL("node_modules", import.meta.url));

/** Packs all packages and unpacks them into `project/node_modules`, with what they depend on. */
export async function installPackages(project: string): Promise<void> {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "@wechat-edge"), { recursive: true });
  const tarballs = await packedPackages();
  for (const { name, unpacked } of tarballs) {
    cpSync(unpacked, join(modules, "@wechat-edge", name), { recursive: true });
    linkModules(join(root, "packages", name, "node_modules"), modules);
  }
  linkModules(leaf, modules);
  mkdirSync(join(project, "node20"));
  symlinkSync(join(leaf, "@types/node20"), join(project, "node20/node"));
  cpSync(sources, join(project, "src"), { recursive: true });
  writeImports(join(project, "src/entries.ts"), tarballs.flatMap(entriesOf));
  writeImports(join(project, "src/declarations.ts"), tarballs.flatMap(declarationsOf));
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
}

function writeImports(file: string, specifiers: readonly string[]): void {
  const lines = specifiers.map(
    (specifier) => `import type {} from ${JSON.stringify(specifier)};\n`,
  );
  writeFileSync(file, lines.join(""));
}

function entriesOf({ name, manifest }: Tarball): string[] {
  return Object.keys(manifest["exports"] as object)
    .filter((path) => path !== "./package.json")
    .map((path) => `@wechat-edge/${name}${path.slice(1)}`);
}

/** Every declaration of a package, also those that no entry leads to; the emulator's routes speak Hono's types. */
function declarationsOf({ name, files }: Tarball): string[] {
  if (name === "emulator") return [];
  return files
    .filter((path) => path.endsWith(".d.ts"))
    .map((path) => `../node_modules/@wechat-edge/${name}/${path.replace(/\.d\.ts$/, ".js")}`);
}

/** A compiler of `test/consumers`, or the one that builds this project. */
export type Compiler = "typescript" | "typescript57" | "typescript59" | "typescript60";

const compilerPath = (compiler: Compiler): string =>
  join(compiler === "typescript" ? join(root, "node_modules") : leaf, compiler, "bin/tsc");

export type Resolution = "nodenext" | "bundler";

export interface Complaints {
  /** Errors in the program or in a package of this project. */
  readonly ours: readonly string[];
  /** Other packages with errors in their own declarations. */
  readonly broken: readonly string[];
}

/** Compiles the sources of an environment, and sorts the complaints by whose they are. */
export function compile(
  project: string,
  compiler: Compiler,
  { lib, types, typeRoot, sources: names }: Environment,
  moduleResolution: Resolution,
): Complaints {
  const config = join(project, "tsconfig.json");
  writeFileSync(
    config,
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: moduleResolution === "bundler" ? "preserve" : "nodenext",
        moduleResolution,
        lib,
        types,
        ...(typeRoot !== undefined && { typeRoots: [typeRoot] }),
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
        noEmit: true,
        allowImportingTsExtensions: true,
      },
      files: [...everywhere, ...names].map((name) => join("src", `${name}.ts`)),
    }),
  );
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [compilerPath(compiler), "--pretty", "false", "-p", config],
    { cwd: project, encoding: "utf8" },
  );
  const complaints = stdout.split("\n").filter((line) => /error TS\d+:/.test(line));
  if (stderr !== "" || (status !== 0 && complaints.length === 0)) throw new Error(stdout + stderr);
  const foreign = complaints.map((line) => ({ line, package: foreignPackage(line) }));
  return {
    ours: foreign.filter((found) => found.package === undefined).map(({ line }) => line),
    broken: [...new Set(foreign.flatMap((found) => found.package ?? []))].sort(),
  };
}

/** Checks them with Deno's own libraries. Rejects with what Deno printed. */
export async function checkInDeno(project: string): Promise<void> {
  const compilerOptions = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true };
  const config = { compilerOptions, nodeModulesDir: "manual" };
  writeFileSync(join(project, "deno.json"), JSON.stringify(config));
  const deno = join(root, "test/runtimes/node_modules/.bin/deno");
  const files = [...everywhere, "web", "deno"].map((name) => join("src", `${name}.ts`));
  const env = { DENO_DIR: join(project, ".deno") };
  await command(deno, ["check", "--no-lock", ...files], { cwd: project, env });
}

/** The package whose declaration a complaint is about, unless it is one of this project. */
function foreignPackage(complaint: string): string | undefined {
  const name = /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\/[^(]*\(/.exec(complaint)?.[1];
  return name?.startsWith("@wechat-edge/") ? undefined : name;
}
