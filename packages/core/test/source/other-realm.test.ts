// Files whose classes are another realm's: of a page's frame, a test's DOM, a sandbox.

import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { digest } from "../../src/hash/digest.ts";
import { createSource } from "../../src/source/source.ts";
import { isStreamInput, takeStream } from "../../src/upload/stream-input.ts";

const sha1 = "a9993e364706816aba3e25717850c26c9cd0d89d";
const foreign = runInNewContext(`({
  bytes: new Uint8Array([97, 98, 99]),
  buffer: new Uint8Array([97, 98, 99]).buffer,
  words: new Uint16Array([97, 98]),
  read: (start, end) => new Uint8Array([97, 98, 99]).subarray(start, end),
})`) as {
  bytes: Uint8Array;
  buffer: ArrayBuffer;
  words: Uint16Array;
  read: (start: number, end: number) => Uint8Array;
};

describe("what comes from another realm", () => {
  it("is none of this realm's", () => {
    expect(foreign.bytes instanceof Uint8Array).toBe(false);
    expect(foreign.buffer instanceof ArrayBuffer).toBe(false);
  });

  it.each([
    ["a Uint8Array", foreign.bytes],
    ["an ArrayBuffer", foreign.buffer],
    ["what a reader returns", { size: 3, read: foreign.read }],
  ])("is a file: %s", async (_, file) => {
    expect(await digest(file, "SHA-1")).toBe(sha1);
    const bytes = await createSource(file).read(0, 3);
    expect(new TextDecoder().decode(bytes)).toBe("abc");
  });

  it("is none where it is none here either", () => {
    expect(() => createSource(foreign.words as never)).toThrow(TypeError);
  });

  it("is a stream, and its chunks are bytes", async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    void writer.write(foreign.bytes);
    void writer.close();
    const stream = { getReader: () => readable.getReader() } as ReadableStream<Uint8Array>;
    const input = { size: 3, stream };
    expect(isStreamInput(input)).toBe(true);
    const chunks: number[] = [];
    const taken = takeStream(input);
    await taken.read(0, 3);
    await taken.passOn(async (chunk) => void chunks.push(...chunk));
    expect(chunks).toEqual([97, 98, 99]);
  });
});
