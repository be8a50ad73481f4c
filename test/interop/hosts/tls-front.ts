import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer } from "node:tls";
import type { HostCertificates } from "./certificates.ts";
import { type Conversation, exchangesOf, type WireExchange } from "./conversation.ts";

/** TLS in front of an emulator: passes every byte on as it came, and keeps it. */
export interface TlsFront {
  readonly port: number;
  /** What was exchanged since the last time, in the order of the connections. */
  take(): WireExchange[];
  close(): Promise<void>;
}

interface Kept {
  readonly sent: Buffer[];
  readonly received: Buffer[];
}

export async function startTlsFront(
  target: string,
  { certificate, privateKey }: HostCertificates,
): Promise<TlsFront> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let kept: Kept[] = [];
  // As WeChat's hosts, no HTTP/2.
  const options = { cert: certificate, key: privateKey, ALPNProtocols: ["http/1.1"] };
  const server = createServer(options, (client) => {
    const emulator = connect(Number(port), hostname);
    const one: Kept = { sent: [], received: [] };
    kept.push(one);
    client.on("data", (bytes: Buffer) => one.sent.push(bytes));
    emulator.on("data", (bytes: Buffer) => one.received.push(bytes));
    client.pipe(emulator).pipe(client);
    for (const socket of [client, emulator]) {
      sockets.add(socket);
      socket.on("error", () => {
        client.destroy();
        emulator.destroy();
      });
      socket.on("close", () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    take() {
      const taken = kept.map(
        ({ sent, received }): Conversation => ({
          sent: Buffer.concat(sent),
          received: Buffer.concat(received),
        }),
      );
      kept = [];
      return taken.flatMap(exchangesOf);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
