import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSharedWork } from "../../src/async/shared-work.ts";

describe("shared work", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Work that takes so long, or never ends, and how often it was begun. */
  function working(ms: number) {
    const shared = createSharedWork<number>();
    const begun: number[] = [];
    const work = (): Promise<number> => {
      const number = begun.push(begun.length + 1);
      return new Promise((resolve) => {
        if (Number.isFinite(ms)) setTimeout(resolve, ms, number);
      });
    };
    return { shared, begun, run: () => shared.run(work) };
  }

  it("is done once for all who come while it is under way, and again afterwards", async () => {
    const { shared, begun, run } = working(100);
    const all = Promise.all([run(), run(), run()]);
    expect(shared.isUnderWay()).toBe(true);
    await vi.advanceTimersByTimeAsync(100);
    expect(await all).toEqual([
      { value: 1, own: true },
      { value: 1, own: false },
      { value: 1, own: false },
    ]);
    expect(shared.isUnderWay()).toBe(false);
    const next = run();
    await vi.advanceTimersByTimeAsync(100);
    expect(await next).toEqual({ value: 2, own: true });
    expect(begun.length).toBe(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is done once however long it takes", async () => {
    const { begun, run } = working(60_000);
    const all = Promise.all(Array.from({ length: 10 }, run));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(new Set((await all).map(({ value }) => value))).toEqual(new Set([1]));
    expect(begun).toEqual([1]);
  });

  it("is begun anew by one, whom the others join, where its owner is gone with his timers", async () => {
    const { shared, begun, run } = working(30_000);
    const gone = vi.spyOn(globalThis, "setInterval").mockReturnValueOnce({} as never);
    void shared.run(() => new Promise(() => undefined));
    gone.mockRestore();
    const others = Promise.all(Array.from({ length: 9 }, run));
    await vi.advanceTimersByTimeAsync(2000);
    expect(begun).toEqual([1]);
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await others).filter(({ own }) => own).length).toBe(1);
    expect(begun).toEqual([1]);
    expect(shared.isUnderWay()).toBe(false);
  });

  it("is not begun again by one who waited for a gone owner while another had begun and ended", async () => {
    const { shared, begun, run } = working(10);
    const gone = vi.spyOn(globalThis, "setInterval").mockReturnValueOnce({} as never);
    void shared.run(() => new Promise(() => undefined));
    gone.mockRestore();
    const first = run();
    await vi.advanceTimersByTimeAsync(1);
    const second = run();
    await vi.advanceTimersByTimeAsync(5000);
    expect([(await first).value, (await second).value]).toEqual([1, 1]);
    expect(begun).toEqual([1]);
  });

  it("fails for all who share it, and is forgotten", async () => {
    const shared = createSharedWork<never>();
    let begun = 0;
    const run = () =>
      shared.run(async () => {
        begun += 1;
        await Promise.resolve();
        throw new Error("down");
      });
    const outcomes = await Promise.allSettled([run(), run()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect([begun, shared.isUnderWay(), vi.getTimerCount()]).toEqual([1, false, 0]);
  });
});
