import { createMpClient } from "@wechat-edge/core";
import { createEmulator, credentials } from "@wechat-edge/emulator";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keepMedia } from "../src/index.ts";

const JPEG = new File([Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)], "cover.jpg");

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

it("a store that hangs is waited for two seconds, told of, and gone without", async () => {
  const { fetch, control } = createEmulator();
  const mp = createMpClient({ ...credentials.mp, fetch });
  const hang = () => new Promise(() => undefined);
  const errors: unknown[] = [];
  const options = {
    store: { get: hang, set: hang },
    onStoreError: (error: unknown) => errors.push(error),
  };
  const keeping = Promise.all(
    Array.from({ length: 10 }, () => keepMedia(mp, { type: "image" }, JPEG, options)),
  );
  let ids = new Set<string>();
  const kept = keeping.then((all) => {
    ids = new Set(all.map(({ media_id }) => media_id));
    return ids;
  });
  while (ids.size === 0) await vi.advanceTimersByTimeAsync(100);
  await kept;
  expect(ids.size).toBe(1);
  expect(control.mpMedia.length).toBe(1);
  expect(errors.map(String)).toEqual([
    "Error: The store did not finish get within 2000 ms.",
    "Error: The store did not finish set within 2000 ms.",
  ]);
});
