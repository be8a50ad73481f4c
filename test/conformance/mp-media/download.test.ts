import { createMpClient, inspect, type MpClient } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  type DownloadedFile,
  downloadJssdkVoice,
  downloadMedia,
  uploadMedia,
  type VideoAddress,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp, tokenOf } from "../../support/mp.ts";

const PATH = "/cgi-bin/media/get";
const match = { path: PATH };
const DAY_MS = 86_400_000;

/** A client that is answered this to whatever it asks. */
function answered(reply: () => Response): MpClient & { asked(): number } {
  let asked = 0;
  const mp = createMpClient({
    appid: credentials.mp.appid,
    getAccessToken: () => "token-of-the-test",
    sleep: async () => undefined,
    async fetch() {
      asked += 1;
      return reply();
    },
  });
  return Object.assign(mp, { asked: () => asked });
}

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

  it("is a media_id, or a TypeError", async () => {
    const { mp, emulator } = mpInProcess();
    for (const media_id of ["", undefined, null, 5]) {
      const refused = downloadMedia(mp, { media_id: media_id as never });
      await expect(refused).rejects.toThrow(/media_id must be a string/);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
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
    expect(await bytesOf(picture.body)).toEqual(await bytesOf(file));
  });

  it("[2012.13] of a thumb: image/jpeg, as it was", async () => {
    const { mp } = mpInProcess();
    const file = await media("thumb.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    const thumb = fileOf(await downloadMedia(mp, { media_id }));
    expect(thumb).toMatchObject({ name: `${media_id}.jpg`, type: "image/jpeg" });
    expect(await bytesOf(thumb.body)).toEqual(await bytesOf(file));
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

  it("comes of a follower too", async () => {
    const { mp, emulator } = mpInProcess();
    const bytes = await bytesOf(await media("voice.amr"));
    const media_id = emulator.control.userSends({ type: "voice", bytes });
    const file = fileOf(await downloadMedia(mp, { media_id }));
    expect(file).toMatchObject({ type: "audio/amr", size: bytes.length });
    expect(await bytesOf(file.body)).toEqual(bytes);
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
    expect(await bytesOf(picture.body)).toEqual(await bytesOf(file));
  });

  it("of a format that is not known here is of the type WeChat names", async () => {
    const bytes = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
    const headers = { "content-type": "voice/speex; rate=16000" };
    const file = fileOf(await download(() => new Response(bytes, { headers })));
    expect(file).toMatchObject({ type: "voice/speex", name: "m" });
    expect(await bytesOf(file.body)).toEqual(bytes);
  });

  for (const [what, text] of Object.entries({
    "{": "{",
    "blanks and {": " \r\n\t{ no JSON",
    "{ and a quote": '{"errcod',
  })) {
    it(`may begin with ${what}`, async () => {
      for (const rest of [0, 4000, 70_000]) {
        const bytes = new Uint8Array(text.length + rest).fill(0xab);
        bytes.set(new TextEncoder().encode(text));
        const headers = { "content-type": "voice/speex", "content-length": String(bytes.length) };
        const file = fileOf(await download(() => new Response(bytes, { headers })));
        expect(await bytesOf(file.body)).toEqual(bytes);
      }
    });
  }

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
      expect(await bytesOf(file.body)).toEqual(bytes);
    }
  });
});

