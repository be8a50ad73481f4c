// Files on disks and web servers as packages/mp-publish/README.md reads them, each in its runtime.

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createMpClient, createUrlSource, type Source } from "@wechat-edge/core";
import { type RunningEmulator, startEmulator } from "@wechat-edge/emulator/node";
import { uploadVideoMaterial } from "@wechat-edge/mp-publish";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LocalServer, startLocalServer } from "../support/local-server.ts";
import { toolNode } from "../support/tool-node.ts";
import { details, expectWhole, MIB, videoBytes } from "../support/video.ts";
import type { SourceTask } from "./video-sources/run-task.ts";

const bytes = videoBytes(2 * MIB + 21);
const here = fileURLToPath(new URL("video-sources/", import.meta.url));
const bin = fileURLToPath(new URL("../runtimes/node_modules/.bin/", import.meta.url));
const changed = { name: "MediaError", code: "ERR_MEDIA", reason: "changed" };
let emulator: RunningEmulator;

beforeEach(async () => {
  emulator = await startEmulator({ port: 0 });
});
afterEach(async () => {
  await emulator.close();
});

const programs: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  node: [toolNode()],
  deno: [`${bin}deno`, "run", "-A"],
  bun: [`${bin}bun`],
};

for (const [name, [program, ...args]] of Object.entries(programs)) {
  describe.skipIf(program.startsWith("/") && !existsSync(program))(
    `a file on the disk, in ${name}`,
    () => {
      let folder: string;
      beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), "wechat-edge-source-"));
      });
      afterEach(() => rmSync(folder, { recursive: true }));

      const run = async (change: SourceTask["change"]) => {
        const path = join(folder, "source.mp4");
        writeFileSync(path, bytes);
        const { mp } = emulator.control.credentials;
        const { appid, secret } = mp;
        const task: SourceTask = {
          appid,
          secret,
          baseUrl: emulator.baseUrl,
          path,
          details,
          change,
        };
        const script = `${here}${name}.ts`;
        const child = promisify(execFile)(program, [...args, script, JSON.stringify(task)]);
        return JSON.parse((await child).stdout) as Record<string, unknown>;
      };

      it("goes up whole", async () => {
        expect(await run("none")).toMatchObject({ done: true });
        await expectWhole(emulator.control.videos.list(), bytes);
        expect(emulator.control.videos.list()[0]?.filename).toBe("film.mp4");
      }, 30_000);

      it.each(["content", "shorter"] as const)(
        "that is written to between the passes is a MediaError: %s",
        async (change) => {
          expect(await run(change)).toEqual(changed);
          expect(emulator.control.videos.list()).toMatchObject([{ finished: false }]);
        },
        30_000,
      );
    },
  );
}

describe("a file on a web server", () => {
  let server: LocalServer;
  let etag: string;
  let source: Source;
  beforeEach(async () => {
    etag = '"1"';
    server = await startLocalServer((request, response) => {
      const [, from = "", to = ""] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
      const range = `bytes ${from}-${to}/${bytes.length}`;
      const part = bytes.subarray(Number(from), Number(to) + 1);
      response.writeHead(206, { etag, "content-range": range }).end(part);
    });
    source = await createUrlSource(`${server.origin}/film.mp4`);
  });
  afterEach(() => server.close());
  const client = () => {
    const { appid, secret } = emulator.control.credentials.mp;
    return createMpClient({ appid, secret, baseUrl: emulator.baseUrl });
  };

  it("goes up whole", async () => {
    await uploadVideoMaterial(client(), details, source, { concurrency: 2 });
    await expectWhole(emulator.control.videos.list(), bytes);
  });

  it("whose ETag changes between the passes, or within one, is a MediaError", async () => {
    for (const count of [0, 1]) {
      etag = '"1"';
      const upload = uploadVideoMaterial(client(), details, source, {
        onCheckpoint({ acked }) {
          if (acked.length === count) etag = '"2"';
        },
      });
      await expect(upload).rejects.toMatchObject(changed);
    }
    expect(emulator.control.videos.list().map(({ finished }) => finished)).toEqual([false, false]);
  });
});

describe("packages/mp-publish/README.md", () => {
  const page = readFileSync(
    new URL("../../packages/mp-publish/README.md", import.meta.url),
    "utf8",
  );

  it.each(["node-file.ts", "deno-file.ts", "r2-file.ts"])("shows %s as it was run", (name) => {
    const text = readFileSync(`${here}${name}`, "utf8");
    const snippet = text.slice(text.indexOf("\nexport const ") + "\nexport ".length).trimEnd();
    expect(page).toContain(snippet);
  });
});
