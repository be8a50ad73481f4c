import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createProvidedTokens } from "../../../src/mp/tokens/provided.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it("a token may take as long as the option timeout says, for each who waits", async () => {
  const slow = () => new Promise<string>((resolve) => setTimeout(() => resolve("T"), 9000));
  const tokens = createProvidedTokens("wx1", slow, 10_000);
  const values = Promise.all([tokens.get(), tokens.get(), tokens.replace("OLD")]);
  await vi.advanceTimersByTimeAsync(9000);
  expect(await values).toEqual(["T", "T", "T"]);
  expect(vi.getTimerCount()).toBe(0);
});
