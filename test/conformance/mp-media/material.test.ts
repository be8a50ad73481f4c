import { addMaterial, uploadArticleImage } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { bytesOf } from "../../support/downloads.ts";
import { media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp, timesAsked, tokenOf } from "../../support/mp.ts";
import { expectSameBytes } from "../../support/same-bytes.ts";

const ADD = "/cgi-bin/material/add_material";
const IMAGE = { type: "image" } as const;
const match = { path: ADD };
const DESCRIPTION = { title: '面包车 "1" 🚐', introduction: "它开过\n茶馆。" };

describe("addMaterial", () => {
  for (const type of ["image", "thumb"] as const) {
    it(`[publish.9] ${type}: over HTTP, a media_id of 43 and an address`, async () => {
      const file = await media(type === "thumb" ? "thumb.jpg" : "cover.jpg");
      const { media_id, url = "" } = await addMaterial(mpOverHttp(), { type }, file);
      expect(media_id).toMatch(/^[\w-]{43}$/);
      expect(new URL(url).hostname).toBe("mmbiz.qpic.cn");
    });
  }

  it("voice and video: a media_id alone", async () => {
    const mp = mpOverHttp();
    const voice = await addMaterial(mp, { type: "voice" }, await media("voice.mp3"));
    expect(Object.keys(voice)).toEqual(["media_id"]);
    const input = { type: "video", description: DESCRIPTION } as const;
    const video = await addMaterial(mp, input, await media("clip.mp4"));
    expect(Object.keys(video)).toEqual(["media_id"]);
    // Today's sample of a video holds an empty address.
    const { mp: today, emulator } = mpInProcess();
    const body = { media_id: "m", url: "" };
    emulator.control.faults.add({ kind: "reply-json", body, match });
    expect(await addMaterial(today, IMAGE, await media("cover.jpg"))).toEqual({ media_id: "m" });
  });

  it("keeps the file byte for byte, with its type and its name", async () => {
    const { mp, emulator } = mpInProcess();
    const file = renamed(await media("cover.jpg"), "封面.jpg");
    const { media_id } = await addMaterial(mp, IMAGE, file);
    expect(emulator.control.mpMedia).toEqual([
      expect.objectContaining({
        kind: "permanent",
        type: "image",
        media_id,
        filename: "封面.jpg",
      }),
    ]);
    expectSameBytes(emulator.control.mpMedia[0]?.bytes ?? new Uint8Array(), await bytesOf(file));
  });

  it("sends a video's description as JSON in a field of its own, as raw UTF-8", async () => {
    const { mp, emulator } = mpInProcess();
    const input = { type: "video", description: DESCRIPTION } as const;
    await addMaterial(mp, input, await media("clip.mp4"));
    expect(emulator.control.mpMedia[0]).toMatchObject({ type: "video", ...DESCRIPTION });
  });
});

describe("addMaterial where the reply is lost", () => {
  it("over HTTP", async () => {
    const file = renamed(await media("cover.jpg"), "cut-before.jpg");
    const lost = addMaterial(mpOverHttp(), IMAGE, file);
    await expect(lost).rejects.toMatchObject({ code: "ERR_OUTCOME_UNKNOWN" });
  });

  it("by a timeout", async () => {
    const { mp, emulator } = mpInProcess({ timeout: 200 });
    await tokenOf(mp);
    emulator.control.faults.add({ kind: "delay", ms: 60_000, match });
    const lost = addMaterial(mp, IMAGE, await media("cover.jpg"));
    await expect(lost).rejects.toMatchObject({
      code: "ERR_OUTCOME_UNKNOWN",
      cause: { code: "ERR_TIMEOUT" },
    });
  });

  it("as a stream: not sent again, whatever is asked for", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("cover.jpg");
    const input = { name: "cover.jpg", size: file.size, stream: file.stream() };
    emulator.control.faults.add({ kind: "cut", at: "before", match });
    const lost = addMaterial(mp, IMAGE, input, { retryUnknown: true });
    await expect(lost).rejects.toMatchObject({ code: "ERR_NETWORK" });
    expect(timesAsked(emulator, ADD)).toBe(1);
  });

  it("and an abort is the signal's own reason", async () => {
    const { mp, emulator } = mpInProcess();
    emulator.control.faults.add({ kind: "delay", ms: 60_000, match });
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const { signal } = controller;
    const outcome = addMaterial(mp, IMAGE, await media("cover.jpg"), {
      signal,
      onProgress: ({ phase }) => {
        if (phase === "upload") setTimeout(() => controller.abort(reason), 10);
      },
    });
    await expect(outcome).rejects.toBe(reason);
  });
});

describe("uploadArticleImage", () => {
  it("returns an address, over HTTP and in process", async () => {
    for (const mp of [mpOverHttp(), mpInProcess().mp]) {
      const { url, ...rest } = await uploadArticleImage(mp, await media("picture-1.jpg"));
      expect(new URL(url).hostname).toBe("mmbiz.qpic.cn");
      expect(rest).toEqual({});
    }
  });

  it("keeps the picture byte for byte, outside the material library", async () => {
    const { mp, emulator } = mpInProcess();
    const file = await media("picture-2.png");
    const { url } = await uploadArticleImage(mp, file);
    expect(emulator.control.mpMedia).toEqual([
      expect.objectContaining({
        kind: "article-image",
        url,
        filename: "picture-2.png",
      }),
    ]);
    expectSameBytes(emulator.control.mpMedia[0]?.bytes ?? new Uint8Array(), await bytesOf(file));
  });

  it("goes to the API's own host, whatever fileBaseUrl says, and without a type", async () => {
    const seen: URL[] = [];
    const { emulator } = mpInProcess();
    const { mp } = mpInProcess({
      fileBaseUrl: "http://file.api.weixin.qq.com",
      fetch(input, init) {
        seen.push(new URL(input));
        return emulator.fetch(input, init);
      },
    });
    await uploadArticleImage(mp, await media("cover.jpg"));
    await addMaterial(mp, IMAGE, await media("cover.jpg"));
    expect(seen.map(({ origin }) => origin)).toEqual(seen.map(() => "https://api.weixin.qq.com"));
    expect([...(seen[1]?.searchParams.keys() ?? [])]).toEqual(["access_token"]);
    expect(seen[2]?.searchParams.get("type")).toBe("image");
  });
});
