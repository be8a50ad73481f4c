import { type FileInput, OutcomeUnknownError } from "@wechat-edge/core";
import { addMaterial, checkMedia, type MediaType, uploadArticleImage } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { badMedia, media, padded } from "../../../test/support/media.ts";
import { mpInProcess, timesAsked } from "../../../test/support/mp.ts";

const ADD = "/cgi-bin/material/add_material";
const IMAGE = { type: "image" } as const;
const match = { path: ADD };
const DESCRIPTION = { title: '面包车 "1" 🚐', introduction: "它开过\n茶馆。" };

describe("addMaterial", () => {
  it("takes formats that the material library has and temporary media has not", async () => {
    const { mp } = mpInProcess();
    expect((await addMaterial(mp, IMAGE, await media("receipt.bmp"))).media_id).not.toBe("");
  });

  it("[publish.7] [publish.12] a full material library is 45074, with advice, and asked once", async () => {
    const { mp, emulator } = mpInProcess({}, { limits: { "library-images": 1 } });
    const cover = await media("cover.jpg");
    await addMaterial(mp, IMAGE, cover);
    const full = addMaterial(mp, IMAGE, cover);
    await expect(full).rejects.toMatchObject({ errcode: 45074 });
    await expect(full).rejects.toThrow(/library is full: delete/);
    expect(timesAsked(emulator, ADD)).toBe(2);
    // Pictures inside articles do not count.
    expect((await uploadArticleImage(mp, cover)).url).not.toBe("");
  });

  for (const [what, body] of Object.entries({
    "no media_id": { url: "https://mmbiz.qpic.cn/" },
    "an empty media_id": { media_id: "" },
  })) {
    it(`${what} is not taken for a success, nor for a failure`, async () => {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ kind: "reply-json", body, match });
      const outcome = addMaterial(mp, IMAGE, await media("cover.jpg"));
      await expect(outcome).rejects.toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        message: expect.stringMatching(
          /has no usable media_id or thumb_media_id\. Before you repeat it, check/,
        ),
        cause: { code: "ERR_REPLY" },
      });
      expect(timesAsked(emulator, ADD)).toBe(1);
    });
  }
});

describe("addMaterial where the reply is lost", () => {
  const LOST = {
    "cut before the request was read": { kind: "cut", at: "request" },
    "cut before the reply": { kind: "cut", at: "before" },
    "cut after the headers": { kind: "cut", at: "headers" },
    "cut in the reply": { kind: "cut", at: "body" },
    "a reply without a body": { kind: "empty" },
    "a page of a gateway": { kind: "html", status: 502 },
    "system busy": { kind: "mp-error", errcode: -1 },
  } as const;
  for (const [what, fault] of Object.entries(LOST)) {
    it(`${what}: OutcomeUnknownError, sent once`, async () => {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ ...fault, match });
      const outcome: unknown = await addMaterial(mp, IMAGE, await media("cover.jpg")).catch(
        (error: unknown) => error,
      );
      expect(outcome).toBeInstanceOf(OutcomeUnknownError);
      expect(outcome).toMatchObject({
        code: "ERR_OUTCOME_UNKNOWN",
        step: "addMaterial",
        lookAt: expect.stringContaining("listMaterial"),
      });
      expect((outcome as Error).cause).toBeInstanceOf(Error);
      expect(timesAsked(emulator, ADD)).toBe(1);
    });

    it(`${what}: sent again with retryUnknown`, async () => {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ ...fault, match });
      const options = { retryUnknown: true };
      const outcome = addMaterial(mp, IMAGE, await media("cover.jpg"), options);
      // A reply that came whole, though without a body, is not asked for again.
      if (what === "a reply without a body") {
        await expect(outcome).rejects.toMatchObject({ code: "ERR_REPLY" });
        return;
      }
      expect((await outcome).media_id).toMatch(/^[\w-]{43}$/);
      expect(timesAsked(emulator, ADD)).toBe(2);
    });
  }

  it("is no matter where WeChat has refused: too fast is tried again, a dead token replaced", async () => {
    for (const errcode of [45011, 40001, 40014, 42001]) {
      const { mp, emulator } = mpInProcess();
      emulator.control.faults.add({ kind: "mp-error", errcode, match });
      const { media_id } = await addMaterial(mp, IMAGE, await media("cover.jpg"));
      expect(media_id).toMatch(/^[\w-]{43}$/);
      expect(emulator.control.mpMedia.length).toBe(1);
      expect(timesAsked(emulator, ADD)).toBe(2);
    }
  });
});

