// tnwx: PayKit.v3 for every call, with the merchant's own serial number as Wechatpay-Serial unless told
// otherwise.

import { createRequire } from "node:module";
import { credentials } from "@wechat-edge/emulator";
import { metaOf, openName, sealName } from "./signed.ts";
import {
  APPLYMENT_PATH,
  applyment,
  CERTIFICATES_PATH,
  CONTACT,
  nameIn,
  openList,
  picture,
  platformCertificate,
  readPicture,
  type StockClient,
  textOf,
  UPLOAD_PATH,
} from "./stock-client.ts";

interface Reply {
  status: number;
  data: unknown;
  headers: Record<string, string>;
}

interface PayKit {
  exeGet(...call: unknown[]): Promise<Reply | undefined>;
  exePost(...call: unknown[]): Promise<Reply | undefined>;
  exeUpload(...call: unknown[]): Promise<Reply | undefined>;
  verifySign(headers: Reply["headers"], body: string, publicKey: Buffer): boolean;
  aes256gcmDecrypt(key: string, nonce: string, associatedData: string, ciphertext: string): string;
}

const { PayKit, WX_DOMAIN } = createRequire(import.meta.url)("tnwx") as {
  PayKit: PayKit;
  WX_DOMAIN: { CHINA: string };
};

const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
const merchant = [mchid, serialNo, Buffer.from(privateKey)];

/** Its `verifySign` takes the body as text; its replies have it as an object. */
function read(reply: Reply | undefined): { data: unknown; verified: boolean } {
  if (reply?.status !== 200) throw new Error(JSON.stringify(reply?.data ?? "no reply"));
  const key = Buffer.from(platformCertificate.key);
  const { headers, data } = reply;
  return { data, verified: PayKit.verifySign(headers, JSON.stringify(data), key) };
}

export const client: StockClient = {
  async upload() {
    const meta = metaOf(await readPicture());
    const { data, verified } = read(
      await PayKit.exeUpload(WX_DOMAIN.CHINA, UPLOAD_PATH, ...merchant, picture, meta),
    );
    return { value: textOf(data, "media_id"), verified };
  },
  async certificates() {
    const { data, verified } = read(
      await PayKit.exeGet(WX_DOMAIN.CHINA, CERTIFICATES_PATH, ...merchant),
    );
    const list = openList(data, ({ nonce, associated_data, ciphertext }) =>
      PayKit.aes256gcmDecrypt(apiV3Key, nonce, associated_data, ciphertext),
    );
    return { ...list, verified };
  },
  async submit(license, { serial, key }) {
    const body = JSON.stringify(applyment(license, sealName(CONTACT, key)));
    const { data, verified } = read(
      await PayKit.exePost(WX_DOMAIN.CHINA, APPLYMENT_PATH, ...merchant, body, serial),
    );
    return { value: textOf(data, "applyment_id"), verified };
  },
  async query(path) {
    const { data, verified } = read(await PayKit.exeGet(WX_DOMAIN.CHINA, path, ...merchant));
    return { value: nameIn(data), verified };
  },
  open: openName,
};
