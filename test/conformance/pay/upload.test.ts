import { digest } from "@wechat-edge/core";
import {
  uploadImage,
  uploadMarketingImage,
  uploadPayFile,
  uploadVideo,
} from "@wechat-edge/pay-media";
import { describe, expect, inject, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { payInProcess, payOverHttp, wantedKey } from "../../support/pay.ts";

const MEDIA_ID = /^[A-Za-z0-9_-]{107}$/;

describe("uploads over HTTP", () => {
  for (const name of ["licence.jpg", "storefront.png", "receipt.bmp", "营业执照.jpg"]) {
    it(`[payimage.6] [payimage.10] uploads the picture ${name}`, async () => {
      const { media_id } = await uploadImage(payOverHttp(), await media(name));
      expect(media_id).toMatch(MEDIA_ID);
    });
  }

  const videos = ["avi", "wmv", "mpeg", "mp4", "mov", "mkv", "flv", "f4v", "m4v", "rmvb"];
  for (const extension of videos) {
    it(`[payvideo.6] [payvideo.10] uploads a video as ${extension}`, async () => {
      const { media_id } = await uploadVideo(payOverHttp(), await media(`clip.${extension}`));
      expect(media_id).toMatch(MEDIA_ID);
    });
  }

  it("[payimage.6] [payvideo.6] takes capitals in the extension", async () => {
    const clip = renamed(await media("clip.mp4"), "CLIP.MP4");
    expect((await uploadVideo(payOverHttp(), clip)).media_id).toMatch(MEDIA_ID);
    const picture = renamed(await media("licence.jpg"), "Licence.JPEG");
    expect((await uploadImage(payOverHttp(), picture)).media_id).toMatch(MEDIA_ID);
  });

  it("takes a quote in the name", async () => {
    const picture = renamed(await media("licence.jpg"), '5" screen.jpg');
    expect((await uploadImage(payOverHttp(), picture)).media_id).toMatch(MEDIA_ID);
  });

  it("returns a marketing picture's address", async () => {
    const { media_url } = await uploadMarketingImage(payOverHttp(), await media("licence.jpg"));
    expect(URL.canParse(media_url)).toBe(true);
  });

  it("uploads to any other path of the same form", async () => {
    const input = { path: "/v3/merchant-service/images/upload" };
    const reply = await uploadPayFile(payOverHttp(), input, await media("licence.jpg"));
    expect(reply["media_id"]).toMatch(MEDIA_ID);
  });

  it("asks for a certificate's signature where there is no public key", async () => {
    const pay = payOverHttp();
    const certificates = payOverHttp({
      platformKeys: inject("emulator").pay.platformKeys.filter(
        ({ platformKeyId }) => !platformKeyId.startsWith("PUB_KEY_ID_"),
      ),
    });
    expect(wantedKey(pay)).toMatch(/^PUB_KEY_ID_/);
    expect(wantedKey(certificates)).toBeUndefined();
    const picture = await media("licence.jpg");
    expect((await uploadImage(certificates, picture)).media_id).toMatch(MEDIA_ID);
  });

  it("uploads ten at once with one client", async () => {
    const pay = payOverHttp();
    const picture = await media("licence.jpg");
    const results = await Promise.all(Array.from({ length: 10 }, () => uploadImage(pay, picture)));
    expect(new Set(results.map(({ media_id }) => media_id)).size).toBe(10);
  });
});

describe("what reaches the server", () => {
  it("is the file and its digest, byte for byte, under its Chinese name", async () => {
    const { pay, emulator } = payInProcess();
    const picture = await media("营业执照.jpg");
    await uploadImage(pay, picture);
    const [stored] = emulator.control.payMedia;
    expect(stored).toMatchObject({
      filename: "营业执照.jpg",
      sha256: await digest(picture, "SHA-256"),
      size: picture.size,
    });
    expect(stored?.bytes).toEqual(new Uint8Array(await picture.arrayBuffer()));
  });

  it("says who is asking and what he takes", async () => {
    const { pay, emulator } = payInProcess();
    await uploadImage(pay, await media("licence.jpg"));
    expect(emulator.control.journal.entries()[0]?.headers).toMatchObject({
      accept: "application/json",
      "content-type": expect.stringMatching(/^multipart\/form-data; boundary=[A-Za-z0-9-]{1,70}$/),
      "user-agent": expect.stringMatching(/^wechat-edge\/\d/),
      "wechatpay-serial": wantedKey(pay),
    });
  });

  it("[payimage.1] goes to the Global host for a Global merchant", async () => {
    const urls: string[] = [];
    const { emulator } = payInProcess();
    const { pay } = payInProcess({
      region: "global",
      fetch: (input, init) => {
        urls.push(new Request(input).url);
        return emulator.fetch(input, init);
      },
    });
    await uploadImage(pay, await media("licence.jpg"));
    expect(urls).toEqual(["https://apihk.mch.weixin.qq.com/v3/merchant/media/upload"]);
  });

  it("takes every kind of source", async () => {
    const { pay, emulator } = payInProcess();
    const picture = await media("licence.jpg");
    const bytes = new Uint8Array(await picture.arrayBuffer());
    const reader = {
      name: "licence.jpg",
      size: bytes.length,
      read: async (start: number, end: number) => bytes.slice(start, end),
    };
    await uploadImage(pay, picture);
    await uploadImage(pay, reader);
    const sha256 = await digest(bytes, "SHA-256");
    const stored = emulator.control.payMedia.map((file) => file.sha256);
    expect(stored).toEqual([sha256, sha256]);
  });

  it("is reported phase by phase and try by try", async () => {
    const attempts: unknown[] = [];
    const { pay } = payInProcess({ onAttempt: (attempt) => attempts.push(attempt) });
    const picture = await media("licence.jpg");
    const phases: string[] = [];
    await uploadImage(pay, picture, {
      onProgress: ({ phase, loaded, total }) => {
        expect(total).toBe(picture.size);
        phases.push(`${phase} ${loaded === total ? "all" : loaded}`);
      },
    });
    expect(phases).toEqual(["read all", "hash all", "upload 0", "upload all"]);
    expect(attempts).toEqual([
      {
        operation: "uploadImage",
        attempt: 1,
        status: 200,
        ms: expect.any(Number),
        bytes: expect.any(Number),
        requestId: expect.stringMatching(/./),
        platformKeyId: wantedKey(pay),
        apiCode: undefined,
      },
    ]);
  });
});