describe("what is answered for a video", () => {
  it("[2014.17] [2012.14] is an address now, and was a refusal before", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("clip.mp4");
    const { media_id } = await uploadMedia(mp, { type: "video" }, file);
    const { video_url } = urlOf(await downloadMedia(mp, { media_id }));
    expect(await bytesOf((await emulator.fetch(video_url)).body)).toEqual(await bytesOf(file));
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
    expect(await bytesOf(video.body)).toEqual(await bytesOf(file));
  });

  for (const video_url of [undefined, null, "", 5, {}]) {
    it(`is no address where it is ${JSON.stringify(video_url)}`, async () => {
      const refused = download(() => Response.json({ video_url }));
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
      await expect(refused).rejects.toThrow(/JSON but has no video_url/);
    });
  }
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

  it("[2014.2] [2012.8] expired: three days after it was uploaded", async () => {
    let time = 1_389_793_969_000;
    const now = () => time;
    const { mp } = mpInProcess({ now }, { now });
    const file = await media("thumb.jpg");
    const { media_id, expiresAt } = await uploadMedia(mp, { type: "thumb" }, file);
    time = expiresAt * 1000 - 1000;
    expect(fileOf(await downloadMedia(mp, { media_id })).size).toBe(file.size);
    time += 1000;
    await refused(mp, media_id);
  });

  it("[2014.3] expired: three days after a follower sent it", async () => {
    let time = 1_389_793_969_000;
    const now = () => time;
    const { mp, emulator } = mpInProcess({ now }, { now });
    const media_id = emulator.control.userSends({ type: "image" });
    time += 3 * DAY_MS - 1000;
    expect(fileOf(await downloadMedia(mp, { media_id })).type).toBe("image/jpeg");
    time += 1000;
    await refused(mp, media_id);
  });

  it("of another account", async () => {
    const other = { appid: "wx0123456789abcdef", secret: "another-secret" };
    const { mp, emulator } = mpInProcess({}, { accounts: [other] });
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    await refused(createMpClient({ ...other, fetch: emulator.fetch }), media_id);
    expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
  });
});

describe("an error that looks like a file", () => {
  const errors: Readonly<Record<string, () => Response>> = {
    "of type image/jpeg": () => json(ERROR, "image/jpeg"),
    "with a file name": () =>
      new Response(ERROR, {
        headers: { "content-disposition": 'attachment; filename="m.jpg"' },
      }),
    "behind blanks": () => json(` \r\n${ERROR}`, "text/plain"),
    "behind a byte order mark": () => json(`\ufeff${ERROR}`, "text/plain"),
    "byte by byte": () => new Response(chunked(new TextEncoder().encode(ERROR), 1)),
    "of 60 KB, behind a blank": () =>
      json(` {"padding":"${"x".repeat(60_000)}",${ERROR.slice(1)}`, "application/octet-stream"),
    "with errcode as a string": () => json('{"errcode":"40007","errmsg":"x"}', "image/jpeg"),
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

  it("that was cut is a ReplyError, and no file", async () => {
    for (const type of ["image/jpeg", "text/plain", "application/json"]) {
      const refused = download(() => json(ERROR.slice(0, 20), type));
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
  });

  it("about the token gets another token, and the file", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("thumb.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    expect(fileOf(await downloadMedia(mp, { media_id })).size).toBe(file.size);
    expect(emulator.control.tokens.calls(mp.appid).stable).toBe(2);
  });

  it("about a busy server is asked again", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match });
    expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
    expect(pauses.length).toBe(1);
  });

  it("that is almost JSON is read as well", async () => {
    const raw = '{"errcode":40007,"errmsg":"invalid\tmedia_id\u0000 rid: 1-2-3"}\u0000';
    const error: unknown = await download(() => json(raw, "image/jpeg")).catch((thrown) => thrown);
    expect(error).toMatchObject({ errcode: 40007, rid: "1-2-3" });
  });

  it("never shows the token", async () => {
    const echo = JSON.stringify({ errcode: 40001, errmsg: "bad token-of-the-test, sorry" });
    const error: unknown = await download(() => json(echo, "text/plain")).catch((thrown) => thrown);
    expect(error).toMatchObject({ errcode: 40001, errmsg: "bad ***, sorry" });
  });
});

