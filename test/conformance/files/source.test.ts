import { createSource, MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

/** Every kind of source must keep the same contract. */
const kinds = {
  bytes: () => bytes,
  "part of a larger buffer": () => Uint8Array.from([9, 9, ...bytes, 9]).subarray(2, 1002),
  ArrayBuffer: () => bytes.slice().buffer,
  Blob: () => new Blob([bytes.subarray(0, 300), bytes.subarray(300)]),
  File: () => new File([bytes], "given.bin"),
  reader: () => ({
    name: "given.bin",
    size: 1000,
    read: async (start: number, end: number) => bytes.slice(start, end),
  }),
};

describe("createSource", () => {
  for (const [kind, make] of Object.entries(kinds)) {
    it(`reads any range, again and again: ${kind}`, async () => {
      const source = createSource(make(), { name: "a.bin", type: "text/plain" });
      expect([source.name, source.type, source.size]).toEqual(["a.bin", "text/plain", 1000]);
      expect(await source.read(0, 1000)).toEqual(bytes);
      expect(await source.read(990, 1000)).toEqual(bytes.slice(990));
      expect(await source.read(3, 7)).toEqual(bytes.slice(3, 7));
      expect(await source.read(5, 5)).toEqual(new Uint8Array(0));
      expect(await source.read(0, 1000)).toEqual(bytes);
    });

    it(`refuses a range outside the file: ${kind}`, async () => {
      const source = createSource(make());
      await expect(source.read(0, 1001)).rejects.toThrow(RangeError);
      await expect(source.read(-1, 5)).rejects.toThrow(RangeError);
      await expect(source.read(6, 5)).rejects.toThrow(RangeError);
    });

    it(`stops on an aborted signal: ${kind}`, async () => {
      const reason = new Error("no longer wanted");
      const read = createSource(make()).read(0, 5, { signal: AbortSignal.abort(reason) });
      await expect(read).rejects.toBe(reason);
    });
  }

  it("takes name and type of a File, and leaves a Blob nameless", () => {
    const file = createSource(new File([bytes], "营业执照.jpg", { type: "image/jpeg" }));
    expect([file.name, file.type]).toEqual(["营业执照.jpg", "image/jpeg"]);
    expect(createSource(new Blob([bytes])).name).toBe("");
  });

  it("returns copies of bytes, so that a later change by the caller is not sent", async () => {
    const mine = bytes.slice();
    const read = await createSource(mine).read(0, 10);
    mine.fill(0);
    expect(read).toEqual(bytes.slice(0, 10));
  });

  it("returns copies of a Buffer too, whose slice is a view on itself", async () => {
    class ViewSlicing extends Uint8Array<ArrayBuffer> {
      override slice(start?: number, end?: number): ViewSlicing {
        return this.subarray(start, end);
      }
    }
    const mine = new ViewSlicing(bytes.slice().buffer);
    const read = await createSource(mine).read(0, 10);
    mine.fill(0);
    expect(read).toEqual(bytes.slice(0, 10));
  });

  it("takes an ArrayBuffer from a reader, and refuses what is no bytes", async () => {
    const reading = (given: unknown) =>
      createSource({ size: 4, read: () => given as never }).read(0, 4);
    expect(await reading(bytes.slice(0, 4).buffer)).toEqual(bytes.slice(0, 4));
    for (const wrong of ["four", undefined, null, [1, 2, 3, 4]]) {
      await expect(reading(wrong)).rejects.toThrow(
        /read\(start, end\) must return a Uint8Array, not (a string of 4|undefined|null|an array of 4)/,
      );
    }
  });

  it("does not ask a reader for nothing", async () => {
    const source = createSource({
      size: 4,
      read: () => {
        throw new Error("asked");
      },
    });
    expect((await source.read(4, 4)).length).toBe(0);
  });

  it("says that the file changed when a reader returns fewer or more bytes", async () => {
    for (const off of [-1, 1]) {
      const source = createSource({ size: 10, read: (s, e) => new Uint8Array(e - s + off) });
      const read = source.read(0, 5);
      await expect(read).rejects.toThrow(MediaError);
      await expect(read).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    }
  });

  it("says that the file changed when its size is another after the read", async () => {
    const growing = { size: 10, read: (s: number, e: number) => new Uint8Array(e - s) };
    const source = createSource(growing);
    await source.read(0, 10);
    growing.size = 11;
    await expect(source.read(0, 10)).rejects.toMatchObject({ reason: "changed" });
  });

  it("passes a reader's own error on", async () => {
    const gone = new Error("disk gone");
    const source = createSource({
      size: 10,
      read: () => {
        throw gone;
      },
    });
    await expect(source.read(0, 1)).rejects.toBe(gone);
  });

  it("refuses what is not a file, and says why a stream is not", () => {
    const wrong = [new ReadableStream(), "a.jpg", 5, null, undefined, {}, { size: 3 }];
    for (const input of wrong) {
      expect(() => createSource(input as never)).toThrow(TypeError);
    }
    expect(() => createSource(new ReadableStream() as never)).toThrow(/read only once/);
  });

  it("refuses a size that is no whole number", () => {
    for (const size of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "3"]) {
      const reader = { size: size as number, read: () => new Uint8Array(0) };
      expect(() => createSource(reader)).toThrow(
        /size must be the length of the file in whole bytes, not (the number|a string)/,
      );
    }
  });
});
