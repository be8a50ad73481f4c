// The pages of docs/frameworks.md as they stand there, in Chromium: one sends a form, two hash in a worker.

import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Page } from "playwright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { picture } from "./application.ts";
import { useChromium } from "./chromium.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, type Site, serveFolder, startServer } from "./server.ts";

const chromium = useChromium();
const files = { name: "licence.jpg", mimeType: "image/jpeg", buffer: picture };
const html = `<!doctype html>\n<link rel="icon" href="data:,">\n${documented("form")}`;
const script = "hash-worker-script=@wechat-edge/core/hash-worker-script";
const bundle = ["--bundle", "--format=esm", "--outdir=out"];

let project: Project;
beforeAll(async () => {
  project = await makeProject(["esbuild", "hono", "hono-node-server"], {
    "wechat.ts": documented("wechat"),
    "server.js": documented("hono"),
    "form/page.js": documented("formPage"),
    "hash/page.js": documented("hashPage"),
    "hash/own-worker.js": documented("ownWorker"),
    "trusted/page.js": documented("trustedPage"),
    "out/form/index.html": html,
    "out/hash/index.html": html,
    "out/index.html": html,
  });
  await project.run(
    "esbuild",
    "form/page.js",
    "hash/page.js",
    "hash/own-worker.js",
    ...bundle,
    "--outbase=.",
  );
  await project.run("esbuild", "trusted/page.js", script, ...bundle, "--entry-names=[name]");
});
afterAll(() => project.remove());

/** What a page prints next. */
function printed(page: Page): Promise<string> {
  return new Promise((resolve) => page.once("console", (message) => resolve(message.text())));
}

describe("the page with a form", () => {
  let server: Site;
  let site: Site;
  beforeAll(async () => {
    const port = String(await freePort());
    const address = `http://127.0.0.1:${port}/`;
    const args = ["server.js"];
    server = await startServer(process.execPath, args, project.folder, { PORT: port }, address);
    site = await serveFolder(join(project.folder, "out/form"));
  });
  afterAll(async () => {
    await server?.close();
    await site?.close();
  });

  it("sends a picture, and tells of a file that is none", async () => {
    const page = await chromium.open(site.url);
    await page.route("**/pictures", (route) => route.continue({ url: `${server.url}pictures` }));
    const told = new Promise<string>((resolve) =>
      page.once("dialog", async (dialog) => {
        resolve(dialog.message());
        await dialog.dismiss();
      }),
    );
    await page.setInputFiles("input", { ...files, buffer: Buffer.from("not a picture") });
    await page.click("button");
    expect(await told).toContain("licence.jpg");
    const answer = printed(page);
    await page.setInputFiles("input", files);
    await page.click("button");
    expect(await answer).toMatch(/^200 /);
    await page.close();
  });
});

it.each([
  ["its own worker", "out/hash", {}],
  [
    "a worker of a Trusted Types policy",
    "out",
    {
      "content-security-policy":
        "default-src 'none'; script-src 'self'; worker-src 'self'; img-src data:; require-trusted-types-for 'script'; trusted-types hash-worker",
    },
  ],
])("a page hashes in %s", async (_, folder, headers) => {
  const site = await serveFolder(join(project.folder, folder), headers);
  try {
    const page = await chromium.open(site.url);
    const digest = printed(page);
    await page.setInputFiles("input", files);
    expect(await digest).toBe(createHash("sha1").update(picture).digest("hex"));
    expect(page.workers().length).toBeLessThanOrEqual(1);
    await page.close();
  } finally {
    await site.close();
  }
});
