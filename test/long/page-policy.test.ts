// digestInWorker and an upload in a page with a strict Content Security Policy, without and with Trusted Types.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileSha1, ownWorkerFiles, pageFiles } from "./application.ts";
import { call, useChromium } from "./chromium.ts";
import { type UploadTask, useEmulator } from "./emulator.ts";
import { makeProject, type Project } from "./project.ts";
import { serveFolder } from "./server.ts";

const trustedPage = `
import { hash } from "./hash.js";

const policy = trustedTypes.createPolicy("hash-worker", { createScriptURL: (url) => url });
globalThis.hash = () =>
  hash(() => {
    const url = new URL("./own-worker.js", import.meta.url);
    return new Worker(policy.createScriptURL(url.href), { type: "module" });
  });
`;

const emulator = useEmulator();
const chromium = useChromium();

describe("a page under a strict policy", () => {
  let project: Project;
  beforeAll(async () => {
    const files = { ...ownWorkerFiles, ...pageFiles, "trusted.js": trustedPage };
    project = await makeProject(["esbuild"], files);
    const entries = ["page.js", "trusted.js", "own-worker.js"];
    const script = "hash-worker-script=@wechat-edge/core/hash-worker-script";
    const options = ["--bundle", "--format=esm", "--outdir=out"];
    await project.run("esbuild", ...entries, script, ...options);
    const page = `<!doctype html>\n<script type="module" src="./trusted.js"></script>\n`;
    project.write({
      "out/index.html": pageFiles["index.html"] ?? "",
      "out/trusted.html": page,
    });
  });
  afterAll(() => project.remove());

  /** What a function of a page's returns under a policy. */
  async function under(
    policy: string,
    name: string,
    input?: UploadTask,
    path = "",
  ): Promise<unknown> {
    const headers = {
      "content-security-policy": `default-src 'none'; script-src 'self'; ${policy}`,
    };
    const site = await serveFolder(join(project.folder, "out"), headers);
    try {
      const page = await chromium.open(`${site.url}${path}`);
      const result = await call(page, name, input);
      await page.close();
      return result;
    } finally {
      await site.close();
    }
  }

  it("uploads where connect-src names the gateway", async () => {
    const task = emulator.task();
    emulator.expectUpload(await under(`connect-src ${task.baseUrl}`, "upload", task));
  });

  it("hashes where worker-src, or script-src in its place, names its own origin", async () => {
    expect(await under("worker-src 'self'", "hash")).toEqual([fileSha1, 1]);
    expect(await under("", "hash")).toEqual([fileSha1, 1]);
  });

  it("says so where worker-src forbids the worker", async () => {
    await expect(under("worker-src 'none'", "hash")).rejects.toThrow(
      /NetworkError: The hash worker did not start/,
    );
  });

  const trusted = "require-trusted-types-for 'script'; trusted-types hash-worker";

  it("says what Trusted Types want", async () => {
    await expect(under(trusted, "hash")).rejects.toThrow(
      /NetworkError: The page may not start the hash worker: TypeError: .*TrustedScriptURL.*createWorker/,
    );
  });

  it("hashes under Trusted Types with a worker of the page's policy", async () => {
    expect(await under(trusted, "hash", undefined, "trusted.html")).toEqual([fileSha1, 1]);
  });
});