describe("what is neither a file nor WeChat's", () => {
  const pages: Readonly<Record<string, string>> = {
    "a page": "<!DOCTYPE html><html><body>Log in</body></html>",
    "a page in small letters, behind blanks": "\r\n  <html><head></head></html>",
    "a page that begins with a script": "<script>location = 'https://portal.example'</script>",
    "a page that begins with a comment": "<!-- portal --><html></html>",
    XML: '<?xml version="1.0"?><error/>',
    "a long page": `<html>${"x".repeat(10_000)}</html>`,
  };
  for (const [what, text] of Object.entries(pages)) {
    it(`${what}, of whatever type, is a ReplyError`, async () => {
      for (const type of ["text/html; charset=utf-8", "image/jpeg", "application/octet-stream"]) {
        const refused = download(() => json(text, type));
        await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status: 200 });
        await expect(refused).rejects.toThrow(/captive portal/);
      }
    });
  }

  it("a captive portal over HTTP is a ReplyError", async () => {
    const mp = mpOverHttp();
    const file = renamed(await media("thumb.jpg"), "get-portal.jpg");
    const { media_id } = await uploadMedia(mp, { type: "thumb" }, file);
    await expect(downloadMedia(mp, { media_id })).rejects.toMatchObject({ code: "ERR_REPLY" });
  });

  it("text that names itself so is a ReplyError", async () => {
    const refused = download(() => json("404 page not found", "text/plain"));
    await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY" });
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

  for (const status of [403, 404, 412]) {
    it(`status ${status} is a ReplyError, asked once`, async () => {
      const mp = answered(() => new Response("<html></html>", { status }));
      const refused = downloadMedia(mp, { media_id: "m" });
      await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status });
      expect(mp.asked()).toBe(1);
    });
  }

  it("a picture under status 500 is a ReplyError, asked again", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    const mp = answered(() => new Response(bytes, { status: 500 }));
    const refused = downloadMedia(mp, { media_id: "m" });
    await expect(refused).rejects.toMatchObject({ code: "ERR_REPLY", status: 500 });
    expect(mp.asked()).toBe(3);
  });

  it("an error under status 500 keeps its errcode", async () => {
    const refused = download(() => new Response(ERROR, { status: 500 }));
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
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
      for (const source of ["cover.jpg", "thumb.jpg", "picture-1.jpg"]) {
        const file = renamed(await media(source), name);
        const { media_id } = await uploadMedia(mp, { type: "image" }, file);
        expect(await outcome(mp, media_id)).toMatchObject({ code: "ERR_NETWORK" });
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
    expect(await bytesOf(file.body)).toEqual(bytes);
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
      expect(await bytesOf(file.body)).toEqual(bytes);
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
      expect(await bytesOf(file.body)).toEqual(bytes);
    }
  });

  it("or none", async () => {
    const bytes = await bytesOf(await media("cover.jpg"));
    for (const length of ["", "many", "-1", "1e9", "5, 6"]) {
      const headers = { "content-length": length };
      const file = fileOf(await download(() => new Response(bytes, { headers })));
      expect(file).not.toHaveProperty("size");
      expect(await bytesOf(file.body)).toEqual(bytes);
    }
  });
});

