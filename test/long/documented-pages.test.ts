// The pages of docs/frameworks.md and of the READMEs as they stand there, in Chromium: some check and send a file, two
// hash in a worker.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
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
const voice = {
  name: "voice.amr",
  mimeType: "audio/amr",
  buffer: readFileSync(new URL("../../examples/media/voice.amr", import.meta.url)),
};
const html = `<!doctype html>\n<link rel="icon" href="data:,">\n${documented("form")}`;
const checked = `<!doctype html>
<link rel="icon" href="data:,">
<input id="file" type="file">
<p id="message"></p>
<script type="module" src="page.js"></script>
`;
const script = "hash-worker-script=@wechat-edge/core/hash-worker-script";
const bundle = ["--bundle", "--format=esm", "--outdir=out"];

let project: Project;
beforeAll(async () => {
  project = await makeProject(["esbuild", "hono", "hono-node-server"], {
    "wechat.ts": documented("wechat"),
    "server.js": documented("hono"),
    "form/page.js": documented("formPage"),
    "pay/page.js": documented("payPage"),
    "mp/page.js": documented("mpPage"),
    "hash/page.js": documented("hashPage"),
    "hash/own-worker.js": documented("ownWorker"),
    "trusted/page.js": documented("trustedPage"),
    "out/form/index.html": html,
    "out/pay/index.html": checked,
    "out/mp/index.html": checked,
    "out/hash/index.html": html,
    "out/index.html": html,
  });
  const pages = ["form/page.js", "pay/page.js", "mp/page.js", "hash/page.js", "hash/own-worker.js"];
  await project.run("esbuild", ...pages, ...bundle, "--outbase=.");
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
    expect(await told).toBe("This is not a JPG, PNG or BMP picture.");
    const answer = printed(page);
    await page.setInputFiles("input", files);
    await page.click("button");
    expect(await answer).toMatch(/media_id/);
    await page.close();
  });
});

it.each([
  ["pay-media", "pay", files, "1200 × 800 pixels"],
  ["mp-media", "mp", voice, /^[\d.]+ seconds$/],
] as const)("a page checks a file, then sends it: README of %s", async (_, folder, file, text) => {
  const site = await serveFolder(join(project.folder, "out", folder));
  try {
    const page = await chromium.open(site.url);
    const sent: (Buffer | null)[] = [];
    await page.route("**/*?name=*", (route) => {
      sent.push(route.request().postDataBuffer());
      return route.fulfill({ status: 200 });
    });
    await page.setInputFiles("#file", { ...file, buffer: Buffer.from("something else") });
    await page.waitForFunction(`document.querySelector("#message").textContent`);
    expect(await page.textContent("#message")).toContain(file.name);
    expect(sent).toEqual([]);
    const reply = page.waitForResponse("**/*?name=*");
    await page.setInputFiles("#file", file);
    await reply;
    expect(await page.textContent("#message")).toMatch(text);
    expect(sent).toHaveLength(1);
    await page.close();
  } finally {
    await site.close();
  }
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