describe("uploadArticleImage", () => {
  it("is tried again after -1 and after a lost reply", async () => {
    const { mp, emulator, pauses } = mpInProcess();
    const path = "/cgi-bin/media/uploadimg";
    emulator.control.faults.add({ kind: "mp-error", errcode: -1, match: { path } });
    emulator.control.faults.add({ kind: "cut", at: "before", match: { path }, skip: 1 });
    expect((await uploadArticleImage(mp, await media("cover.jpg"))).url).not.toBe("");
    expect(pauses.length).toBe(2);
  });

  it("returns nothing that is not an address", async () => {
    for (const url of [undefined, "", 5]) {
      const { mp, emulator } = mpInProcess();
      const path = "/cgi-bin/media/uploadimg";
      emulator.control.faults.add({ kind: "reply-json", body: { url }, match: { path } });
      const outcome = uploadArticleImage(mp, await media("cover.jpg"));
      await expect(outcome).rejects.toMatchObject({ code: "ERR_REPLY" });
    }
  });

  it("takes GIF, and 8 MiB, as reported; each document has its profile", async () => {
    const gif = await media("picture-3.gif");
    const { mp, emulator } = mpInProcess();
    expect((await uploadArticleImage(mp, gif)).url).not.toBe("");
    const documented = uploadArticleImage(mp, gif, { limits: "current" });
    await expect(documented).rejects.toMatchObject({ reason: "extension", actual: ".gif" });
    await expect(documented).rejects.toThrow(/limits\.extensions.*Or set limits to "reported"/);
    expect(emulator.control.journal.entries().length).toBe(2); // the token, and one upload
    const { mp: before } = mpInProcess({}, { mediaProfile: "media-api" });
    expect((await uploadArticleImage(before, gif, { limits: "media-api" })).url).not.toBe("");
  });
});

describe("limits of one call are not those of another", () => {
  it("a BMP is no temporary media, a large cover no picture of an article", async () => {
    const { mp } = mpInProcess();
    const large = await padded(await media("cover.jpg"), 9 * 1024 * 1024);
    await addMaterial(mp, IMAGE, large);
    const article = uploadArticleImage(mp, large);
    await expect(article).rejects.toMatchObject({ reason: "size" });
    const small = addMaterial(mp, IMAGE, large, { limits: "media-api" });
    await expect(small).rejects.toMatchObject({ reason: "size" });
    const bmp = await media("receipt.bmp");
    await addMaterial(mp, IMAGE, bmp);
    for (const refuse of [() => uploadArticleImage(mp, bmp), () => checkMedia(IMAGE, bmp)]) {
      await expect(refuse()).rejects.toMatchObject({ reason: "extension", actual: ".bmp" });
    }
  });

  it("each type has its own", async () => {
    const { mp } = mpInProcess();
    const files: Readonly<Record<MediaType, FileInput>> = {
      image: await media("cover.jpg"),
      voice: await media("voice.amr"),
      video: await media("clip.mp4"),
      thumb: await badMedia("thumb.png"),
    };
    for (const type of ["voice", "video", "thumb"] as const) {
      for (const [name, file] of Object.entries(files)) {
        const input = type === "video" ? { type, description: DESCRIPTION } : { type };
        const outcome = addMaterial(mp, input, file);
        const fits = name === type && name !== "thumb";
        if (fits || (type === "thumb" && name === "image")) await outcome;
        else await expect(outcome).rejects.toMatchObject({ code: "ERR_MEDIA" });
      }
    }
  });
});
