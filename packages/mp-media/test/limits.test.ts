// The limits of WeChat's documents, written down a second time: a byte more is refused before it is read.

import { MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { fileRules, MEDIA_PROFILES, type MediaProfile, type MediaType } from "../src/limits.ts";
import { ARTICLE_IMAGE_PROFILES, MATERIAL_PROFILES } from "../src/material-limits.ts";

const K = 1024;
const M = 1_048_576;
const JPG = "jpg jpeg";
const PICTURES = "jpg jpeg png gif";
const LIBRARY = "jpg jpeg png gif bmp";
const SOUNDS = "amr mp3";
const LIBRARY_SOUNDS = "amr mp3 wma wav";

type Row = readonly [bytes: number, extensions: string];
type Rows = Readonly<Record<MediaType, Row>>;

const CURRENT: Rows = {
  image: [10 * M, PICTURES],
  voice: [2 * M, SOUNDS],
  video: [10 * M, "mp4"],
  thumb: [64 * K, JPG],
};
const TEMPORARY: Readonly<Record<MediaProfile, Rows>> = {
  2012: {
    image: [128 * K, JPG],
    voice: [256 * K, SOUNDS],
    video: [M, "mp4"],
    thumb: [64 * K, JPG],
  },
  2014: { ...CURRENT, image: [M, JPG] },
  "media-api": { ...CURRENT, image: [2 * M, PICTURES] },
  current: CURRENT,
  reported: CURRENT,
};
const NEW: Rows = { ...CURRENT, image: [10 * M, LIBRARY], voice: [2 * M, LIBRARY_SOUNDS] };
const OLD: Rows = { ...NEW, image: [2 * M, LIBRARY] };
const PERMANENT: Readonly<Record<MediaProfile, Rows>> = {
  2012: OLD,
  2014: OLD,
  "media-api": OLD,
  current: NEW,
  reported: { ...NEW, video: [20 * M, "mp4"] },
};
const ARTICLE: Readonly<Record<MediaProfile, Row>> = {
  2012: [5 * M, PICTURES],
  2014: [5 * M, PICTURES],
  "media-api": [5 * M, PICTURES],
  current: [M, "jpg jpeg png"],
  reported: [8 * M, PICTURES],
};
const PROFILES = ["2012", "2014", "media-api", "current", "reported"] as const;
const TYPES = ["image", "voice", "video", "thumb"] as const;

type Limits = (typeof MEDIA_PROFILES)[MediaProfile][MediaType];

function expectLimit(limits: Limits, [bytes, extensions]: Row): void {
  expect(Object.keys(limits.extensions).join(" ")).toBe(extensions);
  const { checks } = fileRules(
    { 2012: limits, 2014: limits, "media-api": limits, current: limits, reported: limits },
    undefined,
    { type: 40005, size: 40006 },
  );
  const declared = (name: string, size: number) => () => checks?.declared({ name, size });
  for (const extension of extensions.split(" ")) {
    expect(declared(`a.${extension}`, bytes)).not.toThrow();
    expect(declared(`a.${extension}`, bytes + 1)).toThrow(`at most ${bytes} are allowed`);
    expect(declared(`a.${extension}`, 0)).toThrow(MediaError);
  }
}

describe.each(PROFILES)("the profile %s", (profile) => {
  it.each(TYPES)("of temporary media, %s", (type) => {
    expectLimit(MEDIA_PROFILES[profile][type], TEMPORARY[profile][type]);
  });

  it.each(TYPES)("of material, %s", (type) => {
    expectLimit(MATERIAL_PROFILES[profile][type], PERMANENT[profile][type]);
  });

  it("of pictures in articles", () => {
    expectLimit(ARTICLE_IMAGE_PROFILES[profile], ARTICLE[profile]);
  });

  it("limits the seconds of voices alone, to 60", () => {
    for (const profiles of [MEDIA_PROFILES, MATERIAL_PROFILES]) {
      expect(profiles[profile].voice.maxSeconds).toBe(60);
      for (const type of ["image", "video", "thumb"] as const) {
        expect(profiles[profile][type].maxSeconds).toBe(Number.POSITIVE_INFINITY);
      }
    }
  });
});

describe("a name", () => {
  const limits = MEDIA_PROFILES.reported.image;
  const { checks } = fileRules(
    { 2012: limits, 2014: limits, "media-api": limits, current: limits, reported: limits },
    undefined,
    { type: 40005, size: 40006 },
  );
  const JPEG = {
    identity: { format: "jpeg", mime: "image/jpeg", soundStart: 0 },
    head: new Uint8Array(1),
  } as const;
  const sent = (name: string): string => checks?.content({ name, size: 1 }, JPEG) ?? "";
  const bytesOf = (name: string) => new TextEncoder().encode(name).byteLength;

  it("has at most 255 bytes in UTF-8", () => {
    for (const letter of ["a", "é", "街", "🏮"]) {
      const fits = letter.repeat(Math.floor(251 / bytesOf(letter)));
      expect(sent(`${fits}.jpg`)).toBe(`${fits}.jpg`);
      expect(() => sent(`${fits}${letter}.jpg`)).toThrow(
        expect.objectContaining({
          reason: "name",
          option: letter === "a" ? "limits.maxNameLength" : "limits.maxNameBytes",
        }),
      );
    }
  });

  it("that gets its extension from the content is cut to them, between characters", () => {
    for (const letter of ["a", "é", "街", "🏮"]) {
      for (const length of [60, 62, 63, 83, 84, 125, 126, 251, 252, 300]) {
        const name = sent(letter.repeat(length));
        expect(name).toMatch(/\.jpg$/);
        expect(bytesOf(name)).toBeLessThanOrEqual(255);
        expect(name).not.toMatch(/\p{Surrogate}/u);
        const kept = Math.min(length, Math.floor(251 / bytesOf(letter)));
        expect(name).toBe(`${letter.repeat(kept)}.jpg`);
      }
    }
  });

  it("may be longer where an option says so", () => {
    const rules = fileRules(
      { 2012: limits, 2014: limits, "media-api": limits, current: limits, reported: limits },
      { maxNameBytes: 600 },
      { type: 40005, size: 40006 },
    );
    const name = `${"街".repeat(190)}.jpg`;
    expect(rules.checks?.content({ name, size: 1 }, JPEG)).toBe(name);
  });
});
