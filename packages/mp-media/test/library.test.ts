import { type MpClient, mpRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import {
  addMaterial,
  countMaterial,
  deleteMaterial,
  getMaterial,
  listMaterial,
} from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { answered as answering, textReply } from "../../../test/support/downloads.ts";
import { media } from "../../../test/support/media.ts";
import { mpInProcess, timesAsked } from "../../../test/support/mp.ts";

const GET = "/cgi-bin/material/get_material";
const DELETE = "/cgi-bin/material/del_material";

const IMAGE = { type: "image" } as const;

/** What a client reads that is answered this. */
const received = (reply: () => Response) => getMaterial(answering(reply), { media_id: "m" });

describe("getMaterial", () => {
  it("of articles: all of them, also larger than other replies are", async () => {
    const { mp, emulator } = mpInProcess();
    const article = { title: "街", thumb_media_id: "", content: "雨".repeat(400_000), url: "u" };
    const news_item = [article, { ...article, title: "巷" }];
    const media_id = emulator.control.addMaterialNews({ news_item });
    expect(await getMaterial(mp, { media_id })).toEqual({ kind: "news", news_item });
  });

  for (const [what, body] of Object.entries({
    "JSON of another call": '{"video_url":"https://example.com/a"}',
    "JSON without anything": "{}",
    "a page": "<!DOCTYPE html><html></html>",
    "a cut error": '{"errcode":400',
    "cut articles": '{"news_item":[{"title":"a"',
  })) {
    it(`${what} is a ReplyError`, async () => {
      await expect(received(() => textReply(body))).rejects.toMatchObject({ code: "ERR_REPLY" });
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
    expect(timesAsked(emulator, GET)).toBe(6);
  });
});

describe("listMaterial and countMaterial", () => {
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
      expect(timesAsked(emulator, DELETE)).toBe(2);
    });
  }

  it("does not take 40007 for success where WeChat did nothing before", async () => {
    const { mp, emulator } = mpInProcess();
    const match = { path: DELETE };
    emulator.control.faults.add({ kind: "mp-error", errcode: 45011, match });
    const refused = deleteMaterial(mp, { media_id: "unknown" });
    await expect(refused).rejects.toMatchObject({ errcode: 40007 });
    expect(timesAsked(emulator, DELETE)).toBe(2);
    await added(mp);
    emulator.control.tokens.kill(mp.appid, { replace: true });
    const again = deleteMaterial(mp, { media_id: "unknown" });
    await expect(again).rejects.toMatchObject({ errcode: 40007 });
  });
});
