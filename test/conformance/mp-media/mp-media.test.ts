import {
  createMpClient,
  createSource,
  digest,
  inspect,
  type UploadProgress,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  type DownloadedFile,
  downloadMedia,
  type MediaType,
  type StreamInput,
  uploadMedia,
  type VideoAddress,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bareForm } from "../../support/bare-form.ts";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp, tokenOf } from "../../support/mp.ts";

/** One file of each kind, and what a download says it is. */
const FILES: Readonly<Record<MediaType, { name: string; mime: string }>> = {
  image: { name: "cover.jpg", mime: "image/jpeg" },
  voice: { name: "voice.amr", mime: "audio/amr" },
  video: { name: "clip.mp4", mime: "video/mp4" },
  thumb: { name: "thumb.jpg", mime: "image/jpeg" },
};
const TYPES = Object.keys(FILES) as MediaType[];
const PLAIN = TYPES.filter((type) => type !== "video");
const MEDIA_ID = /^[\w-]{64}$/;
const match = { path: "/cgi-bin/media/upload" };
const DAY = 86_400;

describe("temporary media over HTTP", () => {
  for (const type of PLAIN) {
    it(`[2014.1] ${type} goes up and comes down byte for byte, by its media_id`, async () => {
      const mp = mpOverHttp();
      const file = await media(FILES[type].name);
      const { media_id } = await uploadMedia(mp, { type }, file);
      const download = fileOf(await downloadMedia(mp, { media_id }));
      expect(download.type).toBe(FILES[type].mime);
      expect(download.name).toMatch(new RegExp(`^${media_id.replace(/^[.]+/, "")}\\.\\w{3}$`));
      expect(await bytesOf(download.body)).toEqual(await bytesOf(file.stream()));
    });
  }

  it("[2012.11] an MP3 comes back as AMR that lasts as long", async () => {
    const mp = mpOverHttp();
    for (const name of ["voice.mp3", "voice-vbr.mp3"]) {
      const file = await media(name);
      const { duration = 0 } = await inspect(file);
      const { media_id } = await uploadMedia(mp, { type: "voice" }, file);
      const download = fileOf(await downloadMedia(mp, { media_id }));
      expect(download.type).toBe("audio/amr");
      expect(download.name).toBe(`${media_id}.amr`);
      const sound = await inspect(await bytesOf(download.body));
      expect(sound.format).toBe("amr");
      // A frame of AMR lasts 20 ms.
      expect(Math.abs((sound.duration ?? 0) - duration)).toBeLessThanOrEqual(0.02);
    }
  });

  it("of a video the address is given, and holds it byte for byte", async () => {
    const mp = mpOverHttp();
    const file = await media("clip.mp4");
    const { media_id } = await uploadMedia(mp, { type: "video" }, file);
    const reply = await fetch(addressOf(await downloadMedia(mp, { media_id })).video_url);
    expect(await bytesOf(reply.body)).toEqual(await bytesOf(file.stream()));
  });

  it("pictures of each format go up", async () => {
    const mp = mpOverHttp();
    for (const name of ["licence.jpg", "picture-1.jpg", "picture-2.png", "picture-3.gif"]) {
      const file = await media(name);
      const { media_id } = await uploadMedia(mp, { type: "image" }, file);
      const { body } = fileOf(await downloadMedia(mp, { media_id }));
      expect(await bytesOf(body)).toEqual(await bytesOf(file.stream()));
    }
  });

  it("[2012.19] takes tokens of 150 characters, and of 2,048", async () => {
    for (const tokenLength of [150, 2048]) {
      const { mp } = mpInProcess({}, { tokenLength });
      const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
      expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
      expect((await tokenOf(mp)).length).toBe(tokenLength);
    }
  });

  it("[2014.4] a media_id serves any number of times", async () => {
    const mp = mpOverHttp();
    const file = await media("thumb.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    const downloads = Array.from({ length: 5 }, () => downloadMedia(mp, { media_id }));
    for (const download of await Promise.all(downloads)) {
      expect((await bytesOf(fileOf(download).body)).length).toBe(file.size);
    }
  });

  it("ten at once with one client", async () => {
    const mp = mpOverHttp();
    const file = await media("cover.jpg");
    const uploads = Array.from({ length: 10 }, () => uploadMedia(mp, { type: "image" }, file));
    const ids = (await Promise.all(uploads)).map(({ media_id }) => media_id);
    expect(new Set(ids).size).toBe(10);
  });
});

describe("what an upload answers", () => {
  for (const type of TYPES) {
    it(`[2014.9] ${type}: type, media_id and the Unix time of the upload`, async () => {
      const time = 1_389_793_969_000;
      const { mp } = mpInProcess({ now: () => time }, { now: () => time });
      const uploaded = await uploadMedia(mp, { type }, await media(FILES[type].name));
      expect(uploaded).toEqual({
        type,
        media_id: expect.stringMatching(MEDIA_ID),
        created_at: 1_389_793_969,
        expiresAt: 1_389_793_969 + 3 * DAY,
      });
    });
  }

  it("[2012.2] media_ids of 64 letters, digits, - and _", async () => {
    const mp = mpOverHttp();
    for (const type of TYPES) {
      const { media_id } = await uploadMedia(mp, { type }, await media(FILES[type].name));
      expect(media_id).toMatch(MEDIA_ID);
    }
  });

  it("[2012.3] of a thumb thumb_media_id, which the result calls media_id", async () => {
    const { mp, emulator, replies } = spied();
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    expect(replies.at(-1)).toMatchObject({ type: "thumb", thumb_media_id: media_id });
    expect(replies.at(-1)).not.toHaveProperty("media_id");
    expect(emulator.control.mpMedia[0]?.media_id).toBe(media_id);
  });

  it("the same where it carries errcode 0, as it does now", async () => {
    const { mp } = mpInProcess({}, { successErrcode: true });
    const { media_id } = await uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    expect(media_id).toMatch(MEDIA_ID);
  });

  for (const [what, body] of Object.entries({
    "no media_id": { type: "image", created_at: 1 },
    "an empty media_id": { type: "image", media_id: "", created_at: 1 },
    "a media_id that is neither a text nor a number": {
      type: "image",
      media_id: ["m"],
      created_at: 1,
    },
    "no created_at": { type: "image", media_id: "m" },
    "a created_at that is no number": { type: "image", media_id: "m", created_at: "soon" },
    "a created_at that is an object": {
      type: "image",
      media_id: "m",
      created_at: { a: "k".repeat(40) },
    },
    "nothing but errcode 0": { errcode: 0, errmsg: "ok" },
  })) {
    it(`${what} is a ReplyError, and no result`, async () => {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ kind: "reply-json", body, match });
      const upload = uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
      await expect(upload).rejects.toMatchObject({ code: "ERR_REPLY" });
      expect(emulator.control.journal.entries().map(({ path }) => path)).toContain(match.path);
    });
  }

  it("a media_id that is a number is one as a text", async () => {
    const { mp, emulator } = mpInProcess();
    const body = { type: "image", media_id: 5, created_at: 1 };
    emulator.control.faults.add({ kind: "reply-json", body, match });
    const { media_id } = await uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    expect(media_id).toBe("5");
  });
});

