import { afterEach, describe, expect, it, vi } from "vitest";
import { bytesBody, inMemoryBody, streamBody } from "../../src/http/request-body.ts";

/** What workerd has, without the length check. */
class FixedLengthStream extends TransformStream<Uint8Array, Uint8Array> {
  static lengths: number[] = [];
  constructor(length: number) {
    super();
    FixedLengthStream.lengths.push(length);
  }
}

function chunks(...texts: string[]): Parameters<typeof streamBody>[1] {
  return async (write) => {
    for (const text of texts) {
      if (text === "fail") throw new Error("the disk is gone");
      await write(new TextEncoder().encode(text));
    }
  };
}

describe("a body", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("of bytes can be sent again and again", async () => {
    const bytes = new TextEncoder().encode("abcdef");
    const body = bytesBody([bytes.subarray(0, 2), bytes.subarray(2)]);
    expect([body.size, body.repeatable]).toEqual([6, true]);
    expect(await new Response((await body.open()).content).text()).toBe("abcdef");
    expect(await new Response((await body.open()).content).text()).toBe("abcdef");
  });

  it("of bytes that are held is those very bytes, again and again", async () => {
    const bytes = new TextEncoder().encode("abcdef").subarray(1, 4);
    const body = inMemoryBody(bytes);
    expect([body.size, body.repeatable]).toEqual([3, true]);
    for (const { content } of [await body.open(), await body.open()]) {
      expect(content).toBe(bytes);
      expect(await new Response(content).text()).toBe("bcd");
    }
  });

  it("of a stream is collected where no stream has a length", async () => {
    const body = streamBody(6, chunks("abc", "de", "f"));
    expect([body.size, body.repeatable]).toEqual([6, false]);
    const { content, sent } = await body.open();
    expect(await (content as Blob).text()).toBe("abcdef");
    await sent;
  });

  it("of a stream that fails is no body where it is collected", async () => {
    await expect(streamBody(6, chunks("abc", "fail")).open()).rejects.toThrow("disk is gone");
  });

  it("of a stream is passed on while it comes where FixedLengthStream is", async () => {
    vi.stubGlobal("FixedLengthStream", FixedLengthStream);
    const { content, sent } = await streamBody(6, chunks("abc", "def")).open();
    expect(FixedLengthStream.lengths.at(-1)).toBe(6);
    expect(await new Response(content).text()).toBe("abcdef");
    await sent;
  });

  it("of a stream that fails breaks off what was begun", async () => {
    vi.stubGlobal("FixedLengthStream", FixedLengthStream);
    const { content, sent } = await streamBody(6, chunks("abc", "fail")).open();
    await expect(Promise.all([new Response(content).text(), sent])).rejects.toThrow("disk is gone");
    await expect(sent).rejects.toThrow("disk is gone");
  });
});
