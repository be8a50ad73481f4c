// A registry for what a test publishes: the part of npm's protocol that publishing, viewing and
// installing take.

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

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

  async function answer(
    request: IncomingMessage,
  ): Promise<[status: number, body: object | Buffer]> {
    const path = decodeURIComponent(request.url?.slice(1) ?? "");
    if (request.method === "PUT") {
      if (request.headers.authorization !== `Bearer ${token}`) return [401, { error: "no token" }];
      const { _attachments = {}, ...packument } = (await json(request)) as Packument;
      for (const { dist } of Object.values(packument.versions)) {
        const name = new URL(dist.tarball).pathname.slice(1);
        dist.tarball = `${origin}/${name}`;
        const [attachment] = Object.values(_attachments);
        tarballs.set(decodeURIComponent(name), Buffer.from(attachment?.data ?? "", "base64"));
      }
      packages.set(packument.name, packument);
      return [201, { ok: true }];
    }
    const found = tarballs.get(path) ?? packages.get(path);
    return found === undefined ? [404, { error: "Not found" }] : [200, found];
  }

  const server = createServer((request, response) => {
    answer(request).then(
      ([status, body]) => {
        const isBytes = Buffer.isBuffer(body);
        response.writeHead(status, {
          "content-type": isBytes ? "application/octet-stream" : "application/json",
        });
        response.end(isBytes ? body : JSON.stringify(body));
      },
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    packages,
    stop() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
