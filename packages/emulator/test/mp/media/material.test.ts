import { describe, expect, it } from "vitest";
import { createMpMediaStore, type KeptMpMedia } from "../../../src/mp/media/store.ts";
import {
  APPID,
  type Form,
  file,
  JPEG,
  type MpClient,
  material,
  mpClient,
  OPENID,
  OTHER,
  openMp,
  temporary,
} from "../mp-client.ts";

const MP4: Form = {
  filename: "a.mp4",
  bytes: file("mp4.mp4"),
  fields: { description: '{"title":"标题","introduction":"简介"}' },
};
const call = (mp: MpClient, name: string, json: unknown) =>
  mp.api(`/cgi-bin/material/${name}`, { json });

describe("POST /cgi-bin/material/add_material", () => {
  it.each(["image", "thumb"])("of a %s answers media_id and url", async (type) => {
    const { mp } = openMp();
    const { headers, json } = await material(mp, type);
    expect(headers.get("content-type")).toBe("text/plain");
    expect(Object.keys(json)).toEqual(["media_id", "url", "item"]);
    expect(json.media_id).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(json.url).toMatch(/^http:\/\/mmbiz\.qpic\.cn\/mmbiz\/[\w-]{86}\/0\?wx_fmt=jpeg$/);
  });

  it.each<[string, Form]>([
    ["voice", { filename: "a.amr", bytes: file("amr-12.2.amr") }],
    ["voice", { filename: "a.wav", bytes: file("wave.wav") }],
    ["voice", { filename: "a.wma", bytes: file("asf-audio.wma") }],
    ["video", MP4],
  ])("of a %s answers media_id alone", async (type, form) => {
    const { json } = await material(openMp().mp, type, form);
    expect(json).toEqual({ media_id: json.media_id, item: [] });
  });

  it("answers as it was recorded, and as documented where the options say so", async () => {
    const recorded = await material(openMp().mp, "image");
    expect(recorded.text).toMatch(
      /^\{"media_id":"[\w-]{43}","url":"http:\\\/\\\/mmbiz\.qpic\.cn\\\/mmbiz\\\/[\w-]{86}\\\/0\?wx_fmt=jpeg","item":\[\]\}$/,
    );
    const options = { emptyItem: false, escapedSlashes: false, pictureAddress: "https" } as const;
    const { mp } = openMp(options);
    expect((await material(mp, "image")).text).toMatch(
      /^\{"media_id":"[\w-]{43}","url":"https:\/\/mmbiz\.qpic\.cn\/mmbiz\/[\w-]{86}\/0\?wx_fmt=jpeg"\}$/,
    );
    expect((await mp.upload("/cgi-bin/media/uploadimg")).text).toMatch(
      /^\{"url":"https:\/\/mmbiz\.qpic\.cn\/mmbiz\/[\w-]{86}\/0\?wx_fmt=jpeg"\}$/,
    );
    expect(Object.keys((await temporary(mp, "image")).json)).toEqual([
      "type",
      "media_id",
      "created_at",
    ]);
    const temporaryKeys = Object.keys((await temporary(openMp().mp, "thumb")).json);
    expect(temporaryKeys).toEqual(["type", "thumb_media_id", "created_at", "item"]);
  });

  it("makes ids that begin alike for one account", async () => {
    const { mp, emulator } = openMp({ accounts: [{ appid: OTHER }] });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    const first = (await material(mp, "image")).json.media_id;
    const second = (await material(mp, "image")).json.media_id;
    const third = (await material(other, "image")).json.media_id;
    expect(second.slice(0, 22)).toBe(first.slice(0, 22));
    expect(second).not.toBe(first);
    expect(third.slice(0, 22)).not.toBe(first.slice(0, 22));
  });

  it.each<[string, Form]>([
    ["image", { filename: "a.txt" }],
    ["image", { filename: "a" }],
    ["image", { filename: "a.png", bytes: file("webp-lossy.webp") }],
    ["image", { filename: "a.jpg", bytes: file("heic.heic") }],
    ["thumb", { filename: "a.png", bytes: file("png-1x1.png") }],
    ["video", { ...MP4, filename: "a.mov" }],
  ])("as %s, %o is 40113", async (type, form) => {
    expect((await material(openMp().mp, type, form)).errcode).toBe(40113);
  });

  it("takes BMP", async () => {
    const form = { filename: "a.bmp", bytes: file("bmp-top-down.bmp") };
    expect((await material(openMp().mp, "image", form)).errcode).toBe(0);
  });

  it.each([
    [undefined, 41011],
    ["{", 47001],
    ["[]", 41011],
    ['{"title":"a"}', 41011],
    ['{"title":"","introduction":"b"}', 41011],
  ])("of a video with the description %j is %i", async (description, errcode) => {
    const form = { ...MP4, fields: description === undefined ? {} : { description } };
    expect((await material(openMp().mp, "video", form)).errcode).toBe(errcode);
  });

  it("ends when the material library is full, pictures and thumbs together", async () => {
    const { mp } = openMp({ limits: { "library-images": 2, "library-others": 1 } });
    const { media_id } = (await material(mp, "image")).json;
    await material(mp, "thumb");
    const { json } = await material(mp, "image");
    expect(json.errcode).toBe(45074);
    expect(json.errmsg).toContain("out of limit, you  should delete the useless material");
    await call(mp, "del_material", { media_id });
    expect((await material(mp, "image")).errcode).toBe(0);
    expect((await material(mp, "video", MP4)).errcode).toBe(0);
    expect((await material(mp, "video", MP4)).errcode).toBe(45074);
    const voice = { filename: "a.amr", bytes: file("amr-12.2.amr") };
    expect((await material(mp, "voice", voice)).errcode).toBe(0);
    expect((await mp.upload("/cgi-bin/media/uploadimg")).errcode).toBe(0);
  });
});

