// The text of a GitHub release, from the CHANGELOGs.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { workspacePackages } from "./workspace.ts";

/** Returns the notes of the current version. Packages with the same notes share a heading. */
export function releaseNotes(): string {
  const byText = new Map<string, string[]>();
  for (const { directory, manifest } of workspacePackages()) {
    const changelog = readFileSync(join(directory, "CHANGELOG.md"), "utf8");
    const text = sectionOf(changelog, manifest.version);
    if (text === undefined) {
      throw new Error(`${directory}/CHANGELOG.md has no section ${manifest.version}.`);
    }
    byText.set(text, [...(byText.get(text) ?? []), `\`${manifest.name}\``]);
  }
  return [...byText]
    .filter(([text]) => text !== "")
    .map(([text, names]) => `## ${names.join(", ")}\n\n${text}\n`)
    .join("\n");
}

/**
 * Returns the text under the heading of a version, without the lines that only repeat the version of a
 * sibling; undefined if there is no such heading.
 */
export function sectionOf(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m);
  const section = sections.find((each) => each.split("\n", 1)[0]?.trim() === version);
  if (section === undefined) return undefined;
  return section
    .slice(version.length)
    .replace(/^- Updated dependencies.*\n(?: {2}- @wechat-edge\/.*\n?)*/gm, "")
    .replace(/^### .*\n+(?=### |$(?![\s\S]))/gm, "")
    .trim();
}
