import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { shareWork } from "../../src/async/shared-work.ts";

describe("shareWork", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("is done once for all who come while it is under way, and again afterwards", async () => {
    let times = 0;
    const shared = shareWork(async () => {
      times += 1;
      await Promise.resolve();
      return times;
    });
    expect(await Promise.all([shared.run(), shared.run(), shared.run()])).toEqual([1, 1, 1]);
    expect(shared.isUnderWay()).toBe(false);
    expect(await shared.run()).toBe(2);
  });

  it("is begun by one anew where it never settles, and the others join him", async () => {
    let times = 0;
    const shared = shareWork((): Promise<string> => {
      times += 1;
      return times === 1 ? new Promise(() => undefined) : Promise.resolve("done");
    });
    void shared.run();
    const others = Promise.all(Array.from({ length: 9 }, () => shared.run()));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await others).toEqual(Array.from({ length: 9 }, () => "done"));
    expect(times).toBe(2);
  });

  it("fails for all who share it", async () => {
    const shared = shareWork(() => Promise.reject(new Error("down")));
    const outcomes = await Promise.allSettled([shared.run(), shared.run()]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  });
});
