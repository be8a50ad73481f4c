// Brands (品牌商户): a scheme of their own, and paths under /brand/.

import {
  createPayClient,
  type PayBrandClientOptions,
  type PayClientOptions,
  type PlatformKey,
  payRequest,
} from "@wechat-edge/core";
import { checkPayPath } from "@wechat-edge/core/internal/pay";
import { credentials } from "@wechat-edge/emulator";
import { describe, expect, it } from "vitest";

const { mchid, serialNo, privateKey, platformKeys, apiV3Key } = credentials.pay;
const [PUBLIC] = platformKeys as readonly [PlatformKey];
const BRAND: PayBrandClientOptions = {
  ...{ brandId: "123456789", serialNo, privateKey, platformKeys: [PUBLIC] },
};
const PATH = "/brand/marketing/product-coupon/product-coupons";
const body = new Uint8Array(0);

describe("a brand's client", () => {
  it("signs with the brand's scheme and brand_id", async () => {
    const brand = createPayClient({ ...BRAND, now: () => 1_554_208_460_000, nonce: () => "N1" });
    const { authorization, message } = await brand.sign({ method: "GET", path: PATH, body });
    expect(authorization).toMatch(
      new RegExp(
        `^WECHATPAY-BRAND-SHA256-RSA2048 brand_id="123456789",nonce_str="N1",timestamp="1554208460",serial_no="${serialNo}",signature="[^"]{344}"$`,
      ),
    );
    expect(new TextDecoder().decode(message)).toBe(`GET\n${PATH}\n1554208460\nN1\n\n`);
    expect([brand.brandId, brand.mchid]).toEqual(["123456789", ""]);
  });

  it("calls /brand/ and verifies the reply", async () => {
    // WeChat Pay's side, with a key pair of its own.
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const pair = await crypto.subtle.generateKey(
      { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      false,
      ["sign", "verify"],
    );
    const utf8 = (text: string) => new TextEncoder().encode(text);
    const brand = createPayClient({
      ...BRAND,
      platformKeys: [{ platformKeyId: "PUB_KEY_ID_1", key: pair.publicKey }],
      fetch: async (url, init) => {
        const sent = new Headers(init?.headers);
        expect(url).toBe(`https://api.mch.weixin.qq.com${PATH}`);
        expect(sent.get("Authorization")).toMatch(/^WECHATPAY-BRAND-SHA256-RSA2048 /);
        expect(sent.get("Wechatpay-Serial")).toBe("PUB_KEY_ID_1");
        const timestamp = String(Math.floor(Date.now() / 1000));
        const signature = await crypto.subtle.sign(
          algorithm,
          pair.privateKey,
          utf8(`${timestamp}\nN2\n{"ok":true}\n`),
        );
        return new Response('{"ok":true}', {
          headers: {
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": "N2",
            "Wechatpay-Serial": "PUB_KEY_ID_1",
            "Wechatpay-Signature": btoa(String.fromCharCode(...new Uint8Array(signature))),
            "Wechatpay-Signature-Type": "WECHATPAY-BRAND-SHA256-RSA2048",
          },
        });
      },
    });
    expect(await payRequest(brand, { method: "GET", path: PATH })).toEqual({ ok: true });
  });

  it("refuses other paths, and a merchant's client those of brands, before anything is sent", async () => {
    const fetch = () => expect.fail("it was sent");
    const brand = createPayClient({ ...BRAND, fetch });
    const merchant = createPayClient({ mchid, serialNo, privateKey, platformKeys, fetch });
    for (const path of ["/v3/certificates", "/hk/v3/certificates"]) {
      await expect(payRequest(brand, { method: "GET", path })).rejects.toThrow(
        /a client with brandId signs for paths that begin with \/brand\//,
      );
    }
    await expect(payRequest(merchant, { method: "GET", path: PATH })).rejects.toThrow(
      /it is signed for a brand\. Make a client with brandId in place of mchid/,
    );
    await expect(merchant.sign({ method: "GET", path: PATH, body })).rejects.toThrow(TypeError);
  });

  it("downloads certificates only from a path that is given", async () => {
    const paths: string[] = [];
    const certificatePath = "/brand/certificates";
    const options = {
      ...{ ...BRAND, platformKeys: undefined, apiV3Key, retry: false as const },
      fetch: async (url: string) => {
        paths.push(url);
        return new Response(null, { status: 404 });
      },
    };
    expect(() => createPayClient(options)).toThrow(/With brandId, apiV3Key needs certificatePath/);
    const brand = createPayClient({ ...options, certificatePath });
    await expect(payRequest(brand, { method: "GET", path: PATH })).rejects.toThrow();
    expect(paths).toEqual([`https://api.mch.weixin.qq.com${certificatePath}`]);
  });

  const wrong: Readonly<Record<string, readonly [object, RegExp]>> = {
    "mchid and brandId": [{ ...BRAND, mchid }, /needs mchid or brandId, one of the two/],
    neither: [{ ...BRAND, brandId: undefined }, /mchid must be the merchant number/],
    "a brandId that is a number": [{ ...BRAND, brandId: 5 }, /brandId must be the brand id/],
    "a brandId that breaks the header": [{ ...BRAND, brandId: '1"' }, /brandId must be the brand/],
    "a private key as brandId": [{ ...BRAND, brandId: privateKey }, /not a private key/],
    "an AppID as brandId": [{ ...BRAND, brandId: credentials.mp.appid }, /not an AppID/],
  };
  for (const [what, [options, message]] of Object.entries(wrong)) {
    it(`is refused: ${what}`, () => {
      expect(() => createPayClient(options as PayClientOptions)).toThrow(message);
    });
  }
});

describe("a path of WeChat Pay", () => {
  it("is under /v3/, /hk/v3/ or /brand/", () => {
    for (const path of ["/v3/x", "/hk/v3/x", "/brand/marketing/x", "/v3/global/x"]) {
      expect(checkPayPath(path)).toBe(path);
    }
    for (const path of [
      "/hk/x",
      "/v2/x",
      "/brandx/x",
      "/brand",
      "/v3/ x",
      "//brand/x",
      "/hk/brand/x",
    ]) {
      expect(() => checkPayPath(path)).toThrow(/path must be an encoded path of WeChat Pay v3/);
    }
  });
});
