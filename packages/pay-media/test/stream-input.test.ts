import { digest } from "@wechat-edge/core";
import { type DigestedStreamInput, uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { badMedia, media } from "../../../test/support/media.ts";
import { payInProcess } from "../../../test/support/pay.ts";
import { streamed } from "../../../test/support/streamed.ts";

describe("a stream that is passed on", () => {
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
});

describe("a stream that is not what was announced", () => {
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
});
