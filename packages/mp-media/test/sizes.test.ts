// The largest file of each limit goes up, and one byte more is refused as WeChat would refuse it.

import { readFile } from "node:fs/promises";
import { type FileInput, MediaError, MpApiError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { padded } from "../../../test/support/media.ts";
import { mpInProcess } from "../../../test/support/mp.ts";
import {
  addMaterial,
  checkArticleImage,
  checkMaterial,
  checkMedia,
  MEDIA_PROFILES,
  type MediaProfile,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "../src/index.ts";

const KIB = 1024;
const MIB = 1024 * KIB;

const ERRCODES: Readonly<Record<MediaType, number>> = {
  image: 40006,
  voice: 40010,
  video: 40011,
  thumb: 40012,
};

async function media(name: string): Promise<File> {
  return new File(
    [await readFile(new URL(`../../../examples/media/${name}`, import.meta.url))],
    name,
  );
}

/** A file of exactly so many bytes that is otherwise faultless. */
async function ofSize(type: MediaType, size: number): Promise<File> {
  if (type === "image") return padded(await media("cover.jpg"), size);
  if (type === "thumb") return padded(await media("thumb.jpg"), size);
  if (type === "video") return padded(await media("clip.mp4"), size);
  return tagged(await media("voice-vbr.mp3"), size);
}

/** An MP3 behind an ID3v2 tag that fills it up: zeros behind a sound would be taken for more of it. */
async function tagged(mp3: File, size: number): Promise<File> {
  const body = size - mp3.size - 10;
  const digits = [21, 14, 7, 0].map((shift) => (body >> shift) & 0x7f);
  const head = Uint8Array.of(0x49, 0x44, 0x33, 3, 0, 0, ...digits);
  return new File([head, new Uint8Array(body), await mp3.arrayBuffer()], mp3.name);
}

async function refusal(refused: Promise<unknown>): Promise<MediaError> {
  const error: unknown = await refused.then(
    () => expect.fail("the file was accepted"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MediaError);
  return error as MediaError;
}

const SIZES: readonly [rules: string, MediaProfile, MediaType, bytes: number][] = [
  ["[2012.4]", "2012", "image", 128 * KIB],
  ["[2012.5]", "2012", "voice", 256 * KIB],
  ["[2012.6]", "2012", "video", MIB],
  ["[2012.7]", "2012", "thumb", 64 * KIB],
  ["[2014.11]", "2014", "image", MIB],
  ["[2014.12]", "2014", "voice", 2 * MIB],
  ["[2014.14]", "2014", "video", 10 * MIB],
  ["[2014.15]", "2014", "thumb", 64 * KIB],
  ["", "media-api", "image", 2 * MIB],
  ["", "media-api", "voice", 2 * MIB],
  ["", "media-api", "video", 10 * MIB],
  ["", "media-api", "thumb", 64 * KIB],
  ["", "current", "image", 10 * MIB],
  ["", "current", "voice", 2 * MIB],
  ["", "current", "video", 10 * MIB],
  ["", "current", "thumb", 64 * KIB],
];

describe("the size of temporary media", () => {
  for (const [rules, limits, type, bytes] of SIZES) {
    const title = `${rules} ${limits}: ${type} of ${bytes} bytes, and not one more`.trim();
    it(title, async () => {
      const { mp, emulator } = mpInProcess({}, { mediaProfile: limits });
      const just = await ofSize(type, bytes);
      await checkMedia({ type }, just, { limits });
      await uploadMedia(mp, { type }, just, { limits });
      expect(emulator.control.mpMedia[0]?.size).toBe(bytes);
      const sent = emulator.control.journal.entries().length;

      const over = await ofSize(type, bytes + 1);
      const error = await refusal(uploadMedia(mp, { type }, over, { limits }));
      await expect(checkMedia({ type }, over, { limits })).rejects.toThrow(error.message);
      expect(error).toMatchObject({
        reason: "size",
        expected: `at most ${bytes} bytes`,
        actual: `${bytes + 1} bytes`,
        answer: { status: 200, code: ERRCODES[type] },
        option: "limits.maxBytes",
      });
      expect(emulator.control.journal.entries().length).toBe(sent);

      // Sent all the same, it is answered what the error said.
      const { extensions } = MEDIA_PROFILES[limits][type];
      const lifted = { maxBytes: Number.POSITIVE_INFINITY, extensions };
      const answer = await uploadMedia(mp, { type }, over, { limits: lifted }).catch(
        (thrown: unknown) => thrown,
      );
      expect(answer).toBeInstanceOf(MpApiError);
      expect(answer).toMatchObject({
        errcode: error.answer?.code,
        errmsg: error.answer?.message,
      });
    });
  }
});

describe("the size of permanent material and of pictures in articles", () => {
  const cases: readonly [string, MediaProfile, MediaType | "article", number, number][] = [
    ["[publish.8] publish: a cover", "media-api", "image", 2 * MIB, 45001],
    ["current: a cover", "current", "image", 10 * MIB, 45001],
    ["publish: a thumb", "media-api", "thumb", 64 * KIB, 40012],
    ["current: a voice", "current", "voice", 2 * MIB, 40010],
    ["current: a video", "current", "video", 10 * MIB, 40011],
    [
      "[publish.13] [publish.15] publish: a picture of an article",
      "media-api",
      "article",
      5 * MIB,
      40009,
    ],
    ["current: a picture of an article", "current", "article", MIB, 40009],
    ["as reported: a picture of an article", "reported", "article", 8 * MIB, 40009],
  ];
  const description = { title: "A van", introduction: "It drives past." };
  for (const [what, limits, type, bytes, errcode] of cases) {
    it(`${what} of ${bytes} bytes, and not one more`, async () => {
      const { mp, emulator } = mpInProcess({}, { mediaProfile: limits });
      const upload = (file: FileInput, option: object | MediaProfile) => {
        const options = { limits: option as MediaProfile };
        if (type === "article") return uploadArticleImage(mp, file, options);
        const input = type === "video" ? { type, description } : { type };
        return addMaterial(mp, input, file, options);
      };
      const check = (file: FileInput) =>
        type === "article"
          ? checkArticleImage(file, { limits })
          : checkMaterial({ type }, file, { limits });
      const just = await ofSize(type === "article" ? "image" : type, bytes);
      await check(just);
      await upload(just, limits);
      const sent = emulator.control.journal.entries().length;
      const over = await ofSize(type === "article" ? "image" : type, bytes + 1);
      const error = await refusal(upload(over, limits));
      await expect(check(over)).rejects.toThrow(error.message);
      expect(error).toMatchObject({
        reason: "size",
        expected: `at most ${bytes} bytes`,
        actual: `${bytes + 1} bytes`,
        answer: { status: 200, code: errcode },
        option: "limits.maxBytes",
      });
      expect(emulator.control.journal.entries().length).toBe(sent);
      const answer = upload(over, { maxBytes: bytes + 1 });
      const { message: errmsg } = error.answer ?? {};
      await expect(answer).rejects.toMatchObject({ errcode, errmsg });
    });
  }
});
