// What is published: the files, and the packages installed from them.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "./command.ts";
import { makeDirectory, packageNames, packedPackages, type Tarball } from "./tarball.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "node_modules/.bin");
const runtimes = join(root, "test/runtimes/node_modules");
const tarballs = new Map<string, Tarball>();
/** htmlparser2 and what it needs. */
const PARSER = [
  "dom-serializer",
  "domelementtype",
  "domhandler",
  "domutils",
  "entities",
  "htmlparser2",
];

beforeAll(async () => {
  for (const each of await packedPackages()) tarballs.set(each.name, each);
}, 120_000);

function tarball(name: string): Tarball {
  const found = tarballs.get(name);
  if (found === undefined) throw new Error(`There is no tarball of ${name}.`);
  return found;
}

describe.each(packageNames)("the tarball of %s", (name) => {
  it("holds the build, its sources, a page in two languages and a licence", () => {
    const { files } = tarball(name);
    const stray = files.filter(
      (path) =>
        !["CHANGELOG.md", "LICENSE", "package.json"].includes(path) &&
        !/^README(\.zh-CN)?\.md$/.test(path) &&
        !/^src\/.*\.ts$/.test(path) &&
        !/^dist\/.*\.(js|js\.map|d\.ts|d\.ts\.map)$/.test(path),
    );
    expect(stray).toEqual([]);
    expect(files.filter((path) => /\.test\.|tsbuildinfo/.test(path))).toEqual([]);
    expect(files).toEqual(
      expect.arrayContaining([
        "CHANGELOG.md",
        "LICENSE",
        "README.md",
        "README.zh-CN.md",
        "package.json",
        "dist/index.js",
        "dist/index.d.ts",
        "src/index.ts",
      ]),
    );
  });

  it("holds the build of exactly the sources it holds", () => {
    const { files } = tarball(name);
    const sources = files.filter((path) => path.startsWith("src/"));
    const built = files.filter((path) => path.endsWith(".js"));
    expect(built).toEqual(sources.map((path) => path.replace(/^src(.*)\.ts$/, "dist$1.js")).sort());
  });

  it("names real versions and the build", () => {
    const { manifest } = tarball(name);
    expect(JSON.stringify(manifest)).not.toMatch(/workspace:|catalog:/);
    expect(JSON.stringify([manifest["exports"], manifest["bin"]])).not.toContain("src/");
    expect(manifest).toMatchObject({ type: "module", license: "MIT" });
  });

  it("has effects in no file but a worker's script, which a bundler must not leave out", () => {
    const { files, manifest } = tarball(name);
    const scripts = files.filter((path) => /worker-script\.[jt]s$/.test(path));
    const expected = scripts.length > 0 ? scripts.map((path) => `./${path}`) : false;
    expect(manifest["sideEffects"]).toEqual(expected);
  });

  it("names no file by its source's extension, which bundlers would look for", () => {
    const { files, unpacked } = tarball(name);
    const names = files
      .filter((file) => /^dist\/.*(\.js|\.d\.ts)$/.test(file))
      .filter((file) =>
        /["']\.{1,2}\/[^"'\s]*(?<!\.d)\.ts["']/.test(readFileSync(join(unpacked, file), "utf8")),
      );
    expect(names).toEqual([]);
  });

  it("pleases publint", async () => {
    const bytes = readFileSync(tarball(name).path);
    const { messages, pkg } = await publint({
      strict: true,
      pack: { tarball: Uint8Array.from(bytes).buffer },
    });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("pleases attw", async () => {
    await command(
      join(bin, "attw"),
      [tarball(name).path, "--profile", "esm-only", "--no-emoji", "--no-color"],
      { cwd: dirname(tarball(name).path) },
    );
  });
});

/** What runs a program, by its name. */
const programs = [
  ["Node 20", join(runtimes, "node20/bin/node")],
  ["Node 22", join(runtimes, "node22/bin/node")],
  ["Node 24", process.execPath],
  ["Node 26", join(runtimes, "node26/bin/node")],
  ["Deno", join(runtimes, ".bin/deno"), "run", "-A", "--no-lock", "--node-modules-dir=manual"],
  ["Bun", join(runtimes, ".bin/bun"), "run"],
].filter(([, program = ""]) => existsSync(program));

/** What installing a package brings along, and how a program uses it: the one that brings most, in every runtime. */
const installs = [
  {
    name: "pay-media",
    siblings: ["core"],
    others: [],
    runs: programs.slice(0, 1),
    entries: ["core", "pay-media", "pay-media/downloads", "pay-media/endpoints"],
  },
  {
    name: "mp-publish",
    siblings: ["core", "mp-media"],
    others: PARSER,
    runs: programs,
    entries: [
      "core",
      "core/hash-worker",
      "core/mp-messages",
      "core/mp-doctor",
      "core/pay-doctor",
      "mp-media",
      "mp-publish",
      "mp-publish/html",
    ],
  },
];

describe.each(installs)("$name installed with npm", ({ name, siblings, others, runs, entries }) => {
  const project = makeDirectory();
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  beforeAll(async () => {
    await install(project, name, siblings);
    writeFileSync(join(project, "check.mjs"), checkScript(entries));
  }, 120_000);

  it("brings what it needs and nothing else", () => {
    const ours = [name, ...siblings].map((own) => `@wechat-edge/${own}`);
    expect(installedPackages(project)).toEqual(
      ["@noble/hashes", "leven", ...ours, ...others].sort(),
    );
  });

  it.each(runs)(
    "loads in %s with every name of the workspace",
    async (_, program = "", ...args) => {
      const printed = await command(program, [...args, "check.mjs"], {
        cwd: project,
        env: denoCache(project),
      });
      const loaded = JSON.parse(printed) as Record<string, string[]>;
      for (const entry of entries) {
        const here = (await import(`@wechat-edge/${entry}`)) as object;
        expect(loaded[entry]).toEqual(Object.keys(here).sort());
      }
    },
  );

  const types = consumers[name];
  if (types === undefined) return;
  beforeAll(() => writeFileSync(join(project, "consumer.ts"), types));

  it.each([
    ["nodenext", "nodenext"],
    ["bundler", "preserve"],
  ])("type-checks under %s resolution", async (moduleResolution, module) => {
    const config = join(project, `tsconfig.${moduleResolution}.json`);
    writeFileSync(
      config,
      JSON.stringify({
        compilerOptions: {
          module,
          moduleResolution,
          target: "es2022",
          lib: ["es2022", "dom", "dom.iterable"],
          types: [],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
        },
        files: ["consumer.ts"],
      }),
    );
    await command(join(bin, "tsc"), ["-p", config], { cwd: project });
  });

  it("type-checks in Deno", async () => {
    const args = ["check", "--no-lock", "--node-modules-dir=manual", "consumer.ts"];
    const env = denoCache(project);
    await command(join(runtimes, ".bin/deno"), args, { cwd: project, env });
  });
});

describe("emulator installed with npm", () => {
  const project = makeDirectory();
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("starts with its command under Node 20", async () => {
    await install(project, "emulator", []);
    const node20 = join(runtimes, "node20/bin/node");
    const emulator = spawn(
      existsSync(node20) ? node20 : process.execPath,
      [join(project, "node_modules/.bin/wechat-emulator"), "--port", "0", "--json"],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const exit = once(emulator, "exit");
    try {
      const line = await new Promise<string>((resolve, reject) => {
        createInterface({ input: emulator.stdout }).once("line", resolve);
        emulator.once("exit", (code) => reject(new Error(`It ended with code ${code}.`)));
      });
      const { baseUrl, pay } = JSON.parse(line) as { baseUrl: string; pay: { mchid: string } };
      expect(pay.mchid).toMatch(/^\d+$/);
      expect((await fetch(`${baseUrl}/_emulator/health`)).status).toBe(200);
    } finally {
      emulator.kill();
      await exit;
    }
  });
});

function checkScript(entries: readonly string[]): string {
  return `
const loaded = {};
for (const entry of ${JSON.stringify(entries)}) {
  loaded[entry] = Object.keys(await import("@wechat-edge/" + entry)).sort();
}
console.log(JSON.stringify(loaded));
`;
}

const consumers: Readonly<Record<string, string>> = {
  "mp-publish": `
import { createMpClient, type MpClient } from "@wechat-edge/core";
import { keepMedia } from "@wechat-edge/mp-media";
import { type PublishJob, publishArticle } from "@wechat-edge/mp-publish";
import { rewriteImages } from "@wechat-edge/mp-publish/html";

export async function publish(secret: string, cover: Blob): Promise<string> {
  const mp: MpClient = createMpClient({ appid: "wx26e3b4a1c0d9f857", secret });
  await keepMedia(mp, { type: "thumb" }, cover, { store: new Map<string, string>() });
  const job: PublishJob = {
    target: "draft",
    until: "uploaded",
    cover: new File([cover], "cover.jpg"),
    article: { title: "A", content: ({ images }) => rewriteImages("<p>", (url) => images[url]) },
  };
  const { media_id } = await publishArticle(mp, job, { onState: (state) => console.log(state.v) });
  // @ts-expect-error: were the types lost, everything would be any
  media_id.noSuchProperty;
  return media_id;
}
`,
};

async function install(project: string, name: string, siblings: readonly string[]): Promise<void> {
  const file = (sibling: string) => `file:${tarball(sibling).path}`;
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({
      private: true,
      type: "module",
      dependencies: { [`@wechat-edge/${name}`]: file(name) },
      overrides: Object.fromEntries(
        siblings.map((other) => [`@wechat-edge/${other}`, file(other)]),
      ),
    }),
  );
  const args = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  await command("npm", args, { cwd: project });
}

function installedPackages(project: string): string[] {
  const modules = join(project, "node_modules");
  return readdirSync(modules)
    .filter((entry) => !entry.startsWith("."))
    .flatMap((entry) =>
      entry.startsWith("@")
        ? readdirSync(join(modules, entry)).map((name) => `${entry}/${name}`)
        : [entry],
    )
    .sort();
}

function denoCache(project: string): { DENO_DIR: string } {
  return { DENO_DIR: join(project, ".deno") };
}