describe("[2012.16] the name of a file is safe to create one by", () => {
  const LONG = "n".repeat(300);
  const names: Readonly<Record<string, readonly [disposition: string, name: string]>> = {
    "as documented": ['attachment; filename="MEDIA_ID.jpg"', "MEDIA_ID.jpg"],
    "without quotes": ["attachment; filename=MEDIA_ID.jpg", "MEDIA_ID.jpg"],
    "in capitals": ['ATTACHMENT; FILENAME="a.jpg"', "a.jpg"],
    "with an escaped quote": ['attachment; filename="a\\"b.jpg"', "a_b.jpg"],
    "a path": ['attachment; filename="/etc/passwd"', "passwd"],
    "a path of Windows": ['attachment; filename="C:\\\\Windows\\\\a.jpg"', "a.jpg"],
    "a path of Windows, not escaped": [
      'attachment; filename="C:\\Windows\\a.jpg"',
      "C_Windowsa.jpg",
    ],
    "../../": ['attachment; filename="../../a.jpg"', "a.jpg"],
    "..\\": ['attachment; filename="..\\\\..\\\\a.jpg"', "a.jpg"],
    "dots at the front": ['attachment; filename="...a.jpg"', "a.jpg"],
    "a hidden file": ['attachment; filename=".bashrc"', "bashrc"],
    "blanks and dots around": ['attachment; filename=" . a.jpg. "', "a.jpg"],
    "a tab": ['attachment; filename="a\tb.jpg"', "a_b.jpg"],
    "what Windows forbids": ['attachment; filename="a<b>c:d|e?f*.jpg"', "a_b_c_d_e_f_.jpg"],
    "a device of Windows": ['attachment; filename="CON.jpg"', "_CON.jpg"],
    "another device": ['attachment; filename="lpt1"', "_lpt1"],
    "a name that only begins like a device": ['attachment; filename="console.jpg"', "console.jpg"],
    "C1 controls": ['attachment; filename="a\u0085b.jpg"', "a_b.jpg"],
    "over 250 bytes": [`attachment; filename="${LONG}.jpg"`, `${LONG.slice(0, 246)}.jpg`],
    "a dot where a long one is cut": [
      `attachment; filename="${"a".repeat(50)}.${"b".repeat(249)}"`,
      "b".repeat(249),
    ],
    "beside another field": ['attachment; name="filename=evil.sh"; filename="a.jpg"', "a.jpg"],
  };
  for (const [what, [disposition, name]] of Object.entries(names)) {
    it(what, async () => {
      const bytes = await bytesOf(await media("thumb.jpg"));
      const headers = { "content-disposition": disposition };
      expect(fileOf(await download(() => new Response(bytes, { headers }))).name).toBe(name);
    });
  }

  const MISSING = [
    undefined,
    "",
    "attachment",
    "inline",
    'attachment; filename=""',
    'attachment; filename="../../.."',
    'attachment; filename="/"',
    'attachment; filename="not closed',
    "attachment; filename*=UTF-8''a.jpg",
  ];
  it("the media_id where the reply has no name", async () => {
    const bytes = await bytesOf(await media("thumb.jpg"));
    for (const disposition of MISSING) {
      const headers = { ...(disposition !== undefined && { "content-disposition": disposition }) };
      const mp = answered(() => new Response(bytes, { headers }));
      const file = fileOf(await downloadMedia(mp, { media_id: "QQ9nj-7ctrqA8t3WKU3dQN24IuFV" }));
      expect(file.name).toBe("QQ9nj-7ctrqA8t3WKU3dQN24IuFV.jpg");
    }
    // It begins with a tag.
    const sound = await bytesOf(await media("voice.mp3"));
    for (const type of ["audio/mp3", "audio/mpeg", "text/plain", "application/octet-stream"]) {
      const mp = answered(() => new Response(sound, { headers: { "content-type": type } }));
      const file = fileOf(await downloadMedia(mp, { media_id: "m" }));
      expect([file.name, file.type]).toEqual(["m.mp3", "audio/mpeg"]);
    }
  });

  it("a media_id that is not", async () => {
    const bytes = await bytesOf(await media("voice.amr"));
    for (const [media_id, name] of [
      ["../../a", "a.amr"],
      ["..", "media.amr"],
      ["a\0b", "a_b.amr"],
      ["a\u202egpj", "a_gpj.amr"],
    ] as const) {
      const mp = answered(() => new Response(bytes));
      expect(fileOf(await downloadMedia(mp, { media_id })).name).toBe(name);
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
    for (const bytes of [1, 5_000_000, 20_000_000]) {
      while (consumed < bytes) consumed += (await reader.read()).value?.length ?? 0;
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve));
      const sent = emulator.control.journal.entries().at(-1)?.sentBytes ?? 0;
      expect(sent).toBeGreaterThanOrEqual(consumed);
      expect(sent - consumed).toBeLessThan(4_000_000);
    }
    await reader.cancel();
  });
});

describe("a voice", () => {
  it("[2012.11] of MP3 comes as AMR under the name of AMR", async () => {
    const { mp } = mpInProcess();
    const file = await media("voice.mp3");
    const { media_id } = await uploadMedia(mp, { type: "voice" }, file);
    const voice = fileOf(await downloadMedia(mp, { media_id }));
    expect(voice).toMatchObject({ type: "audio/amr", name: `${media_id}.amr` });
    expect(await inspect(await bytesOf(voice.body))).toMatchObject({ format: "amr" });
  });
});

const ERROR = '{"errcode":40007,"errmsg":"invalid media_id"}';

function json(text: string, type: string): Response {
  return new Response(text, { headers: { "content-type": type } });
}

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

function fileOf(result: DownloadedFile | VideoAddress): DownloadedFile {
  if (result.kind === "file") return result;
  throw new Error("An address came in place of a file.");
}

function urlOf(result: DownloadedFile | VideoAddress): VideoAddress {
  if (result.kind === "video_url") return result;
  throw new Error("A file came in place of an address.");
}

/** By hand: in a browser a Response made of a stream has a TypeError of its own in place of the stream's error. */
async function bytesOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | Blob | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const reader = (body instanceof Blob ? body.stream() : body)?.getReader();
  while (reader !== undefined) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
  }
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
