import { createSource, digest } from "@wechat-edge/core";
import { afterEach, expect, it, vi } from "vitest";
import { digestVideo } from "../../src/video/digests.ts";

afterEach(() => vi.unstubAllGlobals());

it("digestVideo needs no crypto.subtle, which a page over http lacks", async () => {
  vi.stubGlobal("crypto", {});
  const bytes = new Uint8Array(3000).fill(7);
  const digests = await digestVideo(createSource(bytes), { onProgress: () => undefined });
  expect(digests.sha1).toBe(await digest(bytes, "SHA-1"));
  expect(digests.block(1)).toBe(digests.sha1);
});