describe("what reaches the server", () => {
  it("[2014.6] is a POST with access_token and type in its query", async () => {
    const { mp, requests } = spied();
    for (const type of TYPES) await uploadMedia(mp, { type }, await media(FILES[type].name));
    const uploads = requests.filter(({ url }) => url.pathname === "/cgi-bin/media/upload");
    expect(uploads.map(({ url }) => url.searchParams.get("type"))).toEqual(TYPES);
    for (const { method, url, contentType } of uploads) {
      expect(method).toBe("POST");
      expect([...url.searchParams.keys()]).toEqual(["access_token", "type"]);
      expect(url.searchParams.get("access_token")).not.toBe("");
      // A quoted boundary is answered 41005.
      expect(contentType).toMatch(/^multipart\/form-data; boundary=[\w-]+$/);
    }
  });

  it("[2014.8] is one form part `media` with a file name and a content type", async () => {
    const { mp, requests } = spied();
    await uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    const body = await requests.at(-1)?.text();
    const heads = body?.match(/Content-Disposition[\s\S]*?\r\n\r\n/g);
    expect(heads).toEqual([
      'Content-Disposition: form-data; name="media"; filename="cover.jpg"\r\nContent-Type: image/jpeg\r\n\r\n',
    ]);
  });

  it("goes with its length, never chunked", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("cover.jpg");
    await uploadMedia(mp, { type: "image" }, file);
    await uploadMedia(mp, { type: "image" }, await streamed(file));
    for (const { headers } of emulator.control.journal.entries()) {
      expect(headers).not.toHaveProperty("transfer-encoding");
    }
    expect(emulator.control.mpMedia.map(({ size }) => size)).toEqual([file.size, file.size]);
  });

  const names = {
    Chinese: "封面图片.jpg",
    "an emoji": "门面🏪.jpg",
    quotes: `5" 屏 'b'.jpg`,
    "a percent sign": "100%25 %.jpg",
    "dots and blanks": " a.b..c d.jpg",
    "semicolons and equals signs": "a; filename=b.jpg",
    "capitals in its extension": "COVER.JPG",
    "255 bytes": `${"长".repeat(83)}ab.jpg`,
  };
  for (const [what, name] of Object.entries(names)) {
    it(`is the file under its name: ${what}`, async () => {
      const { mp, emulator } = mpInProcess();
      const file = renamed(await media("thumb.jpg"), name);
      await uploadMedia(mp, { type: "thumb" }, file);
      // `"` goes out as %22, as in every browser's form; WeChat's own escapes are not known.
      expect(emulator.control.mpMedia[0]?.filename).toBe(name.replaceAll('"', "%22"));
      await uploadMedia(mpOverHttp(), { type: "thumb" }, file);
    });
  }

  it("[2012.1] is the file's name alone: a path is refused", async () => {
    const { mp, emulator } = mpInProcess();
    const bytes = await bytesOf((await media("cover.jpg")).stream());
    for (const name of ["@F:\\israel\\upload\\winter.jpg", "@home/israel/upload/winter.jpg"]) {
      const upload = uploadMedia(mp, { type: "image" }, createSource(bytes, { name }));
      await expect(upload).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "name" });
    }
    expect(emulator.control.journal.entries()).toEqual([]);
    await uploadMedia(mp, { type: "image" }, createSource(bytes, { name: "winter.jpg" }));
    expect(emulator.control.mpMedia[0]?.filename).toBe("winter.jpg");
  });
});

