import { createMpClient, type MpClient, mpRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  addMaterial,
  countMaterial,
  type DownloadedFile,
  deleteMaterial,
  getMaterial,
  listMaterial,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp } from "../../support/mp.ts";

const GET = "/cgi-bin/material/get_material";
const DELETE = "/cgi-bin/material/del_material";
const DESCRIPTION = { title: "面包车 🚐", introduction: "它开过\n茶馆。" };
const IMAGE = { type: "image" } as const;

type Material = Awaited<ReturnType<typeof getMaterial>>;

function fileOf(material: Material): DownloadedFile {
  if (material.kind !== "file") throw new Error(`It is of kind ${material.kind}.`);
  return material;
}

/** By a reader: where the stream breaks off, every runtime gives its error. */
async function bytesOf(body: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const reader = body.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(await new Blob(chunks).arrayBuffer());
    chunks.push(new Uint8Array(value));
  }
}

/** What a client reads that is answered this. */
function answered(reply: () => Response): Promise<Material> {
  const mp = createMpClient({
    appid: credentials.mp.appid,
    getAccessToken: () => "token-of-the-test",
    sleep: async () => undefined,
    fetch: async () => reply(),
  });
  return getMaterial(mp, { media_id: "m" });
}

const text = (body: string, type = "text/plain") =>
  new Response(body, { headers: { "content-type": type } });

const asked = (emulator: ReturnType<typeof mpInProcess>["emulator"], path: string): number =>
  emulator.control.journal.entries().filter((entry) => entry.path === path).length;

