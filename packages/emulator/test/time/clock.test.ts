import { describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../../src/index.ts";
import { createMessages } from "../../src/mp/message/messages.ts";
import { createPreviews } from "../../src/mp/message/previews.ts";
import { createTokens, type TokenReply } from "../../src/mp/token/tokens.ts";
import { createVideos, type SavedVideo } from "../../src/mp/video/videos.ts";
import { createBillAddresses } from "../../src/pay/downloads/bill-addresses.ts";
import { createMediaStore } from "../../src/pay/media-store.ts";
import { createRecentCounts } from "../../src/time/recent-counts.ts";
import { material, mpClient, openMp, temporary } from "../mp/mp-client.ts";
import { upload } from "../pay/upload-request.ts";

const LAST = Date.UTC(9000, 0, 1);
const FIRST = -62_135_596_800_000;

/** Everything that tells or adds a time. */
async function tellTimes({ fetch, control }: Emulator): Promise<void> {
  const mp = mpClient(fetch);
  expect((await temporary(mp, "image")).json.media_id).toBeDefined();
  expect(
    (await mp.api("/cgi-bin/openapi/quota/get", { json: { cgi_path: "/cgi-bin/media/upload" } }))
      .status,
  ).toBe(200);
  expect((await mp.api("/cgi-bin/clear_quota", { json: { appid: "x" } })).status).toBe(200);
  for (const route of ["clock", "platform", "tokens", "journal", "media", ""]) {
    const { status } = await fetch(`http://localhost/_emulator/${route}`);
    expect({ route, status }).toEqual({ route, status: 200 });
  }
  const sent = await control.notify({ to: () => new Response(null, { status: 204 }) });
  expect(sent.state).toBe("delivered");
  const upload = await fetch("https://api.mch.weixin.qq.com/v3/merchant/media/upload", {
    method: "POST",
  });
  expect(upload.status).toBeLessThan(500);
}

describe("the clock at its ends", () => {
  it.each([LAST, FIRST, 0, -1])("%s: all that tells a time answers", async (moment) => {
    const emulator = createEmulator();
    emulator.control.clock.set(moment);
    await tellTimes(emulator);
  });

  it.each([LAST + 1, FIRST - 1, 8.64e15, -8.64e15, 8.64e15 + 1, Number.MAX_SAFE_INTEGER, Infinity])(
    "%s is refused, and the clock stays",
    async (moment) => {
      const { control, fetch } = createEmulator({ now: () => 5 });
      expect(() => control.clock.set(moment)).toThrow(TypeError);
      expect(() => control.clock.advance(moment)).toThrow(TypeError);
      expect(() => createEmulator({ now: moment })).toThrow(TypeError);
      const body = JSON.stringify({ set: moment });
      const { status } = await fetch("http://localhost/_emulator/clock", { method: "POST", body });
      expect(status).toBe(400);
      expect(control.clock.now()).toBe(5);
    },
  );

  it("a text beyond them is refused", () => {
    for (const now of ["+009000-01-01T00:00:00.001Z", "+275760-09-13T00:00:00Z", "-000001-01-01"]) {
      expect(() => createEmulator({ now })).toThrow("up to the year 9000");
    }
    expect(createEmulator({ now: "9000-01-01T00:00:00Z" }).control.clock.now()).toBe(LAST);
  });

  it("is not passed by steps", () => {
    const { clock } = createEmulator({ now: () => LAST }).control;
    expect(() => clock.advance(1)).toThrow("The moment after it");
    clock.advance(-1);
    clock.advance(1);
    expect(clock.now()).toBe(LAST);
  });

  it("goes on after it was set to the last moment", () => {
    let now = 0;
    const { clock } = createEmulator({ now: () => now }).control;
    clock.set(LAST);
    now = 1000;
    expect(clock.now()).toBe(LAST + 1000);
  });

  it.each([Number.NaN, 8.64e15, -8.64e15, Infinity, "2026"])(
    "a function that returns %s is a TypeError of whoever asks",
    async (moment) => {
      const { fetch, control } = createEmulator({ now: () => moment as number });
      expect(() => control.clock.now()).toThrow("The time that now returns");
      await expect(fetch("https://api.weixin.qq.com/cgi-bin/token")).rejects.toThrow(TypeError);
    },
  );
});

describe("an emulator at work for weeks", () => {
  it("forgets temporary media that has expired, with its bytes, and nothing else", async () => {
    const { control, mp, emulator } = openMp({ storage: "memory" });
    const { media_id: first } = (await temporary(mp, "image")).json;
    const kept = (await material(mp, "image")).json.media_id;
    control.clock.advance(3 * 86_400_000 - 1000);
    const later = mpClient(emulator.fetch);
    const { media_id: second } = (await temporary(later, "image")).json;
    await emulator.fetch("http://localhost/_emulator/health");
    expect(control.mpMedia.map(({ media_id }) => media_id)).toEqual([first, kept, second]);
    control.clock.advance(1000);
    expect((await later.get(first)).errcode).toBe(40007);
    expect(control.mpMedia.map(({ media_id }) => media_id)).toEqual([kept, second]);
    expect((await later.get(second)).bytes.length).toBeGreaterThan(100);
    // Set back, the clock brings nothing back.
    control.clock.advance(-2000);
    expect((await later.get(first)).errcode).toBe(40007);
  });

  it("forgets a bill whose address has expired, with the next request of anybody", () => {
    const bills = createBillAddresses();
    const token = bills.offer({ mchid: "1", bytes: new Uint8Array(9), gzip: false }, 0);
    bills.forgetExpired(300_000);
    expect(bills.find(token, 300_000)).toBeDefined();
    bills.forgetExpired(300_001);
    expect(bills.find(token, 0)).toBeUndefined();
  });

  it("keeps ten thousand tokens, and those that work", () => {
    let now = 0;
    const tokens = createTokens(() => now, 32);
    const { access_token: current } = tokens.issueStable("a", false) as TokenReply;
    const { access_token: first } = tokens.issuePlain("a");
    for (let count = 0; count < 12_000; count++) {
      now += 400_000 * Number(count % 10 === 0);
      tokens.issuePlain("a");
    }
    expect(tokens.list("a").length).toBeLessThanOrEqual(10_020);
    expect(tokens.find(first)).toBeUndefined();
    expect(tokens.find(current)).toBeDefined();
  });

  it("counts the calls of the day, the minute and the month, and forgets those before", () => {
    const counts = createRecentCounts();
    for (let day = 0; day < 1000; day++) counts.add(day, "a");
    expect(counts.get(999, "a")).toBe(1);
    expect(counts.get(990, "a")).toBe(1);
    expect(counts.get(989, "a")).toBe(0);
    counts.add(999, "ab", 5);
    counts.clear(999, (key) => key === "a");
    expect([counts.get(999, "a"), counts.get(999, "ab")]).toEqual([0, 5]);
  });

  it("keeps the last ten thousand files of WeChat Pay", () => {
    const media = createMediaStore("memory");
    const file = { filename: "a.jpg", sha256: "", size: 9, mchid: "1", path: "/" };
    for (let count = 0; count < 10_001; count++) {
      media.add({ ...file, media_id: String(count), bytes: new Uint8Array(9) });
    }
    const all = media.all();
    expect([all.length, all[0]?.media_id, all.at(-1)?.media_id]).toEqual([10_000, "1", "10000"]);
  });

  it("keeps the last thousand videos that nobody saved, and all that somebody did", () => {
    const videos = createVideos(() => 0, { transcoding: 0, video: 0 }, true);
    const announced = { appid: "a", filename: "a.mp4", size: 9, sha1: "" };
    videos.add({ ...announced, vid: "saved" });
    const details = { declare_ori: 0 } as SavedVideo["details"];
    videos.find("a", "saved")?.saved.push({ media_id: "m", details, savedAt: 0 });
    for (let count = 0; count < 1001; count++) videos.add({ ...announced, vid: `v${count}` });
    expect(videos.list().length).toBe(1001);
    expect(videos.find("a", "saved")).toBeDefined();
    expect([videos.find("a", "v0"), videos.find("a", "v1")?.vid]).toEqual([undefined, "v1"]);
  });

  it("forgets the probes that nobody answered with a repetition", async () => {
    const { fetch, control } = createEmulator({ probeRate: 1, storage: "digests" });
    const isProbed = async (filename: string): Promise<boolean> => {
      const { headers } = await upload(fetch, { filename });
      return headers.get("wechatpay-signature")?.startsWith("WECHATPAY/SIGNTEST/") === true;
    };
    expect([await isProbed("a.png"), await isProbed("a.png")]).toEqual([true, false]);
    for (let count = 0; count < 1001; count++) await isProbed(`${count}.png`);
    expect([await isProbed("0.png"), await isProbed("1000.png")]).toEqual([true, false]);
    expect(control.payMedia.length).toBe(1005);
  });

  it("keeps the last ten thousand messages and previews", () => {
    const message = { appid: "a", touser: "b", msgtype: "text", body: {} };
    const [messages, previews] = [createMessages(), createPreviews()];
    for (let sentAt = 0; sentAt < 10_001; sentAt++) {
      messages.add({ ...message, body: { sentAt } });
      previews.add({ ...message, sentAt });
    }
    expect([messages.all().length, messages.all()[0]?.body]).toEqual([10_000, { sentAt: 1 }]);
    expect([previews.all().length, previews.all()[0]?.sentAt]).toEqual([10_000, 1]);
  });
});
