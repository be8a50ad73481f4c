import { createSource, type FileInput, MediaError, type MpClient } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { addMaterial, checkMedia, type MediaType } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bareForm } from "../../../test/support/bare-form.ts";
import { badMedia, fixture, media, renamed } from "../../../test/support/media.ts";
import { type Call, check, DESCRIPTION, PATHS, upload } from "../../../test/support/media-calls.ts";
import { mpInProcess, tokenOf } from "../../../test/support/mp.ts";

interface BadFile {
  type: MediaType;
  file: () => Promise<FileInput>;
  reason: string;
  message: RegExp;
  /** The calls that refuse it, each with the errcode that the error foretells, and that comes where the file is sent all the same. */
  calls: Partial<Record<Call, number | "unknown">>;
}

/** Of no type that the call takes; 40113 is reported of add_material alone. */
const wrongType = { media: 40005, material: 40113, article: 40005 } as const;
const { media: MEDIA, material: MATERIAL } = wrongType;
const voices = { media: MEDIA, material: MATERIAL };

const badFiles: Readonly<Record<string, BadFile>> = {
  "a thumb that is PNG": {
    type: "thumb",
    file: () => badMedia("thumb.png"),
    reason: "extension",
    message: /"thumb\.png" ends in \.png; allowed: \.jpg, \.jpeg/,
    calls: voices,
  },
  "a thumb that is PNG under the name of a JPG": {
    type: "thumb",
    file: async () => renamed(await badMedia("thumb.png"), "thumb.jpg"),
    reason: "format",
    message: /"thumb\.jpg" contains PNG; allowed: \.jpg, \.jpeg.*convert the file/,
    calls: voices,
  },
  "a thumb of 64 KiB and a byte": {
    type: "thumb",
    file: () => badMedia("thumb-65537.jpg"),
    reason: "size",
    message: /65537 bytes; at most 65536/,
    calls: { media: 40012, material: 40012 },
  },
  "AMR of 60.2 s": {
    type: "voice",
    file: () => badMedia("voice-60.2s.amr"),
    reason: "duration",
    message: /lasts 60\.20 s; at most 60 s are allowed.*limits\.maxSeconds/,
    calls: { media: 45007, material: 45007 },
  },
  "MP3 of 61 s, with ID3, at a changing rate": {
    type: "voice",
    file: () => badMedia("voice-61s.mp3"),
    reason: "duration",
    message: /lasts 61\.09 s; at most 60 s are allowed/,
    calls: { media: 45007, material: 45007 },
  },
  "AMR that was cut": {
    type: "voice",
    file: () => badMedia("truncated.amr"),
    reason: "format",
    message: /ends in the middle of a frame: the recording was cut off.*limits\.truncatedSound/,
    calls: { media: "unknown", material: "unknown" },
  },
  "AMR without a frame": {
    type: "voice",
    file: () => fixture("amr-no-frames.amr"),
    reason: "format",
    message: /has no whole frame: the recording was cut off.*limits\.truncatedSound/,
    calls: { media: "unknown", material: "unknown" },
  },
  "text under the name of a voice": {
    type: "voice",
    file: async () => renamed(await badMedia("text.jpg"), "voice.amr"),
    reason: "format",
    message: /contains no known picture, sound or video; allowed: \.amr, \.mp3/,
    calls: voices,
  },
  "AAC under the name of an MP3": {
    type: "voice",
    file: async () => renamed(await fixture("aac-adts.aac"), "voice.mp3"),
    reason: "format",
    message: /"voice\.mp3" contains AAC; allowed: \.amr, \.mp3.*convert the file/,
    calls: voices,
  },
  "text under the name of a video": {
    type: "video",
    file: () => badMedia("not-a-video.mp4"),
    reason: "format",
    message: /"not-a-video\.mp4" contains no known picture, sound or video; allowed: \.mp4/,
    calls: voices,
  },
  "AVI under the name of MP4": {
    type: "video",
    file: async () => renamed(await media("clip.avi"), "clip.mp4"),
    reason: "format",
    message: /contains AVI; allowed: \.mp4/,
    calls: voices,
  },
  WebP: {
    type: "image",
    file: () => fixture("webp-lossy.webp"),
    reason: "extension",
    message: /ends in \.webp; allowed: \.jpg, \.jpeg, \.png/,
    calls: wrongType,
  },
  "WebP under the name of a JPG": {
    type: "image",
    file: () => badMedia("webp.jpg"),
    reason: "format",
    message: /contains WEBP; .*Another name does not help: convert the file/,
    calls: wrongType,
  },
  "HEIC under the name of a JPG": {
    type: "image",
    file: () => badMedia("heic.jpg"),
    reason: "format",
    message: /contains HEIC; .*convert the file/,
    calls: wrongType,
  },
  "HEIC under the name of a PNG": {
    type: "image",
    file: async () => renamed(await badMedia("heic.jpg"), "photo.png"),
    reason: "format",
    message: /contains HEIC; /,
    calls: wrongType,
  },
  "WebP without an extension": {
    type: "image",
    file: async () => renamed(await badMedia("webp.jpg"), "640"),
    reason: "format",
    message: /"640" contains WEBP; .*Another name does not help: convert the file/,
    calls: wrongType,
  },
  "an extension that no call takes": {
    type: "image",
    file: () => badMedia("notes.txt"),
    reason: "extension",
    message: /ends in \.txt/,
    calls: wrongType,
  },
  "text under the name of a JPG": {
    type: "image",
    file: () => badMedia("text.jpg"),
    reason: "format",
    message: /contains no known picture, sound or video; allowed: \.jpg/,
    calls: wrongType,
  },
  "a page under the name of a JPG": {
    type: "image",
    file: async () => renamed(await fixture("page.html"), "page.jpg"),
    reason: "format",
    message: /contains no known picture, sound or video; allowed: \.jpg/,
    calls: wrongType,
  },
  "0 bytes": {
    type: "image",
    file: () => badMedia("empty.jpg"),
    reason: "empty",
    message: /"empty\.jpg" is empty/,
    calls: { media: 41005, material: 41005, article: 41005 },
  },
};

