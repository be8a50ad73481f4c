// Serves the media files to runtimes that cannot read the disk.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";

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
export function startFixtureServer(): Promise<FixtureServer> {
  const server = createServer((request, response) => {
    response.setHeader("access-control-allow-origin", "*");
    answer(fixturePath(request.url ?? "/"), response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      resolve({
        origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop() {
          server.closeAllConnections();
          return new Promise((closed) => server.close(() => closed()));
        },
      });
    });
  });
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
