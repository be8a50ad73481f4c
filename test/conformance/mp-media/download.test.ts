import { createMpClient, type MpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  type DownloadedFile,
  downloadJssdkVoice,
  downloadMedia,
  uploadMedia,
  type VideoAddress,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { answered, bytesOf, fileOf, textReply } from "../../support/downloads.ts";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp, tokenOf } from "../../support/mp.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";

const PATH = "/cgi-bin/media/get";

const download = (reply: () => Response) => downloadMedia(answered(reply), { media_id: "m" });

describe("what is asked", () => {
  it("[2014.16] is a GET with access_token and media_id in its query", async () => {
    const seen: { url: URL; method: string; body: unknown }[] = [];
    const mp = createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: () => "token-of-the-test",
      async fetch(url, { method, body }) {
        seen.push({ url: new URL(url), method, body });
        return new Response(await bytesOf(await media("thumb.jpg")));
      },
    });
    await downloadMedia(mp, { media_id: "a-_b" });
    expect(seen.map(({ url }) => url.href)).toEqual([
      "https://api.weixin.qq.com/cgi-bin/media/get?access_token=token-of-the-test&media_id=a-_b",
    ]);
    expect(seen[0]).toMatchObject({ method: "GET", body: null });
  });
});

describe("what is answered for a file", () => {
  it("[2014.18] has the documented headers", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("cover.jpg");
    const { media_id } = await uploadMedia(mp, { type: "image" }, file);
    const reply = await emulator.fetch(await addressOf(mp, media_id));
    expect(reply.status).toBe(200);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "content-disposition": `attachment; filename="${media_id}.jpg"`,
      "cache-control": "no-cache, must-revalidate",
      "content-length": String(file.size),
    });
  });

  it("[2014.19] has the same headers and no body for HEAD", async () => {
    const mp = mpOverHttp();
    const file = await media("cover.jpg");
    const { media_id } = await uploadMedia(mp, { type: "image" }, file);
    const url = await addressOf(mp, media_id);
    const [get, head] = [await fetch(url), await fetch(url, { method: "HEAD" })];
    for (const name of ["content-type", "content-disposition", "content-length"]) {
      expect(head.headers.get(name)).toBe(get.headers.get(name));
    }
    expect((await get.arrayBuffer()).byteLength).toBe(file.size);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
  });

  it("[2012.10] of a picture: image/jpeg, as it was", async () => {
    const { mp } = mpInProcess();
    const file = await media("cover.jpg");
    const { media_id } = await uploadMedia(mp, { type: "image" }, file);
    const picture = fileOf(await downloadMedia(mp, { media_id }));
    expect(picture).toMatchObject({ name: `${media_id}.jpg`, type: "image/jpeg" });
    expectSameBytes(await bytesOf(picture.body), await bytesOf(file));
  });

  it("[2012.17] is as long as it says", async () => {
    const mp = mpOverHttp();
    for (const [type, name] of [
      ["image", "cover.jpg"],
      ["voice", "voice.amr"],
      ["voice", "voice.mp3"],
      ["thumb", "thumb.jpg"],
    ] as const) {
      const { media_id } = await uploadMedia(mp, { type }, await media(name));
      const file = fileOf(await downloadMedia(mp, { media_id }));
      const { length } = await bytesOf(file.body);
      // A page of another origin cannot know whether the length is that of the file.
      const reply = await fetch(await addressOf(mp, media_id));
      expect((await reply.arrayBuffer()).byteLength).toBe(length);
      expect(file.size).toBe(reply.type === "cors" ? undefined : length);
    }
  });

  it("of JSSDK: what a page recorded", async () => {
    const { mp, emulator } = mpInProcess();
    const media_id = emulator.control.userSends({ type: "voice" });
    const voice = fileOf(await downloadJssdkVoice(mp, { media_id }));
    expect(voice).toMatchObject({ type: "voice/speex", name: `${media_id}.speex` });
    expect((await bytesOf(voice.body)).length).toBe(voice.size);
    const unknown = downloadJssdkVoice(mp, { media_id: "unknown" });
    await expect(unknown).rejects.toMatchObject({
      errcode: 40007,
      endpoint: "/cgi-bin/media/get/jssdk",
    });
  });

  it("is known by its bytes, though it is sent as text/plain", async () => {
    const mp = mpOverHttp();
    const file = renamed(await media("cover.jpg"), "get-as-text.jpg");
    const { media_id } = await uploadMedia(mp, { type: "image" }, file);
    const picture = fileOf(await downloadMedia(mp, { media_id }));
    expect(picture.type).toBe("image/jpeg");
    expectSameBytes(await bytesOf(picture.body), await bytesOf(file));
  });

  it("comes whole in chunks of any size", async () => {
    const small = await bytesOf(await media("thumb.jpg"));
    const large = await bytesOf(await media("cover.jpg"));
    for (const [bytes, size] of [
      [small, 1],
      [small, 7],
      [large, 4100],
      [large, 4101],
      [large, 65_536],
      [large, large.length],
    ] as const) {
      const file = fileOf(await download(() => new Response(chunked(bytes, size))));
      expect(file).toMatchObject({ type: "image/jpeg" });
      expect(file).not.toHaveProperty("size");
      expectSameBytes(await bytesOf(file.body), bytes);
    }
  });
});

