import { inspect } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import truth from "../../../../test/fixtures/files.json" with { type: "json" };
import { fixture } from "../../../../test/support/media.ts";

describe("inspect", () => {
  for (const expected of truth) {
    it(`tells what ${expected.file} is`, async () => {
      const { mime, format } = expected;
      const found = await inspect(await fixture(expected.file));
      expect(found).toMatchObject({ format, mime });
      if ("width" in expected) {
        expect([found.width, found.height]).toEqual([expected.width, expected.height]);
      }
      if ("duration" in expected) expect(found.duration).toBeCloseTo(expected.duration ?? -1, 6);
    });
  }
});