describe("the host of the documents of 2012 to 2014", () => {
  it("[2014.5] [2012.15] is spoken to over http, for uploads and downloads alone", async () => {
    const { mp, requests } = spied({ fileBaseUrl: "http://file.api.weixin.qq.com" });
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    await downloadMedia(mp, { media_id });
    expect(requests.map(({ url }) => url.origin + url.pathname)).toEqual([
      "https://api.weixin.qq.com/cgi-bin/stable_token",
      "http://file.api.weixin.qq.com/cgi-bin/media/upload",
      "http://file.api.weixin.qq.com/cgi-bin/media/get",
    ]);
  });

  it("is not used unless it is asked for", async () => {
    const { mp, requests } = spied();
    await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    for (const { url } of requests) expect(url.origin).toBe("https://api.weixin.qq.com");
  });
});

describe("a type that is not in the list", () => {
  it("[2014.7] is a TypeError that names 40004, before anything is sent", async () => {
    const { mp, emulator } = mpInProcess();
    for (const type of ["news", "", "Image", "image ", '"image"', "toString", undefined, null]) {
      const upload = uploadMedia(mp, { type: type as never }, await media("cover.jpg"));
      await expect(upload).rejects.toThrow(TypeError);
      await expect(upload).rejects.toThrow(/image, voice, video, thumb.*40004/);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("[2014.10] is answered as JSON with errcode and errmsg where it is sent", async () => {
    const { mp, emulator } = mpInProcess({}, { errmsgTail: "none" });
    const access_token = await tokenOf(mp);
    const query = new URLSearchParams({ access_token, type: "news" });
    const form = bareForm(await media("cover.jpg"), "cover.jpg");
    const reply = await emulator.fetch(`${mp.baseUrl}${match.path}?${query}`, form);
    expect([reply.status, await reply.json()]).toEqual([
      200,
      { errcode: 40004, errmsg: "invalid media type" },
    ]);
    emulator.control.faults.add({ kind: "mp-error", errcode: 40004, match });
    const upload = uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    await expect(upload).rejects.toMatchObject({
      name: "MpApiError",
      errcode: 40004,
      errmsg: "invalid media type",
      endpoint: "/cgi-bin/media/upload",
    });
  });
});

describe("progress", () => {
  it("of a file: read, then sent", async () => {
    const { mp } = mpInProcess();
    const file = await media("cover.jpg");
    const steps: UploadProgress[] = [];
    await uploadMedia(mp, { type: "image" }, file, { onProgress: (step) => steps.push(step) });
    const total = file.size;
    expect(steps).toEqual([
      { phase: "read", loaded: total, total },
      { phase: "upload", loaded: 0, total },
      { phase: "upload", loaded: total, total },
    ]);
  });

  it("of a stream: as it is passed on", async () => {
    const { mp } = mpInProcess();
    const file = await media("cover.jpg");
    const loaded: number[] = [];
    await uploadMedia(mp, { type: "image" }, await streamed(file), {
      onProgress(step) {
        expect(step).toMatchObject({ phase: "upload", total: file.size });
        loaded.push(step.loaded);
      },
    });
    expect(loaded[0]).toBe(0);
    expect(loaded.at(-1)).toBe(file.size);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
  });
});

describe("abort", () => {
  const reason = new Error("no longer wanted");

  it("before the upload: nothing is sent", async () => {
    const { mp, emulator } = mpInProcess();
    const signal = AbortSignal.abort(reason);
    const upload = uploadMedia(mp, { type: "image" }, await media("cover.jpg"), { signal });
    await expect(upload).rejects.toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("in the middle of an upload over HTTP", async () => {
    const mp = mpOverHttp();
    await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    const controller = new AbortController();
    const { signal } = controller;
    const upload = uploadMedia(
      mp,
      { type: "thumb" },
      renamed(await media("thumb.jpg"), "slow.jpg"),
      {
        signal,
        onProgress: ({ phase }) => {
          if (phase === "upload") setTimeout(() => controller.abort(reason), 10);
        },
      },
    );
    await expect(upload).rejects.toBe(reason);
  });

  it("lets go of a stream", async () => {
    const { mp } = mpInProcess();
    const file = await media("cover.jpg");
    let cancelled: unknown;
    const stream = new ReadableStream<Uint8Array>({
      pull: () => new Promise(() => undefined),
      cancel(why) {
        cancelled = why;
      },
    });
    const controller = new AbortController();
    const { signal } = controller;
    const input = { name: "cover.jpg", size: file.size, stream };
    const upload = uploadMedia(mp, { type: "image" }, input, { signal });
    setTimeout(() => controller.abort(reason), 10);
    await expect(upload).rejects.toBe(reason);
    expect(cancelled).toBe(reason);
  });
});

describe("a stream that is passed on", () => {
  for (const type of TYPES) {
    it(`${type} arrives over HTTP and in process, with and without its SHA-256`, async () => {
      const file = await media(FILES[type].name);
      const sha256 = await digest(file, "SHA-256");
      for (const change of [{}, { sha256 }]) {
        const { media_id } = await uploadMedia(
          mpOverHttp(),
          { type },
          await streamed(file, change),
        );
        expect(media_id).toMatch(MEDIA_ID);
        const { mp, emulator } = mpInProcess();
        await uploadMedia(mp, { type }, await streamed(file, change));
        expect(emulator.control.mpMedia[0]).toMatchObject({ sha256, filename: file.name });
      }
    });
  }

  it("that is not what was announced leaves nothing behind", async () => {
    const file = await media("picture-1.jpg");
    for (const change of [
      { size: file.size + 1 },
      { size: file.size - 1 },
      { sha256: "0".repeat(64) },
    ]) {
      const { mp, emulator } = mpInProcess();
      const upload = uploadMedia(mp, { type: "image" }, await streamed(file, change));
      await expect(upload).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
      expect(emulator.control.mpMedia).toEqual([]);
      const over = uploadMedia(mpOverHttp(), { type: "image" }, await streamed(file, change));
      await expect(over).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "changed" });
    }
  });

  it("is sent once only, and says so where its token was refused", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("cover.jpg");
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    const busy = uploadMedia(mp, { type: "image" }, await streamed(file));
    await expect(busy).rejects.toMatchObject({ errcode: -1 });
    emulator.control.faults.add({ kind: "mp-error", errcode: 42001, match });
    const stale = uploadMedia(mp, { type: "image" }, await streamed(file));
    await expect(stale).rejects.toThrow(/42001.*call again with the file/);
    const uploads = emulator.control.journal
      .entries()
      .filter(({ path }) => path.endsWith("upload"));
    expect(uploads.length).toBe(2);
  });
});

describe("trouble on the way", () => {
  it("-1 and a lost reply are tried again: a second copy harms nobody", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    emulator.control.faults.add({ kind: "cut", at: "before", match, skip: 1 });
    const { media_id } = await uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    expect(media_id).toMatch(MEDIA_ID);
    expect(pauses.length).toBe(2);
    expect(emulator.control.mpMedia.length).toBe(2);
  });

  it("a connection that is always cut is a NetworkError", async () => {
    const upload = uploadMedia(
      mpOverHttp(),
      { type: "thumb" },
      renamed(await media("thumb.jpg"), "cut-before.jpg"),
    );
    await expect(upload).rejects.toMatchObject({ code: "ERR_NETWORK" });
  });

  it("the day's quota is not asked for again", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    emulator.control.faults.add({ kind: "mp-error", errcode: 45009, match });
    const upload = uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    await expect(upload).rejects.toMatchObject({ errcode: 45009 });
    expect(pauses).toEqual([]);
  });
});

