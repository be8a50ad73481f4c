import { describe, expect, it, vi } from "vitest";
import { createDeadline } from "../../src/http/deadline.ts";

const never = (): Promise<never> => new Promise(() => undefined);

describe("a deadline", () => {
  it("lets no part begin once the exchange has failed, and so none hang", async () => {
    const controller = new AbortController();
    const deadline = createDeadline(60_000, controller.signal);
    const reason = new Error("no longer wanted");
    controller.abort(reason);
    let begun = 0;
    const part = async () => {
      begun += 1;
      return never();
    };
    await expect(deadline.within(part)).rejects.toBe(reason);
    expect(begun).toBe(0);
  });

  it("lets each part take its own time, and says what was missing and which option sets the limit", async () => {
    const deadline = createDeadline(10, undefined, "No token came");
    expect(await deadline.within(async () => 1)).toBe(1);
    await expect(deadline.within(never)).rejects.toMatchObject({
      code: "ERR_TIMEOUT",
      message: "No token came within 10 ms, the limit that the option timeout sets.",
    });
    expect(deadline.signal.aborted).toBe(true);
  });

  it("leaves no timer behind", async () => {
    vi.useFakeTimers();
    try {
      const deadline = createDeadline(60_000, undefined);
      await deadline.within(async () => 1);
      await expect(deadline.within(() => Promise.reject(new Error("lost")))).rejects.toThrow(
        "lost",
      );
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("rejects with what it was failed with", async () => {
    const deadline = createDeadline(60_000, undefined);
    const error = new Error("the body broke");
    const part = deadline.within(never);
    deadline.fail(error);
    await expect(part).rejects.toBe(error);
  });

  it("ends with the signal's reason while a part runs, and fetch with it", async () => {
    const controller = new AbortController();
    const reason = new Error("no longer wanted");
    const deadline = createDeadline(60_000, controller.signal);
    const part = deadline.within(() => {
      const failed = new Error("fetch was aborted");
      return new Promise((_, reject) => {
        deadline.signal.addEventListener("abort", () => reject(failed));
      });
    });
    controller.abort(reason);
    await expect(part).rejects.toBe(reason);
    expect(deadline.signal.reason).toBe(reason);
  });

  it("rejects with the error of a part that fails by itself", async () => {
    const error = new Error("lost");
    const deadline = createDeadline(60_000, undefined);
    await expect(deadline.within(() => Promise.reject(error))).rejects.toBe(error);
    expect(deadline.signal.aborted).toBe(false);
  });

  it("does not begin after the signal", () => {
    const reason = new Error("no longer wanted");
    expect(() => createDeadline(60_000, AbortSignal.abort(reason))).toThrow(reason);
  });

  it("listens to the signal until it is closed, and is not ended by it then", () => {
    const controller = new AbortController();
    const { signal } = controller;
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    const deadline = createDeadline(60_000, signal);
    expect(added.mock.calls).toEqual([["abort", expect.any(Function), { once: true }]]);
    deadline.close();
    expect(removed.mock.calls).toEqual([["abort", added.mock.calls[0]?.[1]]]);
    controller.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  it("says which part did not come, and else that no complete reply did", async () => {
    const missing = createDeadline(1, undefined).within(never, "No start came");
    await expect(missing).rejects.toThrow(/^No start came within 1 ms,/);
    const whole = createDeadline(1, undefined).within(never);
    await expect(whole).rejects.toThrow(/^No complete reply came within 1 ms,/);
    createDeadline(1, undefined).close();
  });
});
