import { createSource } from "@wechat-edge/core";
import { downloadMedia, uploadMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bareForm } from "../../../test/support/bare-form.ts";
import { bytesOf, fileOf } from "../../../test/support/downloads.ts";
import { media } from "../../../test/support/media.ts";
import { mpInProcess, tokenOf } from "../../../test/support/mp.ts";
import { FILES, spied, TYPES } from "../../../test/support/temporary-media.ts";

const MEDIA_ID = /^[\w-]{64}$/;
const match = { path: "/cgi-bin/media/upload" };
const DAY = 86_400;

describe("temporary media over HTTP", () => {
  it("[2012.19] takes tokens of 150 characters, and of 2,048", async () => {
    for (const tokenLength of [150, 2048]) {
      const { mp } = mpInProcess({}, { tokenLength });
      const { media_id } = await uploadMedia(mp, { type: "thumb" }, await media("thumb.jpg"));
      expect(fileOf(await downloadMedia(mp, { media_id })).kind).toBe("file");
      expect((await tokenOf(mp)).length).toBe(tokenLength);
    }
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

describe("trouble on the way", () => {
  it("the day's quota is not asked for again", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    emulator.control.faults.add({ kind: "mp-error", errcode: 45009, match });
    const upload = uploadMedia(mp, { type: "image" }, await media("cover.jpg"));
    await expect(upload).rejects.toMatchObject({ errcode: 45009 });
    expect(pauses).toEqual([]);
  });
});
