// Vite, dev server and build, in real Chromium.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileSha1, ownWorkerFiles, pageFiles } from "./application.ts";
import { call, useChromium } from "./chromium.ts";
import { useEmulator } from "./emulator.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, type Site, serveFolder, startServer } from "./server.ts";

const PLAIN = "export default {};\n";
const EXCLUDE = `export default { optimizeDeps: { exclude: ["@wechat-edge/core"] } };\n`;
const emulator = useEmulator();
const chromium = useChromium();

describe.each([6, 7, 8] as const)("Vite %i", (major) => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject([`vite${major}`], pageFiles);
  }, 180_000);
  afterAll(() => project.remove());

  async function dev(config: string): Promise<Site> {
    project.write({ "vite.config.js": config });
    const port = String(await freePort());
    const vite = join(project.folder, "node_modules/vite/bin/vite.js");
    const args = [vite, "--host", "127.0.0.1", "--port", port, "--strictPort", "--force"];
    return startServer(process.execPath, args, project.folder);
  }

  async function build(): Promise<Site> {
    project.write({ "vite.config.js": PLAIN });
    await project.run("vite", "build");
    return serveFolder(join(project.folder, "dist"));
  }

  /** What a function of the page's returns. */
  async function inPage(site: Site, name: string, input?: unknown): Promise<unknown> {
    const page = await chromium.open(site.url);
    const result = await call(page, name, input);
    await page.close();
    return result;
  }

  const sites: [string, () => Promise<Site>][] = [
    ["the build", build],
    ["the dev server, with @wechat-edge/core excluded from its pre-bundling", () => dev(EXCLUDE)],
  ];
  if (major === 8) sites.push(["the dev server", () => dev(PLAIN)]);

  describe.each(sites)("%s", (_, start) => {
    it.each([
      ["in a worker", pageFiles],
      ["in a worker's file of the page's", ownWorkerFiles],
    ])("hashes %s", async (__, files) => {
      project.write(files);
      const site = await start();
      try {
        expect(await inPage(site, "hash")).toEqual([fileSha1, 1]);
      } finally {
        await site.close();
      }
    });

    it("uploads", async () => {
      project.write(pageFiles);
      const site = await start();
      try {
        emulator.expectUpload(await inPage(site, "upload", emulator.task()));
      } finally {
        await site.close();
      }
    });
  });

  if (major === 8) return;
  it("says which line mends the dev server without it", async () => {
    project.write(pageFiles);
    const site = await dev(PLAIN);
    try {
      await expect(inPage(site, "hash")).rejects.toThrow(
        'did not start: its script did not load. In the dev server of Vite 6 or 7, set optimizeDeps: { exclude: ["@wechat-edge/core"] }.',
      );
    } finally {
      await site.close();
    }
  });
});
