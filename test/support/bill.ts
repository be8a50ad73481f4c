import {
  createPayClient,
  digest,
  type PayClient,
  type PayClientOptions,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import type { PayDownload } from "@wechat-edge/pay-media/downloads";
export const DAY_MS = 86_400_000;

export const text = "\ufeff交易时间,订单金额\r\n`2026-11-28 09:30:15,`19.90\r\n";

export const bytes = new TextEncoder().encode(text);

export const url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=a_b-c";

interface Bill {
  readonly download_url: string;
  readonly hash_type: string;
  readonly hash_value: string;
}

/** A day whose bill is made, whatever the time of day. */
export function billDate(now: number): string {
  return new Date(now - 2 * DAY_MS).toISOString().slice(0, 10);
}

export function askBill(
  pay: PayClient,
  query: object = {},
  path = "/v3/bill/tradebill",
): Promise<Bill> {
  return payRequest<Bill>(pay, {
    method: "GET",
    path,
    query: { bill_date: billDate(Date.now()), ...query },
  });
}

/** A client that is answered this to whatever it asks, and what it asked. */
export function answered(reply: () => Response, options: Partial<PayClientOptions> = {}) {
  const { mchid, serialNo, privateKey, platformKeys } = credentials.pay;
  const asked: { url: string; headers: Headers }[] = [];
  const pay = createPayClient({
    ...{ mchid, serialNo, privateKey, platformKeys },
    sleep: async () => undefined,
    async fetch(address, { headers }) {
      asked.push({ url: address, headers: new Headers(headers) });
      return reply();
    },
    ...options,
  });
  return { pay, asked };
}

export async function bill(content: Uint8Array<ArrayBuffer> = bytes): Promise<Bill> {
  return { download_url: url, hash_type: "SHA1", hash_value: await digest(content, "SHA-1") };
}

/** What was handed out, and the error at its end. */
export async function received({ body }: PayDownload): Promise<{ bytes: number; error?: unknown }> {
  const reader = body.getReader();
  let length = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { bytes: length };
      length += value.byteLength;
    }
  } catch (error) {
    return { bytes: length, error };
  }
}

const platformKeyId = "PUB_KEY_ID_0000000000000000000000000001";

/** A platform of the test's own, which signs what is given. */
export async function platform() {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const { publicKey, privateKey } = await crypto.subtle.generateKey(
    { ...algorithm, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    true,
    ["sign", "verify"],
  );
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  const base64 = btoa(String.fromCharCode(...spki));
  const key = `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----`;
  return {
    platformKeys: [{ platformKeyId, key }],
    sign: async (signed: string): Promise<Record<string, string>> => {
      const timestamp = String(Math.floor(Date.now() / 1000));
      const message = new TextEncoder().encode(`${timestamp}\nnonce\n${signed}\n`);
      const signature = await crypto.subtle.sign(algorithm.name, privateKey, message);
      return {
        "wechatpay-timestamp": timestamp,
        "wechatpay-nonce": "nonce",
        "wechatpay-serial": platformKeyId,
        "wechatpay-signature": btoa(String.fromCharCode(...new Uint8Array(signature))),
      };
    },
  };
}
