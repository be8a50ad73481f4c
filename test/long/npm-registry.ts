// A registry for what a test publishes: the part of npm's protocol that publishing, viewing and
// installing take.

import type { IncomingMessage, ServerResponse } from "node:http";
import { json } from "node:stream/consumers";
import { startLocalServer } from "../support/local-server.ts";

interface Packument {
  name: string;
  versions: Record<string, { dist: { tarball: string } }>;
  _attachments?: Record<string, { data: string }>;
}

export interface NpmRegistry {
  origin: string;
  /** What was published, by name, in the order in which it came. */
  packages: Map<string, Packument>;
  stop(): Promise<void>;
}

/** Listens on a free port; takes packages from whoever has the token. */
export async function startNpmRegistry(token: string): Promise<NpmRegistry> {
  const packages = new Map<string, Packument>();
  const tarballs = new Map<string, Buffer>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = decodeURIComponent(request.url?.slice(1) ?? "");
    if (request.method === "PUT") {
      if (request.headers.authorization !== `Bearer ${token}`) {
        response.writeHead(401).end();
        return;
      }
      keep((await json(request)) as Packument);
      response.writeHead(201).end("{}");
    } else if (packages.has(path)) {
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify(packages.get(path)));
    } else if (tarballs.has(path)) {
      response.writeHead(200, { "content-type": "application/octet-stream" });
      response.end(tarballs.get(path));
    } else {
      response.writeHead(404).end("{}");
    }
  }

  function keep({ _attachments = {}, ...packument }: Packument): void {
    const [attachment] = Object.values(_attachments);
    for (const { dist } of Object.values(packument.versions)) {
      const path = new URL(dist.tarball).pathname;
      dist.tarball = origin + path;
      tarballs.set(
        decodeURIComponent(path.slice(1)),
        Buffer.from(attachment?.data ?? "", "base64"),
      );
    }
    packages.set(packument.name, packument);
  }

  const { origin, close: stop } = await startLocalServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  return { origin, packages, stop };
}
