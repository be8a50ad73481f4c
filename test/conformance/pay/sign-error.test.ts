import type { PayApiError } from "@wechat-edge/core";
import { uploadImage } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { media } from "../../support/media.ts";
import { payInProcess } from "../../support/pay.ts";

describe("a refused signature is explained", () => {
  it("names both clocks and how far they are apart", async () => {
    for (const [minutes, way] of [
      [6, "fast"],
      [-6, "slow"],
    ] as const) {
      const at = Date.UTC(2026, 10, 22, 8, 0, 0);
      const { emulator } = payInProcess({}, { now: () => at });
      const { pay } = payInProcess({
        now: () => at + minutes * 60_000,
        fetch: emulator.fetch,
      });
      const error: PayApiError = await uploadImage(pay, await media("licence.jpg")).then(
        () => expect.fail("the upload was accepted"),
        (refused: PayApiError) => refused,
      );
      expect(error.explanation?.causes).toEqual(["clock"]);
      expect(error.message).toContain(new Date(at).toISOString());
      expect(error.message).toContain(new Date(at + minutes * 60_000).toISOString());
      expect(error.message).toContain(`360 seconds ${way}`);
    }
  });
});
