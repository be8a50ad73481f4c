import { MediaError } from "@wechat-edge/core";
import {
  ARTICLE_IMAGE_PROFILES,
  addMaterial,
  checkMaterial,
  checkMedia,
  MATERIAL_PROFILES,
  MEDIA_PROFILES,
  type MediaProfile,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { fixture, media, renamed } from "../../../test/support/media.ts";
import { mpInProcess } from "../../../test/support/mp.ts";

async function refusal(refused: Promise<unknown>): Promise<MediaError> {
  const error: unknown = await refused.then(
    () => expect.fail("the file was accepted"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MediaError);
  return error as MediaError;
}

describe("the formats of temporary media", () => {
  const pictures = ["cover.jpg", "picture-2.png", "picture-3.gif", "receipt.bmp"];
  const taken = async (type: MediaType, limits: MediaProfile, files: readonly File[]) => {
    const { mp } = mpInProcess({}, { mediaProfile: limits });
    const names: string[] = [];
    for (const file of files) {
      const outcome = await uploadMedia(mp, { type }, file, { limits }).catch((error: unknown) => {
        expect(error).toMatchObject({ reason: expect.stringMatching(/^(?:extension|format)$/) });
        return undefined;
      });
      if (outcome !== undefined) names.push(file.name);
    }
    return names;
  };

  it("[2012.4] [2014.11] pictures: JPG alone", async () => {
    const small = await Promise.all(
      ["thumb.jpg", "picture-2.png", "storefront.png"].map((name) => media(name)),
    );
    const gif = await fixture("gif-89a-animated.gif");
    for (const limits of ["2012", "2014"] as const) {
      expect(await taken("image", limits, [...small, gif])).toEqual(["thumb.jpg"]);
    }
  });

  it("current pictures: JPG, PNG and GIF", async () => {
    const files = await Promise.all(pictures.map((name) => media(name)));
    const names = await taken("image", "current", files);
    expect(names).toEqual(["cover.jpg", "picture-2.png", "picture-3.gif"]);
  });

  it("[2012.5] [2014.12] voices: AMR and MP3", async () => {
    const files = [
      await media("voice.amr"),
      await media("voice.mp3"),
      await media("voice-vbr.mp3"),
      await fixture("wave.wav"),
      await fixture("asf-audio.wma"),
      await fixture("m4a.m4a"),
      await fixture("ogg-vorbis.ogg"),
      await fixture("aac-adts.aac"),
      renamed(await fixture("amr-wb-23.85.amr"), "wide-band.amr"),
    ];
    for (const limits of ["2012", "2014", "current"] as const) {
      const names = await taken("voice", limits, files);
      expect(names).toEqual(["voice.amr", "voice.mp3", "voice-vbr.mp3"]);
    }
  });

  it("[2012.6] [2014.14] videos: MP4", async () => {
    const names = ["mp4", "avi", "wmv", "mpeg", "mov", "mkv", "flv", "rmvb"];
    const files = await Promise.all(names.map((extension) => media(`clip.${extension}`)));
    for (const limits of ["2012", "2014", "current"] as const) {
      expect(await taken("video", limits, files)).toEqual(["clip.mp4"]);
    }
  });

  it("[2012.7] [2014.15] thumbs: JPG", async () => {
    const files = [await media("thumb.jpg"), await fixture("png-8-bit.png")];
    for (const limits of ["2012", "2014", "current"] as const) {
      expect(await taken("thumb", limits, files)).toEqual(["thumb.jpg"]);
    }
  });
});

describe("the seconds of a voice", () => {
  const voices: Readonly<Record<string, { file: () => Promise<File>; seconds?: string }>> = {
    "AMR of 60 s": { file: () => fixture("amr-60s.amr") },
    "AMR of 60 s with pauses": { file: () => fixture("amr-60s-dtx.amr") },
    "AMR of 60.06 s": { file: () => fixture("voice-60.06s.amr") },
    "AMR of 60.1 s": { file: () => amr(3005) },
    "AMR of 60.12 s": { file: () => amr(3006), seconds: "60.12 s" },
    "AMR of 60.2 s": { file: () => fixture("amr-60.2s.amr"), seconds: "60.20 s" },
    "MP3 of 59.9 s": { file: () => fixture("mp3-59.9s.mp3") },
    "MP3 of 59.9 s with ID3, at a changing rate": {
      file: () => fixture("voice-59.9s-vbr-id3.mp3"),
    },
    "MP3 of 60 s, padded by its encoder": { file: () => fixture("mp3-60s-encoded.mp3") },
    "MP3 of 61 s": { file: () => fixture("mp3-61s.mp3"), seconds: "61.06 s" },
  };
  for (const [what, { file, seconds }] of Object.entries(voices)) {
    const outcome = seconds === undefined ? "passes" : "is refused";
    it(`[2012.12] [2014.13] ${what} ${outcome}`, async () => {
      const { mp, emulator } = mpInProcess();
      const voice = await file();
      const uploads = [
        () => uploadMedia(mp, { type: "voice" }, voice),
        () => addMaterial(mp, { type: "voice" }, voice),
        () => checkMedia({ type: "voice" }, voice),
        () => checkMaterial({ type: "voice" }, voice),
      ];
      if (seconds === undefined) {
        for (const upload of uploads) await upload();
        expect(emulator.control.mpMedia.length).toBe(2);
        return;
      }
      for (const upload of uploads) {
        expect(await refusal(upload())).toMatchObject({
          reason: "duration",
          expected: "at most 60 s",
          actual: seconds,
          answer: { status: 200, code: 45007, message: "playtime out of limit" },
          option: "limits.maxSeconds",
        });
      }
      expect(emulator.control.journal.entries()).toEqual([]);
      const limits = { maxSeconds: Number.POSITIVE_INFINITY };
      const sent = uploadMedia(mp, { type: "voice" }, voice, { limits });
      await expect(sent).rejects.toMatchObject({ errcode: 45007 });
    });
  }

  it("are counted in every profile", async () => {
    const voice = await fixture("amr-60.2s.amr");
    for (const limits of ["2012", "2014", "media-api", "current", "reported"] as const) {
      const error = await refusal(checkMedia({ type: "voice" }, voice, { limits }));
      expect(error.reason).toBe("duration");
    }
  });
});

describe("limits can be changed", () => {
  it("one by one, the others staying as in the default", async () => {
    const cover = await media("cover.jpg");
    const small = checkMedia({ type: "image" }, cover, { limits: { maxBytes: cover.size - 1 } });
    await expect(small).rejects.toMatchObject({ reason: "size" });
    await checkMedia({ type: "image" }, cover, { limits: { maxBytes: cover.size } });
    const bmp = await media("receipt.bmp");
    const extensions = { ...MEDIA_PROFILES.current.image.extensions, bmp: ["bmp"] as const };
    await checkMedia({ type: "image" }, bmp, { limits: { extensions } });
    const short = { maxSeconds: 6 };
    const voice = checkMedia({ type: "voice" }, await media("voice.amr"), { limits: short });
    await expect(voice).rejects.toMatchObject({ reason: "duration", expected: "at most 6 s" });
    const name = { maxNameLength: 8 };
    await expect(checkMedia({ type: "image" }, cover, { limits: name })).rejects.toMatchObject({
      reason: "name",
      option: "limits.maxNameLength",
    });
    const png = renamed(cover, "cover.png");
    await expect(checkMedia({ type: "image" }, png)).rejects.toMatchObject({
      reason: "format",
      option: "limits.contentMatchesExtension",
    });
    await checkMedia({ type: "image" }, png, { limits: { contentMatchesExtension: false } });
  });

  it("not to nothing, and not by a name that does not exist", async () => {
    const { mp, emulator } = mpInProcess();
    const cover = await media("cover.jpg");
    for (const limits of [
      { maxBytes: Number.NaN },
      { maxSeconds: "60" },
      { maxbytes: 1 },
      { extensions: null },
    ]) {
      const options = { limits: limits as never };
      await expect(uploadMedia(mp, { type: "image" }, cover, options)).rejects.toThrow(TypeError);
      await expect(addMaterial(mp, { type: "image" }, cover, options)).rejects.toThrow(TypeError);
      await expect(uploadArticleImage(mp, cover, options)).rejects.toThrow(TypeError);
    }
    const unknown = checkMedia({ type: "image" }, cover, { limits: "2013" as never });
    await expect(unknown).rejects.toThrow(/2012, 2014, media-api, current, reported.*"2013"/);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("and no profile takes more than the default", () => {
    const every = [
      ARTICLE_IMAGE_PROFILES,
      ...TYPES.flatMap((type) => [of(MEDIA_PROFILES, type), of(MATERIAL_PROFILES, type)]),
    ];
    for (const profiles of every) {
      const { reported } = profiles;
      for (const { extensions, maxBytes, maxSeconds } of Object.values(profiles)) {
        expect(maxBytes).toBeLessThanOrEqual(reported.maxBytes);
        expect(maxSeconds).toBeLessThanOrEqual(reported.maxSeconds);
        expect(reported.extensions).toMatchObject(extensions);
      }
    }
  });
});

const TYPES = Object.keys(MEDIA_PROFILES.current) as MediaType[];

function of(profiles: typeof MEDIA_PROFILES, type: MediaType) {
  const { reported } = profiles;
  return Object.fromEntries(
    Object.entries(profiles).map(([name, kinds]) => [name, kinds[type]]),
  ) as Record<keyof typeof profiles, (typeof reported)[MediaType]>;
}

/** Silence of 12.2 kbit/s. */
async function amr(frames: number): Promise<File> {
  const bytes = new Uint8Array(6 + 32 * frames);
  bytes.set(new TextEncoder().encode("#!AMR\n"));
  for (let at = 6; at < bytes.length; at += 32) bytes[at] = 0x3c;
  return new File([bytes], "silence.amr");
}
