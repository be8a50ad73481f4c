import { describe, expect, it } from "vitest";
import type { Account } from "../../../src/index.ts";
import { amrSeconds } from "../../../src/mp/media/formats/amr.ts";
import { APPID, file, JPEG, mpClient, OTHER, openMp, temporary } from "../mp-client.ts";

const HOURS_72 = 72 * 3600_000;
const voice = (name: string) => ({ filename: name, bytes: file(name) });

describe("GET /cgi-bin/media/get", () => {
  it.each([
    ["image", "jpeg-1x1.jpg", "image/jpeg", "jpg"],
    ["image", "png-1x1.png", "image/png", "png"],
    ["image", "gif-87a.gif", "image/gif", "gif"],
    ["voice", "amr-12.2.amr", "audio/amr", "amr"],
    ["thumb", "jpeg-1x1.jpg", "image/jpeg", "jpg"],
  ])("answers a %s, %s, with the headers of the document", async (type, name, mime, extension) => {
    const { mp, control } = openMp();
    const uploaded = (await temporary(mp, type, voice(name))).json;
    const id = uploaded.media_id ?? uploaded.thumb_media_id;
    const { status, headers, bytes } = await mp.get(id);
    expect(status).toBe(200);
    expect(bytes.equals(file(name))).toBe(true);
    expect(Object.fromEntries(headers)).toEqual({
      "content-type": mime,
      "content-disposition": `attachment; filename="${id}.${extension}"`,
      "cache-control": "no-cache, must-revalidate",
      "content-length": String(bytes.length),
      date: new Date(control.clock.now()).toUTCString(),
    });
    const sentBytes = bytes.length;
    expect(control.journal.entries().at(-1)).toMatchObject({ filename: name, sentBytes });
  });

  it("answers HEAD with the same headers and no body", async () => {
    const { mp } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    const get = await mp.get(media_id);
    const head = await mp.api("/cgi-bin/media/get", { method: "HEAD", query: { media_id } });
    expect([...head.headers]).toEqual([...get.headers]);
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
  });

  it.each(["mp3-vbr.mp3", "mp3-59.9s.mp3", "mp3-mpeg-2.5-8k.mp3"])(
    "answers %s as AMR that lasts as long",
    async (name) => {
      const { mp, control } = openMp();
      const { media_id } = (await temporary(mp, "voice", voice(name))).json;
      const { headers, bytes } = await mp.get(media_id);
      expect(headers.get("content-type")).toBe("audio/amr");
      expect(headers.get("content-disposition")).toContain(`${media_id}.amr"`);
      expect((bytes.length - 6) % 32).toBe(0);
      expect(bytes.subarray(0, 7).toString("latin1")).toBe("#!AMR\n<");
      const seconds = { "mp3-vbr.mp3": 1.045, "mp3-59.9s.mp3": 59.904 }[name] ?? 1.152;
      expect(Math.abs(amrSeconds(bytes) - seconds)).toBeLessThanOrEqual(0.01);
      expect(control.mpMedia[0]?.bytes?.length).toBe(file(name).length);
    },
  );

  it("forgets after 72 hours", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    control.clock.advance(HOURS_72 - 1000);
    mp.use((await mp.stable()).json.access_token);
    expect((await mp.get(media_id)).errcode).toBe(0);
    control.clock.advance(1000);
    const { status, headers, json } = await mp.get(media_id);
    expect([status, headers.get("content-type")]).toEqual([200, "text/plain"]);
    expect(json.errcode).toBe(40007);
    expect(json.errmsg).toMatch(/^invalid media_id/);
  });

  it("refuses what is unknown, missing or permanent", async () => {
    const { mp } = openMp();
    expect((await mp.get("x".repeat(64))).errcode).toBe(40007);
    expect((await mp.get("")).errcode).toBe(41006);
    expect((await mp.api("/cgi-bin/media/get")).errcode).toBe(41006);
    const kept = await mp.upload("/cgi-bin/material/add_material", {}, { type: "image" });
    expect((await mp.get(kept.json.media_id)).errcode).toBe(40007);
    expect((await mp.api("/cgi-bin/media/get", { json: {} })).errcode).toBe(43001);
  });

  it("serves any host", async () => {
    const { mp, emulator } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    const old = mpClient(emulator.fetch, { origin: "http://file.api.weixin.qq.com" });
    expect((await old.get(media_id)).bytes.equals(JPEG)).toBe(true);
  });
});

describe("the download of a video", () => {
  const uploaded = async (videoDownload?: "url" | "stream" | "refuse") => {
    const opened = openMp(videoDownload && { videoDownload });
    const { json } = await temporary(opened.mp, "video", voice("mp4.mp4"));
    return { ...opened, media_id: json.media_id };
  };

  it("is an address, at which the video is", async () => {
    const { mp, emulator, control, media_id } = await uploaded();
    const { headers, json } = await mp.get(media_id);
    expect(headers.get("content-type")).toBe("text/plain");
    expect(Object.keys(json)).toEqual(["video_url"]);
    const video = await emulator.fetch(json.video_url);
    expect([video.status, video.headers.get("content-type")]).toEqual([200, "video/mp4"]);
    expect(Buffer.from(await video.arrayBuffer()).equals(file("mp4.mp4"))).toBe(true);
    control.clock.advance(HOURS_72);
    expect((await emulator.fetch(json.video_url)).status).toBe(404);
    expect((await emulator.fetch(`${json.video_url}x`)).status).toBe(404);
  });

  it("is the video itself when told so", async () => {
    const { mp, media_id } = await uploaded("stream");
    const { headers, bytes } = await mp.get(media_id);
    expect(headers.get("content-type")).toBe("video/mp4");
    expect(bytes.equals(file("mp4.mp4"))).toBe(true);
  });

  it("is 40007 when told so", async () => {
    const { mp, media_id } = await uploaded("refuse");
    expect((await mp.get(media_id)).errcode).toBe(40007);
  });
});

