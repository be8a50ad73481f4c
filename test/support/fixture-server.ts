// Serves the media files to runtimes that cannot read the disk.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { startLocalServer } from "./local-server.ts";

export interface FixtureServer {
  origin: string;
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

const directories: Record<string, string> = {
  media: join(root, "examples/media"),
  bad: join(root, "examples/media/bad"),
  fixtures: join(root, "test/fixtures/files"),
  vectors: join(root, "test/vectors"),
};

/**
 * Listens on a free loopback port and answers `/media/`, `/bad/`, `/fixtures/` and `/vectors/`
 * with the files of those names (percent-encoded UTF-8), to any origin.
 */
export async function startFixtureServer(): Promise<FixtureServer> {
  const { origin, close: stop } = await startLocalServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    answer(fixturePath(request.url ?? "/"), response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  return { origin, stop };
}

/** The file a request path names, or undefined where it names none of ours. */
export function fixturePath(url: string): string | undefined {
  const [, prefix = "", name = ""] = /^\/(\w+)\/([^?]+)/.exec(url) ?? [];
  const directory = directories[prefix];
  if (directory === undefined) return undefined;
  try {
    const path = join(directory, decodeURIComponent(name));
    return path.startsWith(directory + sep) ? path : undefined;
  } catch {
    return undefined; // not percent-encoded UTF-8, or a NUL
  }
}

async function answer(path: string | undefined, response: ServerResponse): Promise<void> {
  const file = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || !file?.isFile()) {
    response.writeHead(404, { "content-type": "text/plain" }).end("No such fixture.\n");
    return;
  }
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": file.size,
  });
  createReadStream(path).pipe(response);
}
