import { createSource, type KeyValueStore } from "@wechat-edge/core";
import { downloadMedia, keepMedia, refreshKeptMedia } from "@wechat-edge/mp-media";
import { describe, expect, it } from "vitest";
import { atNoon, holding, joined, uploads } from "../../support/kept-media.ts";
import { badMedia, media, renamed } from "../../support/media.ts";
import { mpInProcess, mpOverHttp } from "../../support/mp.ts";

const UPLOAD = "/cgi-bin/media/upload";
const HOUR = 3600;
const DAY = 24 * HOUR;
const IMAGE = { type: "image" } as const;

describe("keepMedia", () => {
  it("uploads once, and returns the same media_id after that", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const first = await keepMedia(mp, IMAGE, cover, { store });
    expect(first).toMatchObject({ media_id: expect.stringMatching(/^[\w-]{64}$/) });
    for (let i = 0; i < 3; i++) {
      expect(await keepMedia(mp, IMAGE, cover, { store })).toEqual(first);
    }
    expect(uploads(emulator)).toBe(1);
    expect(store.size).toBe(1);
  });

  it("over HTTP as well", async () => {
    const mp = mpOverHttp();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const { media_id } = await keepMedia(mp, IMAGE, cover, { store });
    expect((await keepMedia(mp, IMAGE, cover, { store })).media_id).toBe(media_id);
    expect(await downloadMedia(mp, { media_id })).toMatchObject({ kind: "file" });
  });

  it("goes by content, whatever the name or the kind of source", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const bytes = new Uint8Array(await cover.arrayBuffer());
    const { media_id } = await keepMedia(mp, IMAGE, cover, { store });
    for (const same of [
      renamed(cover, "front.jpeg"),
      createSource(bytes, { name: "cover.jpg" }),
      {
        name: "cover.jpg",
        size: bytes.length,
        read: (start: number, end: number) => bytes.slice(start, end),
      },
    ]) {
      expect((await keepMedia(mp, IMAGE, same, { store })).media_id).toBe(media_id);
    }
    expect(uploads(emulator)).toBe(1);
    const other = await keepMedia(mp, IMAGE, await media("picture-1.jpg"), { store });
    expect(other.media_id).not.toBe(media_id);
    expect(uploads(emulator)).toBe(2);
  });

  it("shows neither the token nor the secret to the store, which is told how long to keep", async () => {
    const { mp, now } = atNoon();
    const calls: [key: string, value: string, ttl: number][] = [];
    const store: KeyValueStore = {
      get: () => null,
      set: (key, value, { ttl }) => calls.push([key, value, ttl]),
    };
    const { media_id, expiresAt } = await keepMedia(mp, IMAGE, await media("cover.jpg"), {
      store,
    });
    const [[key, value, ttl] = ["", "", 0]] = calls;
    expect(key).toMatch(
      /^wechat-edge:media:https:\/\/api\.weixin\.qq\.com:wx26e3b4a1c0d9f857:image:[0-9a-f]{64}$/,
    );
    expect(JSON.parse(value)).toEqual({ v: 1, media_id, expires_at: expiresAt, key });
    expect(expiresAt).toBe(now() / 1000 + 3 * DAY);
    expect(ttl).toBe(3 * DAY);
  });
});

describe("kept media is uploaded again", () => {
  it("[2012.9] before its three days are over, with six hours to spare", async () => {
    const { mp, emulator, wait } = atNoon();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const first = await keepMedia(mp, IMAGE, cover, { store });
    wait(3 * DAY - 6 * HOUR - 1);
    expect(await keepMedia(mp, IMAGE, cover, { store })).toEqual(first);
    wait(1);
    const second = await keepMedia(mp, IMAGE, cover, { store });
    expect(second.media_id).not.toBe(first.media_id);
    expect(second.expiresAt).toBe(first.expiresAt + 3 * DAY - 6 * HOUR);
    expect(await keepMedia(mp, IMAGE, cover, { store })).toEqual(second);
    expect(uploads(emulator)).toBe(2);
  });
});

