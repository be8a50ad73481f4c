// wechatpay-nodejs-sdk: `request` for every call; it cannot upload, and gives replies without headers.

import { createRequire } from "node:module";
import { credentials, merchantCertificate } from "@wechat-edge/emulator";
import { openName } from "./signed.ts";
import {
  CERTIFICATES_PATH,
  nameIn,
  openList,
  type Sealed,
  type StockClient,
} from "./stock-client.ts";

interface Sdk {
  request(method: string, url: string, body?: object): Promise<unknown>;
  decrypt(sealed: Sealed): string;
}

const WechatPay = createRequire(import.meta.url)("wechatpay-nodejs-sdk") as new (
  options: object,
) => Sdk;

const { mchid, privateKey, apiV3Key } = credentials.pay;
const sdk = new WechatPay({
  appid: "wx26e3b4a1c0d9f857",
  mchid,
  publicKey: merchantCertificate,
  privateKey,
  secretKey: apiV3Key,
});

export const client: StockClient = {
  async certificates() {
    return openList(await sdk.request("GET", CERTIFICATES_PATH), (sealed) => sdk.decrypt(sealed));
  },
  async query(path) {
    return { value: nameIn(await sdk.request("GET", path)) };
  },
  open: openName,
};
