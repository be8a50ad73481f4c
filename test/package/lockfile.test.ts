// The lockfile installs frozen on Linux, macOS and Windows, on x64 and arm64: what a package brings
// for a platform is in it, though it was written on another.

import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { INSTALLED } from "./installed.ts";

interface LockedPackage {
  resolution: { integrity?: string };
  os?: string | string[];
  cpu?: string | string[];
  libc?: string | string[];
}

type Resolved = Record<string, string | { version: string }>;

interface Dependencies {
  dependencies?: Resolved;
  devDependencies?: Resolved;
  optionalDependencies?: Resolved;
}

interface Lockfile {
  packages: Record<string, LockedPackage>;
  /** By package and version. */
  snapshots: Record<string, Dependencies>;
  /** By folder in the workspace. */
  importers: Record<string, Dependencies>;
}

interface Manifest {
  name: string;
  version: string;
  optionalDependencies?: Record<string, string>;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const lockfile = parse(readFileSync(join(root, "pnpm-lock.yaml"), "utf8")) as Lockfile;
const { packages } = lockfile;
const platforms = ["linux", "darwin", "win32"].flatMap((os) =>
  ["x64", "arm64"].map((cpu) => ({ os, cpu })),
);

/** What cannot be had, and why nobody misses it there. */
const exceptions: Readonly<Record<string, string>> = {
  "workerd on win32 arm64": "Cloudflare builds none; Windows runs the one for x64",
};

/** Packages with a build for each of several platforms, as installed here. */
const tools = installedManifests()
  .map(({ name, version, optionalDependencies = {} }) => ({
    name,
    version,
    builds: Object.entries(optionalDependencies).map(([build, range]) => `${build}@${range}`),
  }))
  .filter(({ builds }) => builds.length > 1);

function installedManifests(): Manifest[] {
  const store = join(root, "node_modules/.pnpm");
  const found = readdirSync(store)
    .filter((name) => name.includes("@"))
    .map((entry) => {
      const name = entry.replace(/(?<=.)@.*/, "").replace("+", "/");
      const file = join(store, entry, "node_modules", name, "package.json");
      return JSON.parse(readFileSync(file, "utf8")) as Manifest;
    });
  return [...new Map(found.map((each) => [`${each.name}@${each.version}`, each])).values()];
}

/** The foreign packages that an installation of this folder brings. */
function broughtBy(folder: string): string[] {
  const brought = new Set<string>();
  const visit = (
    { dependencies, devDependencies, optionalDependencies }: Dependencies,
    at: string,
  ) => {
    const all = { ...dependencies, ...devDependencies, ...optionalDependencies };
    for (const [name, resolved] of Object.entries(all)) {
      const version = typeof resolved === "string" ? resolved : resolved.version;
      if (version.startsWith("link:")) {
        const sibling = posix.join(at, version.slice("link:".length));
        visit(lockfile.importers[sibling] ?? {}, sibling);
      } else if (!brought.has(name)) {
        brought.add(name);
        visit(lockfile.snapshots[`${name}@${version}`] ?? {}, at);
      }
    }
  };
  visit(lockfile.importers[folder] ?? {}, folder);
  return [...brought].sort();
}

function fits(given: string | string[] | undefined, wanted: string): boolean {
  if (given === undefined) return true;
  return Array.isArray(given) ? given.includes(wanted) : given === wanted;
}

describe("pnpm-lock.yaml", () => {
  it("is read together with the tools that have builds", () => {
    expect(tools.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["@biomejs/biome", "bun", "deno", "esbuild", "typescript", "workerd"]),
    );
  });

  it("holds every package with the digest of its tarball", () => {
    const without = Object.entries(packages).filter(
      ([, { resolution }]) => !resolution.integrity?.startsWith("sha512-"),
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it("brings no tool to the demo", () => {
    expect(broughtBy("examples/hono-worker")).toContain("workerd");
    expect(broughtBy("examples/demo")).toEqual(INSTALLED);
  });

  it("says of the pinned Nodes which platform each is for", () => {
    const nodes = Object.entries(packages).filter(([name]) => name.startsWith("node-linux-"));
    expect(nodes).not.toEqual([]);
    for (const [name, { os, cpu }] of nodes) {
      expect({ name, os: [os].flat(), cpu: [cpu].flat() }).toEqual({
        name,
        os: ["linux"],
        cpu: [name.replace(/^node-linux-(\w+)@.*/, "$1")],
      });
    }
  });

  it.each(tools)("holds all builds of $name $version", ({ builds }) => {
    expect(builds.filter((build) => packages[build] === undefined)).toEqual([]);
  });

  it.each(platforms)("has a build of every tool for $os $cpu", ({ os, cpu }) => {
    const missing = tools
      .filter(
        ({ builds }) =>
          !builds.some((build) => {
            const locked = packages[build];
            return (
              locked !== undefined &&
              fits(locked.os, os) &&
              fits(locked.cpu, cpu) &&
              (os !== "linux" || fits(locked.libc, "glibc"))
            );
          }),
      )
      .map(({ name }) => `${name} on ${os} ${cpu}`);
    const excepted = Object.keys(exceptions).filter((name) => name.endsWith(` on ${os} ${cpu}`));
    expect(missing).toEqual(excepted);
  });
});