describe("callers of one client that come at once", () => {
  it("ten share one upload", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const calls = Array.from({ length: 10 }, () => keepMedia(mp, IMAGE, cover, { store }));
    const ids = (await Promise.all(calls)).map(({ media_id }) => media_id);
    expect(new Set(ids).size).toBe(1);
    expect(uploads(emulator)).toBe(1);
  });

  it("the abort of the first ends none of the others", async () => {
    const held = holding();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const { signal } = controller;
    const first = keepMedia(held.mp, IMAGE, cover, { store, signal });
    const firstOutcome = first.catch((error: unknown) => error);
    await held.arrived;
    const others = Array.from({ length: 9 }, () => keepMedia(held.mp, IMAGE, cover, { store }));
    controller.abort(reason);
    expect(await firstOutcome).toBe(reason);
    held.release();
    const ids = (await Promise.all(others)).map(({ media_id }) => media_id);
    expect(new Set(ids).size).toBe(1);
    expect(uploads(held.emulator)).toBe(1);
  });

  it("the abort of another ends that one alone", async () => {
    const held = holding();
    const store = new Map<string, string>();
    const cover = await media("cover.jpg");
    const first = keepMedia(held.mp, IMAGE, cover, { store });
    await held.arrived;
    const controller = new AbortController();
    const { signal } = controller;
    const other = keepMedia(held.mp, IMAGE, cover, { store, signal });
    const otherOutcome = other.catch((error: unknown) => error);
    await joined();
    controller.abort(new Error("no longer wanted"));
    expect(await otherOutcome).toBe(signal.reason);
    held.release();
    expect((await first).media_id).not.toBe("");
    expect(uploads(held.emulator)).toBe(1);
  });
});

describe("a store", () => {
  const cover = () => media("cover.jpg");

  it("that throws or rejects is told of, and gone without", async () => {
    for (const fail of [
      () => {
        throw new Error("no store");
      },
      () => Promise.reject(new Error("no store")),
    ]) {
      const { mp, emulator } = mpInProcess();
      const errors: unknown[] = [];
      const options = {
        store: { get: fail, set: fail },
        onStoreError: (error: unknown) => errors.push(error),
      };
      expect((await keepMedia(mp, IMAGE, await cover(), options)).media_id).not.toBe("");
      expect(errors.map(String)).toEqual(["Error: no store", "Error: no store"]);
      expect(uploads(emulator)).toBe(1);
    }
  });

  it("without get and set is a TypeError", async () => {
    const { mp, emulator } = mpInProcess();
    for (const store of [undefined, null, {}, { get: () => null }]) {
      const refused = keepMedia(mp, IMAGE, await cover(), { store: store as never });
      await expect(refused).rejects.toThrow(TypeError);
    }
    expect(emulator.control.journal.entries()).toEqual([]);
  });
});

describe("refreshKeptMedia", () => {
  it("renews what has less than a day left, and nothing else", async () => {
    const { mp, emulator, wait } = atNoon();
    const store = new Map<string, string>();
    const [cover, thumb] = [await media("cover.jpg"), await media("thumb.jpg")];
    const files = [
      { type: "image", file: cover },
      { type: "thumb", file: thumb },
    ] as const;
    const old = await keepMedia(mp, IMAGE, cover, { store });
    wait(2 * DAY);
    const young = await keepMedia(mp, { type: "thumb" }, thumb, { store });
    const results = await refreshKeptMedia(mp, files, { store });
    expect(results).toEqual([
      {
        ok: true,
        media_id: expect.not.stringMatching(old.media_id),
        expiresAt: expect.any(Number),
      },
      { ok: true, ...young },
    ]);
    expect(uploads(emulator)).toBe(3);
    wait(HOUR);
    await refreshKeptMedia(mp, files, { store });
    expect(uploads(emulator)).toBe(3);
    await refreshKeptMedia(mp, files, { store, margin: 3 * DAY });
    expect(uploads(emulator)).toBe(5);
  });

  it("goes on past a file that fails", async () => {
    const { mp, emulator } = mpInProcess();
    const store = new Map<string, string>();
    const match = { path: UPLOAD, filename: "picture-1.jpg" };
    emulator.control.faults.add({ kind: "mp-error", errcode: 45009, match });
    const results = await refreshKeptMedia(
      mp,
      [
        { type: "image", file: await badMedia("webp.jpg") },
        { type: "image", file: await media("picture-1.jpg") },
        { type: "image", file: await media("cover.jpg") },
      ],
      { store },
    );
    expect(results).toEqual([
      { ok: false, error: expect.objectContaining({ code: "ERR_MEDIA", reason: "format" }) },
      { ok: false, error: expect.objectContaining({ errcode: 45009 }) },
      { ok: true, media_id: expect.any(String), expiresAt: expect.any(Number) },
    ]);
  });

  it("stops at an abort, with the signal's own reason", async () => {
    const reason = new Error("no longer wanted");
    const both = [
      { type: "image", file: await media("cover.jpg") },
      { type: "thumb", file: await media("thumb.jpg") },
    ] as const;
    for (const files of [both, both.slice(0, 1)]) {
      const { mp, emulator } = mpInProcess();
      const controller = new AbortController();
      const refresh = refreshKeptMedia(mp, files, {
        store: new Map<string, string>(),
        signal: controller.signal,
        onProgress: ({ phase }) => {
          if (phase === "upload") controller.abort(reason);
        },
      });
      await expect(refresh).rejects.toBe(reason);
      expect(emulator.control.mpMedia.filter(({ type }) => type === "thumb")).toEqual([]);
    }
  });
});