function fileOf(download: DownloadedFile | VideoAddress): DownloadedFile {
  if (download.kind === "file") return download;
  throw new Error("An address came in place of a file.");
}

function addressOf(download: DownloadedFile | VideoAddress): VideoAddress {
  if (download.kind === "video_url") return download;
  throw new Error("A file came in place of an address.");
}

async function bytesOf(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  return new Uint8Array(await new Response(body as BodyInit | null).arrayBuffer());
}

async function streamed(file: File, change: Partial<StreamInput> = {}): Promise<StreamInput> {
  let at = 0;
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (at >= file.size) return controller.close();
      const chunk = file.slice(at, at + 10_000);
      at += 10_000;
      controller.enqueue(new Uint8Array(await chunk.arrayBuffer()));
    },
  });
  return { name: file.name, size: file.size, stream, ...change };
}

interface SeenRequest {
  readonly method: string | undefined;
  readonly url: URL;
  readonly contentType: string | null;
  text(): Promise<string>;
}

/** A client in process whose requests and JSON replies are kept. */
function spied(options: Partial<Parameters<typeof createMpClient>[0]> = {}) {
  const requests: SeenRequest[] = [];
  const replies: unknown[] = [];
  const { emulator } = mpInProcess();
  const mp = createMpClient({
    ...credentials.mp,
    ...options,
    async fetch(input, init) {
      const body = init?.body as Blob | null;
      requests.push({
        method: init?.method,
        url: new URL(input),
        contentType: new Headers(init?.headers).get("content-type"),
        text: () => new Response(body).text(),
      });
      const reply = await emulator.fetch(input, init);
      replies.push(
        await reply
          .clone()
          .json()
          .catch(() => undefined),
      );
      return reply;
    },
  });
  return { mp, emulator, requests, replies };
}
