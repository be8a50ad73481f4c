// Files of every wrong kind under every right name: refused before anything is sent, with what they are and what to do;
// and refused by the emulator, as the error foretold, where they are sent all the same.

import { readFileSync } from "node:fs";
import { MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { id3, joined, mp3Frames, zeros } from "../../../test/support/sounds.ts";
import { CALLS, openMp } from "./calls.ts";

const files = new URL("../../../test/fixtures/files/", import.meta.url);
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(name, files)));

const CONVERT = "Another name does not help: convert the file, or change limits.extensions.";
const NOTHING = "no known picture, sound or video";
const TAGGED = "MP3 or another sound with ID3 tags";
const PAGE = "It is HTML, XML or JSON, such as an error page in its place.";

/** The bytes, what the error says they contain, and what it says to do. */
const KINDS: Readonly<Record<string, readonly [Uint8Array, says: string, cure?: string]>> = {
  WebP: [bytesOf("webp-lossy.webp"), "WEBP"],
  "WebP without loss": [bytesOf("webp-lossless.webp"), "WEBP"],
  HEIC: [bytesOf("heic.heic"), "HEIC"],
  AVIF: [bytesOf("avif.avif"), "AVIF"],
  TIFF: [joined("II*\0\x08\0\0\0", zeros(90)), "TIFF"],
  "TIFF of a Mac": [joined("MM\0*\0\0\0\x08", zeros(90)), "TIFF"],
  SVG: [joined('<svg xmlns="http://www.w3.org/2000/svg"/>'), "SVG"],
  "SVG with a declaration": [
    joined(
      '\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a\nb -->\n<!DOCTYPE svg PUBLIC "a" "b">\n<svg >',
    ),
    "SVG",
  ],
  "JPEG XL": [joined("\xff\x0a", zeros(60)), "JPEG XL"],
  "JPEG-LS": [bytesOf("jpeg-ls.jls"), "JPEG-LS"],
  PSD: [joined("8BPS\0\x01", zeros(60)), "PSD"],
  ICO: [joined("\0\0\x01\0\x01\0\x10\x10", zeros(60)), "ICO"],
  ZIP: [bytesOf("archive.zip"), "a ZIP archive or an office document"],
  "an old office document": [
    joined("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", zeros(60)),
    "a ZIP archive or an office document",
  ],
  PDF: [bytesOf("document.pdf"), "PDF"],
  Ogg: [bytesOf("ogg-vorbis.ogg"), "Ogg"],
  FLAC: [joined("fLaC\0\0\0\x22", zeros(60)), "FLAC"],
  "FLAC behind a tag": [joined(id3(zeros(30)), "fLaC\0\0\0\x22", zeros(60)), TAGGED],
  AAC: [bytesOf("aac-adts.aac"), "AAC"],
  MP2: [bytesOf("mpeg-audio-layer-2.mp2"), "MP2"],
  M4A: [bytesOf("m4a.m4a"), "M4A"],
  AVI: [bytesOf("avi.avi"), "AVI"],
  WebM: [bytesOf("webm.webm"), "WEBM"],
  "MPEG-TS": [bytesOf("mpeg-ts.ts"), "MPEG-TS"],
  FLV: [bytesOf("flv.flv"), "FLV"],
  "a page": [bytesOf("page.html"), NOTHING, PAGE],
  "an error as JSON": [joined('{"errcode":40007}'), NOTHING, PAGE],
  XML: [joined('<?xml version="1.0"?><Error/>'), NOTHING, PAGE],
  base64: [joined("/9j/4AAQSkZJRgABAQEASABIAAD"), NOTHING, "It is base64 text. Decode it first"],
  "a data: URL": [
    joined("data:image/png;base64,iVBORw0K"),
    NOTHING,
    "It is a data: URL. Decode it",
  ],
  "an address": [
    joined("https://cdn.example/a.jpg"),
    NOTHING,
    "It is a URL: use createUrlSource(url).",
  ],
  "a pointer of Git LFS": [joined("version https://git-lfs.github.com/spec/v1\n"), NOTHING],
  text: [bytesOf("text-utf-8.txt"), NOTHING],
  "a PNG read as text": [joined("\xef\xbf\xbdPNG\r\n\x1a\n"), NOTHING, "It was read as text"],
  "a JPEG cut in its first bytes": [bytesOf("jpeg-baseline.jpg").slice(0, 2), NOTHING],
  "a PNG cut in its first bytes": [bytesOf("png-8-bit.png").slice(0, 7), NOTHING],
  "a GIF cut in its first bytes": [bytesOf("gif-87a.gif").slice(0, 5), NOTHING],
  "an AMR cut in its first bytes": [bytesOf("amr-12.2.amr").slice(0, 5), NOTHING],
  "an MP3 cut in its tag": [id3(zeros(90)).slice(0, 50), TAGGED],
  zeros: [zeros(5000), NOTHING],
};

const NAMES = ["a.jpg", "a.jpeg", "a.png", "a.gif", "a.bmp", "a.amr", "a.mp3", "a.mp4"];
const LIFTED = { extensions: {}, maxBytes: Number.POSITIVE_INFINITY };

describe.each(Object.entries(KINDS))("%s", (_, [bytes, says, cure = CONVERT]) => {
  it.each(CALLS)("$name", async ({ type, upload, check }) => {
    const { mp, emulator } = openMp();
    let refused = 0;
    for (const name of NAMES) {
      const file = new File([new Uint8Array(bytes)], name);
      const error: unknown = await check(file).catch((thrown: unknown) => thrown);
      expect(error, name).toBeInstanceOf(MediaError);
      if (!(error instanceof MediaError) || error.reason === "extension") continue;
      refused += 1;
      expect(error).toMatchObject({ reason: "format", option: "limits.extensions" });
      expect(error.message.startsWith(`"${name}" contains ${says}; allowed: .`)).toBe(true);
      expect(error.message).toContain(cure);
      if (refused > 1) continue; // of any name, the upload asks the same
      expect(await upload(mp, file).catch((thrown: unknown) => thrown)).toEqual(error);
      expect(emulator.control.journal.entries()).toEqual([]);
    }
    expect(refused).toBeGreaterThan(0);
    const right = { image: "a.jpg", thumb: "a.jpg", voice: "a.mp3", video: "a.mp4" }[type];
    const file = new File([new Uint8Array(bytes)], right);
    const foretold: unknown = await check(file).catch((thrown: unknown) => thrown);
    const answer: unknown = await upload(mp, file, LIFTED).catch((thrown: unknown) => thrown);
    expect(answer).toMatchObject({ errcode: (foretold as MediaError).answer?.code });
  });
});

describe("an MP3 for a call that takes no sound and looks for none", () => {
  it.each(CALLS.filter(({ name }) => name === "uploadArticleImage"))(
    "$name",
    async ({ upload, check }) => {
      const { mp } = openMp();
      const file = new File([joined(id3(zeros(30)), mp3Frames(9))], "a.jpg");
      const error: unknown = await check(file).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        message: `"a.jpg" contains ${TAGGED}; allowed: .jpg, .jpeg, .png, .gif. ${CONVERT}`,
      });
      expect(await upload(mp, file).catch((thrown: unknown) => thrown)).toEqual(error);
    },
  );
});

describe("an empty file", () => {
  it.each(CALLS)("$name", async ({ upload, check }) => {
    const { mp, emulator } = openMp();
    for (const name of NAMES.slice(0, 3)) {
      const file = new File([], name);
      const error: unknown = await check(file).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: "MediaError" });
      expect(await upload(mp, file).catch((thrown: unknown) => thrown)).toEqual(error);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});
