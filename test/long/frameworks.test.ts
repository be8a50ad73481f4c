// The servers of docs/frameworks.md as they stand there, each with its framework: a form comes in, and a media_id goes out.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documented } from "../docs/examples/elsewhere.ts";
import { startWorker } from "../support/worker.ts";
import { picture } from "./application.ts";
import { useChromium } from "./chromium.ts";
import { makeProject, type Project } from "./project.ts";
import { freePort, type Site, startServer } from "./server.ts";

const runtimes = fileURLToPath(new URL("../runtimes/node_modules/.bin/", import.meta.url));
const wechat = documented("wechat");

/** The status and the body of the answer to a form. */
async function send(
  url: string,
  file: File | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const form = new FormData();
  if (file === undefined) form.set("other", "field");
  else form.set("file", file);
  const reply = await fetch(url, { method: "POST", body: form, headers });
  return [reply.status, await reply.json()];
}

const media_id: unknown = expect.stringMatching(/^.{107}$/);

async function expectAnswers(
  url: string,
  headers?: Readonly<Record<string, string>>,
): Promise<void> {
  const licence = new File([picture], "营业执照.jpg");
  expect(await send(url, licence, headers)).toEqual([200, { media_id }]);
  const text = new File(["not a picture"], "licence.jpg");
  expect(await send(url, text, headers)).toEqual([422, { error: "format" }]);
  expect(await send(url, undefined, headers)).toEqual([400, { error: "NO_FILE" }]);
}

describe("a program that listens", () => {
  let project: Project;
  beforeAll(async () => {
    const tools = ["express", "multer", "formidable", "fastify", "fastify-multipart"] as const;
    project = await makeProject([...tools, "hono", "hono-node-server"], {
      "express/wechat.ts": wechat,
      "express/server.js": documented("express"),
      "formidable/wechat.ts": wechat,
      "formidable/server.js": documented("formidable"),
      "fastify/wechat.ts": wechat,
      "fastify/server.js": documented("fastify"),
      "hono/wechat.ts": wechat,
      "hono/server.js": documented("hono"),
      "portable/wechat.ts": wechat,
      "portable/server.js": documented("portable"),
    });
  });
  afterAll(() => project.remove());

  it.each([
    ["Express", "express", [process.execPath]],
    ["formidable", "formidable", [process.execPath]],
    ["Fastify", "fastify", [process.execPath]],
    ["Hono", "hono", [process.execPath]],
    ["Deno", "portable", [`${runtimes}deno`, "serve", "-A", "--host", "127.0.0.1"]],
    ["Bun", "portable", [`${runtimes}bun`]],
  ])("answers a form: %s", async (_, folder, [program = "", ...options]) => {
    const port = String(await freePort());
    const args = [...options, ...(options.includes("serve") ? ["--port", port] : []), "server.js"];
    const cwd = join(project.folder, folder);
    const site = await startServer(program, args, cwd, { PORT: port }, `http://127.0.0.1:${port}/`);
    try {
      await expectAnswers(`${site.url}pictures`);
    } finally {
      await site.close();
    }
  });

  it("answers a form: a Worker", async () => {
    const worker = await startWorker({ entrypoint: join(project.folder, "portable/server.js") });
    try {
      await expectAnswers(`${worker.origin}/pictures`);
    } finally {
      await worker.dispose();
    }
  });
});

describe("Nitro", () => {
  let project: Project;
  beforeAll(async () => {
    project = await makeProject(["nitropack"], {
      "nitro.config.ts": `export default { srcDir: "server", compatibilityDate: "2026-10-01" };\n`,
      "server/wechat.ts": wechat,
      "server/api/pictures.post.js": documented("nitro"),
    });
    await project.run("nitropack", "build");
  });
  afterAll(() => project.remove());

  it("answers a form", async () => {
    const port = String(await freePort());
    const args = [".output/server/index.mjs"];
    const address = `http://127.0.0.1:${port}/`;
    const site = await startServer(process.execPath, args, project.folder, { PORT: port }, address);
    try {
      await expectAnswers(`${site.url}api/pictures`);
    } finally {
      await site.close();
    }
  });
});

describe("SvelteKit", () => {
  let project: Project;
  beforeAll(async () => {
    const tools = ["svelte", "svelte-kit", "svelte-vite", "adapter-node", "vite8"] as const;
    project = await makeProject(tools, {
      "vite.config.js": `
import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";

export default { plugins: [sveltekit({ adapter: adapter() })] };
`,
      "src/app.html": "<!doctype html>%sveltekit.head% %sveltekit.body%",
      "src/lib/wechat.ts": wechat,
      "src/routes/pictures/+server.js": documented("svelteKit"),
    });
    await project.run("vite", "build");
  });
  afterAll(() => project.remove());

  it("answers a form of its own origin, up to BODY_SIZE_LIMIT", async () => {
    const port = String(await freePort());
    const env = { PORT: port, BODY_SIZE_LIMIT: "5M" };
    const address = `http://127.0.0.1:${port}/`;
    const site = await startServer(process.execPath, ["build"], project.folder, env, address);
    try {
      const origin = `https://127.0.0.1:${port}`; // what it takes for its own
      await expectAnswers(`${site.url}pictures`, { origin });
      const large = new File([new Uint8Array(600_000)], "large.jpg");
      expect(await send(`${site.url}pictures`, large, { origin })).toEqual([
        422,
        { error: "format" },
      ]);
      const form = new FormData();
      form.set("file", large);
      const foreign = await fetch(`${site.url}pictures`, { method: "POST", body: form });
      expect(foreign.status).toBe(403);
    } finally {
      await site.close();
    }
  });
});

const chromium = useChromium();

describe("Next.js", () => {
  let project: Project;
  let site: Site;
  beforeAll(async () => {
    const route = documented("nextRoute");
    project = await makeProject(
      ["next", "react", "react-dom", "typescript", "types-node", "types-react"],
      {
        "wechat.ts": wechat,
        "app/layout.tsx": documented("nextLayout"),
        "app/page.tsx": documented("nextPage"),
        "app/pictures/route.js": route,
        "app/edge/route.js": route.replace(`"nodejs"`, `"edge"`),
      },
    );
    await project.run("next", "build");
    const next = join(project.folder, "node_modules/next/dist/bin/next");
    const args = [next, "start", "--hostname", "127.0.0.1", "--port", String(await freePort())];
    site = await startServer(process.execPath, args, project.folder, {
      NEXT_TELEMETRY_DISABLED: "1",
    });
  });
  afterAll(async () => {
    await site?.close();
    project.remove();
  });

  it.each(["pictures", "edge"])("answers a form: /%s", async (path) => {
    await expectAnswers(`${site.url}${path}`);
  });

  it("sends a form from its page, after it has checked the file", async () => {
    const page = await chromium.open(site.url);
    const choose = (name: string, buffer: Buffer): Promise<void> =>
      page.setInputFiles("input", { name, mimeType: "image/jpeg", buffer });
    await choose("licence.jpg", Buffer.from("not a picture"));
    await page.click("button");
    await page.waitForFunction(`/JPG, PNG or BMP/.test(document.querySelector("p").textContent)`);
    await choose("licence.jpg", picture);
    await page.click("button");
    await page.waitForFunction(
      `/"media_id":".{107}"/.test(document.querySelector("p").textContent)`,
    );
    await page.close();
  });
});
