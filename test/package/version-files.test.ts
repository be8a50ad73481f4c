// What follows from the version and the manifests: jsr.json, the User-Agent, the note on installing.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { withInstallNote } from "../../scripts/release/install-note.ts";
import { jsrConfig } from "../../scripts/release/jsr-config.ts";
import { versionFiles, writeVersionFiles } from "../../scripts/release/version-files.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

if (process.env["UPDATE_DOCS"] === "1") writeVersionFiles();

describe("what follows from the version (UPDATE_DOCS=1 writes it)", () => {
  it.each([...versionFiles()])("%s is as it must be", (path, text) => {
    expect(existsSync(join(root, path))).toBe(true);
    expect(readFileSync(join(root, path), "utf8")).toBe(text);
  });
});

describe("jsr.json", () => {
  const manifest = {
    name: "@wechat-edge/a",
    version: "1.2.3",
    license: "MIT",
    exports: { ".": "./src/index.ts", "./b": "./src/b.ts", "./package.json": "./package.json" },
    dependencies: { "@wechat-edge/core": "workspace:*", leven: "catalog:" },
  };

  it("takes version and entries of package.json, and of siblings the same version", () => {
    expect(jsrConfig(manifest, { leven: "^4.1.0" })).toMatchObject({
      version: "1.2.3",
      exports: { ".": "./src/index.ts", "./b": "./src/b.ts" },
      imports: { "@wechat-edge/core": "jsr:@wechat-edge/core@1.2.3", leven: "npm:leven@^4.1.0" },
    });
  });

  it("is not written where the catalog lacks a dependency", () => {
    expect(() => jsrConfig(manifest, {})).toThrow("leven");
  });
});

describe("the note that npm does not have the packages yet", () => {
  const page = [
    "# A",
    "<!-- install-note: written by scripts/release/install-note.ts -->",
    "old",
    "<!-- /install-note -->",
    "B",
  ].join("\n");
  const clone = "https://example.com/a.git";
  const write = (path: string, version: string) => withInstallNote(page, { path, version, clone });

  it("is on every page that installs a package until the first release, in its language", () => {
    expect(write("README.md", "0.0.0")).toContain("Not on npm yet");
    expect(write("README.md", "0.0.0")).toContain(`git clone ${clone}`);
    expect(write("packages/core/README.zh-CN.md", "0.0.0")).toContain("尚未发布到 npm");
    expect(write("README.md", "0.0.0")).not.toContain("old");
    expect(write("docs/install.md", "0.0.0")).toContain(`git clone ${clone}`);
    expect(write("docs/testing.md", "0.0.0")).toContain("(install.md)");
    expect(write("docs/zh-CN/testing.md", "0.0.0")).toContain("尚未发布到 npm");
  });

  it("is gone with the first release, and can be written again and again", () => {
    const released = write("README.md", "0.1.0");
    expect(released.split("\n")).toEqual(page.split("\n").filter((line) => line !== "old"));
    const again = withInstallNote(released, { path: "README.md", version: "0.1.0", clone });
    expect(again).toBe(released);
  });

  it("is missed where a page has no place for it, or two", () => {
    for (const bad of ["# A", `${page}\n${page}`]) {
      expect(() => withInstallNote(bad, { path: "README.md", version: "0.0.0", clone })).toThrow(
        "README.md must contain these two lines once",
      );
    }
  });
});
