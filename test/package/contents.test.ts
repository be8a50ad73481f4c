// What users get: the manifest and the files of each tarball.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { packageNames, packedPackages, type Tarball } from "./tarball.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rootManifest = readManifest(root);
const tarballs = new Map<string, Tarball>();

beforeAll(async () => {
  for (const tarball of await packedPackages()) tarballs.set(tarball.name, tarball);
}, 120_000);

describe.each(packageNames)("%s as it is published", (name) => {
  const manifestOf = (other: string) => tarballs.get(other)?.manifest ?? {};

  it("says what it is, in words that people search for in English and Chinese", () => {
    const { description, keywords } = manifestOf(name) as {
      description: string;
      keywords: string[];
    };
    expect(description.length).toBeGreaterThan(40);
    expect(description).toMatch(/WeChat/);
    expect(keywords).toEqual(expect.arrayContaining(["wechat", "weixin"]));
    expect(keywords.filter((word) => /^\p{Script=Han}+$/u.test(word)).length).toBeGreaterThan(3);
    expect(new Set(keywords).size).toBe(keywords.length);
  });

  it("says where it comes from, as the repository does", () => {
    const { url } = rootManifest["repository"] as { url: string };
    const page = url.replace(/^git\+|\.git$/g, "");
    expect(manifestOf(name)).toMatchObject({
      homepage: `${page}/tree/main/packages/${name}#readme`,
      bugs: { url: `${page}/issues` },
      repository: { type: "git", url, directory: `packages/${name}` },
      license: rootManifest["license"],
      author: rootManifest["author"],
      type: "module",
      types: "./dist/index.d.ts",
    });
    expect(rootManifest).toMatchObject({
      homepage: `${page}#readme`,
      bugs: { url: `${page}/issues` },
    });
  });

  it("asks for the Node that the whole repository asks for", () => {
    expect(manifestOf(name)["engines"]).toEqual({ node: ">=20.19" });
    expect(rootManifest["engines"]).toEqual({ node: ">=20.19" });
  });

  it("takes siblings in its own version alone, and of everything else what is compatible", () => {
    const { version, dependencies } = manifestOf(name) as Record<string, object>;
    for (const [dependency, range] of Object.entries(dependencies ?? {})) {
      if (dependency.startsWith("@wechat-edge/")) expect(range).toBe(version);
      else expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
    }
    expect(version).toBe(manifestOf("core")["version"]);
    expect(Object.keys(manifestOf(name))).not.toContain("devDependencies");
    expect(Object.keys(manifestOf(name))).not.toContain("peerDependencies");
  });

  it("runs nothing where it is installed", () => {
    const scripts = Object.keys(manifestOf(name)["scripts"] ?? {});
    expect(scripts.filter((script) => /install|prepare/.test(script))).toEqual([]);
  });

  // A change of the list is seen in the diff; `npx vitest run --project package -u` writes it.
  it("holds the files that are listed", async () => {
    const { files = [] } = tarballs.get(name) ?? {};
    const built = new Set(
      files
        .filter((path) => /^src\/.*\.ts$/.test(path))
        .flatMap((path) => {
          const stem = path.replace(/^src(.*)\.ts$/, "dist$1");
          return [`${stem}.js`, `${stem}.js.map`, `${stem}.d.ts`, `${stem}.d.ts.map`];
        }),
    );
    const listed = files.filter((path) => !built.has(path));
    const note = "Of each file under src, dist holds .js, .js.map, .d.ts and .d.ts.map.";
    const missing = [...built].filter((path) => !files.includes(path));
    expect(missing).toEqual([]);
    await expect(`${[...listed, "", note].join("\n")}\n`).toMatchFileSnapshot(`files/${name}.txt`);
  });
});

function readManifest(folder: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
}
