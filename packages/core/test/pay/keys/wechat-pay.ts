import { credentials } from "@wechat-edge/emulator";
import { listEntry, SERIAL, signedReply } from "../../../../../test/support/certificate.ts";
import { createPayClient, type KeyValueStore, type PayClientOptions } from "../../../src/index.ts";

export const NOW: number = Date.UTC(2026, 10, 30, 8);

interface Signer {
  readonly privateKey?: string;
  readonly serial?: string;
}

/** A WeChat Pay that lists what it is told to, and signs with what it is told to. */
export interface FakeWechatPay {
  entries: readonly object[];
  /** Who signs the list, and who signs every other reply. */
  listSigner: Signer;
  signer: Signer;
  now: number;
  /** The paths that were asked for. */
  readonly asked: string[];
}

/** A merchant who knows his APIv3 key, and the WeChat Pay that he asks. */
export function merchantOf(
  told: Partial<FakeWechatPay>,
  options: Partial<PayClientOptions> = {},
): { pay: ReturnType<typeof createPayClient>; wechat: FakeWechatPay } {
  const wechat: FakeWechatPay = {
    ...{ entries: [], listSigner: {}, signer: {}, now: NOW, asked: [] },
    ...told,
  };
  const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
  const pay = createPayClient({
    ...{ mchid, serialNo, privateKey, apiV3Key, retry: false, now: () => wechat.now },
    async fetch(url) {
      const { pathname } = new URL(url);
      wechat.asked.push(pathname);
      return pathname === "/v3/certificates"
        ? signedReply(wechat.now, JSON.stringify({ data: wechat.entries }), wechat.listSigner)
        : signedReply(wechat.now, '{"done":true}', wechat.signer);
    },
    ...options,
  });
  return { pay, wechat };
}

/** A store that holds a list of these entries, as a client of this merchant writes it. */
export function cacheOf(entries: readonly object[], fetchedAt: number = NOW): KeyValueStore {
  const key = `wechat-edge:certificates:https://api.mch.weixin.qq.com:${credentials.pay.mchid}`;
  const body = JSON.stringify({ data: entries });
  return new Map([[key, JSON.stringify({ v: 1, fetchedAt, body, key })]]);
}

export { listEntry, SERIAL };
