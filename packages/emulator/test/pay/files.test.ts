import { describe, expect, it } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../src/index.ts";
import { MP4, PNG, sha256, upload, VIDEO_PATH } from "./upload-request.ts";

const head = (hex: string, size = 64): Buffer =>
  Buffer.concat([Buffer.from(hex.replaceAll(" ", ""), "hex"), Buffer.alloc(size)]);
const ftyp = (brand: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0isom`, "latin1");
const transportStream = (first: number, step: number): Buffer => {
  const bytes = Buffer.alloc(800);
  for (let at = first; at < bytes.length; at += step) bytes[at] = 0x47;
  return bytes;
};
const bmp = Buffer.alloc(58);
bmp.write("BM");
bmp.writeUInt32LE(58, 2);
bmp.writeUInt32LE(54, 10);
bmp.writeUInt32LE(40, 14);

describe("an extension that every object has", () => {
  it.each(["a.constructor", "a.__proto__", "a.toString"])("%s is none", async (filename) => {
    const { json } = await upload(createEmulator().fetch, { filename });
    expect(json.message).toBe("图片文件名称不正确,请检查后重新提交");
  });
});

const images = {
  "a.jpg": head("ff d8 ff e0"),
  "a.jpeg": head("ff d8 ff e1"),
  "a.JPG": head("ff d8 ff db"),
  "a.png": PNG,
  "a.bmp": bmp,
};
const videos = {
  "a.avi": Buffer.from("RIFF\x10\0\0\0AVI LIST", "latin1"),
  "a.wmv": head("30 26 b2 75 8e 66 cf 11 a6 d9 00 aa 00 62 ce 6c"),
  "a.mpeg": head("00 00 01 ba 44"),
  "b.mpeg": head("00 00 01 ba 21"),
  "c.mpeg": head("00 00 01 b3"),
  "d.mpeg": head("00 00 01 b0"),
  "ts.mpeg": transportStream(0, 188),
  "m2ts.mpeg": transportStream(4, 192),
  "a.mp4": MP4,
  "a.MP4": ftyp("isom"),
  "a.mov": ftyp("qt  "),
  "old.mov": Buffer.from("\0\0\0\x08wide\0\0\0\0mdat", "latin1"),
  "a.mkv": Buffer.concat([
    head("1a 45 df a3 9f 42 86 81 01", 0),
    Buffer.from("B\x82\x88matroska", "latin1"),
  ]),
  "a.flv": head("46 4c 56 01"),
  "a.f4v": ftyp("F4V "),
  "a.m4v": ftyp("M4V "),
  "a.rmvb": head("2e 52 4d 46 00 00 00 12"),
};
const image = (filename: string, file: Buffer, options: EmulatorOptions = {}) =>
  upload(createEmulator(options).fetch, { filename, file });
const video = (filename: string, file: Buffer, options: EmulatorOptions = {}) =>
  upload(createEmulator(options).fetch, { path: VIDEO_PATH, filename, file });

describe("content", () => {
  it.each(Object.entries(images))("%s is a picture", async (filename, file) => {
    const strict = { strict: { extensionMatchesContent: true } };
    expect((await image(filename, file)).status).toBe(200);
    expect((await image(filename, file, strict)).status).toBe(200);
    expect((await video("a.mp4", file)).json.message).toContain("不是视频");
  });

  it.each(Object.entries(videos))("%s is a video", async (filename, file) => {
    const strict = { strict: { extensionMatchesContent: true } };
    expect((await video(filename, file)).status).toBe(200);
    expect((await video(filename, file, strict)).status).toBe(200);
    expect((await image("a.png", file)).json.message).toContain("不是图片");
  });

  it.each([
    ["WebP", Buffer.from("RIFF\x10\0\0\0WEBPVP8 ", "latin1")],
    ["HEIC", ftyp("heic")],
    ["GIF", Buffer.from("GIF89a")],
    ["JPEG-LS", head("ff d8 ff f7")],
    ["text", Buffer.from("a picture, they said")],
    ["text that begins with BM", Buffer.from("BMW is a maker of cars and of motorcycles")],
    ["BM and nothing", head("42 4d")],
    ["one byte", Buffer.from([0xff])],
  ])("%s named .jpg is no picture", async (_, file) => {
    expect((await image("a.jpg", file)).json.message).toBe(
      "文件二进制内容不是图片,请检查后重新提交",
    );
  });

  it.each([
    ["HEIC", ftyp("heic")],
    ["AVIF", ftyp("avif")],
    ["M4A", ftyp("M4A ")],
    ["3GPP", ftyp("3gp5")],
    ["WebM", Buffer.concat([head("1a 45 df a3 9f", 0), Buffer.from("B\x82\x84webm", "latin1")])],
    ["WAV", Buffer.from("RIFF\x10\0\0\0WAVEfmt ", "latin1")],
    ["MP3", Buffer.from("ID3\x03")],
    ["text", Buffer.from("a film")],
  ])("%s named .mp4 is no video", async (_, file) => {
    expect((await video("a.mp4", file)).json.message).toBe(
      "文件二进制内容不是视频,请检查后重新提交",
    );
  });

  it("need not be what the extension says, unless that is asked for", async () => {
    const jpegNamedPng = [images["a.jpg"], "a.png"] as const;
    expect((await image(jpegNamedPng[1], jpegNamedPng[0])).status).toBe(200);
    const options = { strict: { extensionMatchesContent: true } };
    const { status, json } = await image(jpegNamedPng[1], jpegNamedPng[0], options);
    expect([status, json.message]).toEqual([400, "文件二进制内容不是图片,请检查后重新提交"]);
  });
});

describe("size", () => {
  const limits = { limits: { image: 100 } };
  const sized = (size: number): Buffer => Buffer.concat([PNG, Buffer.alloc(size - PNG.length)]);

  it("may be exactly the limit", async () => {
    expect((await image("a.png", sized(5 * 1048576))).status).toBe(200);
    expect((await image("a.png", sized(100), limits)).status).toBe(200);
  });

  it("is named in the error as the limit is set", async () => {
    const { json } = await image("a.png", sized(101), limits);
    expect(json.message).toBe("文件大小不能超过100B,请检查后重新提交");
    const half = await image("a.png", sized(600_000), { limits: { image: 524_288 } });
    expect(half.json.message).toBe("文件大小不能超过0.5M,请检查后重新提交");
  });

  it("comes after the name and before the content", async () => {
    expect((await image("a", Buffer.alloc(101), limits)).json.message).toContain("名称");
    expect((await image("a.png", Buffer.alloc(101), limits)).json.message).toContain("大小");
  });
});

describe("name", () => {
  const NAME = "图片文件名称不正确,请检查后重新提交";
  const metaOf = (filename: unknown) => JSON.stringify({ filename, sha256: sha256(PNG) });
  const named = async (filename: unknown) => {
    const { fetch } = createEmulator();
    return upload(fetch, { filename: "a.png", meta: metaOf(filename) });
  };

  it.each([
    ["none", undefined],
    ["empty", ""],
    ["a number", 1],
    ["no extension", "picture"],
    ["a dot at the end", "picture."],
    ["an extension not listed", "a.webp"],
    ["an extension before a slash", "a.png/b"],
    ["129 characters", `${"图".repeat(125)}.png`],
    ["an emoji", "😀.png"],
    ["CR", "a\r.png"],
    ["LF", "a\n.png"],
    ["NUL", "a\0.png"],
  ])("%s is refused", async (_, filename) => {
    const { status, json } = await named(filename);
    expect(status).toBe(400);
    expect(json).toEqual({ code: "PARAM_ERROR", message: NAME });
  });

  it.each([
    ["128 characters", `${"图".repeat(124)}.png`],
    ["a quote", 'a"b.png'],
    ["a backslash", "a\\b.png"],
    ["../../", "../../a.png"],
    ["capitals", "A.PNG"],
  ])("%s is taken", async (_, filename) => {
    expect((await named(filename)).status).toBe(200);
  });
});

describe("sha256", () => {
  it("may be in capitals", async () => {
    const meta = JSON.stringify({ filename: "a.png", sha256: sha256(PNG).toUpperCase() });
    const { fetch, control } = createEmulator();
    expect((await upload(fetch, { meta })).status).toBe(200);
    expect(control.payMedia[0]?.sha256).toBe(sha256(PNG));
  });

  it.each([undefined, 1, "", sha256(Buffer.from("other"))])("%s is refused", async (digest) => {
    const meta = JSON.stringify({ filename: "a.png", sha256: digest });
    const { json } = await upload(createEmulator().fetch, { meta });
    expect(json.message).toBe("图片sha256值有误,请检查后重新提交");
  });
});
