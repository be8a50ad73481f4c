// digestInWorker in Chromium as applications ship it: the built package, bundled in several ways.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browsers.ts";
import { fixExtensions } from "../../scripts/build/fix-extensions.mjs";
import { startLocalServer } from "../support/local-server.ts";

const core = fileURLToPath(new URL("../../packages/core", import.meta.url));
const found = findBrowser("chromium");

const pattern = "(_, i) => (i * 7 + (i >> 9)) & 255";
const bytes = Uint8Array.from({ length: 2_500_000 }, (_, i) => (i * 7 + (i >> 9)) & 255);
const sha1 = createHash("sha1").update(bytes).digest("hex");
/** Hashes the same bytes, and tells how many workers that took. */
const application = `
import { digestInWorker } from "@wechat-edge/core/hash-worker";
let workers = 0;
globalThis.Worker = class extends Worker {
  constructor(...args) {
    super(...args);
    workers += 1;
  }
};
const file = new Blob([Uint8Array.from({ length: 2_500_000 }, ${pattern})]);
globalThis.run = async () => [await digestInWorker(file, "SHA-1"), workers];
globalThis.runInOwnWorker = async () => {
  const createWorker = () => new Worker(new URL("./own-worker.js", import.meta.url), { type: "module" });
  return [await digestInWorker(file, "SHA-1", { createWorker }), workers];
};`;
const html = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="/app.js"></script>`;

interface Site {
  readonly url: string;
  readonly close: () => unknown;
}

interface Vite {
  build(options: object): Promise<unknown>;
  createServer(options: object): Promise<{
    listen(): Promise<unknown>;
    close(): Promise<void>;
    resolvedUrls: { local: string[] };
  }>;
}

async function loadVite(): Promise<Vite> {
  // It comes with vitest.
  const path = createRequire(createRequire(import.meta.url).resolve("vitest")).resolve("vite");
  return (await import(pathToFileURL(path).href)) as Vite;
}

describe.skipIf(found === undefined)("digestInWorker in Chromium", { timeout: 60_000 }, () => {
  const project = mkdtempSync(join(tmpdir(), "wechat-edge-hash-worker-"));
  const installed = join(project, "node_modules/@wechat-edge/core");
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(join(project, "package.json"), `{ "private": true, "type": "module" }`);
    writeFileSync(join(project, "index.html"), html);
    writeFileSync(join(project, "app.js"), application);
    // Nothing but its effect is wanted of the import: a bundler that thinks it has none leaves an empty file.
    writeFileSync(join(project, "own-worker.js"), `import "@wechat-edge/core/hash-worker-script";`);
    const tsc = join(core, "../../node_modules/typescript/bin/tsc");
    const dist = join(installed, "dist");
    const outputs = ["--outDir", dist, "--tsBuildInfoFile", join(project, "tsbuildinfo")];
    const run = promisify(execFile);
    await run(process.execPath, [tsc, "-p", core, ...outputs]);
    fixExtensions(dist);
    const manifest = JSON.parse(readFileSync(join(core, "package.json"), "utf8"));
    for (const name of Object.keys(manifest.dependencies)) {
      const from = join(core, "node_modules", name);
      cpSync(from, join(project, "node_modules", name), { recursive: true, dereference: true });
    }
    Object.assign(manifest, manifest.publishConfig); // as pnpm packs it
    writeFileSync(join(installed, "package.json"), JSON.stringify(manifest));
    browser = await chromium.launch({
      executablePath: found?.executable ?? "",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(project, { recursive: true, force: true });
  });

  async function hashAt(site: Site, run = "run"): Promise<unknown> {
    const page = await browser.newPage();
    try {
      await page.goto(site.url);
      await page.waitForFunction("globalThis.run");
      return await page.evaluate(`${run}()`);
    } finally {
      await page.close();
      await site.close();
    }
  }

  async function bundleWithEsbuild(name: string, scripts: Record<string, string>): Promise<string> {
    const outdir = join(project, name);
    await build({
      absWorkingDir: project,
      entryPoints: { app: "app.js", ...scripts },
      outdir,
      bundle: true,
      minify: true,
      format: "esm",
    });
    writeFileSync(join(outdir, "index.html"), html);
    return outdir;
  }

  it("works with esbuild, which puts the script beside the bundle", async () => {
    const script = { "hash-worker-script": "@wechat-edge/core/hash-worker-script" };
    const site = await serve(await bundleWithEsbuild("esbuild", script));
    expect(await hashAt(site)).toEqual([sha1, 1]);
  });

  it("works with esbuild in a worker's file of one's own", async () => {
    const script = { "own-worker": "own-worker.js" };
    const site = await serve(await bundleWithEsbuild("esbuild-own", script));
    expect(await hashAt(site, "runInOwnWorker")).toEqual([sha1, 1]);
  });

  it.each(["run", "runInOwnWorker"])("works with Vite's build: %s", async (run) => {
    const vite = await loadVite();
    const outDir = join(project, `vite-${run}`);
    await vite.build({ root: project, logLevel: "error", build: { outDir } });
    const site = await serve(outDir);
    expect(await hashAt(site, run)).toEqual([sha1, 1]);
  });

  it.each(["run", "runInOwnWorker"])("works with Vite's development server: %s", async (run) => {
    const vite = await loadVite();
    const server = await vite.createServer({
      root: project,
      logLevel: "error",
      server: { host: "127.0.0.1", port: 0, watch: null },
      // Found late, in a worker, a dependency reloads the page, once.
      optimizeDeps: { include: ["@wechat-edge/core/hash-worker-script"] },
    });
    await server.listen();
    const [url = ""] = server.resolvedUrls.local;
    expect(await hashAt({ url, close: () => server.close() }, run)).toEqual([sha1, 1]);
  });

  it("works without a bundler, from a server that resolves package names", async () => {
    const site = await serve(project, (code) =>
      code
        .replace(
          /"@wechat-edge\/core\/([\w-]+)"/g,
          `"/node_modules/@wechat-edge/core/dist/hash/$1.js"`,
        )
        .replace(/"@noble\/hashes\//g, `"/node_modules/@noble/hashes/`)
        .replace(/"leven"/g, `"/node_modules/leven/index.js"`),
    );
    expect(await hashAt(site)).toEqual([sha1, 1]);
  });

  it("says so where a bundler leaves the script behind", async () => {
    const site = await serve(await bundleWithEsbuild("alone", {}));
    await expect(hashAt(site)).rejects.toThrow(
      /NetworkError: The hash worker did not start: .*optimizeDeps.* beside the bundle/,
    );
  });
});

/** Serves a directory on loopback; scripts go through `change`. */
async function serve(
  directory: string,
  change: (code: string) => string = (code) => code,
): Promise<Site> {
  const { origin, close } = await startLocalServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = join(directory, pathname === "/" ? "index.html" : pathname);
    if (!existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    const content = readFileSync(path, "utf8");
    if (path.endsWith(".html")) response.setHeader("content-type", "text/html").end(content);
    else response.setHeader("content-type", "text/javascript").end(change(content));
  });
  return { url: `${origin}/`, close };
}
