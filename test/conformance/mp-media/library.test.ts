import type { MpClient } from "@wechat-edge/core";
import {
  addMaterial,
  countMaterial,
  deleteMaterial,
  getMaterial,
  listMaterial,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { answered as answering, bytesOf, fileOf, textReply } from "../../support/downloads.ts";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp, timesAsked } from "../../support/mp.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";

const GET = "/cgi-bin/material/get_material";
const DELETE = "/cgi-bin/material/del_material";
const DESCRIPTION = { title: "面包车 🚐", introduction: "它开过\n茶馆。" };
const IMAGE = { type: "image" } as const;

/** What a client reads that is answered this. */
const received = (reply: () => Response) => getMaterial(answering(reply), { media_id: "m" });

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
      expectSameBytes(await bytesOf(got.body), new Uint8Array(await file.arrayBuffer()));
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
      expectSameBytes(await bytesOf(got.body), new Uint8Array(await file.arrayBuffer()));
    }
    // Also one whose format is not known here.
    const unknown = Uint8Array.from({ length: 5000 }, (_, at) => (at * 7 + 129) % 256);
    const headers = { "content-type": "text/plain" };
    const got = fileOf(await received(() => new Response(unknown, { headers })));
    expect(got.type).toBe("application/octet-stream");
    expectSameBytes(await bytesOf(got.body), unknown);
    // And an MP3 behind a tag that is longer than what has come.
    unknown.set([0x49, 0x44, 0x33, 3, 0, 0, 0, 9, 0, 0]);
    const tagged = fileOf(await received(() => new Response(unknown, { headers })));
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
    expectSameBytes(await bytesOf(body), new Uint8Array(await file.arrayBuffer()));
    // As documented, and while it is not yet there.
    const reply = { title: "t", description: "", down_url: "" };
    expect(await received(() => textReply(JSON.stringify(reply)))).toEqual({
      kind: "video",
      ...reply,
    });
  });

  it("what is not there is 40007, whatever its Content-Type", async () => {
    const { mp } = mpInProcess();
    await expect(getMaterial(mp, { media_id: "unknown" })).rejects.toMatchObject({
      errcode: 40007,
      endpoint: GET,
    });
    const refused = received(() => textReply('{"errcode":40007,"errmsg":"x"}', "image/jpeg"));
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
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
    expect(timesAsked(emulator, GET)).toBe(0);
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

  it("says what is left of a call that never got a reply", async () => {
    const { mp, emulator } = mpInProcess();
    const media_id = await added(mp);
    emulator.control.faults.add({ kind: "cut", at: "before", times: 0, match: { path: DELETE } });
    await expect(deleteMaterial(mp, { media_id })).rejects.toMatchObject({ code: "ERR_NETWORK" });
  });
});
