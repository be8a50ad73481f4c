// wrangler: what it would deploy, and its development server.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { command } from "../package/command.ts";
import { pageFiles } from "./application.ts";
import { useEmulator } from "./emulator.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, startServer } from "./server.ts";

// The workspace's: a second one would bring a second workerd.
const wrangler = fileURLToPath(
  new URL("../../node_modules/wrangler/bin/wrangler.js", import.meta.url),
);
const env = { CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_SEND_METRICS: "false" };

const files = {
  "upload.js": pageFiles["upload.js"] ?? "",
  "worker.js": `
import { digest } from "@wechat-edge/core";
import { digestInWorker } from "@wechat-edge/core/hash-worker";
import { upload } from "./upload.js";

export default {
  async fetch(request) {
    const abc = new Blob(["abc"]);
    const digests = [await digest(abc, "SHA-1"), await digestInWorker(abc, "SHA-1")];
    return Response.json({ media_id: await upload(await request.json()), digests });
  },
};
`,
  "wrangler.jsonc": JSON.stringify({
    name: "app",
    main: "worker.js",
    compatibility_date: "2026-10-01",
  }),
};

const emulator = useEmulator();

describe("wrangler", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject([], files);
  });
  afterAll(() => project.remove());

  it("bundles a Worker for deployment", async () => {
    const args = [wrangler, "deploy", "--dry-run", "--outdir", "out"];
    const printed = await command(process.execPath, args, { cwd: project.folder, env });
    expect(printed).toContain("--dry-run: exiting now.");
    const bundle = readFileSync(join(project.folder, "out/worker.js"), "utf8");
    expect(bundle).toContain("media/upload");
    expect(printed + bundle).not.toMatch(/Could not resolve|node:(?!crypto")/);
  });

  it("serves a Worker that uploads", async () => {
    const port = String(await freePort());
    const inspector = String(await freePort());
    const ports = ["--port", port, "--inspector-port", inspector];
    const args = [wrangler, "dev", "--ip", "127.0.0.1", ...ports];
    const site = await startServer(process.execPath, args, project.folder, env);
    try {
      const body = JSON.stringify(emulator.task());
      const reply = await fetch(site.url, { method: "POST", body });
      expect(reply.status).toBe(200);
      const { media_id, digests } = (await reply.json()) as Record<string, unknown>;
      emulator.expectUpload(media_id);
      const sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
      expect(digests).toEqual([sha1, sha1]);
    } finally {
      await site.close();
    }
  });
});
