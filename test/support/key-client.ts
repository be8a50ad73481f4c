import { createPayClient, type PlatformKey } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import vectors from "../vectors/keys.json" with { type: "json" };

export const { keys } = vectors;

/** A key that the private keys here do not belong to. */
const [WECHAT] = credentials.pay.platformKeys as [PlatformKey];

export function client(
  privateKey: string | CryptoKey,
  key: PlatformKey["key"] = WECHAT.key,
  platformKeyId = "PUB_KEY_ID_1",
) {
  return createPayClient({
    mchid: "1900000001",
    serialNo: "0A1B",
    privateKey,
    platformKeys: [{ platformKeyId, key }],
    now: () => 1_700_000_000_000,
    nonce: () => "0123456789abcdef",
  });
}

export const good = {
  mchid: "1900000001",
  serialNo: "0A1B",
  privateKey: keys["rsa.pkcs8"],
  platformKeys: [{ ...WECHAT, platformKeyId: "PUB_KEY_ID_1" }],
};