describe("getMaterial", () => {
  it("streams pictures, voices and thumbs as they were added, over HTTP", async () => {
    const mp = mpOverHttp();
    for (const [type, name, mime] of [
      ["image", "cover.jpg", "image/jpeg"],
      ["image", "receipt.bmp", "image/bmp"],
      ["voice", "voice.mp3", "audio/mpeg"],
      ["thumb", "thumb.jpg", "image/jpeg"],
    ] as const) {
      const file = await media(name);
      const { media_id } = await addMaterial(mp, { type }, file);
      const got = fileOf(await getMaterial(mp, { media_id }));
      expect(got.type).toBe(mime);
      expect(got.name.startsWith(media_id)).toBe(true);
      expect(await bytesOf(got.body)).toEqual(new Uint8Array(await file.arrayBuffer()));
    }
  });

  it("is a POST with the media_id in JSON", async () => {
    const { mp, emulator } = mpInProcess();
    const { media_id } = await addMaterial(mp, IMAGE, await media("cover.jpg"));
    await fileOf(await getMaterial(mp, { media_id })).body.cancel();
    const entry = emulator.control.journal.entries().at(-1);
    expect(entry).toMatchObject({ method: "POST", path: GET, filename: "cover.jpg", status: 200 });
  });

  it("tells a file that is sent as text/plain without a name by its bytes", async () => {
    const { mp } = mpInProcess({}, { materialHeaders: "text" });
    for (const [type, name, extension] of [
      ["image", "cover.jpg", ".jpg"],
      ["image", "receipt.bmp", ".bmp"],
      ["voice", "voice.amr", ".amr"],
    ] as const) {
      const file = await media(name);
      const { media_id } = await addMaterial(mp, { type }, file);
      const got = fileOf(await getMaterial(mp, { media_id }));
      expect(got).toMatchObject({ name: `${media_id}${extension}`, size: file.size });
      expect(await bytesOf(got.body)).toEqual(new Uint8Array(await file.arrayBuffer()));
    }
    // Also one whose format is not known here.
    const unknown = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7 + 129) % 256);
    const headers = { "content-type": "text/plain" };
    const got = fileOf(await answered(() => new Response(unknown, { headers })));
    expect(got.type).toBe("application/octet-stream");
    expect(await bytesOf(got.body)).toEqual(unknown);
    // And an MP3 behind a tag that is longer than what has come.
    unknown.set([0x49, 0x44, 0x33, 3, 0, 0, 0, 9, 0, 0]);
    const tagged = fileOf(await answered(() => new Response(unknown, { headers })));
    expect(tagged).toMatchObject({ name: "m.mp3", type: "audio/mpeg" });
    await tagged.body.cancel();
  });

  it("of a video: title, description, address, and the vid for articles", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("clip.mp4");
    const input = { type: "video", description: DESCRIPTION } as const;
    const { media_id } = await addMaterial(mp, input, file);
    const video = await getMaterial(mp, { media_id });
    if (video.kind !== "video") throw new Error(`It is of kind ${video.kind}.`);
    expect(video).toEqual({
      kind: "video",
      title: DESCRIPTION.title,
      description: DESCRIPTION.introduction,
      down_url: expect.stringContaining("://"),
      vid: expect.stringMatching(/^apiv_\d+$/),
    });
    const { body } = await emulator.fetch(video.down_url);
    expect(body && (await bytesOf(body))).toEqual(new Uint8Array(await file.arrayBuffer()));
    // As documented, and while it is not yet there.
    const reply = { title: "t", description: "", down_url: "" };
    expect(await answered(() => text(JSON.stringify(reply)))).toEqual({ kind: "video", ...reply });
  });

  it("of articles: all of them, also larger than other replies are", async () => {
    const { mp, emulator } = mpInProcess();
    const article = { title: "街", thumb_media_id: "", content: "雨".repeat(400_000), url: "u" };
    const news_item = [article, { ...article, title: "巷" }];
    const media_id = emulator.control.addMaterialNews({ news_item });
    expect(await getMaterial(mp, { media_id })).toEqual({ kind: "news", news_item });
  });

  it("what is not there is 40007, whatever its Content-Type", async () => {
    const { mp } = mpInProcess();
    await expect(getMaterial(mp, { media_id: "unknown" })).rejects.toMatchObject({
      errcode: 40007,
      endpoint: GET,
    });
    const refused = answered(() => text('{"errcode":40007,"errmsg":"x"}', "image/jpeg"));
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
  });

  for (const [what, body] of Object.entries({
    "JSON of another call": '{"video_url":"https://example.com/a"}',
    "JSON without anything": "{}",
    "a page": "<!DOCTYPE html><html></html>",
    "a cut error": '{"errcode":400',
    "cut articles": '{"news_item":[{"title":"a"',
  })) {
    it(`${what} is a ReplyError`, async () => {
      await expect(answered(() => text(body))).rejects.toMatchObject({ code: "ERR_REPLY" });
    });
  }

  it("is asked again after a lost reply, a busy server and a dead token", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const { media_id } = await addMaterial(mp, IMAGE, await media("cover.jpg"));
    const match = { path: GET };
    for (const fault of [
      { kind: "cut", at: "before" },
      { kind: "mp-error", errcode: -1 },
    ] as const) {
      emulator.control.faults.add({ ...fault, match });
      expect((await getMaterial(mp, { media_id })).kind).toBe("file");
    }
    expect(pauses.length).toBe(2);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    expect((await getMaterial(mp, { media_id })).kind).toBe("file");
    expect(asked(emulator, GET)).toBe(6);
  });

  for (const name of ["material-cut-body.jpg", "material-truncated.jpg"]) {
    it(`${name} over HTTP is a NetworkError, never a short file`, async () => {
      const mp = mpOverHttp();
      const file = renamed(await media("cover.jpg"), name);
      const { media_id } = await addMaterial(mp, IMAGE, file);
      const whole = (async () => bytesOf(fileOf(await getMaterial(mp, { media_id })).body))();
      await expect(whole).rejects.toMatchObject({ code: "ERR_NETWORK" });
    });
  }

  it("ends with the signal's reason, before and within the body", async () => {
    const { mp, emulator } = mpInProcess();
    const { media_id } = await addMaterial(mp, IMAGE, await media("cover.jpg"));
    const reason = new Error("no longer wanted");
    const signal = AbortSignal.abort(reason);
    await expect(getMaterial(mp, { media_id }, { signal })).rejects.toBe(reason);
    expect(asked(emulator, GET)).toBe(0);
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const { body } = fileOf(await getMaterial(mp, { media_id }, options));
    controller.abort(reason);
    await expect(bytesOf(body)).rejects.toBe(reason);
  });
});

