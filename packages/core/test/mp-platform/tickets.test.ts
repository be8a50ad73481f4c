import { describe, expect, it } from "vitest";
import { createTickets } from "../../src/mp-platform/tickets.ts";
import { type KeyValueStore, safeStore } from "../../src/store.ts";

const start = Date.UTC(2026, 10, 22, 8, 0, 0);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const KEY = "ticket";

/** One process of a platform; `skew` is how fast its clock is. */
function setUp(store: KeyValueStore = new Map<string, string>()) {
  const state = { time: start };
  const process = (skew = 0) => {
    const now = (): number => state.time + skew;
    const tickets = createTickets({ key: KEY, store: safeStore("tokenStore", store), now });
    return {
      /** As `keepTicket` does, which knows no other time than that of its machine. */
      keep: (value: string, since = now()) => tickets.keep({ value, since }),
      latest: async () => (await tickets.latest())?.value,
    };
  };
  return { state, process };
}

const poisoned = (created_at: unknown): string =>
  JSON.stringify({ v: 1, component_verify_ticket: "T-evil", created_at });

describe("the ticket of a platform", () => {
  it("is the newest, whatever the order in which they come", async () => {
    const { process } = setUp();
    const one = process();
    await one.keep("T2", start);
    await one.keep("T1", start - MINUTE);
    expect(await one.latest()).toBe("T2");
    await one.keep("T2b", start);
    expect(await one.latest()).toBe("T2b");
    expect(await process().latest()).toBe("T2b");
  });

  it("ends after 12 hours", async () => {
    const { state, process } = setUp();
    const one = process();
    await one.keep("T1");
    state.time += 12 * HOUR - 1;
    expect(await one.latest()).toBe("T1");
    state.time += 1;
    expect(await one.latest()).toBe(undefined);
  });

  describe("from the future does not keep a new one out", () => {
    it.each([
      ["in the store, of a machine whose clock was a day fast", poisoned(start + 24 * HOUR)],
      ["in the store, six minutes ahead", poisoned(start + 6 * MINUTE)],
      ["in the store, later than any date", poisoned(9e15)],
      ["in the store, with the largest number there is", poisoned(Number.MAX_VALUE)],
    ])("%s", async (_, value) => {
      const store = new Map([[KEY, value]]);
      const { process } = setUp(store);
      const one = process();
      await one.keep("T1");
      expect(await one.latest()).toBe("T1");
      expect(await process().latest()).toBe("T1");
      store.set(KEY, value); // and comes back from a store that lags
      expect(await one.latest()).toBe("T1");
      await one.keep("T2");
      expect(await one.latest()).toBe("T2");
    });

    it("of this very process, whose clock was set right since", async () => {
      const { state, process } = setUp();
      state.time = start + 24 * HOUR;
      const one = process();
      await one.keep("T-fast");
      state.time = start;
      await one.keep("T1");
      expect(await one.latest()).toBe("T1");
      await one.keep("T2", start + 10 * MINUTE);
      expect(await one.latest()).toBe("T1"); // as T2 is ahead itself
      state.time += 10 * MINUTE;
      await one.keep("T3");
      expect(await one.latest()).toBe("T3");
    });

    it("of a process whose clock is fast all the time", async () => {
      const { state, process } = setUp();
      const [fast, right] = [process(HOUR), process()];
      await fast.keep("T1");
      await right.keep("T2");
      expect(await right.latest()).toBe("T2");
      state.time += 10 * MINUTE;
      await fast.keep("T3");
      await right.keep("T4");
      expect(await right.latest()).toBe("T4");
      expect(await process().latest()).toBe("T4");
    });
  });

  it("from the future is better than none: the clock of this machine may be slow", async () => {
    const { process } = setUp(new Map([[KEY, poisoned(start + 10 * MINUTE)]]));
    expect(await process().latest()).toBe("T-evil");
  });

  it.each([
    ["a text", "soon"],
    ["null", null],
    ["no number", Number.NaN],
    ["a list", [start]],
  ])("of the store without a time is none: %s", async (_, created_at) => {
    const { process } = setUp(new Map([[KEY, poisoned(created_at)]]));
    const one = process();
    expect(await one.latest()).toBe(undefined);
    await one.keep("T1");
    expect(await one.latest()).toBe("T1");
  });
});
