import { describe, expect, it } from "vitest";
import { drain, incomingFile } from "../src/incoming-file.ts";
import { contentDigest } from "./call-worker.ts";

const CHUNK = new Uint8Array(1000);
const CHUNKS = 5;

/** A request that counts the chunks read from its body. */
async function countedRequest() {
  const taken = { chunks: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.chunks === CHUNKS) return controller.close();
        taken.chunks += 1;
        controller.enqueue(CHUNK);
      },
      cancel() {
        taken.cancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = {
    "Content-Length": String(CHUNK.byteLength * CHUNKS),
    "Content-Digest": await contentDigest(CHUNK),
  };
  const request = new Request("http://worker.example/images?name=a.jpg", {
    method: "POST",
    headers,
    body,
  });
  return { taken, request, file: incomingFile(request) };
}

describe("a file that is passed on", () => {
  it("leaves the body alone until it is read", async () => {
    const { taken, request } = await countedRequest();
    await drain(request);
    expect(taken).toEqual({ chunks: 0, cancelled: false });
  });

  it("reads the rest of a body after a failed upload", async () => {
    const { taken, request, file } = await countedRequest();
    expect(file).toMatchObject({ stream: request.body, preventCancel: true });
    const reader = request.body?.getReader();
    await reader?.read();
    reader?.releaseLock();
    expect(taken.chunks).toBeLessThan(CHUNKS);
    await drain(request);
    expect(taken).toEqual({ chunks: CHUNKS, cancelled: false });
  });
});