describe("what is answered for a video", () => {
  it("[2014.17] [2012.14] is an address now, and was a refusal before", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("clip.mp4");
    const { media_id } = await uploadMedia(mp, { type: "video" }, file);
    const { video_url } = urlOf(await downloadMedia(mp, { media_id }));
    expectSameBytes(await bytesOf((await emulator.fetch(video_url)).body), await bytesOf(file));
    const { mp: before } = mpInProcess({}, { videoDownload: "refuse" });
    const uploaded = await uploadMedia(before, { type: "video" }, file);
    const refused = downloadMedia(before, { media_id: uploaded.media_id });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
  });

  it("may be the video itself", async () => {
    const { mp } = mpInProcess({}, { videoDownload: "stream" });
    const file = await media("clip.mp4");
    const { media_id } = await uploadMedia(mp, { type: "video" }, file);
    const video = fileOf(await downloadMedia(mp, { media_id }));
    expect(video).toMatchObject({ type: "video/mp4", name: `${media_id}.mp4` });
    expectSameBytes(await bytesOf(video.body), await bytesOf(file));
  });
});

describe("a media_id that is no good", () => {
  const refused = async (mp: MpClient, media_id: string) => {
    const error: unknown = await downloadMedia(mp, { media_id }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: "MpApiError",
      errcode: 40007,
      errmsg: "invalid media_id",
      endpoint: PATH,
    });
    expect(String(error)).toMatch(/expires after 3 days, and none works in another account/);
  };

  it("[2014.20] unknown: 40007 as JSON under 200", async () => {
    const { mp, emulator } = mpInProcess({}, { errmsgTail: "none" });
    await refused(mp, "unknown");
    const reply = await emulator.fetch(await addressOf(mp, "unknown"));
    expect([reply.status, await reply.json()]).toEqual([
      200,
      { errcode: 40007, errmsg: "invalid media_id" },
    ]);
    await refused(mpOverHttp(), "unknown");
  });
});

describe("an error that looks like a file", () => {
  const errors: Readonly<Record<string, () => Response>> = {
    "of type image/jpeg": () => textReply(ERROR, "image/jpeg"),
    "with a file name": () =>
      new Response(ERROR, {
        headers: { "content-disposition": 'attachment; filename="m.jpg"' },
      }),
    "behind blanks": () => textReply(` \r\n${ERROR}`, "text/plain"),
    "behind a byte order mark": () => textReply(`\ufeff${ERROR}`, "text/plain"),
    "byte by byte": () => new Response(chunked(new TextEncoder().encode(ERROR), 1)),
    "of 60 KB, behind a blank": () =>
      textReply(
        ` {"padding":"${"x".repeat(60_000)}",${ERROR.slice(1)}`,
        "application/octet-stream",
      ),
    "with errcode as a string": () => textReply('{"errcode":"40007","errmsg":"x"}', "image/jpeg"),
  };
  for (const [what, reply] of Object.entries(errors)) {
    it(`${what} is an MpApiError`, async () => {
      await expect(download(reply)).rejects.toMatchObject({ code: "ERR_MP_API", errcode: 40007 });
    });
  }

  it("over HTTP, of type image/jpeg, is an MpApiError", async () => {
    const mp = mpOverHttp();
    const file = renamed(await media("thumb.jpg"), "get-error.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    await expect(downloadMedia(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
  });
});

describe("what is neither a file nor WeChat's", () => {
  it("a captive portal over HTTP is a ReplyError", async () => {
    const mp = mpOverHttp();
    const file = renamed(await media("thumb.jpg"), "get-portal.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    await expect(downloadMedia(mp, { media_id })).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  it("nothing at all under 200 is a ReplyError", async () => {
    const refused = download(() => new Response(new Uint8Array()));
    await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status: 200 });
    await expect(refused).rejects.toThrow(/an empty body/);
    const mp = mpOverHttp();
    const file = renamed(await media("thumb.jpg"), "get-empty.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    await expect(downloadMedia(mp, { media_id })).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  it("is let go of", async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new TextEncoder().encode("<html>".repeat(1000))),
      cancel() {
        cancelled = true;
      },
    });
    await expect(download(() => new Response(body))).rejects.toMatchObject({ code: "ERR_REPLY" });
    expect(cancelled).toBe(true);
  });
});

