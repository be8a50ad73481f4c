// wechatpay-node-v3. Its replies come without their headers, so it has no way to verify one.

import { createRequire } from "node:module";
import { credentials, merchantCertificate } from "@wechat-edge/emulator";
import { WECHAT_PAY } from "../hosts/domain.ts";
import {
  APPLYMENT_PATH,
  applyment,
  CONTACT,
  nameIn,
  opened,
  pictureName,
  readPicture,
  type StockClient,
  textOf,
} from "./stock-client.ts";

interface Reply {
  status: number;
  data?: unknown;
  error?: string;
  errRaw?: unknown;
}

interface HttpService {
  get(url: string, headers: object): Promise<Reply>;
  post(url: string, body: object, headers: object): Promise<Reply>;
}

interface Pay {
  httpService: HttpService;
  upload_images(bytes: Buffer, filename: string): Promise<Reply>;
  get_certificates(apiV3Key: string): Promise<{ serial_no: string; publicKey: string }[]>;
  publicEncrypt(text: string, key: Buffer): string;
  privateDecrypt(text: string): string;
  buildAuthorization(method: string, url: string, body?: object): string;
  getHeaders(authorization: string, headers?: object): object;
}

const WxPay = createRequire(import.meta.url)("wechatpay-node-v3") as new (options: object) => Pay;

const { mchid, privateKey, apiV3Key } = credentials.pay;
const pay = new WxPay({
  appid: "wx26e3b4a1c0d9f857",
  mchid,
  publicKey: Buffer.from(merchantCertificate),
  privateKey: Buffer.from(privateKey),
});

function dataOf({ status, data, error, errRaw }: Reply): unknown {
  if (status === 200) return data;
  throw new Error(error ?? JSON.stringify(errRaw));
}

// A call that it has no method of its own for, put together as its own methods do it.
export const client: StockClient = {
  async upload() {
    const reply = await pay.upload_images(await readPicture(), pictureName);
    return { value: textOf(dataOf(reply), "media_id") };
  },
  async certificates() {
    const listed = await pay.get_certificates(apiV3Key);
    return opened(
      listed.map(({ serial_no, publicKey }) => ({ serial: serial_no, key: publicKey })),
    );
  },
  async submit(license, { serial, key }) {
    const url = `${WECHAT_PAY}${APPLYMENT_PATH}`;
    const body = applyment(license, pay.publicEncrypt(CONTACT, Buffer.from(key)));
    const headers = pay.getHeaders(pay.buildAuthorization("POST", url, body), {
      "Wechatpay-Serial": serial,
      "Content-Type": "application/json",
    });
    return {
      value: textOf(dataOf(await pay.httpService.post(url, body, headers)), "applyment_id"),
    };
  },
  async query(path) {
    const url = `${WECHAT_PAY}${path}`;
    const headers = pay.getHeaders(pay.buildAuthorization("GET", url));
    const reply = await pay.httpService.get(url, headers);
    return { value: nameIn(dataOf(reply)) };
  },
  open: (ciphertext) => pay.privateDecrypt(ciphertext),
};
