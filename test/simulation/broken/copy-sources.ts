import {
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Break } from "./breaks.ts";

const PACKAGES = ["core", "pay-media", "mp-media", "mp-publish", "emulator"];
const PARTS = ["package.json", "src", "node_modules"];

/** Copies the sources and the simulation to an empty folder, where they import each other and nothing of the original. */
export function copySources(from: string, to: string): void {
  const links = { recursive: true, verbatimSymlinks: true } as const;
  for (const name of PACKAGES) {
    for (const part of PARTS) {
      cpSync(join(from, "packages", name, part), join(to, "packages", name, part), links);
    }
  }
  mkdirSync(join(to, "test/long"), { recursive: true }); // the commands list what is in it
  for (const folder of ["simulation", "support"]) {
    cpSync(join(from, "test", folder), join(to, "test", folder), links);
  }
  cpSync(join(from, "scripts"), join(to, "scripts"), links);
  cpSync(join(from, "package.json"), join(to, "package.json"));
  copyLinks(join(from, "node_modules"), join(to, "node_modules"));
  symlinkSync(join(from, "node_modules/.pnpm"), join(to, "node_modules/.pnpm"));
}

/** The links of node_modules are relative, so that those of our own packages lead to the copies. */
function copyLinks(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from)) {
    if (name === ".pnpm") continue;
    const path = join(from, name);
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) symlinkSync(readlinkSync(path), join(to, name));
    else if (stats.isDirectory() && name.startsWith("@")) copyLinks(path, join(to, name));
  }
}

/** Makes places wrong. Throws if one is not there, or more than once. */
export function breakSource(root: string, { name, changes }: Break): void {
  for (const { file, text, broken } of changes) {
    const path = join(root, file);
    const source = readFileSync(path, "utf8");
    const times = source.split(text).length - 1;
    if (times !== 1) {
      throw new Error(
        `The break “${name}” wants ${JSON.stringify(text)} once in ${file}, and it is there ${times} times. Write it anew.`,
      );
    }
    writeFileSync(
      path,
      source.replace(text, () => broken),
    );
  }
}
