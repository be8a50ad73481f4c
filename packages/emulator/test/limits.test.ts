// The limits of WeChat's documents, written down a second time, and at each the byte that is too much.

import { describe, expect, it } from "vitest";
import { createMpLimits, mediaProfiles } from "../src/mp/media/limits.ts";
import { checkFile } from "../src/pay/file-check.ts";
import { payUploadEndpoints } from "../src/pay/upload-endpoints.ts";

const K = 1024;
const M = 1_048_576;

describe("WeChat Pay", () => {
  it("takes files of these sizes", () => {
    const sizes = Object.fromEntries(
      payUploadEndpoints.map(({ kind, maxBytes, maxBytesByExtension }) => [
        kind,
        maxBytesByExtension === undefined ? maxBytes : [maxBytes, maxBytesByExtension],
      ]),
    );
    expect(sizes).toEqual({
      // 文件上传, 2026-05: pictures of 5M, and PDF of 7.5M.
      image: [5 * M, { pdf: 7_864_320 }],
      // 视频上传, 2019-10-23 to 2024-11-18: 5M.
      video: 5 * M,
      // The pages of pictures for one purpose each say 2M, as 图片上传 did.
      "account-cancellation-image": 2 * M,
      "brand-product-coupon-image": 2 * M,
      "global-merchant-service-image": 2 * M,
      "marketing-image": 2 * M,
      "merchant-service-image": 2 * M,
      "product-coupon-image": 2 * M,
      // So do those of tables of transfers and of invoices.
      "bank-package-task": 2 * M,
      "fapiao-file": 2 * M,
      "taxi-fapiao-file": 2 * M,
      // WeChat Pay Global 上传文件API, 2022-08-04: 5M.
      "global-merchant-file": 5 * M,
      // 上传电子小票图片: 200K.
      "shopping-receipt": 200 * K,
      // Each item states its own size; no page states one of the upload, so that 32M is assumed.
      "due-diligence-file": 32 * M,
      "submission-file": 32 * M,
    });
  });

  it.each(payUploadEndpoints.map((endpoint) => [endpoint.kind, endpoint] as const))(
    "%s refuses one byte more",
    async (_, endpoint) => {
      const { maxBytes, maxBytesByExtension = {}, extensions } = endpoint;
      const rules = { ...endpoint, extensionMatchesContent: false, digestCase: false };
      for (const extension of extensions.length === 0 ? ["bin"] : extensions) {
        const most = maxBytesByExtension[extension] ?? maxBytes;
        const filename = `a.${extension}`;
        const at = async (size: number): Promise<string> => {
          // The size is looked at before the content, so it need not be one.
          const bytes = new Uint8Array(size);
          const found = await checkFile({ filename, digest: "", bytes }, rules);
          return "message" in found ? found.message : "";
        };
        expect(await at(most)).not.toContain("文件大小不能超过");
        expect(await at(most + 1)).toContain("文件大小不能超过");
      }
    },
  );
});

describe("an Official Account", () => {
  const BASE = {
    "temporary-voice": 2 * M,
    "temporary-video": 10 * M,
    "temporary-thumb": 64 * K,
    "material-image": 2 * M,
    "material-voice": 2 * M,
    "material-video": 10 * M,
    "material-thumb": 64 * K,
    "article-image": 5 * M,
    "voice-seconds": 60,
    "library-images": 100_000,
    "library-others": 1000,
  };
  const CURRENT = {
    ...BASE,
    "temporary-image": 10 * M,
    "material-image": 10 * M,
    "article-image": M,
  };
  const LIMITS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
    2012: {
      ...BASE,
      "temporary-image": 128 * K,
      "temporary-voice": 256 * K,
      "temporary-video": M,
    },
    2014: { ...BASE, "temporary-image": M },
    "media-api": { ...BASE, "temporary-image": 2 * M },
    current: CURRENT,
    reported: { ...CURRENT, "article-image": 8 * M, "material-video": 20 * M },
  };

  it.each(mediaProfiles)("of the profile %s has these limits", (profile) => {
    const limits = createMpLimits(profile, {});
    for (const [name, most] of Object.entries(LIMITS[profile] ?? {})) {
      expect({ name, most: limits.of(name as "voice-seconds") }).toEqual({ name, most });
    }
    expect(Object.keys(LIMITS[profile] ?? {}).length).toBe(12);
    expect(createMpLimits(profile, { "article-image": 7 }).of("article-image")).toBe(7);
  });
});