describe("a bad file is refused before a byte is sent", () => {
  for (const [what, { type, file, reason, message, calls }] of Object.entries(badFiles)) {
    it(what, async () => {
      const input = await file();
      for (const [call, code] of Object.entries(calls) as [Call, BadFile["calls"][Call]][]) {
        const { mp, emulator } = mpInProcess();
        for (const refused of [upload(call, mp, type, input), check(call, type, input)]) {
          const error = await refused.then(
            () => expect.fail(`${call} accepted it`),
            (thrown: unknown) => thrown,
          );
          expect(error).toBeInstanceOf(MediaError);
          expect(error).toMatchObject({ name: "MediaError", code: "ERR_MEDIA", reason });
          expect((error as MediaError).message).toMatch(message);
          expect((error as MediaError).actual).toBeTypeOf("string");
          expect((error as MediaError).expected).toBeTypeOf("string");
          const { answer } = error as MediaError;
          if (code === "unknown") expect(answer).toBeUndefined();
          else expect(answer).toMatchObject({ status: 200, code });
        }
        expect(emulator.control.journal.entries()).toEqual([]);
      }
    });
  }
});

/** Lets anything with an extension through. */
const LIFTED = {
  extensions: {},
  maxBytes: Number.POSITIVE_INFINITY,
  maxSeconds: Number.POSITIVE_INFINITY,
  truncatedSound: true,
};
/** No limit lifts these. */
const UNSENDABLE = ["0 bytes", "WebP without an extension"];

describe("what WeChat answers to a bad file that is sent all the same", () => {
  for (const [what, { type, file, calls }] of Object.entries(badFiles)) {
    it(what, async () => {
      const input = (await file()) as File;
      for (const [call, errcode] of Object.entries(calls) as [Call, BadFile["calls"][Call]][]) {
        const { mp } = mpInProcess();
        const sent = UNSENDABLE.includes(what)
          ? bySomebodyElse(mp, call, type, input)
          : upload(call, mp, type, input, LIFTED);
        const outcome: unknown = await sent.catch((thrown: unknown) => thrown);
        if (errcode === "unknown") expect(outcome).toHaveProperty("media_id");
        else expect(outcome).toMatchObject({ errcode });
      }
    });
  }

  it("is an MpApiError with WeChat's text, and advice where there is some", async () => {
    const { mp } = mpInProcess();
    const webp = await badMedia("webp.jpg");
    const sent = addMaterial(mp, { type: "image" }, webp, { limits: LIFTED });
    await expect(sent).rejects.toMatchObject({
      name: "MpApiError",
      code: "ERR_MP_API",
      errcode: 40113,
      errmsg: "unsupported file type",
      endpoint: "/cgi-bin/material/add_material",
      rid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$/),
    });
    await expect(sent).rejects.toThrow(/another name does not help/);
  });
});

