import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Flight, shareUpload } from "../src/shared-upload.ts";

describe("shareUpload", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** An upload that takes so long, or never ends, and how often it was begun. */
  function uploading(ms: number) {
    const flights = new Map<string, Flight<number>>();
    const begun: number[] = [];
    const upload = (): Promise<number> => {
      const number = begun.push(begun.length + 1);
      return new Promise((resolve) => {
        if (Number.isFinite(ms)) setTimeout(resolve, ms, number);
      });
    };
    return { flights, begun, share: () => shareUpload(flights, "key", upload) };
  }

  it("is done once for all who come while it is under way, and again afterwards", async () => {
    const { begun, share, flights } = uploading(100);
    const all = Promise.all([share(), share(), share()]);
    await vi.advanceTimersByTimeAsync(100);
    expect(await all).toEqual([
      { value: 1, own: true },
      { value: 1, own: false },
      { value: 1, own: false },
    ]);
    expect(flights.size).toBe(0);
    const next = share();
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toEqual({ value: 2, own: true });
    expect(begun.length).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is done once however long it takes", async () => {
    const { begun, share } = uploading(60_000);
    const all = Promise.all(Array.from({ length: 10 }, share));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(new Set((await all).map(({ value }) => value))).toEqual(new Set([1]));
    expect(begun).toEqual([1]);
  });

  it("is begun anew by one, whom the others join, where its owner is gone with his timers", async () => {
    const { flights, begun, share } = uploading(30_000);
    flights.set("key", { result: new Promise(() => undefined), beats: 7 });
    const others = Promise.all(Array.from({ length: 9 }, share));
    await vi.advanceTimersByTimeAsync(2000);
    expect(begun).toEqual([1]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await others).filter(({ own }) => own).length).toBe(1);
    expect(begun).toEqual([1]);
    expect(flights.size).toBe(0);
  });

  it("fails for all who share it, and is forgotten", async () => {
    const flights = new Map<string, Flight<number>>();
    let begun = 0;
    const share = () =>
      shareUpload(flights, "key", async () => {
        begun += 1;
        await Promise.resolve();
        throw new Error("down");
      });
    const outcomes = await Promise.allSettled([share(), share()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([begun, flights.size, vi.getTimerCount()]).toEqual([1, 0, 0]);
  });

  it("keeps keys apart", async () => {
    const flights = new Map<string, Flight<string>>();
    const of = (key: string) => shareUpload(flights, key, async () => key);
    expect(await Promise.all([of("a"), of("b")])).toEqual([
      { value: "a", own: true },
      { value: "b", own: true },
    ]);
  });
});
