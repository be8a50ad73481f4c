import { uploadImage, uploadVideo } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { badMedia, media } from "../../support/media.ts";
import { payInProcess, payOverHttp } from "../../support/pay.ts";
import { chunked, refused, streamed } from "../../support/streamed.ts";

describe("a stream that is passed on", () => {
  it("arrives over HTTP with its length: picture", async () => {
    const { media_id } = await uploadImage(
      payOverHttp(),
      await streamed(await media("licence.jpg")),
    );
    expect(media_id.length).toBe(107);
  });

  it("arrives over HTTP with its length: video", async () => {
    const { media_id } = await uploadVideo(payOverHttp(), await streamed(await media("clip.mp4")));
    expect(media_id.length).toBe(107);
  });

  it("arrives byte for byte, whatever the size of its chunks", async () => {
    const picture = await media("营业执照.jpg");
    const bytes = new Uint8Array(await picture.arrayBuffer());
    for (const chunkBytes of [1000, 65_536, picture.size, picture.size + 1]) {
      const { pay, emulator } = payInProcess();
      await uploadImage(pay, await streamed(picture, { stream: chunked(picture, chunkBytes) }));
      const [stored] = emulator.control.payMedia;
      expect(stored?.filename).toBe("营业执照.jpg");
      expect(stored?.bytes).toEqual(bytes);
    }
  });

  it("is sent once only, even where a retry would help", async () => {
    const { pay, emulator } = payInProcess();
    emulator.control.faults.add({ kind: "system-error" });
    const upload = uploadImage(pay, await streamed(await media("licence.jpg")));
    await expect(upload).rejects.toMatchObject({ status: 500 });
    expect(emulator.control.journal.entries().length).toBe(1);
  });
});

describe("a stream that is not what was announced", () => {
  it("shorter than said", () => refused((file) => ({ size: file.size + 1 })));
  it("longer than said", () => refused((file) => ({ size: file.size - 1 })));
  it("of another digest", () => refused(() => ({ sha256: "0".repeat(64) })));
  it("empty", () => refused((file) => ({ stream: chunked(file.slice(0, 0)) })));

  it("of chunks that are no bytes", async () => {
    const picture = await media("licence.jpg");
    const head = new Uint8Array(await picture.slice(0, 70_000).arrayBuffer());
    for (const chunks of [["text"], [head, "text"], [head.buffer]]) {
      const stream = new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
      const upload = uploadImage(payInProcess().pay, await streamed(picture, { stream }));
      await expect(upload).rejects.toThrow(
        /chunks of the stream must be Uint8Arrays; one was an? /,
      );
    }
  });

  it("is cancelled whatever was wrong with it", async () => {
    const picture = await media("licence.jpg");
    for (const change of [{ sha256: "abc" }, { name: "a.txt" }, { size: 5 * 2 ** 20 + 1 }]) {
      let cancelled: unknown;
      const stream = new ReadableStream<Uint8Array>({
        cancel(reason) {
          cancelled = reason;
        },
      });
      const upload = uploadImage(
        payInProcess().pay,
        await streamed(picture, { stream, ...change }),
      );
      const error: unknown = await upload.catch((thrown: unknown) => thrown);
      expect(cancelled).toBe(error);
    }
  });

  it("is left open with preventCancel, and the rest of it can be read", async () => {
    const picture = await media("licence.jpg");
    const webp = await badMedia("webp.jpg");
    const faults: [file: File, change: object, read: boolean][] = [
      [picture, { sha256: "abc" }, false],
      [picture, { name: "a.txt" }, false],
      [webp, {}, true],
    ];
    for (const [file, change, read] of faults) {
      const stream = chunked(file, 1000);
      const given = await streamed(file, { stream, preventCancel: true, ...change });
      await expect(uploadImage(payInProcess().pay, given)).rejects.toThrow();
      expect(stream.locked).toBe(false);
      const reader = stream.getReader();
      let byteLength = 0;
      for (;;) {
        const { value } = await reader.read();
        if (value === undefined) break;
        byteLength += value.byteLength;
      }
      if (read) expect(byteLength).toBeLessThan(file.size);
      else expect(byteLength).toBe(file.size);
    }
  });

  it("that breaks off with an error", async () => {
    const broken = new Error("the sender went away");
    const picture = await media("licence.jpg");
    for (const after of [0, 80_000]) {
      const { pay, emulator } = payInProcess();
      const stream = chunked(picture.slice(0, after)).pipeThrough(
        new TransformStream({
          flush() {
            throw broken;
          },
        }),
      );
      const upload = uploadImage(pay, await streamed(picture, { stream }));
      await expect(upload).rejects.toBe(broken);
      expect(emulator.control.payMedia).toEqual([]);
    }
  });

  it("that never has a chunk, until the upload is aborted", async () => {
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    const { signal } = controller;
    const stream = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined) });
    const file = await streamed(await media("licence.jpg"), { stream });
    const upload = uploadImage(payInProcess().pay, file, { signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(upload).rejects.toBe(reason);
  });

  it("is let go of when the upload is aborted", async () => {
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    let cancelled: unknown;
    const picture = await media("licence.jpg");
    const stream = new ReadableStream<Uint8Array>({
      async pull(source) {
        source.enqueue(new Uint8Array(await picture.slice(0, 70_000).arrayBuffer()));
        controller.abort(reason);
      },
      cancel(why) {
        cancelled = why;
      },
    });
    const { signal } = controller;
    const upload = uploadImage(payInProcess().pay, await streamed(picture, { stream }), { signal });
    await expect(upload).rejects.toBe(reason);
    expect(cancelled).toBe(reason);
  });
});