describe("listMaterial and countMaterial", () => {
  it("show what is there, the newest first, by pages", async () => {
    const { mp, emulator } = mpInProcess();
    const cover = await media("cover.jpg");
    for (const name of ["a.jpg", "b.jpg", "c.jpg"]) {
      await addMaterial(mp, IMAGE, renamed(cover, name));
    }
    const news_item = [{ title: "街", content: "<p>雨</p>" }];
    const media_id = emulator.control.addMaterialNews({ news_item });
    const names: string[] = [];
    for (let offset = 0, total = 1; offset < total; ) {
      const page = await listMaterial(mp, { type: "image", offset, count: 2 });
      names.push(...page.item.map(({ name }) => name));
      offset += page.item_count;
      total = page.total_count;
    }
    expect(names).toEqual(["c.jpg", "b.jpg", "a.jpg"]);
    const news = await listMaterial(mp, { type: "news", offset: 0, count: 20 });
    expect(news).toMatchObject({ total_count: 1, item: [{ media_id, content: { news_item } }] });
    expect(await countMaterial(mp)).toEqual({
      image_count: 3,
      voice_count: 0,
      video_count: 0,
      news_count: 1,
    });
  });

  it("are asked again after a lost reply", async () => {
    const { mp, emulator } = mpInProcess();
    emulator.control.faults.add({ kind: "cut", at: "before", times: 2 });
    expect((await listMaterial(mp, { type: "voice", offset: 0, count: 1 })).item).toEqual([]);
    emulator.control.faults.add({ kind: "cut", at: "headers", times: 2 });
    expect((await countMaterial(mp)).voice_count).toBe(0);
  });

  it("take numbers in strings, and no reply without them", async () => {
    const { mp, emulator } = mpInProcess();
    const reply = (body: object) => emulator.control.faults.add({ kind: "reply-json", body });
    await countMaterial(mp);
    const empty = { total_count: 0, item_count: 0, item: [] };
    reply({ total_count: "7", item_count: "0", item: [] });
    const page = { type: "image", offset: 0, count: 1 } as const;
    expect(await listMaterial(mp, page)).toEqual({ total_count: 7, item_count: 0, item: [] });
    for (const body of [{ total_count: null }, { item_count: "" }, { item: {} }]) {
      reply({ ...empty, ...body });
      await expect(listMaterial(mp, page)).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
    reply({ voice_count: 0, video_count: 0, image_count: 0, news_count: "many" });
    await expect(countMaterial(mp)).rejects.toThrow(/no usable news_count/);
  });

  it("take a page of long articles, larger than other replies are", async () => {
    const { mp, emulator } = mpInProcess();
    const news_item = [{ title: "街", content: "雨".repeat(400_000) }];
    for (const _ of [1, 2]) emulator.control.addMaterialNews({ news_item });
    const input = { type: "news", offset: 0, count: 20 } as const;
    const { item } = await listMaterial(mp, input);
    expect(item.map(({ content }) => content.news_item[0]?.content?.length)).toEqual([4e5, 4e5]);
    const request = { method: "POST", path: "/cgi-bin/material/batchget_material", body: input };
    expect(await mpRequest(mp, request)).toMatchObject({ item });
  });

  it("tell that the calls of the day are used up", async () => {
    const dailyLimits = { "/cgi-bin/material/batchget_material": 0 };
    const { appid } = credentials.mp;
    const { mp } = mpInProcess({}, { accounts: [{ appid, dailyLimits }] });
    const refused = listMaterial(mp, { type: "image", offset: 0, count: 20 });
    await expect(refused).rejects.toMatchObject({ errcode: 45009 });
  });
});

describe("deleteMaterial", () => {
  const added = async (mp: MpClient) =>
    (await addMaterial(mp, IMAGE, await media("cover.jpg"))).media_id;

  it("deletes, and tells what is no longer there", async () => {
    const { mp } = mpInProcess();
    const media_id = await added(mp);
    expect(await deleteMaterial(mp, { media_id })).toBeUndefined();
    await expect(deleteMaterial(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
    await expect(getMaterial(mp, { media_id })).rejects.toMatchObject({ errcode: 40007 });
  });

  for (const [what, fault] of Object.entries({
    "a lost reply": { kind: "cut", at: "before" },
    "a reply of a gateway": { kind: "html", status: 502 },
    "a lost request": { kind: "cut", at: "request" },
  } as const)) {
    it(`has deleted after ${what}, whichever of the two calls did it`, async () => {
      const { mp, emulator } = mpInProcess();
      const media_id = await added(mp);
      emulator.control.faults.add({ ...fault, match: { path: DELETE } });
      await deleteMaterial(mp, { media_id });
      expect((await countMaterial(mp)).image_count).toBe(0);
      expect(asked(emulator, DELETE)).toBe(2);
    });
  }

  it("does not take 40007 for success where WeChat did nothing before", async () => {
    const { mp, emulator } = mpInProcess();
    const match = { path: DELETE };
    emulator.control.faults.add({ kind: "mp-error", errcode: 45011, match });
    const refused = deleteMaterial(mp, { media_id: "unknown" });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
    expect(asked(emulator, DELETE)).toBe(2);
    await added(mp);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    const again = deleteMaterial(mp, { media_id: "unknown" });
    await expect(again).rejects.toMatchObject({ errcode: 40007 });
  });

  it("says what is left of a call that never got a reply", async () => {
    const { mp, emulator } = mpInProcess();
    const media_id = await added(mp);
    emulator.control.faults.add({ kind: "cut", at: "before", times: 0, match: { path: DELETE } });
    await expect(deleteMaterial(mp, { media_id })).rejects.toMatchObject({ code: "ERR_NETWORK" });
  });
});
