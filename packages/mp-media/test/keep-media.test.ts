import { createMpClient, type KeyValueStore } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { keepMedia, refreshKeptMedia, sendMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { atNoon, joined, slowStore, uploads } from "../../../test/support/kept-media.ts";
import { badMedia, media, renamed } from "../../../test/support/media.ts";
import { mpInProcess } from "../../../test/support/mp.ts";

const UPLOAD = "/cgi-bin/media/upload";
const HOUR = 3600;
const DAY = 24 * HOUR;
const IMAGE = { type: "image" } as const;

describe("keepMedia", () => {
  it("keeps each account, each type and each host apart", async () => {
    const other = { appid: "wx0123456789abcdef", secret: "another-secret" };
    const { mp, emulator } = mpInProcess({}, { accounts: [other] });
    const store = new Map<string, string>();
    const thumb = await media("thumb.jpg");
    const { fetch } = emulator;
    const ids = [
      await keepMedia(mp, IMAGE, thumb, { store }),
      await keepMedia(mp, { type: "thumb" }, thumb, { store }),
      await keepMedia(createMpClient({ ...other, fetch }), IMAGE, thumb, { store }),
      await keepMedia(
        createMpClient({ ...credentials.mp, fetch, fileBaseUrl: "http://file.api.weixin.qq.com" }),
        IMAGE,
        thumb,
        { store },
      ),
    ].map(({ media_id }) => media_id);
    expect(new Set(ids).size).toBe(4);
    expect(store.size).toBe(4);
  });

  it("serves another client with the same store", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const kept = await keepMedia(mp, IMAGE, cover, { store });
    const other = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
    expect(await keepMedia(other, IMAGE, cover, { store })).toEqual(kept);
    expect(uploads(emulator)).toBe(1);
  });
});

describe("kept media is uploaded again", () => {
  it("at a margin of one's own, once for each call at the most", async () => {
    const { mp, emulator, wait } = atNoon();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const keep = (margin: number) => keepMedia(mp, IMAGE, cover, { store, margin });
    const first = await keep(0);
    wait(3 * DAY - 1);
    expect(await keep(0)).toEqual(first);
    wait(1);
    const second = await keep(0);
    expect(second).not.toEqual(first);
    wait(10);
    expect(await keep(3 * DAY - 11)).toEqual(second);
    expect(await keep(3 * DAY - 10)).not.toEqual(second);
    // What no upload can fulfil is uploaded anew each time, but not twice.
    await keep(4 * DAY);
    await keep(4 * DAY);
    expect(uploads(emulator)).toBe(5);
    for (const margin of [-1, Number.NaN]) await expect(keep(margin)).rejects.toThrow(RangeError);
    for (const margin of ["6", null]) {
      await expect(keep(margin as never)).rejects.toThrow(/margin must be a number of seconds/);
    }
  });

  it("after WeChat has answered 40007", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const { media_id: rejected } = await keepMedia(mp, IMAGE, cover, { store });
    const second = await keepMedia(mp, IMAGE, cover, { store, rejected });
    expect(second.media_id).not.toBe(rejected);
    // Whoever comes later with the same news finds it done.
    expect(await keepMedia(mp, IMAGE, cover, { store, rejected })).toEqual(second);
    expect(await keepMedia(mp, IMAGE, cover, { store })).toEqual(second);
    expect(uploads(emulator)).toBe(2);
  });

  it("after it was sent and refused, and then goes through", async () => {
    // This machine's clock lags behind WeChat's, or the media was deleted before its time.
    const start = Date.now();
    const { mp, emulator } = mpInProcess({ now: () => start });
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const { media_id } = await keepMedia(mp, IMAGE, cover, { store });
    emulator.control.clock.advance(3 * DAY * 1000);
    const message = (id: string) => ({
      touser: "o".repeat(28),
      msgtype: "image" as const,
      image: { media_id: id },
    });
    const refused: unknown = await sendMedia(mp, message(media_id)).catch((error) => error);
    expect(refused).toMatchObject({ errcode: 40007 });
    const again = await keepMedia(mp, IMAGE, cover, { store, rejected: media_id });
    await sendMedia(mp, message(again.media_id));
    expect(emulator.control.messages.length).toBe(1);
  });

  it("where the clock of this machine runs ahead: once for each call", async () => {
    const emulatorNow = () => Date.UTC(2026, 10, 22);
    const now = () => emulatorNow() + 5 * DAY * 1000;
    const { mp, emulator } = mpInProcess({ now }, { now: emulatorNow });
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    await keepMedia(mp, IMAGE, cover, { store });
    await keepMedia(mp, IMAGE, cover, { store });
    expect(uploads(emulator)).toBe(2);
  });

  it("not where the clock of this machine jumps back", async () => {
    const { mp, emulator, wait } = atNoon();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const first = await keepMedia(mp, IMAGE, cover, { store });
    wait(-5 * DAY);
    expect(await keepMedia(mp, IMAGE, cover, { store })).toEqual(first);
    expect(uploads(emulator)).toBe(1);
  });
});

