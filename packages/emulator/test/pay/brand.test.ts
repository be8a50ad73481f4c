import { describe, expect, it } from "vitest";
import { createEmulator, credentials, type Merchant } from "../../src/index.ts";
import { signedBy } from "./signed-call.ts";
import { IMAGE_PATH, type UploadOptions, upload } from "./upload-request.ts";

const PATH = "/brand/marketing/product-coupon/media/upload-image";
const { brandId, platformKeys } = credentials.brand;

const send = (options: UploadOptions, merchants: Merchant[] = []) =>
  upload(createEmulator({ merchants }).fetch, options);

describe("a call to /brand/", () => {
  it("is signed in the name of a brand, and its reply has that scheme", async () => {
    const outcome = await send({ path: PATH, brandId });
    expect(outcome.status).toBe(200);
    expect(outcome.headers.get("wechatpay-signature-type")).toBe("WECHATPAY-BRAND-SHA256-RSA2048");
    expect(signedBy(outcome, platformKeys[1]?.key ?? "")).toBe(true);
  });

  it("has errors with that scheme too", async () => {
    const outcome = await send({ path: PATH, brandId, filename: "a.txt" });
    expect(outcome.status).toBe(400);
    expect(outcome.headers.get("wechatpay-signature-type")).toBe("WECHATPAY-BRAND-SHA256-RSA2048");
  });

  it("may be of a seeded brand", async () => {
    const merchants = [{ mchid: "1900000109", brandId: "123456789" }];
    expect((await send({ path: PATH, brandId: "123456789" }, merchants)).status).toBe(200);
  });

  it.each([
    ["a merchant's scheme", { path: PATH }, "Http头Authorization认证类型不正确"],
    [
      "a brand's scheme elsewhere",
      { path: IMAGE_PATH, brandId },
      "Http头Authorization认证类型不正确",
    ],
    ["an unknown brand", { path: PATH, brandId: "1" }, "商户未申请过证书。"],
    [
      "mchid in the place of brand_id",
      {
        path: PATH,
        authorization:
          'WECHATPAY-BRAND-SHA256-RSA2048 mchid="1900026201",nonce_str="a",timestamp="1",serial_no="1",signature="a"',
      },
      "Http头Authorization值格式错误，请参考《微信支付商户REST API签名规则》",
    ],
  ])("refuses %s", async (_, options, message) => {
    const { status, json } = await send(options);
    expect([status, json]).toEqual([401, { code: "SIGN_ERROR", message }]);
  });

  it("refuses a brand given twice", () => {
    const merchants = ["1900000108", "1900000109"].map((mchid) => ({ mchid, brandId: "5" }));
    expect(() => createEmulator({ merchants })).toThrow('merchants[1].brandId is "5", as in');
  });
});
