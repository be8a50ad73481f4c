import { checkImage, uploadImage, uploadPayFile } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { badMedia, media, padded, renamed } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";
import { refused } from "../../support/refused-file.ts";

const MIB = 1024 * 1024;
const pdf = () => new File(["%PDF-1.7"], "licence.pdf");
const jpeg = () => media("licence.jpg");
const named = async (name: string) => renamed(await jpeg(), name);

describe("a bad video is refused before a byte is sent", () => {
  it("a picture named .mp4", async () => {
    const error = await refused(await named("clip.mp4"));
    expect(error).toMatchObject({ reason: "format", actual: "jpeg" });
    expect(error.answer?.message).toBe("文件二进制内容不是视频,请检查后重新提交");
  });

  it("an extension that is not among the ten", async () => {
    const error = await refused(renamed(await media("clip.mkv"), "clip.webm"));
    expect(error).toMatchObject({ reason: "extension", actual: ".webm" });
    expect(error.expected).toBe(".avi, .wmv, .mpeg, .mp4, .mov, .mkv, .flv, .f4v, .m4v, .rmvb");
  });

  it("one byte over 5 MiB, without reading the file", async () => {
    let reads = 0;
    const error = await refused({
      name: "clip.mp4",
      size: 5 * MIB + 1,
      read: () => {
        reads += 1;
        return new Uint8Array(0);
      },
    });
    expect(error).toMatchObject({ reason: "size", option: "limits.maxBytes" });
    expect(error.answer?.message).toBe("文件大小不能超过5M,请检查后重新提交");
    expect(reads).toBe(0);
  });
});

describe("limits can be changed", () => {
  it("by a profile's name", async () => {
    const { pay } = payInProcess();
    const large = await padded(await jpeg(), 3 * MIB);
    expect((await uploadImage(pay, large, { limits: "ecommerce" })).media_id).not.toBe("");
    for (const limits of ["merchant-2024", "global"] as const) {
      const refused = { reason: "size", option: "limits.maxBytes" };
      await expect(uploadImage(pay, large, { limits })).rejects.toMatchObject(refused);
    }
    for (const limits of ["merchant-2024", "global", "ecommerce"] as const) {
      await expect(checkImage(pdf(), { limits })).rejects.toMatchObject({ reason: "extension" });
    }
    await checkImage(pdf());
  });
});

describe("what is no file at all", () => {
  it("is a TypeError that says what a file can be", async () => {
    const { pay } = payInProcess();
    for (const file of [undefined, null, "licence.jpg", 5, {}]) {
      await expect(uploadImage(pay, file as never)).rejects.toThrow(/must be a File, a Blob/);
    }
  });
});

describe("uploadPayFile", () => {
  it("checks a picture endpoint it knows like uploadImage", async () => {
    const { pay, emulator } = payInProcess();
    const input = { path: "/v3/merchant-service/images/upload" };
    const upload = uploadPayFile(pay, input, await badMedia("webp.jpg"));
    await expect(upload).rejects.toMatchObject({ reason: "format", actual: "webp" });
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
