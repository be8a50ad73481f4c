import {
  createSource,
  type FileInput,
  MediaError,
  type MpClient,
  type StreamInput,
} from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import {
  addMaterial,
  checkArticleImage,
  checkMaterial,
  checkMedia,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bareForm } from "../../support/bare-form.ts";
import { badMedia, fixture, media, renamed } from "../../support/media.ts";
import { mpInProcess, tokenOf } from "../../support/mp.ts";

type Call = "media" | "material" | "article";

const DESCRIPTION = { title: "A van", introduction: "It drives past." };
const PATHS: Readonly<Record<Call, string>> = {
  media: "/cgi-bin/media/upload",
  material: "/cgi-bin/material/add_material",
  article: "/cgi-bin/media/uploadimg",
};

function upload(
  call: Call,
  mp: MpClient,
  type: MediaType,
  file: FileInput | StreamInput,
  limits?: object,
) {
  const options = { limits };
  if (call === "article") return uploadArticleImage(mp, file, options);
  if (call === "media") return uploadMedia(mp, { type }, file, options);
  const input = type === "video" ? { type, description: DESCRIPTION } : { type };
  return addMaterial(mp, input, file, options);
}

function check(call: Call, type: MediaType, file: FileInput) {
  if (call === "article") return checkArticleImage(file);
  return call === "media" ? checkMedia({ type }, file) : checkMaterial({ type }, file);
}

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
  const names: Readonly<Record<string, string>> = {
    "": "image.jpg",
    "no-extension": "no-extension.jpg",
    "cover.": "cover.jpg",
    "640.webp": "640.jpg",
    "a.jpg!w800": "a.jpg",
    "photo.jfif": "photo.jpg",
  };
  for (const [given, sent] of Object.entries(names)) {
    it(`${JSON.stringify(given)}: ${sent}`, async () => {
      const bytes = new Uint8Array(await (await badMedia("no-extension")).arrayBuffer());
      for (const call of Object.keys(PATHS) as Call[]) {
        const { mp, emulator } = mpInProcess();
        await check(call, "image", createSource(bytes, { name: given }));
        await upload(call, mp, "image", createSource(bytes, { name: given }));
        const size = bytes.byteLength;
        await upload(call, mp, "image", { name: given, size, stream: new Blob([bytes]).stream() });
        expect(emulator.control.mpMedia.map(({ filename }) => filename)).toEqual([sent, sent]);
      }
    });
  }

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

describe("a bad source is refused before a byte is sent", () => {
  it("one that returns fewer bytes than its size", async () => {
    const { mp, emulator } = mpInProcess();
    const input = { name: "cover.jpg", size: 1000, read: async () => new Uint8Array(999) };
    for (const call of Object.keys(PATHS) as Call[]) {
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("one over the limit, without reading it", async () => {
    const { mp } = mpInProcess();
    let reads = 0;
    const input = {
      name: "cover.jpg",
      size: 3e9,
      read: () => {
        reads += 1;
        return new Uint8Array(0);
      },
    };
    for (const call of Object.keys(PATHS) as Call[]) {
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ reason: "size", actual: "3000000000 bytes" });
      await expect(check(call, "image", input)).rejects.toMatchObject({ reason: "size" });
    }
    expect(reads).toBe(0);
  });

  it("what is no file at all is a TypeError that says what a file can be", async () => {
    const { mp, emulator } = mpInProcess();
    for (const file of [undefined, null, "cover.jpg", 5, {}, []]) {
      for (const call of Object.keys(PATHS) as Call[]) {
        const refused = upload(call, mp, "image", file as never);
        await expect(refused).rejects.toThrow(/must be a File, a Blob/);
      }
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("a stream of the wrong format, which is cancelled", async () => {
    const { mp, emulator } = mpInProcess();
    const webp = new Uint8Array(await (await badMedia("webp.jpg")).arrayBuffer());
    for (const call of Object.keys(PATHS) as Call[]) {
      let cancelled: unknown;
      const stream = new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(webp),
        cancel(why) {
          cancelled = why;
        },
      });
      const input = { name: "a.jpg", size: 1e6, stream };
      const refused = upload(call, mp, "image", input);
      await expect(refused).rejects.toMatchObject({ reason: "format", actual: "webp" });
      expect(cancelled).toMatchObject({ reason: "format" });
    }
    expect(emulator.control.journal.entries()).toEqual([]);
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