describe("a download that breaks off", () => {
  // Some runtimes drop what has come where the connection is lost at once: it is asked for again then.
  const outcome = async (mp: MpClient, media_id: string): Promise<unknown> => {
    try {
      const { body } = fileOf(await downloadMedia(mp, { media_id }));
      return (await bytesOf(body)).length;
    } catch (error) {
      return error;
    }
  };

  for (const name of [
    "get-cut-before.jpg",
    "get-cut-headers.jpg",
    "get-cut-body.jpg",
    "get-truncated.jpg",
  ]) {
    it(`${name} over HTTP is a NetworkError, never a short file`, async () => {
      const mp = mpOverHttp();
      const outcomes = ["cover.jpg", "thumb.jpg", "picture-1.jpg"].map(async (source) => {
        const file = renamed(await media(source), name);
        const { media_id } = await uploadMedia(mp, { type: "image" }, file);
        return outcome(mp, media_id);
      });
      for (const each of await Promise.all(outcomes)) {
        expect(each).toMatchObject({ code: "ERR_NETWORK" });
      }
    });
  }

  it("in the middle: the reader has what came, then a NetworkError", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    const headers = { "content-length": String(bytes.length + 1) };
    const file = fileOf(await download(() => new Response(chunked(bytes, 10_000), { headers })));
    expect(file.size).toBe(bytes.length + 1);
    const reader = file.body.getReader();
    let read = 0;
    const error: unknown = await (async () => {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return "a short file";
        read += value.length;
      }
    })().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "ERR_NETWORK" });
    expect(String(error)).toMatch(/ended after 38689 of 38690 bytes/);
    expect(read).toBe(bytes.length);
  });

  it("with its first bytes is asked for again", async () => {
    const bytes = await bytesOf(await media("thumb.jpg"));
    let asked = 0;
    const mp = answered(() => {
      asked += 1;
      const headers = { "content-length": String(bytes.length) };
      return new Response(asked === 1 ? bytes.slice(0, 2000) : bytes, { headers });
    });
    const file = fileOf(await downloadMedia(mp, { media_id: "m" }));
    expectSameBytes(await bytesOf(file.body), bytes);
    expect(asked).toBe(2);
  });

  it("by an error of the transport is a NetworkError without the token", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    let sent = false;
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (sent)
            controller.error(new TypeError("lost https://x/?access_token=token-of-the-test"));
          else controller.enqueue(bytes);
          sent = true;
        },
      },
      { highWaterMark: 0 },
    );
    const file = fileOf(await download(() => new Response(body)));
    const error: unknown = await bytesOf(file.body).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "ERR_NETWORK" });
    const told = [error, (error as Error).cause].map(String).join(" ");
    expect(told).toMatch(/access_token=\*\*\*/);
    expect(told).not.toContain("token-of-the-test");
  });
});

describe("a length that counts other bytes", () => {
  it("of a reply that came compressed is not asked of what was unpacked", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    for (const length of [10, bytes.length + 100]) {
      const headers = { "content-length": String(length), "content-encoding": "gzip" };
      const file = fileOf(await download(() => new Response(bytes, { headers })));
      expect(file).not.toHaveProperty("size");
      expectSameBytes(await bytesOf(file.body), bytes);
    }
  });

  it("of a reply of another origin may: whether it came compressed is hidden from a page", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    for (const length of [10, bytes.length, bytes.length + 100]) {
      const reply = () => {
        const headers = { "content-length": String(length) };
        return Object.defineProperty(new Response(bytes, { headers }), "type", { value: "cors" });
      };
      const file = fileOf(await download(reply));
      expect(file).not.toHaveProperty("size");
      expectSameBytes(await bytesOf(file.body), bytes);
    }
  });

  it("or none", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    for (const length of ["", "many", "-1", "1e9", "5, 6"]) {
      const headers = { "content-length": length };
      const file = fileOf(await download(() => new Response(bytes, { headers })));
      expect(file).not.toHaveProperty("size");
      expectSameBytes(await bytesOf(file.body), bytes);
    }
  });
});

