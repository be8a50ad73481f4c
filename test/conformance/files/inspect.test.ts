import { inspect } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";

describe("inspect", () => {
  const samples = {
    "licence.jpg": "jpeg",
    "storefront.png": "png",
    "receipt.bmp": "bmp",
    "clip.avi": "avi",
    "clip.wmv": "asf",
    "clip.mpeg": "mpeg-ps",
    "clip.mp4": "mp4",
    "clip.mov": "mov",
    "clip.mkv": "mkv",
    "clip.flv": "flv",
    "clip.f4v": "f4v",
    "clip.m4v": "m4v",
    "clip.rmvb": "rm",
  };
  for (const [name, format] of Object.entries(samples)) {
    it(`knows the sample ${name} by its bytes, whatever it is called`, async () => {
      const bytes = await (await media(name)).arrayBuffer();
      expect((await inspect(new File([bytes], "misnamed.txt"))).format).toBe(format);
    });
  }

  it("returns no size for a picture that ends before it, and never throws", async () => {
    for (const name of ["licence.jpg", "storefront.png", "receipt.bmp"]) {
      const bytes = new Uint8Array(await (await media(name)).arrayBuffer());
      for (let length = 0; length < 64; length++) {
        const found = await inspect(bytes.subarray(0, length));
        if (found.width !== undefined) expect(found.width).toBeGreaterThan(0);
      }
    }
  });

  it("takes nothing for a format it is not: empty, short and plain texts", async () => {
    for (const text of [
      "",
      "B",
      "BM",
      "BMW sells cars",
      "ID3",
      "\u0000",
      "ftyp",
      "RIFF",
      "#!AMR",
    ]) {
      const found = await inspect(new TextEncoder().encode(text));
      expect([text, found.format]).toEqual([text, "unknown"]);
    }
  });
});