describe("POST /cgi-bin/material/get_material", () => {
  it("answers a picture as a file, for ever", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await material(mp, "image")).json;
    control.clock.advance(1e11);
    mp.use((await mp.stable()).json.access_token);
    const { headers, bytes } = await call(mp, "get_material", { media_id });
    expect(headers.get("content-type")).toBe("image/jpeg");
    expect(headers.get("content-disposition")).toBe(`attachment; filename="${media_id}.jpg"`);
    expect(bytes.equals(JPEG)).toBe(true);
  });

  it("answers a file as text/plain and without a name, where the option says so", async () => {
    const { mp } = openMp({ materialHeaders: "text" });
    const { media_id } = (await material(mp, "image")).json;
    const { headers, bytes } = await call(mp, "get_material", { media_id });
    expect(headers.get("content-type")).toBe("text/plain");
    expect(headers.get("content-disposition")).toBeNull();
    expect(bytes.equals(JPEG)).toBe(true);
  });

  it("counts its calls of the day: 45009", async () => {
    const dailyLimits = { "/cgi-bin/material/get_material": 1 };
    const { mp } = openMp({ accounts: [{ appid: APPID, dailyLimits }] });
    const { media_id } = (await material(mp, "image")).json;
    expect((await call(mp, "get_material", { media_id })).bytes.equals(JPEG)).toBe(true);
    expect((await call(mp, "get_material", { media_id })).errcode).toBe(45009);
  });

  it("answers a voice as it came", async () => {
    const { mp } = openMp();
    const form = { filename: "a.mp3", bytes: file("mp3-cbr.mp3") };
    const { media_id } = (await material(mp, "voice", form)).json;
    expect((await call(mp, "get_material", { media_id })).bytes.equals(form.bytes)).toBe(true);
  });

  it("answers JSON about a video, with an address at which it is", async () => {
    const { mp, emulator, control } = openMp();
    const { media_id } = (await material(mp, "video", MP4)).json;
    const { json } = await call(mp, "get_material", { media_id });
    expect(json).toMatchObject({ title: "标题", description: "简介" });
    expect(json).toHaveProperty("vid", expect.stringMatching(/^apiv_\d{19}$/));
    expect(control.mpMedia[0]).toMatchObject({ media_id, vid: json["vid" as never] });
    const video = await emulator.fetch(json.down_url);
    expect(Buffer.from(await video.arrayBuffer()).equals(file("mp4.mp4"))).toBe(true);
  });

  it.each(["get_material", "del_material"])("%s knows its own alone", async (name) => {
    const { mp, emulator } = openMp({ accounts: [{ appid: OTHER }] });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    const { media_id } = (await material(mp, "image")).json;
    const { media_id: passing } = (await temporary(mp, "image")).json;
    expect((await call(other, name, { media_id })).errcode).toBe(40007);
    expect((await call(mp, name, { media_id: passing })).errcode).toBe(40007);
    expect((await call(mp, name, { media_id: 1 })).errcode).toBe(40007);
    expect((await call(mp, name, {})).errcode).toBe(41006);
    expect((await mp.api(`/cgi-bin/material/${name}`, { body: "{" })).errcode).toBe(47001);
    expect((await mp.api(`/cgi-bin/material/${name}`)).errcode).toBe(43002);
  });
});

