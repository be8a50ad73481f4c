import { digest, inspect, type UploadProgress } from "@wechat-edge/core";
import {
  type DownloadedFile,
  downloadMedia,
  type StreamInput,
  uploadMedia,
  type VideoAddress,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bytesOf, fileOf } from "../../support/downloads.ts";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp } from "../../support/mp.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";
import { FILES, spied, TYPES } from "../../support/temporary-media.ts";

const PLAIN = TYPES.filter((type) => type !== "video");
const MEDIA_ID = /^[\w-]{64}$/;
const match = { path: "/cgi-bin/media/upload" };

describe("temporary media over HTTP", () => {
  for (const type of PLAIN) {
    it(`[2014.1] ${type} goes up and comes down byte for byte, by its media_id`, async () => {
      const mp = mpOverHttp();
      const file = await media(FILES[type].name);
      const { media_id } = await uploadMedia(mp, { type }, file);
      const download = fileOf(await downloadMedia(mp, { media_id }));
      expect(download.type).toBe(FILES[type].mime);
      expect(download.name).toMatch(new RegExp(`^${media_id.replace(/^[.]+/, "")}\\.\\w{3}$`));
      expectSameBytes(await bytesOf(download.body), await bytesOf(file.stream()));
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
    expectSameBytes(await bytesOf(reply.body), await bytesOf(file.stream()));
  });

  it("pictures of each format go up", async () => {
    const mp = mpOverHttp();
    for (const name of ["licence.jpg", "picture-1.jpg", "picture-2.png", "picture-3.gif"]) {
      const file = await media(name);
      const { media_id } = await uploadMedia(mp, { type: "image" }, file);
      const { body } = fileOf(await downloadMedia(mp, { media_id }));
      expectSameBytes(await bytesOf(body), await bytesOf(file.stream()));
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
  it("[2012.2] media_ids of 64 letters, digits, - and _", async () => {
    const mp = mpOverHttp();
    for (const type of TYPES) {
      const { media_id } = await uploadMedia(mp, { type }, await media(FILES[type].name));
      expect(media_id).toMatch(MEDIA_ID);
    }
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
});

function addressOf(download: DownloadedFile | VideoAddress): VideoAddress {
  if (download.kind === "video_url") return download;
  throw new Error("A file came in place of an address.");
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