describe("abort", () => {
  const reason = new Error("no longer wanted");

  it("before the download: nothing is sent", async () => {
    const { mp, emulator } = mpInProcess();
    const signal = AbortSignal.abort(reason);
    await expect(downloadMedia(mp, { media_id: "m" }, { signal })).rejects.toBe(reason);
    expect(emulator.control.journal.entries()).toEqual([]);
  });

  it("before the reply, over HTTP", async () => {
    const mp = mpOverHttp();
    const file = renamed(await media("thumb.jpg"), "get-slow.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    const controller = new AbortController();
    const { signal } = controller;
    const refused = downloadMedia(mp, { media_id }, { signal });
    setTimeout(() => controller.abort(reason), 20);
    await expect(refused).rejects.toBe(reason);
  });

  it("in the middle of the body: reading it rejects, whether fetch listens or not", async () => {
    const { mp: inProcess, emulator } = mpInProcess();
    const generated = emulator.control.userSends({ type: "image", size: 50_000_000 });
    const overHttp = mpOverHttp();
    const file = await media("picture-1.jpg");
    const { media_id } = await uploadMedia(overHttp, { type: "image" }, file);
    for (const [mp, id] of [
      [inProcess, generated],
      [overHttp, media_id],
    ] as const) {
      const controller = new AbortController();
      const { signal } = controller;
      const { body } = fileOf(await downloadMedia(mp, { media_id: id }, { signal }));
      const reader = body.getReader();
      expect((await reader.read()).done).toBe(false);
      controller.abort(reason);
      await expect(reader.read()).rejects.toBe(reason);
      await expect(reader.read()).rejects.toBe(reason);
    }
    const [entry] = emulator.control.journal.entries().filter(({ path }) => path === PATH);
    expect(entry?.sentBytes).toBeLessThan(1_000_000);
  });

  it("before the body is read: not even the bytes that are there, and the reply is let go of", async () => {
    let cancelled: unknown;
    const bytes = await bytesOf(await media("cover.jpg"));
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(bytes),
      cancel(why) {
        cancelled = why;
      },
    });
    const controller = new AbortController();
    const { signal } = controller;
    const mp = answered(() => new Response(body));
    const file = fileOf(await downloadMedia(mp, { media_id: "m" }, { signal }));
    controller.abort(reason);
    await expect(file.body.getReader().read()).rejects.toBe(reason);
    expect(cancelled).toBe(reason);
  });

  it("by cancelling the body lets go of the reply", async () => {
    let cancelled: unknown;
    const chunk = new Uint8Array(10_000);
    chunk.set([0xff, 0xd8, 0xff]);
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(chunk),
      cancel(why) {
        cancelled = why;
      },
    });
    const file = fileOf(await download(() => new Response(body)));
    await file.body.cancel(reason);
    expect(cancelled).toBe(reason);
  });

  it("by the clock: a reply that does not come, and a body that stops coming, are TimeoutErrors", async () => {
    const never = createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: () => "token-of-the-test",
      timeout: 20,
      retry: false,
      fetch: () => new Promise(() => undefined),
    });
    const refused = downloadMedia(never, { media_id: "m" });
    await expect(refused).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
    const bytes = await bytesOf(await media("thumb.jpg"));
    let sent = false;
    const stalled = createMpClient({
      appid: credentials.mp.appid,
      getAccessToken: () => "token-of-the-test",
      timeout: 20,
      retry: false,
      async fetch() {
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent) return new Promise(() => undefined);
            sent = true;
            return controller.enqueue(bytes);
          },
        });
        return new Response(body);
      },
    });
    const file = fileOf(await downloadMedia(stalled, { media_id: "m" }));
    await expect(bytesOf(file.body)).rejects.toMatchObject({ code: "ERR_TIMEOUT" });
  });
});

describe("a paused reader", () => {
  it("of 100 MB lets no 4 MB pile up ahead of it", async () => {
    const { mp, emulator } = mpInProcess();
    const media_id = emulator.control.userSends({ type: "image", size: 100_000_000 });
    const { body } = fileOf(await downloadMedia(mp, { media_id }));
    const reader = body.getReader();
    let consumed = 0;
    for (const bytes of [1, 1_000_000, 6_000_000]) {
      while (consumed < bytes) consumed += (await reader.read()).value?.length ?? 0;
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
      const sent = emulator.control.journal.entries().at(-1)?.sentBytes ?? 0;
      expect(sent).toBeGreaterThanOrEqual(consumed);
      expect(sent - consumed).toBeLessThan(4_000_000);
    }
    await reader.cancel();
  });
});

const ERROR = '{"errcode":40007,"errmsg":"invalid media_id"}';

function chunked(bytes: Uint8Array, size: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(new Uint8Array(bytes.subarray(at, at + size)));
      at += size;
    },
  });
}

async function addressOf(mp: MpClient, media_id: string): Promise<string> {
  const query = new URLSearchParams({ access_token: await tokenOf(mp), media_id });
  return `${mp.baseUrl}${PATH}?${query}`;
}

function urlOf(result: DownloadedFile | VideoAddress): VideoAddress {
  if (result.kind === "video_url") return result;
  throw new Error("A file came in place of an address.");
}
