// Who announces a body need not send it: memory goes by what came.

import { connect, type Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { arrivingBytesContract } from "../../../../test/support/arriving-bytes.ts";
import { arrivingBytes } from "../../src/http/arriving-bytes.ts";
import { startEmulator } from "../../src/node.ts";

const ANNOUNCED = 32 * 1024 * 1024;

it("a hundred announced bodies of 32 MiB reserve a hundredth of that", async () => {
  const emulator = await startEmulator({ port: 0 });
  const sockets: Socket[] = [];
  try {
    const { port } = new URL(emulator.baseUrl);
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 100; count++) {
      const socket = connect(Number(port), "127.0.0.1");
      sockets.push(socket);
      socket.on("error", () => undefined);
      await new Promise<void>((resolve) => {
        socket.write(
          `POST /v3/merchant/media/upload HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${ANNOUNCED}\r\n\r\na`,
          () => resolve(),
        );
      });
    }
    // The server has read the heads before it answers these, which came later.
    for (let count = 0; count < 3; count++) await fetch(`${emulator.baseUrl}/_emulator/health`);
    const reserved = process.memoryUsage().arrayBuffers - before;
    expect(reserved).toBeLessThan((100 * ANNOUNCED) / 100);
  } finally {
    for (const socket of sockets) socket.destroy();
    await emulator.close();
  }
});

describe("bytes that come", () => arrivingBytesContract(arrivingBytes));
