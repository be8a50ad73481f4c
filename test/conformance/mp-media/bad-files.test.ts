import { createSource } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { badMedia } from "../../support/media.ts";
import { type Call, check, PATHS, upload } from "../../support/media-calls.ts";
import { mpInProcess } from "../../support/mp.ts";

describe("a name without an extension that is accepted gets that of the content", () => {
  const names: Readonly<Record<string, string>> = {
    "": "image.jpg",
    "no-extension": "no-extension.jpg",
    "cover.": "cover.jpg",
    "640.webp": "640.jpg",
    "a.jpg!w800": "a.jpg",
    "photo.jfif": "photo.jpg",
  };
  for (const [given, sent] of Object.entries(names)) {
    it(`${JSON.stringify(given)}: ${sent}`, async () => {
      const bytes = new Uint8Array(await (await badMedia("no-extension")).arrayBuffer());
      for (const call of Object.keys(PATHS) as Call[]) {
        const { mp, emulator } = mpInProcess();
        await check(call, "image", createSource(bytes, { name: given }));
        await upload(call, mp, "image", createSource(bytes, { name: given }));
        const size = bytes.byteLength;
        await upload(call, mp, "image", { name: given, size, stream: new Blob([bytes]).stream() });
        expect(emulator.control.mpMedia.map(({ filename }) => filename)).toEqual([sent, sent]);
      }
    });
  }
});

describe("a bad source is refused before a byte is sent", () => {
  it("one that returns fewer bytes than its size", async () => {
    const { mp, emulator } = mpInProcess();
    const input = { name: "cover.jpg", size: 1000, read: async () => new Uint8Array(999) };
    for (const call of Object.keys(PATHS) as Call[]) {
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("one over the limit, without reading it", async () => {
    const { mp } = mpInProcess();
    let reads = 0;
    const input = {
      name: "cover.jpg",
      size: 3e9,
      read: () => {
        reads += 1;
        return new Uint8Array(0);
      },
    };
    for (const call of Object.keys(PATHS) as Call[]) {
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ reason: "size", actual: "3000000000 bytes" });
      await expect(check(call, "image", input)).rejects.toMatchObject({ reason: "size" });
    }
    expect(reads).toBe(0);
  });

  it("what is no file at all is a TypeError that says what a file can be", async () => {
    const { mp, emulator } = mpInProcess();
    for (const file of [undefined, null, "cover.jpg", 5, {}, []]) {
      for (const call of Object.keys(PATHS) as Call[]) {
        const refused = upload(call, mp, "image", file as never);
        await expect(refused).rejects.toThrow(/must be a File, a Blob/);
      }
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("a stream of the wrong format, which is cancelled", async () => {
    const { mp, emulator } = mpInProcess();
    const webp = new Uint8Array(await (await badMedia("webp.jpg")).arrayBuffer());
    for (const call of Object.keys(PATHS) as Call[]) {
      let cancelled: unknown;
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(webp),
        cancel(why) {
          cancelled = why;
        },
      });
      const input = { name: "a.jpg", size: 1e6, stream };
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ reason: "format", actual: "webp" });
      expect(cancelled).toMatchObject({ reason: "format" });
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
