import { type FileInput, MediaError } from "@wechat-edge/core";
import {
  checkImage,
  checkVideo,
  uploadImage,
  uploadPayFile,
  uploadVideo,
} from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { badMedia, media, padded, renamed } from "../../../test/support/media.ts";
import { payInProcess } from "../../../test/support/pay.ts";
import { refused } from "../../../test/support/refused-file.ts";

const MIB = 1024 * 1024;
const pdf = () => new File(["%PDF-1.7"], "licence.pdf");

interface BadFile {
  file: () => Promise<FileInput>;
  reason: string;
  message: RegExp;
  /** What WeChat would have answered; left out where its documents do not say. */
  answer?: string;
}

const NAME = "图片文件名称不正确,请检查后重新提交";
const FORMAT = "文件二进制内容不是图片,请检查后重新提交";
const jpeg = () => media("licence.jpg");
const named = async (name: string) => renamed(await jpeg(), name);

const pictures: Record<string, BadFile> = {
  "an empty file": {
    file: () => badMedia("empty.jpg"),
    reason: "empty",
    message: /"empty\.jpg" is empty/,
    answer: "文件为空,请检查后重新提交",
  },
  "a name without extension": {
    file: () => badMedia("no-extension"),
    reason: "extension",
    message: /has no extension/,
    answer: NAME,
  },
  "an extension that is not in the list": {
    file: () => badMedia("notes.txt"),
    reason: "extension",
    message: /ends in \.txt; allowed: \.jpg, \.jpeg, \.png, \.bmp, \.pdf\. .*limits\.extensions/,
    answer: NAME,
  },
  "JPEG bytes named .png": {
    file: () => badMedia("jpeg.png"),
    reason: "format",
    message: /named \.png but contains JPEG.*limits\.contentMatchesExtension to false/,
    answer: FORMAT,
  },
  "text named .jpg": {
    file: () => badMedia("text.jpg"),
    reason: "format",
    message:
      /contains no known picture, sound or video; .*convert the file, or change limits\.extensions/,
    answer: FORMAT,
  },
  "WebP named .jpg": {
    file: () => badMedia("webp.jpg"),
    reason: "format",
    message: /contains WEBP; allowed: \.jpg, \.jpeg, \.png, \.bmp/,
    answer: FORMAT,
  },
  "HEIC named .jpg": {
    file: () => badMedia("heic.jpg"),
    reason: "format",
    message: /contains HEIC; .*Another name does not help/,
    answer: FORMAT,
  },
  "one byte over the limit": {
    file: async () => padded(await jpeg(), 5 * MIB + 1),
    reason: "size",
    message: /5242881 bytes; at most 5242880.*limits\.maxBytes/,
    answer: "文件大小不能超过5M,请检查后重新提交",
  },
  "a name of 129 characters": {
    file: () => named(`${"长".repeat(125)}.jpg`),
    reason: "name",
    message: /129 characters; at most 128 .*limits\.maxNameLength/,
    answer: NAME,
  },
  "an emoji in the name": {
    file: () => named("门面🏪.jpg"),
    reason: "name",
    message: /4 bytes in UTF-8, such as an emoji.*limits\.fourByteNames to true/,
    answer: NAME,
  },
  "half of a surrogate pair in the name": {
    file: async () => ({ ...readerOf(await bytesOf(await jpeg())), name: "a\ud83c.jpg" }),
    reason: "name",
    message: /half of a surrogate pair/,
    answer: NAME,
  },
  "a backslash in the name": {
    file: async () => ({ ...readerOf(await bytesOf(await jpeg())), name: "C:\\licence.jpg" }),
    reason: "name",
    message: /path separator or a control character/,
    answer: NAME,
  },
  "../ in the name": {
    file: async () => ({ ...readerOf(await bytesOf(await jpeg())), name: "../licence.jpg" }),
    reason: "name",
    message: /path separator or a control character/,
    answer: NAME,
  },
  "bytes without a name": {
    file: async () => bytesOf(await jpeg()),
    reason: "name",
    message: /has no name.*createSource\(file, \{ name:/,
    answer: NAME,
  },
  "a source that returns fewer bytes": {
    file: async () => ({
      name: "licence.jpg",
      size: 1000,
      read: async () => new Uint8Array(999),
    }),
    reason: "changed",
    message: /returned 999 bytes/,
  },
};
const withName = (name: string) => async () => ({
  ...readerOf(await bytesOf(await jpeg())),
  name,
});
for (const [name, message] of [
  ["a.jfif", /has another extension of JPEG: call it "a\.jpg"\./],
  ["a.JPE", /call it "a\.jpg"\./],
  ["a.pjpeg", /call it "a\.jpg"\./],
  ["a.jpg?x-oss-process=style", /has the end of a URL: call it "a\.jpg"\./],
  ["a.jpg#x", /call it "a\.jpg"\./],
  ["a.png?v=1.2", /call it "a\.png"\./],
  ["a.jpg ", /ends in a blank or a dot: call it "a\.jpg"\./],
  ["a.jpg.", /call it "a\.jpg"\./],
  ["a.jpg\u3000", /call it "a\.jpg"\./],
  ["a．jpg", /has a full-width dot: call it "a\.jpg"\./],
  ["执照。JPG", /call it "执照\.JPG"\./],
  ["a.jpg.txt", /has a second extension: call it "a\.jpg"\./],
  ["a.jpg!small", /has the end of a URL: call it "a\.jpg"\./],
  ["a.jpg@100w_90q.src", /has the end of a URL: call it "a\.jpg"\./],
  ["a.png&sign=x", /call it "a\.png"\./],
  ['"a.jpg"', /has quotes around it: call it "a\.jpg"\./],
  ["a.jpg\u200f", /ends in a blank or a dot: call it "a\.jpg"\./],
  ["a.jif", /has another extension of JPEG: call it "a\.jpg"\./],
  ["a.jpg.crdownload", /has a second extension: call it "a\.jpg"\./],
  ["微信图片.png.rename", /call it "微信图片\.png"\./],
  ["a.jpg (1)", /has a second extension: call it "a\.jpg"\./],
  ["执照.jpg - 副本", /call it "执照\.jpg"\./],
  ["a%2Ejpg", /is percent-encoded: call it "a\.jpg"\./],
  ["a.jpg%3Fx=1", /is percent-encoded and has the end of a URL: call it "a\.jpg"\./],
  ["a.jfif?x=1", /has the end of a URL and has another extension of JPEG: call it "a\.jpg"\./],
] as const) {
  pictures[`the name ${JSON.stringify(name)}`] = {
    file: withName(name),
    reason: "extension",
    message,
    answer: NAME,
  };
}
for (const name of [
  "C:\\fakepath\\a.jpg",
  "wxfile://a.jpg",
  "https://cdn.example/dir/a.jpg?sign=x",
  "file:///a.jpg",
]) {
  pictures[`the name ${name}`] = {
    file: withName(name),
    reason: "name",
    message: /has a path before it: call it "a\.jpg"\./,
    answer: NAME,
  };
}
pictures["a name with the end of a URL that has a path"] = {
  file: withName("a.jpg?x-oss-process=image/resize,w_100"),
  reason: "name",
  message: /has the end of a URL: call it "a\.jpg"\./,
  answer: NAME,
};
for (const [what, text, message] of [
  ["base64 of a JPEG", "/9j/4AAQSkZJRgABAQAAAQABAAD/", /It is base64 text\. Decode it first/],
  ["base64 of a PNG", "iVBORw0KGgoAAAANSUhEUgAAAAEA", /It is base64 text/],
  ["base64 of a BMP", "Qk02AwAAAAAAADYAAAAoAAAA", /It is base64 text/],
  ["base64 for a URL", "_9j_4AAQSkZJRgABAQAAAQABAAD_", /It is base64 text/],
  ["base64 as JSON", '"iVBORw0KGgoAAAANSUhEUgAAAAEA"', /It is base64 text/],
  ["JPEG read as text", "\ufffd\ufffd\ufffd\ufffd\0\u0010JFIF", /It was read as text/],
  ["JPEG read as Latin-1", "\xff\xd8\xff\xe0\0\u0010JFIF", /It was read as text/],
  ["PNG read as text", "\ufffdPNG\r\n\u001a\n", /It was read as text/],
  ["PNG read as Latin-1", "\x89PNG\r\n\u001a\n", /It was read as text/],
  ["the body of a form", "------WebKitFormBoundary7MA\r\nContent", /It is a form/],
  ["a data: URL", "data:image/png;base64,iVBORw0KGgo=", /It is a data: URL\. Decode it/],
  ["a URL", "https://cdn.example/a.jpg", /use createUrlSource\(url\)/],
  ["an HTML page", "\ufeff\r\n<!DOCTYPE html><html>", /It is HTML, XML or JSON/],
  ["an XML error of an object store", '<?xml version="1.0"?><Error>', /such as an error page/],
  ["a JSON error", '{"errcode":40001,"errmsg":"invalid"}', /such as an error page/],
] as const) {
  pictures[`${what} given as a picture`] = {
    file: async () => new File([text], "a.jpg"),
    reason: "format",
    message,
    answer: FORMAT,
  };
}
for (const [what, character] of Object.entries({ CR: "\r", LF: "\n", NUL: "\0" })) {
  pictures[`${what} in the name`] = {
    file: async () => ({ ...readerOf(await bytesOf(await jpeg())), name: `a${character}b.jpg` }),
    reason: "name",
    message: /control character/,
    answer: NAME,
  };
}

describe("a bad picture is refused before a byte is sent", () => {
  for (const [what, { file, reason, message, answer }] of Object.entries(pictures)) {
    it(what, async () => {
      const { pay, emulator } = payInProcess();
      const input = await file();
      for (const refused of [uploadImage(pay, input), checkImage(input)]) {
        const error = await refused.then(
          () => expect.fail("the file was accepted"),
          (thrown: unknown) => thrown,
        );
        expect(error).toBeInstanceOf(MediaError);
        expect(error).toMatchObject({ name: "MediaError", code: "ERR_MEDIA", reason });
        expect((error as MediaError).message).toMatch(message);
        expect((error as MediaError).answer?.message).toBe(answer);
      }
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});

describe("a bad video is refused before a byte is sent", () => {
  it("a .mp4 with a 3GPP brand, until contentMatchesExtension is false", async () => {
    const bytes = await bytesOf(await media("clip.mp4"));
    for (const brand of ["3gp4", "3gp5", "3g2a"]) {
      bytes.set(new TextEncoder().encode(brand), 8);
      const file = new File([bytes], "clip.mp4");
      const error = await refused(file);
      expect(error).toMatchObject({ reason: "format", option: "limits.contentMatchesExtension" });
      await checkVideo(file, { limits: { contentMatchesExtension: false } });
    }
  });

  it("one family under the name of another", async () => {
    const error = await refused(renamed(await media("clip.avi"), "clip.mp4"));
    expect(error).toMatchObject({ reason: "format", actual: "avi" });
    expect(error.option).toBe("limits.contentMatchesExtension");
  });
});

describe("what is just allowed goes through", () => {
  it("[payvideo.11] a picture and a video of exactly 5 MiB, a PDF of exactly 7.5 MiB", async () => {
    const { pay, emulator } = payInProcess();
    await uploadImage(pay, await padded(await jpeg(), 5 * MIB));
    await uploadImage(pay, await padded(pdf(), 7.5 * MIB));
    await uploadVideo(pay, await padded(await media("clip.mp4"), 5 * MIB));
    const sizes = emulator.control.payMedia.map(({ size }) => size);
    expect(sizes).toEqual([5 * MIB, 7.5 * MIB, 5 * MIB]);
  });

  it("a name of 128 characters", async () => {
    const { pay } = payInProcess();
    const { media_id } = await uploadImage(pay, await named(`${"长".repeat(124)}.jpg`));
    expect(media_id).not.toBe("");
  });

  it("one of the MP4 family under the name of another", async () => {
    const { pay } = payInProcess();
    await uploadVideo(pay, renamed(await media("clip.mp4"), "clip.mov"));
    await uploadVideo(pay, renamed(await media("clip.mov"), "clip.m4v"));
  });
});

describe("limits can be changed", () => {
  it("one by one", async () => {
    const { pay } = payInProcess();
    const limits = { contentMatchesExtension: false };
    expect((await uploadImage(pay, await badMedia("jpeg.png"), { limits })).media_id).not.toBe("");
    const small = checkImage(await jpeg(), { limits: { maxBytes: 10 } });
    await expect(small).rejects.toMatchObject({ reason: "size", expected: "at most 10 bytes" });
  });

  it("in size by extension; maxBytes alone holds for every extension", async () => {
    const limits = { maxBytesByExtension: { png: 10, jpg: 3 * MIB } };
    const picture = await jpeg();
    const large = await padded(picture, 3 * MIB);
    await checkImage(large, { limits });
    await expect(checkImage(await media("storefront.png"), { limits })).rejects.toMatchObject({
      reason: "size",
      expected: "at most 10 bytes",
      option: "limits.maxBytesByExtension.png",
      answer: undefined,
    });
    const bmp = await padded(await media("receipt.bmp"), 5 * MIB + 1);
    await expect(checkImage(bmp, { limits })).rejects.toMatchObject({
      option: "limits.maxBytes",
      answer: { message: "文件大小不能超过5M,请检查后重新提交" },
    });
    const named = renamed(await padded(picture, 5 * MIB + 1), "a.constructor");
    const other = { ...limits, extensions: {} };
    await expect(checkImage(named, { limits: other })).rejects.toMatchObject({ reason: "size" });
    const kinds = { extensions: { constructor: ["jpeg" as const] } };
    await checkImage(renamed(picture, "a.constructor"), { limits: kinds });
  });

  it("not to nothing, which would switch the check off", async () => {
    const { pay, emulator } = payInProcess();
    for (const [limits, message] of [
      [{ maxBytes: Number.NaN }, /limits\.maxBytes must be a number, not NaN/],
      [{ maxBytes: "2" }, /limits\.maxBytes must be a number, not "2"/],
      [{ maxbytes: 5 }, /limits has no maxbytes; it has extensions, maxBytes/],
      [{ maxBytesByExtension: 5 }, /limits\.maxBytesByExtension must be numbers by.*, not 5/],
      [{ maxBytesByExtension: { jpg: "5" } }, /must be numbers by extension, such as \{ pdf/],
      [{ maxBytesByExtension: { jpg: Number.NaN } }, /must be numbers by extension/],
      [{ maxBytes: null }, /limits\.maxBytes must be a number, not null/],
    ] as const) {
      const upload = uploadImage(pay, await jpeg(), { limits: limits as never });
      await expect(upload).rejects.toThrow(TypeError);
      const check = checkImage(await jpeg(), { limits: limits as never });
      await expect(check).rejects.toThrow(message);
    }
    const large = await padded(await jpeg(), 5 * MIB + 1);
    const unset = uploadImage(pay, large, { limits: { maxBytes: undefined } as never });
    await expect(unset).rejects.toMatchObject({ reason: "size" });
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("not by a name that does not exist", async () => {
    const { pay } = payInProcess();
    const unknown = uploadImage(pay, await jpeg(), { limits: "huge" as never });
    await expect(unknown).rejects.toThrow(/merchant, global, ecommerce, merchant-2024.*"huge"/);
  });
});

describe("what is no file at all", () => {
  it.each([
    ["https://cdn.example/a.jpg", /createUrlSource\(url\)/],
    ["//cdn.example/a.jpg", /createUrlSource\(url\)/],
    ["data:image/png;base64,iVBORw0KGgo=", /\(await fetch\(dataUrl\)\)\.blob\(\)/],
    ["blob:https://shop.example/8f14e45f", /\(await fetch\(dataUrl\)\)\.blob\(\)/],
    ["/9j/4AAQSkZJRgABAQ", /If it is base64, decode it first/],
    ["iVBORw0KGgoAAAANSUhEUg", /If it is base64, decode it first/],
    ["./licence.jpg", /If it is a path, read the file first/],
    ["C:\\\\licence.jpg", /If it is a path, read the file first/],
  ])("says what to do with the text %s", async (text, cure) => {
    await expect(checkImage(text as never)).rejects.toThrow(cure);
  });
});

describe("uploadPayFile", () => {
  it("knows an endpoint whatever its query", async () => {
    const { pay } = payInProcess();
    const input = { path: "/v3/merchant/media/upload?from=app" };
    const upload = uploadPayFile(pay, input, await badMedia("webp.jpg"));
    await expect(upload).rejects.toMatchObject({ reason: "format" });
  });

  it("checks only name, emptiness and 7.5 MiB for an endpoint it does not know", async () => {
    const { pay } = payInProcess();
    const input = { path: "/v3/some/other/upload" };
    const pdf = new File(["%PDF-1.7"], "contract.pdf");
    await expect(uploadPayFile(pay, input, pdf)).rejects.not.toBeInstanceOf(MediaError);
    const bad = [
      new File([], "a.pdf"),
      new File(["x"], "a"),
      new File([new Uint8Array(7.5 * MIB + 1)], "a.pdf"),
    ];
    for (const file of bad) {
      await expect(uploadPayFile(pay, input, file)).rejects.toThrow(MediaError);
    }
  });

  it("refuses what is no path of v3", async () => {
    const { pay } = payInProcess();
    const paths = [
      "v3/x",
      "/v2/x",
      "https://evil.example/v3/x",
      "/v3/a b",
      "/v3/a#b",
      "/v3/图",
      "/v3/../v2/x",
      "/v3/%2e%2e/x",
      "/v3/./x",
      '/v3/x?a="b"',
      "",
    ];
    for (const path of paths) {
      await expect(uploadPayFile(pay, { path }, await jpeg())).rejects.toThrow(TypeError);
    }
  });
});

async function bytesOf(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await file.arrayBuffer());
}

function readerOf(bytes: Uint8Array) {
  return {
    size: bytes.length,
    read: async (start: number, end: number) => bytes.slice(start, end),
  };
}
