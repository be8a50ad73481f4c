// Who announces a body need not send it: memory goes by what came.

import { createPayClient, createUrlSource, type Fetch } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { uploadPayFile } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { arrivingBytesContract } from "../../../../test/support/arriving-bytes.ts";
import { arrivingBytes } from "../../src/bytes/arriving.ts";

const ANNOUNCED = 256 * 1024 * 1024;
const MANY = 20;

/** Bytes reserved by what begins, and does not go on. */
async function reserved(begin: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  for (let count = 0; count < MANY; count++) await begin();
  return process.memoryUsage().arrayBuffers - before;
}

describe("what was announced and does not come reserves next to nothing", () => {
  it("of a stream that is uploaded", async () => {
    const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
    const end = new AbortController();
    const used = await reserved(async () => {
      let isRead = false;
      const looked = Promise.withResolvers<void>();
      // Read a second time when the checks have seen the first chunk and the body is collected.
      const stream = new ReadableStream<Uint8Array>(
        {
          pull(controller) {
            if (isRead) {
              looked.resolve();
              return new Promise(() => undefined);
            }
            isRead = true;
            const chunk = new Uint8Array(100_000);
            chunk.set(new TextEncoder().encode("%PDF-1.7\n"));
            controller.enqueue(chunk);
            return undefined;
          },
        },
        { highWaterMark: 0 },
      );
      const file = { name: "a.pdf", size: ANNOUNCED, sha256: "0".repeat(64), stream };
      const endpoint = { path: "/v3/some/files", limits: { maxBytes: ANNOUNCED } };
      uploadPayFile(pay, endpoint, file, { signal: end.signal }).catch(() => undefined);
      await looked.promise;
      await new Promise((resolve) => setImmediate(resolve));
    });
    end.abort();
    expect(used).toBeLessThan(ANNOUNCED);
  });

  it("of a file at a URL", async () => {
    const end = new AbortController();
    const asked: (() => void)[] = [];
    const server: Fetch = async (_url, { headers }) => {
      const [first = 0, last = 0] = (headers["Range"] ?? "").match(/\d+/g)?.map(Number) ?? [];
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (last === 0) controller.close();
          else controller.enqueue(new Uint8Array(1));
          asked.shift()?.();
          return last === 0 ? undefined : new Promise(() => undefined);
        },
      });
      const range = `bytes ${first}-${last}/${ANNOUNCED}`;
      return new Response(body, { status: 206, headers: { "Content-Range": range, ETag: '"1"' } });
    };
    const source = await createUrlSource("https://cdn.example/a.bin", { fetch: server });
    const used = await reserved(async () => {
      const read = new Promise<void>((resolve) => asked.push(resolve));
      source.read(0, ANNOUNCED, { signal: end.signal }).catch(() => undefined);
      await read;
      await new Promise((resolve) => setImmediate(resolve));
    });
    end.abort();
    expect(used).toBeLessThan(ANNOUNCED);
  });
});

describe("bytes that come", () => arrivingBytesContract(arrivingBytes));
