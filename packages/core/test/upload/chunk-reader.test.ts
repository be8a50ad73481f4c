import { describe, expect, it } from "vitest";
import { openChunks } from "../../src/upload/chunk-reader.ts";

const KIB = 1024;
const bytes = new Uint8Array(600 * KIB).map((_, index) => index % 251);

/** What the streams of Workers have beside the standard: it fills an array, and may end before or with the last bytes. */
function filling(endsWith: "the last bytes" | "nothing") {
  let at = 0;
  const arrays = new Set<ArrayBuffer>();
  const reader = {
    async readAtLeast(least: number, view: Uint8Array<ArrayBuffer>) {
      arrays.add(view.buffer);
      const part = bytes.subarray(at, at + least);
      at += part.byteLength;
      view.set(part);
      const done =
        at >= bytes.byteLength && (endsWith === "the last bytes" || part.byteLength === 0);
      return { done, value: view.subarray(0, part.byteLength) };
    },
    cancel: async () => undefined,
    releaseLock: () => undefined,
  };
  const stream = { locked: false, getReader: () => reader as never, cancel: async () => undefined };
  return { stream, arrays };
}

async function allOf(chunks: ReturnType<typeof openChunks>): Promise<Uint8Array[]> {
  const all: Uint8Array[] = [];
  let spent: Uint8Array | undefined;
  for (;;) {
    const chunk = await chunks.read(spent);
    if (chunk === undefined) return all;
    all.push(chunk.slice());
    spent = chunk;
  }
}

describe("a reader that fills arrays", () => {
  it.each(["the last bytes", "nothing"] as const)(
    "gives chunks of 256 KiB and the rest, where the end comes with %s",
    async (endsWith) => {
      const { stream, arrays } = filling(endsWith);
      const chunks = await allOf(openChunks(stream));
      expect(chunks.map(({ byteLength }) => byteLength)).toEqual([256 * KIB, 256 * KIB, 88 * KIB]);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
      expect(arrays.size).toBe(1);
    },
  );

  it("writes over nothing that it was not given back", async () => {
    const { stream, arrays } = filling("nothing");
    const chunks = openChunks(stream);
    const first = await chunks.read();
    const second = await chunks.read();
    expect(
      Buffer.concat([first ?? [], second ?? []] as Uint8Array[]).equals(
        bytes.subarray(0, 512 * KIB),
      ),
    ).toBe(true);
    // A part of an array of the caller's is not what this reader made.
    await chunks.read(bytes.subarray(0, 10));
    expect(arrays.size).toBe(3);
    expect(bytes[0]).toBe(0);
  });
});

describe("a reader that does not", () => {
  const streamOf = (...parts: unknown[]) =>
    new ReadableStream<Uint8Array>({
      type: undefined,
      pull(controller) {
        if (parts.length === 0) controller.close();
        else controller.enqueue(parts.shift() as Uint8Array);
      },
    });

  it("gives the chunks as they come, but those of no bytes", async () => {
    const empty = new Uint8Array(0);
    const chunks = openChunks(streamOf(empty, Uint8Array.of(1), empty, empty, Uint8Array.of(2, 3)));
    expect(await allOf(chunks)).toEqual([Uint8Array.of(1), Uint8Array.of(2, 3)]);
  });

  it("of bytes, as the standard has it, is read as it comes", async () => {
    const stream = new ReadableStream({
      type: "bytes",
      start(controller) {
        controller.enqueue(Uint8Array.of(1, 2));
        controller.close();
      },
    });
    expect(await allOf(openChunks(stream))).toEqual([Uint8Array.of(1, 2)]);
  });

  it("lets timers run between chunks of nothing", async () => {
    let isOver = false;
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (isOver) controller.close();
        else controller.enqueue(new Uint8Array(0));
      },
    });
    setTimeout(() => {
      isOver = true;
    }, 1);
    expect(await openChunks(stream).read()).toBe(undefined);
  });

  it("says what is no bytes", async () => {
    await expect(openChunks(streamOf("text")).read()).rejects.toThrow(
      "The chunks of the stream must be Uint8Arrays; one was a string of 4 characters.",
    );
  });
});
