import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { IssuedToken, TokenKind } from "../../../src/mp/tokens/issue.ts";
import { createTokens } from "../../../src/mp/tokens/tokens.ts";
import { type KeyValueStore, safeStore } from "../../../src/store.ts";

const start = Date.UTC(2026, 10, 22, 8, 0, 0);
const never = (): Promise<never> => new Promise(() => undefined);

/** Tokens T1, T2 … of an endpoint that is told when to answer what; timers are fake, and so is Date. */
function tokensOf(options: {
  store?: KeyValueStore;
  kind?: TokenKind;
  issue?: (force: boolean, number: number) => Promise<string>;
}) {
  const issued: boolean[] = [];
  const tokens = createTokens({
    key: "key",
    store: options.store && safeStore("tokenStore", options.store),
    now: Date.now,
    kind: options.kind ?? "stable",
    issue: async (force): Promise<IssuedToken> => {
      issued.push(force);
      const value = await (options.issue?.(force, issued.length) ?? `T${issued.length}`);
      return { value, lifetime: 7200 };
    },
  });
  return { tokens, issued };
}

const ten = (call: () => Promise<unknown>) => Promise.all(Array.from({ length: 10 }, () => call()));

/** Begins a call as one of a request whose timers end with it. */
function withoutTimers<T>(begin: () => T): T {
  const timers = vi.spyOn(globalThis, "setInterval").mockReturnValue({} as never);
  try {
    return begin();
  } finally {
    timers.mockRestore();
  }
}

describe("tokens of an account", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: start });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("cost ten cold callers one token call where the store hangs, and four seconds at most", async () => {
    const { tokens, issued } = tokensOf({ store: { get: never, set: never, delete: never } });
    const values = ten(() => tokens.get());
    await vi.advanceTimersByTimeAsync(4000);
    expect(await values).toEqual(Array.from({ length: 10 }, () => "T1"));
    expect(issued).toEqual([false]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("are known to callers as soon as WeChat has given them, though the store hangs on", async () => {
    const { tokens } = tokensOf({ store: { get: () => undefined, set: never } });
    const first = tokens.get();
    await vi.advanceTimersByTimeAsync(0);
    expect(await tokens.get()).toBe("T1");
    await vi.advanceTimersByTimeAsync(2000);
    expect(await first).toBe("T1");
  });

  it("are taken by another caller after two seconds where the first one's call ended with its request", async () => {
    const { tokens, issued } = tokensOf({
      issue: (_, number) => (number === 1 ? never() : Promise.resolve(`T${number}`)),
    });
    const first = withoutTimers(() => tokens.get());
    const others = ten(() => tokens.get());
    await vi.advanceTimersByTimeAsync(2000);
    expect(await others).toEqual(Array.from({ length: 10 }, () => "T2"));
    expect(issued.length).toBe(2);
    expect(await Promise.race([first, Promise.resolve("pending")])).toBe("pending");
    expect(await tokens.get()).toBe("T2");
  });

  it("are replaced by another caller where the first one's replacement ended with its request", async () => {
    const { tokens, issued } = tokensOf({
      issue: (_, number) => (number === 2 ? never() : Promise.resolve(`T${number}`)),
    });
    await tokens.get();
    void withoutTimers(() => tokens.replace("T1"));
    const others = ten(() => tokens.replace("T1"));
    await vi.advanceTimersByTimeAsync(2000);
    expect(await others).toEqual(Array.from({ length: 10 }, () => "T3"));
    expect(issued.length).toBe(3);
  });

  it("are asked for once more where the call joined returns one refused meanwhile", async () => {
    const { tokens, issued } = tokensOf({ store: { get: () => undefined, set: never } });
    const first = tokens.get();
    await vi.advanceTimersByTimeAsync(0);
    expect(await tokens.get()).toBe("T1"); // while the store still hangs
    const replaced = tokens.replace("T1");
    await vi.advanceTimersByTimeAsync(4000);
    expect(await first).toBe("T1");
    expect(await replaced).toBe("T2");
    expect(issued).toEqual([false, false]);
  });

  it("are forced where another process's token is refused while it is asked for", async () => {
    const answers: ((token: string) => void)[] = [];
    const { tokens, issued } = tokensOf({
      issue: () => new Promise((resolve) => answers.push(resolve)),
    });
    const joined = tokens.get();
    await vi.advanceTimersByTimeAsync(0);
    const replaced = tokens.replace("OLD");
    answers.shift()?.("OLD"); // what another process holds, and WeChat has just refused
    await vi.advanceTimersByTimeAsync(0);
    answers.shift()?.("NEW"); // forced
    await vi.advanceTimersByTimeAsync(0);
    expect(await joined).toBe("NEW");
    expect(await replaced).toBe("NEW");
    expect(issued).toEqual([false, true]);
  });

  it("are not used again after a refusal, as far as the last eight go", async () => {
    const values = new Map<string, string>();
    const { tokens } = tokensOf({ store: values });
    const offer = async (access_token: string): Promise<string> => {
      vi.advanceTimersByTime(7200_000); // what is held has expired
      const times = { issued_at: Date.now(), expires_at: Date.now() + 7200_000 };
      values.set("key", JSON.stringify({ v: 1, access_token, ...times }));
      return tokens.get();
    };
    const old = Array.from({ length: 9 }, (_, i) => `OLD${i}`);
    for (const token of old) await tokens.replace(token);
    for (const token of old.slice(1)) expect(await offer(token)).toMatch(/^T/);
    expect(await offer("OLD0")).toBe("OLD0");
  });

  it("are forced again where the clock has been set back to before the last time", async () => {
    let refused = "";
    const { tokens, issued } = tokensOf({
      issue: async (force, number) => {
        if (force || refused === "") refused = `T${number}`;
        return refused;
      },
    });
    expect(await tokens.replace(await tokens.get())).toBe("T3");
    vi.setSystemTime(start - 3600_000);
    expect(await tokens.replace("T3")).toBe("T5");
    expect(issued).toEqual([false, false, true, false, true]);
  });

  it("are not forced where that cannot be, and undefined tells that there is no other", async () => {
    const { tokens, issued } = tokensOf({ kind: "plain", issue: async () => "SAME" });
    expect(await tokens.replace(await tokens.get())).toBe(undefined);
    expect(issued).not.toContain(true);
  });

  it.each(["plain", "stable"] as const)(
    "that WeChat returns after it refused them serve on, and not every call asks (%s)",
    async (kind) => {
      const { tokens, issued } = tokensOf({ kind, issue: async () => "SAME" });
      expect(await tokens.replace(await tokens.get())).toBe(undefined);
      await tokens.get(); // what was forced was the same, too: asked once more, and then believed
      const asked = issued.length;
      for (let call = 0; call < 10; call++) expect(await tokens.get()).toBe("SAME");
      expect(issued.length).toBe(asked);
      // A call that refuses it again asks again, and forces another as soon as that may be.
      vi.setSystemTime(start + 3600_000);
      expect(await tokens.replace("SAME")).toBe(undefined);
      expect(issued.slice(asked).includes(true)).toBe(kind === "stable");
    },
  );

  it("leave no timer behind", async () => {
    const { tokens } = tokensOf({ store: new Map() });
    await tokens.replace(await tokens.get());
    expect(vi.getTimerCount()).toBe(0);
  });
});