describe("the material library", () => {
  it("lists the newest first, and counts, those of the account alone", async () => {
    const { mp, emulator } = openMp({ accounts: [{ appid: OTHER }] });
    for (const filename of ["a.jpg", "b.jpg", "c.jpg"]) await material(mp, "image", { filename });
    await material(mp, "video", MP4);
    const list = async (offset: number, count: number, type = "image") =>
      (await call(mp, "batchget_material", { type, offset, count })).json;
    const first = await list(0, 2);
    expect(first).toMatchObject({
      total_count: 3,
      item_count: 2,
      item: [
        { name: "c.jpg", update_time: 1_800_000_000, url: expect.stringContaining("mmbiz") },
        { name: "b.jpg" },
      ],
    });
    expect((await list(2, 20)).item.map(({ name }) => name)).toEqual(["a.jpg"]);
    expect((await list(0, 20, "news")).item).toEqual([]);
    expect((await list(0, 20, "video")).item[0]).not.toHaveProperty("url");
    const other = mpClient(emulator.fetch, { appid: OTHER });
    expect((await other.api("/cgi-bin/material/get_materialcount")).json).toMatchObject({
      image_count: 0,
    });
    expect((await mp.api("/cgi-bin/material/get_materialcount")).json).toEqual({
      voice_count: 0,
      video_count: 1,
      image_count: 3,
      news_count: 0,
    });
    const [newest] = first.item;
    const deleted = await call(mp, "del_material", { media_id: newest?.media_id });
    expect(deleted.json).toEqual({ errcode: 0, errmsg: "ok" });
    expect((await list(0, 1)).item.map(({ name }) => name)).toEqual(["b.jpg"]);
  });

  it.each([
    [{ type: "thumb", offset: 0, count: 1 }, 40004],
    [{ offset: 0, count: 1 }, 40004],
    [{ type: "image", offset: -1, count: 1 }, 40097],
    [{ type: "image", offset: 0, count: 0 }, 40097],
    [{ type: "image", offset: 0, count: 21 }, 40097],
    [{ type: "image", offset: 0 }, 40097],
  ])("refuses to list %o", async (asked, errcode) => {
    expect((await call(openMp().mp, "batchget_material", asked)).errcode).toBe(errcode);
  });

  it("has articles that were put in by hand, of its account alone", async () => {
    const { mp, emulator, control } = openMp({ accounts: [{ appid: OTHER }] });
    const news_item = [{ title: "街", thumb_media_id: "", content: "<p>雨</p>", url: "u" }];
    const media_id = control.addMaterialNews({ news_item });
    const update_time = 1_800_000_000;
    expect((await call(mp, "get_material", { media_id })).json).toEqual({ news_item });
    const list = async (no_content?: unknown) =>
      (await call(mp, "batchget_material", { type: "news", offset: 0, count: 20, no_content }))
        .json;
    const content = { news_item, create_time: update_time, update_time };
    expect(await list()).toEqual({
      item: [{ media_id, content, update_time }],
      total_count: 1,
      item_count: 1,
    });
    expect(await list(false)).toEqual(await list(0));
    for (const without of [1, true]) {
      expect((await list(without)).item[0]).toMatchObject({
        content: { news_item: [{ title: "街", thumb_media_id: "", url: "u" }] },
      });
      expect(JSON.stringify(await list(without))).not.toContain("雨");
    }
    for (const wrong of [2, "1", null]) {
      expect((await list(wrong)).errcode).toBe(40097);
    }
    const count = async (client: MpClient) =>
      (await client.api("/cgi-bin/material/get_materialcount")).json;
    expect(await count(mp)).toMatchObject({ news_count: 1, image_count: 0 });
    const other = mpClient(emulator.fetch, { appid: OTHER });
    expect(await count(other)).toMatchObject({ news_count: 0 });
    expect((await call(other, "del_material", { media_id })).errcode).toBe(40007);
    expect((await call(mp, "del_material", { media_id })).errcode).toBe(0);
    expect((await call(mp, "get_material", { media_id })).errcode).toBe(40007);
    expect(() => control.addMaterialNews({ news_item: [] })).toThrow(/at least one article/);
    expect(() => control.addMaterialNews({ appid: "wx1", news_item })).toThrow(/news\.appid/);
  });

  it("lets what an article shows be deleted", async () => {
    const { mp } = openMp();
    const { media_id } = (await material(mp, "image")).json;
    const articles = [{ title: "街", thumb_media_id: media_id, content: "<p>雨</p>" }];
    const { json } = await mp.api("/cgi-bin/draft/add", { json: { articles } });
    expect((await call(mp, "del_material", { media_id })).errcode).toBe(0);
    expect((await call(mp, "del_material", { media_id })).errcode).toBe(40007);
    const draft = await mp.api("/cgi-bin/draft/get", { json: { media_id: json.media_id } });
    expect(draft.json).toMatchObject({ news_item: [{ thumb_media_id: media_id }] });
    expect(draft.text).not.toContain("thumb_url");
  });

  it("is counted by GET", async () => {
    expect((await call(openMp().mp, "get_materialcount", {})).errcode).toBe(43001);
  });
});

