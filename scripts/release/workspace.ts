// The packages that are released, and their manifests before they are packed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { packageDirectories, root } from "../build/packages.mjs";

/** The fields of a package.json that are read. */
export interface Manifest {
  name: string;
  version: string;
  license: string;
  exports: Readonly<Record<string, string>>;
  dependencies: Readonly<Record<string, string>>;
}

export interface WorkspacePackage {
  directory: string;
  manifest: Manifest;
}

/** Lists the packages, each after those that it depends on: the order in which they are published. */
export function workspacePackages(): WorkspacePackage[] {
  const waiting = packageDirectories.map((directory) => ({
    directory,
    manifest: JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as Manifest,
  }));
  const sorted: WorkspacePackage[] = [];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ manifest }) => manifest.name));
    const ready = waiting.findIndex(
      ({ manifest }) => !Object.keys(manifest.dependencies).some((name) => names.has(name)),
    );
    if (ready < 0) throw new Error(`These depend on each other: ${[...names].join(", ")}.`);
    sorted.push(...waiting.splice(ready, 1));
  }
  return sorted;
}

/** Returns the version that all packages have. Throws if they differ. */
export function releaseVersion(): string {
  const versions = new Set(workspacePackages().map(({ manifest }) => manifest.version));
  const [version, ...others] = versions;
  if (version === undefined || others.length > 0) {
    throw new Error(`All packages must have one version; they have ${[...versions].join(", ")}.`);
  }
  return version;
}

/** Returns the address of the repository in the root's package.json: "git+https://….git". */
export function repository(): string {
  const text = readFileSync(join(root, "package.json"), "utf8");
  return (JSON.parse(text) as { repository: { url: string } }).repository.url;
}

/** Returns the version ranges of the catalog in pnpm-workspace.yaml. */
export function catalog(): Readonly<Record<string, string>> {
  const text = readFileSync(join(root, "pnpm-workspace.yaml"), "utf8");
  return (parse(text) as { catalog: Record<string, string> }).catalog;
}
