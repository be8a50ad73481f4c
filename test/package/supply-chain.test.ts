// What an installation of the packages brings and runs, by the lockfile and the manifests of all that it names.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { stepsOf, workflow, workflowNames } from "../support/workflows.ts";
import { INSTALLED } from "./installed.ts";
import { packageNames } from "./tarball.ts";

type Resolved = Readonly<Record<string, string | { readonly version: string }>>;
interface Locked {
  readonly dependencies?: Resolved;
  readonly optionalDependencies?: Resolved;
}
interface Lockfile {
  readonly importers: Readonly<Record<string, Locked>>;
  readonly snapshots: Readonly<Record<string, Locked>>;
}
interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly license?: unknown;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const yaml = (name: string): unknown => parse(readFileSync(join(root, name), "utf8"));
const { importers, snapshots } = yaml("pnpm-lock.yaml") as Lockfile;

/** Every foreign package of every published one, by name and version. */
function brought(): string[] {
  const found = new Set<string>();
  const visit = ({ dependencies, optionalDependencies }: Locked): void => {
    for (const [name, resolved] of Object.entries({ ...dependencies, ...optionalDependencies })) {
      const version = typeof resolved === "string" ? resolved : resolved.version;
      const key = `${name}@${version}`;
      if (version.startsWith("link:") || found.has(key)) continue;
      found.add(key);
      visit(snapshots[key] ?? {});
    }
  };
  for (const name of packageNames) visit(importers[`packages/${name}`] ?? {});
  return [...found].sort();
}

/** Where pnpm has a package. */
function folderOf(key: string): string {
  const [, name = "", version = ""] = /^(.+)@([^(]+)/.exec(key) ?? [];
  const store = join(root, "node_modules/.pnpm");
  const [folder] = globSync(`${name.replace("/", "+")}@${version}*`, { cwd: store });
  return join(store, folder ?? "missing", "node_modules", name);
}

/** What npm runs when it installs a package, whatever it is asked. */
const ON_INSTALL = ["preinstall", "install", "postinstall"];

describe("what users install", () => {
  it("is these packages and no others", () => {
    expect(brought().map((key) => key.replace(/@[^@]+$/, ""))).toEqual(INSTALLED);
  });

  it.each(brought())("%s runs nothing when it is installed, and may be used", (key) => {
    const folder = folderOf(key);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    expect(key).toContain(`${manifest.name}@${manifest.version}`);
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => ON_INSTALL.includes(name))).toEqual(
      [],
    );
    // npm runs node-gyp for it, without any script.
    expect(existsSync(join(folder, "binding.gyp"))).toBe(false);
    expect(manifest.license).toMatch(/^(?:MIT|ISC|BSD-2-Clause|Apache-2\.0)$/);
  });
});

describe("what this repository installs", () => {
  it("runs the script of one tool only", () => {
    const { allowBuilds } = yaml("pnpm-workspace.yaml") as { allowBuilds: Record<string, boolean> };
    expect(Object.keys(allowBuilds).filter((name) => allowBuilds[name])).toEqual(["bun"]);
  });

  it("comes from lockfiles that nothing changes on the way", () => {
    const install = readFileSync(join(root, "scripts/install.mjs"), "utf8");
    expect(install).toContain('"--frozen-lockfile"');
    const mutate = readFileSync(join(root, "scripts/mutate/mutate.ts"), "utf8");
    expect(mutate).toMatch(/"npm", \["ci",/);
    expect(mutate).toContain('"--ignore-scripts"');
  });

  it("is installed by no workflow in another way", () => {
    const runs = workflowNames.flatMap((name) => stepsOf(workflow(name)).map(({ run }) => run));
    const others = runs.filter(
      (run) => run !== undefined && !/^(?:npm test|npm run|gh release)\b/.test(run.trim()),
    );
    expect(others).toEqual([]);
  });

  it("of the tools of npm run mutate has a digest each, and names no registry", () => {
    const path = join(root, "scripts/mutate/tools/package-lock.json");
    const lock = JSON.parse(readFileSync(path, "utf8")) as {
      packages: Record<string, { integrity?: string; resolved?: string }>;
    };
    const { "": _, ...packages } = lock.packages;
    expect(Object.keys(packages).length).toBeGreaterThan(50);
    const without = Object.entries(packages).filter(
      ([, { integrity, resolved }]) => !integrity?.startsWith("sha512-") || resolved !== undefined,
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });
});

describe("a release", () => {
  it("has an SBOM of each package, is audited before, and is published with its provenance", () => {
    const { jobs } = workflow("release.yml");
    expect(jobs["pack"]?.steps?.some(({ run }) => run?.includes("pack sbom"))).toBe(true);
    expect([jobs["pack"]?.needs].flat()).toContain("test");
    expect(jobs["test"]?.uses).toBe("./.github/workflows/test.yml");
    const { audit } = workflow("test.yml").jobs;
    expect(audit?.steps?.map(({ run }) => run)).toContain("npm run audit");
    expect(jobs["npm"]?.permissions).toMatchObject({ "id-token": "write" });
  });
});