describe("POST /cgi-bin/message/custom/send", () => {
  const send = (mp: MpClient, json: unknown) => mp.api("/cgi-bin/message/custom/send", { json });

  it("takes a live media_id of the right type, and keeps the message", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    const { thumb_media_id } = (await temporary(mp, "thumb")).json;
    const { media_id: video } = (await material(mp, "video", MP4)).json;
    const image = { touser: OPENID, msgtype: "image", image: { media_id } };
    expect((await send(mp, image)).json).toEqual({ errcode: 0, errmsg: "ok" });
    const film = { touser: OPENID, msgtype: "video", video: { media_id: video, thumb_media_id } };
    expect((await send(mp, film)).errcode).toBe(0);
    expect((await send(mp, { ...film, video: { media_id: video } })).errcode).toBe(0);
    expect(control.messages).toHaveLength(3);
    expect(control.messages[0]).toEqual({
      appid: APPID,
      touser: OPENID,
      msgtype: "image",
      body: image,
    });
    control.clock.advance(72 * 3600_000);
    mp.use((await mp.stable()).json.access_token);
    expect((await send(mp, image)).errcode).toBe(40007);
    control.reset();
    expect(control.messages).toEqual([]);
  });

  it("refuses a media_id of another type or of nobody", async () => {
    const { mp, control } = openMp();
    const { media_id } = (await temporary(mp, "image")).json;
    const voice = { touser: OPENID, msgtype: "voice", voice: { media_id } };
    expect((await send(mp, voice)).errcode).toBe(40007);
    expect((await send(mp, { ...voice, voice: { media_id: "x" } })).errcode).toBe(40007);
    expect((await send(mp, { ...voice, voice: {} })).errcode).toBe(41006);
    const music = { touser: OPENID, msgtype: "music", music: { musicurl: "https://x/" } };
    expect((await send(mp, music)).errcode).toBe(41006);
    expect(control.messages).toEqual([]);
  });

  it.each([
    [{ touser: "x", msgtype: "text", text: { content: "a" } }, 40003],
    [{ msgtype: "text", text: { content: "a" } }, 40003],
    [{ touser: OPENID, msgtype: "fax", fax: {} }, 40008],
    [{ touser: OPENID, msgtype: "toString" }, 40008],
    [{ touser: OPENID }, 40008],
    [{ touser: OPENID, msgtype: "text" }, 41011],
    [{ touser: OPENID, msgtype: "text", text: {} }, 44004],
    [{ touser: OPENID, msgtype: "text", text: { content: "你好" } }, 0],
    [{ touser: OPENID, msgtype: "link", link: { title: "a", url: "https://a.example/" } }, 0],
    [{ touser: OPENID, msgtype: "link" }, 41011],
    [{ touser: OPENID, msgtype: "link", link: null }, 41011],
  ])("%o is %i", async (json, errcode) => {
    expect((await send(openMp().mp, json)).errcode).toBe(errcode);
  });

  it("is for verified accounts: 48001", async () => {
    const { mp } = openMp({ accounts: [{ appid: APPID, verified: false }] });
    const text = { touser: OPENID, msgtype: "text", text: { content: "a" } };
    expect((await send(mp, text)).errcode).toBe(48001);
    expect((await temporary(mp, "image")).errcode).toBe(0);
  });
});

describe("the store of files", () => {
  it("lets the oldest go when digests are to be kept alone and there are too many", () => {
    const store = createMpMediaStore("digests", () => 0);
    const bytes = new Uint8Array(50 * 1024 * 1024);
    const body = { size: bytes.length, bytes, stream: () => new ReadableStream() };
    const media = (media_id: string): KeptMpMedia => ({
      appid: APPID,
      kind: "temporary",
      type: "image",
      media_id,
      filename: "a.jpg",
      size: bytes.length,
      created_at: 0,
      format: "jpeg",
      seconds: 0,
      body,
    });
    for (const id of ["a", "b", "c"]) store.add(media(id));
    const kept = ["a", "b", "c"].map((id) => store.find(APPID, id)?.body !== undefined);
    expect(kept).toEqual([false, true, true]);
  });
});
