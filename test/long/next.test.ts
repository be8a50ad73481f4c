// Next.js: a route in the edge runtime that uploads, and a client page that hashes in a worker; Turbopack's build and
// its development server.

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileSha1, pageFiles } from "./application.ts";
import { call, useChromium } from "./chromium.ts";
import { useEmulator } from "./emulator.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, type Site, startServer } from "./server.ts";

const route = (runtime: string): string => `
import { digest } from "@wechat-edge/core";
import { upload } from "../../upload.js";

export const runtime = ${JSON.stringify(runtime)};

export async function POST(request) {
  const sha1 = await digest(new TextEncoder().encode("abc"), "SHA-1");
  const isEdge = typeof EdgeRuntime === "string";
  return Response.json({ media_id: await upload(await request.json()), sha1, isEdge });
}
`;

const files = {
  "upload.js": pageFiles["upload.js"] ?? "",
  "hash.js": pageFiles["hash.js"] ?? "",
  "own-worker.js": `import "@wechat-edge/core/hash-worker-script";\n`,
  "app/layout.js": `
export default function Layout({ children }) {
  return <html><body>{children}</body></html>;
}
`,
  "app/page.js": `
"use client";
import { useEffect } from "react";
import { hash } from "../hash.js";

export default function Page() {
  useEffect(() => {
    globalThis.hash = () => hash();
    globalThis.hashInOwnWorker = () =>
      hash(() => new Worker(new URL("../own-worker.js", import.meta.url), { type: "module" }));
  }, []);
  return <p>A page</p>;
}
`,
  "app/edge/route.js": route("edge"),
  "app/node/route.js": route("nodejs"),
};

const emulator = useEmulator();
const chromium = useChromium();
const env = { NEXT_TELEMETRY_DISABLED: "1" };

describe("Next.js", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject(["next", "react", "react-dom"], files);
  });
  afterAll(() => project.remove());

  async function start(mode: "dev" | "start"): Promise<Site> {
    const next = join(project.folder, "node_modules/next/dist/bin/next");
    const port = String(await freePort());
    const args = [next, mode, "--hostname", "127.0.0.1", "--port", port];
    return startServer(process.execPath, args, project.folder, env);
  }

  describe.each([
    ["the build, with Turbopack", "start"],
    ["the development server", "dev"],
  ] as const)("%s", (_, mode) => {
    let site: Site;
    beforeAll(async () => {
      if (mode === "start") await project.run("next", "build");
      site = await start(mode);
    });
    afterAll(() => site.close());

    it.each([
      ["edge", true],
      ["node", false],
    ])("uploads in a route of the runtime %s", async (path, isEdge) => {
      const body = JSON.stringify(emulator.task());
      const reply = await fetch(new URL(path, site.url), { method: "POST", body });
      expect(reply.status).toBe(200);
      const { media_id, ...rest } = (await reply.json()) as { media_id: string };
      emulator.expectUpload(media_id);
      expect(rest).toEqual({ sha1: "a9993e364706816aba3e25717850c26c9cd0d89d", isEdge });
    });

    it.each(["hash", "hashInOwnWorker"])("works in a client's page: %s", async (name) => {
      const page = await chromium.open(site.url);
      expect(await call(page, name)).toEqual([fileSha1, 1]);
      await page.close();
    });
  });
});