describe("a bad name is refused before a byte is sent", () => {
  const names: Readonly<Record<string, [name: string, message: RegExp]>> = {
    "a path": ["pictures/cover.jpg", /path separator or a control character/],
    "a path of Windows": ["C:\\cover.jpg", /path separator/],
    "../../": ["../cover.jpg", /path separator/],
    CR: ["a\rb.jpg", /control character/],
    LF: ["a\nb.jpg", /control character/],
    NUL: ["a\0b.jpg", /control character/],
    "half of a surrogate pair": ["a\ud83c.jpg", /half of a surrogate pair/],
    "256 characters": [`${"长".repeat(252)}.jpg`, /256 characters; at most 255/],
  };
  for (const [what, [name, message]] of Object.entries(names)) {
    it(what, async () => {
      const bytes = new Uint8Array(await (await media("cover.jpg")).arrayBuffer());
      const { mp, emulator } = mpInProcess();
      for (const call of Object.keys(PATHS) as Call[]) {
        const input = createSource(bytes, { name });
        for (const refused of [upload(call, mp, "image", input), check(call, "image", input)]) {
          await expect(refused).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "name" });
          await expect(refused).rejects.toThrow(message);
        }
      }
      expect(emulator.control.journal.entries()).toEqual([]);
    });
  }
});

describe("a name without an extension that is accepted gets that of the content", () => {
  it("as WeChat refuses the name", async () => {
    const nameless = await badMedia("no-extension");
    for (const [call, errcode] of Object.entries(wrongType) as [Call, number][]) {
      const { mp } = mpInProcess();
      const reply = await bySomebodyElse(mp, call, "image", nameless);
      expect(reply).toMatchObject({ errcode });
    }
  });

  it("but not where another format passes under that extension", async () => {
    const clip = renamed(await media("clip.mov"), "clip");
    const refused = checkMedia({ type: "video" }, clip);
    await expect(refused).rejects.toMatchObject({ reason: "extension", option: "name" });
    await expect(refused).rejects.toThrow(/createSource\(file, \{ name: "licence\.mp4" \}\)/);
  });
});

describe("addMaterial", () => {
  it("wants a video's description, and none of anything else, before anything is sent", async () => {
    const { mp, emulator } = mpInProcess();
    const clip = await media("clip.mp4");
    for (const description of [
      undefined,
      {},
      { title: "", introduction: "It drives past." },
      { title: "A van" },
      { title: 5, introduction: "It drives past." },
    ]) {
      const input = { type: "video", description: description as never } as const;
      await expect(addMaterial(mp, input, clip)).rejects.toThrow(
        /needs description: \{ title, introduction \}/,
      );
    }
    const cover = await media("cover.jpg");
    const needless = { type: "image", description: DESCRIPTION as never } as const;
    await expect(addMaterial(mp, needless, cover)).rejects.toThrow(
      /description is for type "video" alone, not for "image"/,
    );
    const unknown = { type: "news" as never };
    await expect(addMaterial(mp, unknown, cover)).rejects.toThrow(/40004/);
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});

/** Sends a file that no check has seen. */
async function bySomebodyElse(
  mp: MpClient,
  call: Call,
  type: MediaType,
  file: File,
): Promise<unknown> {
  const query = new URLSearchParams({ access_token: await tokenOf(mp), type });
  const url = `${mp.baseUrl}${PATHS[call]}?${query}`;
  const send = mpParts(mp).transport.fetch as typeof fetch;
  return (await send(url, bareForm(file, file.name))).json();
}