describe("GET /cgi-bin/media/get/jssdk", () => {
  const path = "/cgi-bin/media/get/jssdk";

  it("answers a voice as speex", async () => {
    const { mp } = openMp();
    const { media_id } = (await temporary(mp, "voice", voice("amr-12.2.amr"))).json;
    const { headers, bytes } = await mp.get(media_id, path);
    expect(headers.get("content-type")).toBe("voice/speex");
    expect(headers.get("content-disposition")).toBe(`attachment; filename="${media_id}.speex"`);
    expect(bytes.length).toBe(51 * 60);
  });

  it("refuses all else", async () => {
    const { mp } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    expect((await mp.get(media_id, path)).errcode).toBe(40007);
  });
});

describe("control.userSends", () => {
  it.each([
    ["image", "png-1x1.png", "image/png"],
    ["voice", "amr-12.2.amr", "audio/amr"],
    ["voice", "mp3-cbr.mp3", "audio/amr"],
  ] as const)("keeps a %s, %s, for 3 days", async (type, name, mime) => {
    const { mp, control } = openMp();
    const media_id = control.userSends({ type, bytes: file(name), filename: name });
    expect(media_id).toMatch(/^[A-Za-z0-9_-]{64}$/);
    const { headers, bytes } = await mp.get(media_id);
    expect(headers.get("content-type")).toBe(mime);
    if (mime !== "audio/amr") expect(bytes.equals(file(name))).toBe(true);
    control.clock.advance(HOURS_72);
    mp.use((await mp.stable()).json.access_token);
    expect((await mp.get(media_id)).errcode).toBe(40007);
  });

  it("makes up a file where none is given", async () => {
    const { mp, control } = openMp();
    const spoken = await mp.get(control.userSends({ type: "voice" }));
    expect(amrSeconds(spoken.bytes)).toBe(1);
    const seen = await mp.get(control.userSends({ type: "image" }));
    expect([seen.bytes.length, seen.headers.get("content-type")]).toEqual([1024, "image/jpeg"]);
  });

  it("makes a file of any size: behind its head, the offset modulo 251", async () => {
    const { mp, control } = openMp();
    const size = 200_001;
    const { headers, bytes } = await mp.get(control.userSends({ type: "image", size }));
    expect(headers.get("content-length")).toBe(String(size));
    const expected = Buffer.from(Uint8Array.from({ length: size }, (_, at) => at % 251));
    expected.set([0xff, 0xd8, 0xff, 0xe0]);
    expect(bytes.equals(expected)).toBe(true);
    const tiny = await mp.get(control.userSends({ type: "image", size: 2 }));
    expect([...tiny.bytes]).toEqual([0xff, 0xd8]);
    expect((await mp.get(control.userSends({ type: "image", size: 0 }))).bytes.length).toBe(0);
  });

  it("makes no more than is read", async () => {
    const { mp, control, emulator } = openMp();
    const media_id = control.userSends({ type: "image", size: 4e9 });
    const access_token = (await mp.stable()).json.access_token;
    const query = new URLSearchParams({ access_token, media_id });
    const response = await emulator.fetch(`https://x/cgi-bin/media/get?${query}`);
    const reader = response.body?.getReader();
    const sent = () => control.journal.entries().at(-1)?.sentBytes ?? Number.NaN;
    expect(sent()).toBe(0);
    let read = 0;
    for (let i = 0; i < 5; i++) {
      read += (await reader?.read())?.value?.length ?? 0;
      expect(sent()).toBe(read);
    }
    await reader?.cancel();
    expect(sent()).toBe(read);
  });

  it("sends to the account that is named", async () => {
    const accounts: Account[] = [{ appid: OTHER }];
    const { mp, control, emulator } = openMp({ accounts });
    const media_id = control.userSends({ appid: OTHER, type: "image" });
    expect((await mp.get(media_id)).errcode).toBe(40007);
    const other = mpClient(emulator.fetch, { appid: OTHER });
    expect((await other.get(media_id)).errcode).toBe(0);
  });

  it.each([
    [{ appid: OTHER, type: "image" }, `media.appid is "${OTHER}"; it must be "${APPID}".`],
    [{ type: "thumb" }, 'media.type is "thumb"; it must be one of "image", "voice", "video".'],
    [{ type: "image", size: -1 }, "media.size is -1; it must be a whole number, 0 or more."],
    [{ type: "image", size: 1, bytes: JPEG }, "media has both bytes and size; pass one of them."],
    [{ type: "image", bytes: "x" }, 'media.bytes is "x"; it must be a Uint8Array.'],
  ])("refuses %o", (media, message) => {
    expect(() => openMp().control.userSends(media as never)).toThrow(message);
  });
});
