import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Listener } from "./callback-client.ts";

/** Listens on a free port of this machine. An error of a listener is its answer. */
export async function serve(
  listeners: Readonly<Record<string, Listener>>,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const listener = listeners[pathname.slice(1)];
    const failed = (error: unknown): void =>
      void response.writeHead(500).end((error as Error).message);
    if (listener === undefined) response.writeHead(404).end();
    else listener(request, response).catch(failed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
