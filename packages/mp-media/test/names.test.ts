// The name that is sent follows the content where its own extension is not accepted.

import { readFileSync } from "node:fs";
import { createSource, createUrlSource, type Fetch, MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { CALLS, openMp, type UploadCall } from "./calls.ts";

const files = new URL("../../../test/fixtures/files/", import.meta.url);
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(name, files)));
const JPEG = bytesOf("jpeg-baseline.jpg");
const PNG = bytesOf("png-8-bit.png");
const GIF = bytesOf("gif-87a.gif");

const call = (name: string): UploadCall => CALLS.find((one) => one.name === name) as UploadCall;
const article = call("uploadArticleImage");

/** Uploads as a source and as a stream, and returns the names that were sent. */
async function sentNames(
  { upload, check }: UploadCall,
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
) {
  const { mp, emulator } = openMp();
  await check(createSource(bytes, { name }));
  await upload(mp, createSource(bytes, { name }));
  await upload(mp, { name, size: bytes.length, stream: new Blob([bytes]).stream() });
  return emulator.control.mpMedia.map(({ filename }) => filename);
}

describe("a name without an extension that is accepted", () => {
  it.each<[given: string, bytes: Uint8Array<ArrayBuffer>, sent: string]>([
    ["640", JPEG, "640.jpg"],
    ["640", PNG, "640.png"],
    ["640", GIF, "640.gif"],
    ["blob", PNG, "blob.png"],
    ["image", JPEG, "image.jpg"],
    ["", GIF, "image.gif"],
    [".", JPEG, "image.jpg"],
    ["photo-1506744038136-46273834b3fb", JPEG, "photo-1506744038136-46273834b3fb.jpg"],
    ["9f86d081884c7d65", PNG, "9f86d081884c7d65.png"],
    ["a.jpg!w800", JPEG, "a.jpg"],
    ["a.png@!thumb", PNG, "a.png"],
    ["a.jpg!w800", PNG, "a.jpg!w800.png"],
    ["a.jpeg?x-oss-process=image/resize,w_10".replace("/", "_"), JPEG, "a.jpeg"],
    ["a.jfif", JPEG, "a.jpg"],
    ["a.jpe", JPEG, "a.jpg"],
    ["a.JFIF", JPEG, "a.jpg"],
    ["a.jpg ", JPEG, "a.jpg"],
    ["a．jpg", JPEG, "a.jpg"],
    ["a.jpg.download", JPEG, "a.jpg"],
    ["photo.webp", JPEG, "photo.jpg"],
    ["IMG_0001.HEIC", JPEG, "IMG_0001.jpg"],
    ["getImage.do", PNG, "getImage.png"],
    ["thumb.php", GIF, "thumb.gif"],
    ["avatar.ashx", JPEG, "avatar.jpg"],
    ["v1.25", JPEG, "v1.25.jpg"],
    ["640?wx_fmt=jpeg", JPEG, "640.jpg"],
    ["640?wx_fmt=jpeg&tp=webp#imgIndex=0", PNG, "640.png"],
    ["image.axd?id=2", JPEG, "image.jpg"],
    ["?id=2", JPEG, "image.jpg"],
    ["a.jpeg.exe", JPEG, "a.jpg"],
    ["街景", JPEG, "街景.jpg"],
    ["🏮", JPEG, "🏮.jpg"],
    ["x".repeat(300), JPEG, `${"x".repeat(251)}.jpg`],
    [`${"x".repeat(250)}🏮`, JPEG, `${"x".repeat(250)}.jpg`],
  ])("%j", async (given, bytes, sent) => {
    expect(await sentNames(article, bytes, given)).toEqual([sent, sent]);
    if (bytes !== GIF) {
      expect(await sentNames(call("addMaterial image"), bytes, given)).toEqual([sent, sent]);
    }
  });

  it("of a voice or a video", async () => {
    expect(await sentNames(call("uploadMedia voice"), bytesOf("amr-12.2.amr"), "blob")).toEqual([
      "blob.amr",
      "blob.amr",
    ]);
    const mp3 = bytesOf("mp3-id3v2-picture.mp3");
    expect(await sentNames(call("uploadMedia voice"), mp3, "")).toEqual(["audio.mp3", "audio.mp3"]);
    expect(await sentNames(call("uploadMedia video"), bytesOf("mp4.mp4"), "v")).toEqual([
      "v.mp4",
      "v.mp4",
    ]);
  });

  it("out of a URL", async () => {
    for (const [path, sent] of [
      ["/mmbiz_jpg/abc/640?wx_fmt=jpeg", "640.jpg"],
      [
        "/photo-1506744038136-46273834b3fb?auto=format&w=900",
        "photo-1506744038136-46273834b3fb.jpg",
      ],
      ["/a.jpg!w800", "a.jpg"],
      ["/avatar/?id=3", "image.jpg"],
      ["/", "image.jpg"],
    ] as const) {
      const server: Fetch = async (_url, { headers }) => {
        const [first = 0, last = 0] = (headers["Range"] ?? "").match(/\d+/g)?.map(Number) ?? [];
        const range = `bytes ${first}-${last}/${JPEG.length}`;
        return new Response(JPEG.slice(first, last + 1), {
          status: 206,
          headers: { "Content-Range": range, ETag: '"1"', "Content-Type": "image/jpeg" },
        });
      };
      const source = await createUrlSource(`https://cdn.example${path}`, { fetch: server });
      const { mp, emulator } = openMp();
      await article.upload(mp, source);
      expect(emulator.control.mpMedia.map(({ filename }) => filename)).toEqual([sent]);
    }
  });
});

describe("a name that is accepted stays as it is", () => {
  it.each(["a.jpg", "A.JPG", "a.JPeG", "a.b.c.jpg", ".jpg", "a b.jpg", 'a"b.jpg', "a%20b.jpg"])(
    "%j",
    async (name) => {
      const sent = name.replace('"', "%22");
      expect(await sentNames(article, JPEG, name)).toEqual([sent, sent]);
    },
  );
});

describe("what no name helps is refused for its content", () => {
  it.each([
    ["640", "webp-lossy.webp", /"640" contains WEBP.*convert the file/],
    ["blob", "heic.heic", /"blob" contains HEIC.*convert the file/],
    ["", "bmp-top-down.bmp", /"" contains BMP.*convert the file/],
    ["image", "page.html", /contains no known picture.*It is HTML/],
  ])("%j with %s", async (name, file, message) => {
    const { mp } = openMp();
    const refused = article.upload(mp, createSource(bytesOf(file), { name }));
    await expect(refused).rejects.toThrow(MediaError);
    await expect(refused).rejects.toThrow(message);
  });

  it("and a large file is not read for its name", async () => {
    const { mp } = openMp();
    const read = () => expect.fail("it was read");
    const size = 1e9;
    await expect(article.upload(mp, { name: "640", size, read })).rejects.toMatchObject({
      reason: "size",
    });
    await expect(article.upload(mp, { name: "a.heic", size, read })).rejects.toMatchObject({
      reason: "extension",
    });
  });
});
