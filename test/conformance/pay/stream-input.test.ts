import { digest } from "@wechat-edge/core";
import { type DigestedStreamInput, uploadImage, uploadVideo } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { badMedia, media } from "../../support/media.ts";
import { payInProcess, payOverHttp } from "../../support/pay.ts";

/** The file as a stream of chunks, as the body of a request arrives. */
async function streamed(
  file: File,
  change: Partial<DigestedStreamInput> = {},
): Promise<DigestedStreamInput> {
  const sha256 = await digest(file, "SHA-256");
  return { name: file.name, size: file.size, sha256, stream: chunked(file), ...change };
}

function chunked(file: Blob, chunkBytes = 10_000): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      if (at >= file.size) return controller.close();
      const chunk = file.slice(at, at + chunkBytes);
      at += chunkBytes;
      controller.enqueue(new Uint8Array(await chunk.arrayBuffer()));
    },
  });
}

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

  it("takes the digest in capitals", async () => {
    const picture = await media("licence.jpg");
    const sha256 = (await digest(picture, "SHA-256")).toUpperCase();
    const { pay, emulator } = payInProcess();
    expect((await uploadImage(pay, await streamed(picture, { sha256 }))).media_id).not.toBe("");
    expect(emulator.control.journal.entries()[0]?.sha256).toBe(sha256.toLowerCase());
  });

  it("reports how much has been sent", async () => {
    const picture = await media("licence.jpg");
    const loaded: number[] = [];
    await uploadImage(payInProcess().pay, await streamed(picture), {
      onProgress: (progress) => {
        expect(progress).toMatchObject({ phase: "upload", total: picture.size });
        loaded.push(progress.loaded);
      },
    });
    expect(loaded[0]).toBe(0);
    expect(loaded.at(-1)).toBe(picture.size);
    expect(loaded.length).toBeGreaterThan(3);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
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
  const refused = async (change: (file: File) => Partial<DigestedStreamInput>) => {
    const picture = await media("licence.jpg");
    for (const pay of [payInProcess().pay, payOverHttp()]) {
      const upload = uploadImage(pay, await streamed(picture, change(picture)));
      await expect(upload).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    }
  };

  it("shorter than said", () => refused((file) => ({ size: file.size + 1 })));
  it("longer than said", () => refused((file) => ({ size: file.size - 1 })));
  it("of another digest", () => refused(() => ({ sha256: "0".repeat(64) })));
  it("empty", () => refused((file) => ({ stream: chunked(file.slice(0, 0)) })));

  it("of another format than its name says, before anything is sent", async () => {
    const { pay, emulator } = payInProcess();
    const upload = uploadImage(pay, await streamed(await badMedia("webp.jpg")));
    await expect(upload).rejects.toMatchObject({ reason: "format", actual: "webp" });
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("over the limit by what is said, before a byte is read", async () => {
    const { pay } = payInProcess();
    const picture = await media("licence.jpg");
    let pulled = 0;
    const stream = new ReadableStream<Uint8Array>(
      {
        pull: () => {
          pulled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    const upload = uploadImage(pay, await streamed(picture, { size: 5 * 2 ** 20 + 1, stream }));
    await expect(upload).rejects.toMatchObject({ reason: "size" });
    expect(pulled).toBe(0);
  });

  it("without a digest or a length", async () => {
    const { pay } = payInProcess();
    const picture = await media("licence.jpg");
    for (const change of [
      { sha256: undefined },
      { sha256: "abc" },
      { size: undefined },
      { size: -1 },
    ]) {
      const file = { ...(await streamed(picture)), ...change } as DigestedStreamInput;
      await expect(uploadImage(pay, file)).rejects.toThrow(TypeError);
    }
  });

  it("without a name", async () => {
    const file = { ...(await streamed(await media("licence.jpg"))), name: undefined } as never;
    const upload = uploadImage(payInProcess().pay, file);
    await expect(upload).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "name" });
  });

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