describe("callers of one client that come at once", () => {
  it("of other content or type each have their own", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const [thumb, cover] = [await media("thumb.jpg"), await media("cover.jpg")];
    const kept = await Promise.all([
      keepMedia(mp, IMAGE, thumb, { store }),
      keepMedia(mp, { type: "thumb" }, thumb, { store }),
      keepMedia(mp, IMAGE, cover, { store }),
    ]);
    expect(new Set(kept.map(({ media_id }) => media_id)).size).toBe(3);
    expect(uploads(emulator)).toBe(3);
  });

  it("who come with a rejected media_id while it is being looked up upload once together", async () => {
    const { mp, emulator } = mpInProcess();
    const kept = new Map<string, string>();
    const cover = await media("cover.jpg");
    const { media_id: rejected } = await keepMedia(mp, IMAGE, cover, { store: kept });
    const slow = slowStore(kept);
    const unaware = keepMedia(mp, IMAGE, cover, { store: slow.store });
    await slow.reached;
    const aware = Array.from({ length: 10 }, () =>
      keepMedia(mp, IMAGE, cover, { store: slow.store, rejected }),
    );
    await joined();
    slow.release();
    expect((await unaware).media_id).toBe(rejected);
    const ids = new Set((await Promise.all(aware)).map(({ media_id }) => media_id));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(rejected);
    expect(uploads(emulator)).toBe(2);
  });

  it("with a wider margin do not take what the first finds good enough", async () => {
    const { mp, emulator, wait } = atNoon();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    await keepMedia(mp, IMAGE, cover, { store });
    wait(2 * DAY);
    const slow = slowStore(store);
    const keeping = keepMedia(mp, IMAGE, cover, { store: slow.store, margin: HOUR });
    await slow.reached;
    const further = keepMedia(mp, IMAGE, cover, { store: slow.store, margin: 2 * DAY });
    await joined();
    slow.release();
    const [near, far] = [await keeping, await further];
    expect(far.expiresAt).toBeGreaterThan(near.expiresAt);
    expect(uploads(emulator)).toBe(2);
  });

  it("with a bad name or stricter limits are refused alone", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const outcomes = await Promise.allSettled([
      keepMedia(mp, IMAGE, renamed(cover, "a/cover.jpg"), { store }),
      keepMedia(mp, IMAGE, cover, { store, limits: { maxBytes: 10 } }),
      keepMedia(mp, IMAGE, cover, { store }),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "fulfilled"]);
    expect(uploads(emulator)).toBe(1);
  });

  it("share a failure, and the next one tries again", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const match = { path: UPLOAD };
    emulator.control.faults.add({ kind: "mp-error", errcode: 45009, match, times: 0 });
    const calls = Array.from({ length: 10 }, () => keepMedia(mp, IMAGE, cover, { store }));
    for (const outcome of await Promise.allSettled(calls)) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { errcode: 45009 } });
    }
    expect(uploads(emulator)).toBeLessThan(10);
    emulator.control.faults.clear();
    expect((await keepMedia(mp, IMAGE, cover, { store })).media_id).not.toBe("");
  });
});

describe("a store", () => {
  const cover = () => media("cover.jpg");

  const GARBAGE: Readonly<Record<string, unknown>> = {
    "no JSON": "garbage",
    "JSON of another kind": "[1,2]",
    "another version": '{"v":2,"media_id":"m","expires_at":4000000000}',
    "no media_id": '{"v":1,"expires_at":4000000000}',
    "an empty media_id": '{"v":1,"media_id":"","expires_at":4000000000}',
    "a media_id that is no text": '{"v":1,"media_id":5,"expires_at":4000000000}',
    "no expires_at": '{"v":1,"media_id":"m"}',
    "an expires_at that is a string": '{"v":1,"media_id":"m","expires_at":"4000000000"}',
    "an expires_at without end": '{"v":1,"media_id":"m","expires_at":1e999}',
    "an expired value": '{"v":1,"media_id":"m","expires_at":1389793969}',
    "a number": 5,
    bytes: new Uint8Array(4),
  };
  for (const [what, value] of Object.entries(GARBAGE)) {
    it(`that returns ${what} is overwritten`, async () => {
      const { mp } = mpInProcess();
      const set: string[] = [];
      const store: KeyValueStore = { get: () => value, set: (_, text) => set.push(text) };
      const { media_id } = await keepMedia(mp, IMAGE, await cover(), { store });
      expect(media_id).toMatch(/^[\w-]{64}$/);
      expect(set).toEqual([expect.stringContaining(media_id)]);
    });
  }

  it("that parses JSON by itself serves as well", async () => {
    const { mp, emulator } = mpInProcess();
    const kept = new Map<string, unknown>();
    const store: KeyValueStore = {
      get: (key) => kept.get(key),
      set: (key, value) => kept.set(key, JSON.parse(value)),
    };
    const first = await keepMedia(mp, IMAGE, await cover(), { store });
    expect(await keepMedia(mp, IMAGE, await cover(), { store })).toEqual(first);
    expect(uploads(emulator)).toBe(1);
  });
});

describe("a file that is no good", () => {
  it("is refused before anything is sent or looked up", async () => {
    const { mp, emulator } = mpInProcess();
    const asked: string[] = [];
    const store: KeyValueStore = {
      get: (key) => void asked.push(key),
      set: (key) => void asked.push(key),
    };
    const webp = keepMedia(mp, IMAGE, await badMedia("webp.jpg"), { store });
    await expect(webp).rejects.toMatchObject({ code: "ERR_MEDIA", reason: "format" });
    const unknown = keepMedia(mp, { type: "news" as never }, await media("cover.jpg"), { store });
    await expect(unknown).rejects.toThrow(/40004/);
    expect(asked).toEqual([]);
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});

describe("refreshKeptMedia", () => {
  it("of no files has no results", async () => {
    const { mp } = mpInProcess();
    expect(await refreshKeptMedia(mp, [], { store: new Map<string, string>() })).toEqual([]);
  });
});
