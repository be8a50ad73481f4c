// Every refusal says what was given, and names the option that lifts it; where the default takes the file, also that.

import { readFileSync } from "node:fs";
import { MediaError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { amrFrames, joined } from "../../../test/support/sounds.ts";
import type { MediaType, MediaUploadOptions } from "../src/index.ts";
import { CALLS, openMp, type UploadCall } from "./calls.ts";

type Limits = MediaUploadOptions["limits"];

const files = new URL("../../../test/fixtures/files/", import.meta.url);
const bytesOf = (name: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(readFileSync(new URL(name, files)));

/** A file of each type that its calls take. */
const GOOD: Readonly<Record<MediaType, File>> = {
  image: new File([bytesOf("jpeg-baseline.jpg")], "a.jpg"),
  thumb: new File([bytesOf("jpeg-baseline.jpg")], "a.jpg"),
  voice: new File([bytesOf("amr-12.2.amr")], "a.amr"),
  video: new File([bytesOf("mp4.mp4")], "a.mp4"),
};

const renamed = (file: File, name: string): File => new File([file], name);
const padded = (file: File, size: number): File =>
  new File([file, new Uint8Array(size)], file.name);
const lasting = (frames: number): File => new File([joined("#!AMR\n", amrFrames(frames))], "a.amr");

const TOO_MANY_BYTES = { image: 10_485_760, video: 20_971_520, voice: 2_097_152, thumb: 65_536 };

interface Refusal {
  reason: string;
  option: string;
  file: (good: File, type: MediaType) => File;
  /** The limits that refuse it, where it is not the default. */
  strict?: Limits;
  /** The option, set so that the file passes. */
  lifted: Limits;
  only?: MediaType;
  /** Whether the emulator takes it too. */
  refusedByWechat?: true;
}

const UNLIMITED = Number.POSITIVE_INFINITY;
const REFUSALS: Readonly<Record<string, Refusal>> = {
  "too large": {
    reason: "size",
    option: "limits.maxBytes",
    file: (good, type) => padded(good, TOO_MANY_BYTES[type]),
    lifted: { maxBytes: UNLIMITED },
    refusedByWechat: true,
  },
  "larger than a limit of one's own": {
    reason: "size",
    option: "limits.maxBytes",
    file: (good) => good,
    strict: { maxBytes: 10 },
    lifted: { maxBytes: 20_000 },
  },
  "larger than a limit of one extension": {
    reason: "size",
    option: "limits.maxBytesByExtension.",
    file: (good) => good,
    strict: { maxBytesByExtension: { jpg: 10, amr: 10, mp4: 10 } },
    lifted: { maxBytesByExtension: {} },
  },
  "an extension that is not allowed": {
    reason: "extension",
    option: "limits.extensions",
    file: () => new File([bytesOf("webp-lossy.webp")], "a.webp"),
    lifted: { extensions: { webp: ["webp"] } },
    refusedByWechat: true,
  },
  "an extension that a limit of one's own leaves out": {
    reason: "extension",
    option: "limits.extensions",
    file: (good) => good,
    strict: { extensions: { png: ["png"] } },
    lifted: { extensions: { jpg: ["jpeg"], amr: ["amr"], mp4: ["mp4"] } },
  },
  "a format that is not allowed": {
    reason: "format",
    option: "limits.extensions",
    file: (good) => new File([bytesOf("webp-lossy.webp")], good.name),
    lifted: { extensions: { jpg: ["webp"], amr: ["webp"], mp4: ["webp"] } },
    refusedByWechat: true,
  },
  "a format that is not that of the extension": {
    reason: "format",
    option: "limits.contentMatchesExtension",
    file: (good, type) =>
      type === "voice"
        ? renamed(good, "a.mp3")
        : type === "video"
          ? new File([bytesOf("jpeg-baseline.jpg")], "a.mp4")
          : renamed(good, "a.png"),
    strict: {
      extensions: { jpg: ["jpeg"], png: ["png"], amr: ["amr"], mp3: ["mp3"], mp4: ["mp4"] },
    },
    lifted: {
      contentMatchesExtension: false,
      extensions: { jpg: ["jpeg"], png: ["png"], amr: ["amr"], mp3: ["mp3"], mp4: ["mp4"] },
    },
  },
  "a recording that was cut": {
    reason: "format",
    option: "limits.truncatedSound",
    file: () => new File([joined("#!AMR\n", amrFrames(9).subarray(0, 100))], "a.amr"),
    lifted: { truncatedSound: true },
    only: "voice",
  },
  "a recording that is too long": {
    reason: "duration",
    option: "limits.maxSeconds",
    file: () => lasting(3100),
    lifted: { maxSeconds: 62 },
    only: "voice",
    refusedByWechat: true,
  },
  "a recording longer than a limit of one's own": {
    reason: "duration",
    option: "limits.maxSeconds",
    file: () => lasting(100),
    strict: { maxSeconds: 1 },
    lifted: { maxSeconds: 2 },
    only: "voice",
  },
  "a name that is too long": {
    reason: "name",
    option: "limits.maxNameLength",
    file: (good) => renamed(good, `${"长".repeat(260)}${good.name.slice(1)}`),
    lifted: { maxNameLength: 300, maxNameBytes: 900 },
  },
  "a name of too many bytes": {
    reason: "name",
    option: "limits.maxNameBytes",
    file: (good) => renamed(good, `${"长".repeat(90)}${good.name.slice(1)}`),
    lifted: { maxNameBytes: 300 },
  },
  "a name with an emoji, where those are not allowed": {
    reason: "name",
    option: "limits.fourByteNames",
    file: (good) => renamed(good, `🏮${good.name}`),
    strict: { fourByteNames: false },
    lifted: { fourByteNames: true },
  },
};

async function errorOf(work: Promise<unknown>): Promise<MediaError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MediaError);
  return error as MediaError;
}

