// Callers who share work are bounded in number and in time, even where no heartbeat of an owner is ever heard.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createSharedWork, type WorkBounds } from "../../src/async/shared-work.ts";
import { NetworkError, ReplyError } from "../../src/errors.ts";

const down = () => new NetworkError("down");
const never = () => new Promise<never>(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Nobody hears a beat: timers of requests that have ended, or a clock of a test that knows no intervals. */
const deaf = () => vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);

/** Callers of one piece of work, how often it was begun, and how each ended and when. */
function crowd(begin: (number: number) => Promise<number>, bounds: WorkBounds = {}) {
  const shared = createSharedWork<number>(bounds);
  const start = Date.now();
  let begun = 0;
  const ends: { at: number; how: unknown }[] = [];
  const call = async (mayTakeOver?: () => boolean): Promise<void> => {
    const work = () => {
      begun += 1;
      return begin(begun);
    };
    const how = await shared.run(work, mayTakeOver).then(
      ({ value }) => value,
      (error: unknown) => (error as Error).message,
    );
    ends.push({ at: Date.now() - start, how });
  };
  const calls = (count: number): void => {
    for (let left = count; left > 0; left--) void call();
  };
  return { shared, call, calls, ends, begun: () => begun };
}

const after = <T>(ms: number, end: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(end());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
const failing = (ms: number) => () =>
  after<number>(ms, () => {
    throw down();
  });

describe("a hundred callers of work that fails slowly", () => {
  it("share one failure where its owner is heard", async () => {
    const { calls, ends, begun } = crowd(failing(181_000));
    calls(100);
    await vi.advanceTimersByTimeAsync(181_000);
    expect(ends.length).toBe(100);
    expect(new Set(ends.map(({ at, how }) => `${at} ${String(how)}`))).toEqual(
      new Set(["181000 down"]),
    );
    expect(begun()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("begin it a few times where nobody is heard, and all have settled soon after the first failure", async () => {
    deaf();
    const { calls, ends, begun } = crowd(failing(181_000));
    calls(100);
    await vi.advanceTimersByTimeAsync(183_000);
    expect(ends.length).toBe(100);
    expect(Math.max(...ends.map(({ at }) => at))).toBeLessThanOrEqual(183_000);
    expect(begun()).toBe(6); // at 0, 2, 10, 42, 106 and 170 seconds
  });

  it("share a success, too, of whoever has it first", async () => {
    deaf();
    const { calls, ends, begun } = crowd((number) =>
      after(number === 2 ? 3000 : 50_000, () => number),
    );
    calls(10);
    await vi.advanceTimersByTimeAsync(6000);
    expect(ends.map(({ how }) => how)).toEqual(Array.from({ length: 10 }, () => 2));
    expect(begun()).toBe(2);
    // The late end of the first changes nothing.
    await vi.advanceTimersByTimeAsync(60_000);
    expect(ends.length).toBe(10);
  });
});

describe("work whose owners all go", () => {
  it("is begun ever more rarely: not thirty times a minute", async () => {
    deaf();
    const { calls, begun } = crowd(never);
    calls(100);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(begun()).toBe(4);
  });

  it("lets each caller go after the longest wait, with an error that says so", async () => {
    deaf();
    const { calls, ends } = crowd(never, { longest: 45_000 });
    calls(100);
    await vi.advanceTimersByTimeAsync(44_999);
    expect(ends).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(ends.length).toBe(100);
    expect(new Set(ends.map(({ how }) => how))).toEqual(
      new Set([
        "No result came within 45000 ms from a request that several calls share. Try again.",
      ]),
    );
    expect(vi.getTimerCount()).toBe(0);
  });

  it("lets the one who began it go too", async () => {
    const { calls, ends } = crowd(never, { longest: 45_000 });
    calls(1);
    await vi.advanceTimersByTimeAsync(45_000);
    expect(ends.length).toBe(1);
  });

  it("is taken over by callers of whom each waits less long than the patience that has grown", async () => {
    deaf();
    const { calls, ends, begun } = crowd(
      (number) => (number < 5 ? never() : after(10, () => number)),
      { longest: 20_000 },
    );
    calls(9); // begun at 0, 2 and 10 seconds: then it would be 32 until the next
    await vi.advanceTimersByTimeAsync(20_000);
    expect([ends.length, begun()]).toEqual([9, 3]);
    for (let second = 20; second < 150; second += 10) {
      calls(1); // some wait while others come, and at times nobody waits
      await vi.advanceTimersByTimeAsync(10_000);
    }
    expect(ends.at(-1)?.how).toBeGreaterThanOrEqual(5);
    // 32 and 64 seconds after it was begun last, whoever waited.
    expect(ends.filter(({ how }) => how === 5).map(({ at }) => at)[0]).toBeLessThan(120_000);
  });

  it("is not taken over at once by one who comes while its owner has only just gone quiet", async () => {
    const { calls, begun } = crowd(never);
    calls(1);
    await vi.advanceTimersByTimeAsync(300_000); // nobody has looked for a long time
    vi.clearAllTimers();
    calls(1);
    await vi.advanceTimersByTimeAsync(1999);
    expect(begun()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun()).toBe(1); // the beats of five minutes were news
    await vi.advanceTimersByTimeAsync(2000);
    expect(begun()).toBe(2);
  });

  it("counts the silence anew where the clock is set back", async () => {
    deaf();
    const { calls, begun } = crowd(never);
    calls(1);
    vi.setSystemTime(Date.now() - 3_600_000);
    calls(1);
    await vi.advanceTimersByTimeAsync(4000);
    expect(begun()).toBe(2);
  });

  it("is given up with its owner where it hangs, however long its timers live", async () => {
    const { calls, ends, begun, shared } = crowd(
      (number) => (number === 1 ? never() : after(10, () => number)),
      {
        longest: 45_000,
      },
    );
    calls(1);
    await vi.advanceTimersByTimeAsync(44_000);
    calls(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect([ends.length, shared.isUnderWay(), vi.getTimerCount()]).toEqual([1, false, 2]);
    calls(1); // begins it again, and those who came before join
    await vi.advanceTimersByTimeAsync(2000);
    expect([ends.length, begun()]).toEqual([4, 2]);
    expect(ends.slice(1).map(({ how }) => how)).toEqual([2, 2, 2]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is not begun again where that is forbidden: the caller is told after two seconds", async () => {
    deaf();
    const { call, ends, begun } = crowd(never);
    void call();
    void call(() => false);
    await vi.advanceTimersByTimeAsync(2000);
    expect([ends.map(({ at }) => at), begun()]).toEqual([[2000], 1]);
  });

  it("is patient again after any outcome", async () => {
    deaf();
    const { calls, begun } = crowd((number) => (number === 3 ? after(10, () => 3) : never()));
    calls(5); // taken over after 2 and 10 seconds
    await vi.advanceTimersByTimeAsync(12_000);
    expect(begun()).toBe(3);
    calls(5);
    await vi.advanceTimersByTimeAsync(1999);
    expect(begun()).toBe(4);
    await vi.advanceTimersByTimeAsync(1);
    expect(begun()).toBe(5);
  });
});

describe("a failure", () => {
  it("serves those who come within a second, where several met it", async () => {
    const { calls, ends, begun } = crowd(failing(10), { now: Date.now });
    calls(2);
    await vi.advanceTimersByTimeAsync(10);
    calls(5);
    await vi.advanceTimersByTimeAsync(999);
    calls(5);
    await vi.advanceTimersByTimeAsync(0);
    expect([ends.length, begun()]).toEqual([12, 1]);
    await vi.advanceTimersByTimeAsync(1);
    calls(1);
    expect(begun()).toBe(2);
  });

  it("serves nobody else where one alone met it, but the second in a row does", async () => {
    const { call, begun, ends } = crowd(failing(10), { now: Date.now });
    for (let i = 0; i < 100; i++) {
      void call();
      await vi.advanceTimersByTimeAsync(10);
    }
    // Twice at once, then about once a second.
    expect([ends.length, begun()]).toEqual([100, 2]);
    await vi.advanceTimersByTimeAsync(1000);
    void call();
    expect(begun()).toBe(3);
  });

  it("is forgotten at once where no clock is given, or where it would not pass by itself", async () => {
    const refused = () =>
      after<number>(10, () => {
        throw new ReplyError("refused", { status: 403 });
      });
    for (const { call, begun } of [crowd(failing(10)), crowd(refused, { now: Date.now })]) {
      for (let i = 0; i < 4; i++) {
        void call();
        void call();
        await vi.advanceTimersByTimeAsync(10);
      }
      expect(begun()).toBe(4);
    }
  });

  it("ages by the caller's clock and by that of the machine, whichever is faster", async () => {
    let own = 0;
    const { calls, begun } = crowd(failing(10), { now: () => own });
    calls(2);
    await vi.advanceTimersByTimeAsync(10);
    own = 1000;
    calls(2);
    expect(begun()).toBe(2);
    await vi.advanceTimersByTimeAsync(10);
    await vi.advanceTimersByTimeAsync(1000); // its own clock stands still
    calls(2);
    expect(begun()).toBe(3);
    await vi.advanceTimersByTimeAsync(10);
    own = -5000; // set back
    calls(1);
    expect(begun()).toBe(4);
  });

  it("is over with a success, after which one alone serves nobody else", async () => {
    const { call, begun } = crowd((number) => (number === 2 ? after(10, () => 2) : failing(10)()), {
      now: Date.now,
    });
    for (let i = 0; i < 4; i++) {
      void call();
      await vi.advanceTimersByTimeAsync(10);
    }
    expect(begun()).toBe(4); // failed, succeeded, failed, failed
    void call();
    expect(begun()).toBe(4);
  });

  it("of one who was given up does not displace what another has found since", async () => {
    deaf();
    const { calls, ends } = crowd((number) =>
      number === 1 ? failing(5000)() : after(1000, () => number),
    );
    calls(3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(ends.map(({ how }) => how)).toEqual([2, 2, 2]);
  });
});
