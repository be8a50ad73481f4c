// A project as a user has it: an empty folder outside the workspace, into which npm installs the packed packages.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inject } from "vitest";
import { command } from "../package/command.ts";
import { makeDirectory } from "../package/tarball.ts";
import { type Tool, toolVersions } from "./tool-versions.ts";

export interface Project {
  readonly folder: string;
  /** Writes files of the project, by their paths. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  /** Runs a program of node_modules/.bin and returns what it printed. */
  run(program: string, ...args: readonly string[]): Promise<string>;
  remove(): void;
}

/** Makes a project with the packages and the tools, and installs them with npm. */
export async function makeProject(
  tools: readonly Tool[],
  files: Readonly<Record<string, string | Uint8Array>>,
  manifest: Readonly<Record<string, unknown>> = {},
): Promise<Project> {
  const tarballs = Object.entries(inject("tarballs"));
  const dependencies = Object.fromEntries(
    tarballs.map(([name, path]) => [`@wechat-edge/${name}`, `file:${path}`]),
  );
  const devDependencies = Object.fromEntries(
    tools.map((tool) => {
      const [, name = "", version = ""] = /^(.+)@(.+)$/.exec(toolVersions[tool]) ?? [];
      return [name, version];
    }),
  );
  const folder = makeDirectory();
  const project: Project = {
    folder,
    write(texts) {
      for (const [path, text] of Object.entries(texts)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
    },
    run: (program, ...args) =>
      command(join(folder, "node_modules/.bin", program), args, { cwd: folder }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
  const whole = { private: true, type: "module", dependencies, devDependencies, ...manifest };
  // npm takes the siblings that a package asks for from the registry unless they are overridden.
  const text = JSON.stringify({ ...whole, overrides: dependencies }, undefined, 2);
  project.write({ "package.json": text, ...files });
  const options = ["--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  await command("npm", ["install", ...options], { cwd: folder });
  return project;
}
