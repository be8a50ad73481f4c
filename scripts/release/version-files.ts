// The files that are written from the version and the manifests.

import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { packageDirectories, root } from "../build/packages.mjs";
import { withInstallNote } from "./install-note.ts";
import { jsrConfig } from "./jsr-config.ts";
import { catalog, releaseVersion, repository, workspacePackages } from "./workspace.ts";

/** Returns the text of each of these files, by its path below the root. */
export function versionFiles(): Map<string, string> {
  const version = releaseVersion();
  const ranges = catalog();
  const files = new Map<string, string>();
  for (const { directory, manifest } of workspacePackages()) {
    const path = relative(root, join(directory, "jsr.json"));
    files.set(path, `${JSON.stringify(jsrConfig(manifest, ranges), null, 2)}\n`);
  }
  const userAgent = "packages/core/src/http/user-agent.ts";
  const pattern = /"wechat-edge\/[^"]*"/;
  const source = read(userAgent);
  if (!pattern.test(source))
    throw new Error(`${userAgent} does not contain "wechat-edge/VERSION".`);
  files.set(userAgent, source.replace(pattern, `"wechat-edge/${version}"`));
  const clone = repository().slice("git+".length);
  for (const path of pagesWithNote()) {
    files.set(path, withInstallNote(read(path), { path, version, clone }));
  }
  return files;
}

/** Writes the files that differ; returns their paths. */
export function writeVersionFiles(): string[] {
  const changed = [...versionFiles()].filter(
    ([path, text]) => !existsSync(join(root, path)) || read(path) !== text,
  );
  for (const [path, text] of changed) writeFileSync(join(root, path), text);
  return changed.map(([path]) => path);
}

/** Every README of a package, and every page in docs that installs one: each has the note on how to install. */
export function pagesWithNote(): string[] {
  const directories = [root, ...packageDirectories];
  const readmes = directories.flatMap((directory) =>
    ["README.md", "README.zh-CN.md"].map((name) => relative(root, join(directory, name))),
  );
  const pages = globSync("docs/**/*.md", { cwd: root })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /^npm (?:install|i) .*@wechat-edge\//m.test(read(path)));
  return [...readmes, ...pages.sort()].filter((path) => existsSync(join(root, path)));
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
