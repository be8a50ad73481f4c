// The bundlers, each in a real project: a program for Node that uploads, and a page for Chromium that uploads and
// hashes in a worker.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../package/command.ts";
import { fileSha1, ownWorkerFiles, pageFiles, programFiles } from "./application.ts";
import { call, useChromium } from "./chromium.ts";
import { useEmulator } from "./emulator.ts";
import { makeProject, type Project } from "./project.ts";
import { type Site, serveFolder } from "./server.ts";
import type { Tool } from "./tool-versions.ts";

interface Bundler {
  readonly tools: readonly Tool[];
  readonly files?: Readonly<Record<string, string>>;
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Each a program of the project and its arguments. */
  readonly buildProgram?: readonly string[];
  /** The bundle of the program. */
  readonly program?: string;
  readonly buildPage: readonly string[];
  /** The folder with the bundle of the page. */
  readonly page: string;
}

// These take a worker's script for an entry point of its own.
const entries = ["page.js", "own-worker.js"];
const scriptEntry = "@wechat-edge/core/hash-worker-script";

const bundlers: Readonly<Record<string, Bundler>> = {
  webpack: {
    tools: ["webpack", "webpack-cli"],
    files: {
      "webpack.config.js": `
const shared = { mode: "production", experiments: { outputModule: true }, output: { module: true, filename: "[name].js" } };
export default [
  { ...shared, name: "program", target: "node20", entry: { program: "./program.js" } },
  { ...shared, name: "page", target: "web", entry: { page: "./page.js" } },
];
`,
    },
    buildProgram: ["webpack", "--config-name", "program"],
    program: "dist/program.js",
    buildPage: ["webpack", "--config-name", "page"],
    page: "dist",
  },
  Rollup: {
    tools: ["rollup", "node-resolve"],
    files: {
      "rollup.config.js": `
import resolve from "@rollup/plugin-node-resolve";
const output = { dir: "out", entryFileNames: "[name].js" };
const input = { page: "page.js", "own-worker": "own-worker.js", "hash-worker-script": "${scriptEntry}" };
export default [
  { input: "program.js", output, plugins: [resolve()] },
  { input, output, plugins: [resolve({ browser: true })] },
];
`,
    },
    buildProgram: ["rollup", "-c"],
    program: "out/program.js",
    buildPage: ["rollup", "-c"],
    page: "out",
  },
  esbuild: {
    tools: ["esbuild"],
    buildProgram: [
      "esbuild",
      "program.js",
      "--bundle",
      "--platform=node",
      "--format=esm",
      "--outdir=out",
    ],
    program: "out/program.js",
    buildPage: [
      "esbuild",
      ...entries,
      `hash-worker-script=${scriptEntry}`,
      "--bundle",
      "--minify",
      "--format=esm",
      "--outdir=out",
    ],
    page: "out",
  },
  Parcel: {
    tools: ["parcel"],
    // Without it Parcel looks at no package's exports.
    manifest: { "@parcel/resolver-default": { packageExports: true } },
    // With scope hoisting Parcel 2.16 loses what the page's worker and the package's share.
    buildPage: ["parcel", "build", "index.html", "--no-cache", "--no-scope-hoist"],
    page: "dist",
  },
  "Bun's bundler": {
    tools: ["bun"],
    buildProgram: ["bun", "build", "program.js", "--target=node", "--outdir=out"],
    program: "out/program.js",
    buildPage: [
      "bun",
      "build",
      ...entries,
      `./node_modules/${scriptEntry.replace("core/", "core/dist/hash/")}.js`,
      "--target=browser",
      "--outdir=out",
      "--entry-naming=[name].js",
    ],
    page: "out",
  },
};

const emulator = useEmulator();
const chromium = useChromium();

describe.each(Object.entries(bundlers))("%s", (_, bundler) => {
  let project: Project;
  beforeAll(async () => {
    const files = { ...ownWorkerFiles, ...programFiles, ...bundler.files };
    project = await makeProject(bundler.tools, files, bundler.manifest);
  });
  afterAll(() => project.remove());

  async function build([program = "", ...args]: readonly string[]): Promise<void> {
    await project.run(program, ...args);
  }

  if (bundler.buildProgram !== undefined) {
    const { buildProgram, program = "" } = bundler;
    it("builds a program that uploads", async () => {
      await build(buildProgram);
      project.write({ "task.json": JSON.stringify(emulator.task()) });
      const printed = await command(process.execPath, [program], { cwd: project.folder });
      emulator.expectUpload(printed.trim());
    });
  }

  async function buildPage(files: Readonly<Record<string, string>>): Promise<Site> {
    project.write(files);
    await build(bundler.buildPage);
    const isWhole = existsSync(join(project.folder, bundler.page, "index.html"));
    if (!isWhole) project.write({ [`${bundler.page}/index.html`]: files["index.html"] ?? "" });
    return serveFolder(join(project.folder, bundler.page));
  }

  it("builds a page that uploads and hashes in a worker", async () => {
    const site = await buildPage(pageFiles);
    try {
      const page = await chromium.open(site.url);
      emulator.expectUpload(await call(page, "upload", emulator.task()));
      expect(await call(page, "hash")).toEqual([fileSha1, 1]);
      await page.close();
    } finally {
      await site.close();
    }
  });

  it("builds a page that hashes in a worker's file of its own", async () => {
    const site = await buildPage(ownWorkerFiles);
    try {
      const page = await chromium.open(site.url);
      expect(await call(page, "hash")).toEqual([fileSha1, 1]);
      await page.close();
    } finally {
      await site.close();
    }
  });
});
