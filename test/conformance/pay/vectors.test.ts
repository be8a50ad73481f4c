import { createPayClient, SignatureError } from "@wechat-edge/core";
import { describe, expect, it } from "vitest";
import { vectorText } from "../../support/media.ts";
import requests from "../../vectors/request-signatures.json" with { type: "json" };
import reply from "../../vectors/response-signature.json" with { type: "json" };

async function officialMerchant(now = Number(requests.timestamp) * 1000) {
  return createPayClient({
    mchid: requests.mchid,
    serialNo: requests.serial_no,
    privateKey: await vectorText(requests.private_key_file),
    platformKeys: [{ platformKeyId: reply.serial, key: reply.public_key }],
    now: () => now,
    nonce: () => requests.nonce_str,
  });
}

describe("WeChat Pay's own signing examples", () => {
  for (const vector of requests.vectors) {
    it(`makes the published signature: ${vector.name}`, async () => {
      const [method = "", path = "", , , ...body] = vector.message.slice(0, -1).split("\n");
      const pay = await officialMerchant();
      const { authorization } = await pay.sign({
        method,
        path,
        body: new TextEncoder().encode(body.join("\n")),
      });
      expect(authorization).toBe(
        `WECHATPAY2-SHA256-RSA2048 mchid="${requests.mchid}",nonce_str="${requests.nonce_str}",` +
          `timestamp="${requests.timestamp}",serial_no="${requests.serial_no}",signature="${vector.signature}"`,
      );
    });
  }

  const [timestamp = "", nonce = "", body = ""] = reply.message.split("\n");
  const signed = (text: string) => ({
    status: 200,
    headers: new Headers({
      "Wechatpay-Timestamp": timestamp,
      "Wechatpay-Nonce": nonce,
      "Wechatpay-Signature": reply.signature,
      "Wechatpay-Serial": reply.serial,
    }),
    body: new TextEncoder().encode(text),
  });

  it("verifies the published reply", async () => {
    const pay = await officialMerchant(Number(timestamp) * 1000);
    await expect(pay.verify(signed(body))).resolves.toBeUndefined();
  });

  it("refuses the published reply with one byte changed", async () => {
    const pay = await officialMerchant(Number(timestamp) * 1000);
    const forged = pay.verify(signed(body.replace("JyC91EIz1", "JyC91EIz2")));
    await expect(forged).rejects.toThrow(SignatureError);
    await expect(forged).rejects.toMatchObject({ reason: "mismatch", platformKeyId: reply.serial });
  });

  it("takes a clock 300 seconds off and refuses 301", async () => {
    const at = Number(timestamp) * 1000;
    await (await officialMerchant(at + 300_000)).verify(signed(body));
    await (await officialMerchant(at - 300_000)).verify(signed(body));
    for (const skew of [301_000, -301_000]) {
      const late = (await officialMerchant(at + skew)).verify(signed(body));
      await expect(late).rejects.toMatchObject({ code: "ERR_SIGNATURE", reason: "stale" });
    }
  });
});