describe.each(Object.entries(REFUSALS))("%s", (_, refusal) => {
  const { reason, option, file: make, strict, lifted, only, refusedByWechat } = refusal;
  const calls = CALLS.filter(({ type }) => only === undefined || type === only);

  it.each(calls)("$name", async ({ type, upload, check }: UploadCall) => {
    const { mp, emulator } = openMp();
    const file = make(GOOD[type], type);
    const error = await errorOf(upload(mp, file, strict));
    expect(await errorOf(check(file, strict))).toEqual(error);
    expect(emulator.control.journal.entries()).toEqual([]);
    expect(error.reason).toBe(reason);
    expect(error.option?.startsWith(option)).toBe(true);
    expect(error.message).toContain(error.option);
    expect([error.expected, error.actual].every((text) => typeof text === "string")).toBe(true);
    // The default is named exactly where it takes the file.
    const standard = await check(file).then(
      () => true,
      () => false,
    );
    expect(error.message.includes('Or set limits to "reported", which takes it.')).toBe(standard);

    await check(file, lifted);
    const sent: unknown = await upload(mp, file, lifted).catch((thrown: unknown) => thrown);
    if (refusedByWechat) expect(sent).toMatchObject({ errcode: error.answer?.code });
    else if (option !== "limits.contentMatchesExtension") expect(sent).not.toBeInstanceOf(Error);
  });
});

describe("a profile that refuses what the default takes", () => {
  const gif = new File([bytesOf("gif-89a-animated.gif")], "a.gif");
  const png = new File([bytesOf("png-8-bit.png")], "a.png");
  const cases: readonly [
    call: string,
    profile: "2012" | "2014" | "media-api" | "current",
    File,
    string,
  ][] = [
    ["uploadArticleImage", "current", gif, "extension"],
    ["uploadArticleImage", "current", padded(GOOD.image, 1_363_149), "size"],
    ["uploadArticleImage", "media-api", padded(GOOD.image, 6 * 1024 * 1024), "size"],
    ["uploadMedia image", "2014", png, "extension"],
    ["uploadMedia image", "2012", padded(GOOD.image, 200_000), "size"],
    ["uploadMedia voice", "2012", padded(GOOD.voice, 300_000), "size"],
    ["uploadMedia video", "2012", padded(GOOD.video, 2_000_000), "size"],
    ["addMaterial image", "media-api", padded(GOOD.image, 3_000_000), "size"],
    ["addMaterial video", "current", padded(GOOD.video, 11_000_000), "size"],
  ];
  it.each(cases)("%s under %s: %o", async (name, profile, file, reason) => {
    const call = CALLS.find((one) => one.name === name) as UploadCall;
    const { mp, emulator } = openMp();
    const error = await errorOf(call.upload(mp, file, profile));
    expect(error.reason).toBe(reason);
    expect(error.message).toMatch(/limits\.\w+.*\. Or set limits to "reported", which takes it\.$/);
    await call.upload(mp, file);
    expect(emulator.control.mpMedia.map(({ size }) => size)).toEqual([file.size]);
  });
});

describe("what nothing lifts says what to do", () => {
  it.each(CALLS)("$name", async ({ type, check }) => {
    const bytes = GOOD[type];
    const empty = await errorOf(check(renamed(new File([], ""), bytes.name)));
    expect(empty).toMatchObject({ reason: "empty", answer: { code: 41005 } });
    for (const name of ["dir/a.jpg", "a\u0000.jpg", "a\ud83c.jpg"]) {
      const file = { name, size: bytes.size, read: () => new Uint8Array() };
      const error = await errorOf(check(file));
      expect(error).toMatchObject({ reason: "name", option: "name" });
    }
  });
});
