// A File that a visitor chose, which Chromium reads from the disk.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { build } from "esbuild";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/browsers.ts";
import { type LocalServer, startLocalServer } from "../support/local-server.ts";
import { details, expectWhole, MIB, videoBytes } from "../support/video.ts";
import type { PageTask } from "./video-sources/page.ts";

const bytes = videoBytes(2 * MIB + 21);
const found = findBrowser("chromium");

describe.skipIf(found === undefined)("a file chosen in Chromium", { timeout: 30_000 }, () => {
  let emulator: RunningEmulator;
  let browser: Browser;
  let server: LocalServer;
  let folder: string;
  let path: string;

  beforeAll(async () => {
    emulator = await startEmulator({ port: 0, cors: true });
    folder = mkdtempSync(join(tmpdir(), "wechat-edge-page-"));
    path = join(folder, "film.mp4");
    const entry = fileURLToPath(new URL("video-sources/page.ts", import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      format: "esm",
      write: false,
    });
    const page = `<!doctype html><input type="file"><script type="module">${outputFiles[0]?.text}</script>`;
    server = await startLocalServer((_, response) => {
      response.setHeader("content-type", "text/html; charset=utf-8").end(page);
    });
    browser = await chromium.launch({
      executablePath: found?.executable ?? "",
      args: ["--no-sandbox", "--disable-gpu"],
    });
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await emulator.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => {
    emulator.control.reset();
    writeFileSync(path, bytes);
  });

  const upload = async (onBegin: () => void) => {
    const page = await browser.newPage();
    await page.exposeFunction("onBegin", onBegin);
    await page.goto(server.origin);
    await page.setInputFiles("input", path);
    const { appid, secret } = emulator.control.credentials.mp;
    const task: PageTask = { appid, secret, baseUrl: emulator.baseUrl, details };
    const outcome = await page.evaluate((given) => window.uploadChosen(given), task);
    await page.close();
    return outcome;
  };

  it("goes up whole, each request with its length", async () => {
    expect(await upload(() => undefined)).toMatchObject({ done: true });
    await expectWhole(emulator.control.videos.list(), bytes);
    const posts = emulator.control.journal.entries().filter(({ method }) => method === "POST");
    expect(posts.length).toBe(7);
    for (const { headers } of posts) expect(headers).toHaveProperty("content-length");
  });

  it("that is written to between the passes is a MediaError", async () => {
    const outcome = await upload(() => writeFileSync(path, "other", { flag: "r+" }));
    expect(outcome).toEqual({ name: "MediaError", code: "ERR_MEDIA", reason: "changed" });
    expect(emulator.control.videos.list()).toMatchObject([{ finished: false }]);
  });
});
