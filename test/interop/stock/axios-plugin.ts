// wechatpay-axios-plugin with no address given. It verifies every reply before it returns it.

import { createRequire } from "node:module";
import { credentials } from "@wechat-edge/emulator";
import { metaOf } from "./signed.ts";
import {
  APPLYMENT_PATH,
  applyment,
  CERTIFICATES_PATH,
  CONTACT,
  nameIn,
  openList,
  pictureName,
  platformCertificate,
  readPicture,
  type StockClient,
  textOf,
  UPLOAD_PATH,
} from "./stock-client.ts";

interface Multipart {
  append(name: string, value: string | Buffer, filename?: string): this;
  getBuffer(): Buffer;
  getHeaders(): Record<string, string>;
}

interface Wechatpay {
  client: {
    v3: {
      get(path: string): Promise<{ data: unknown }>;
      post(path: string, body: unknown, config: object): Promise<{ data: unknown }>;
    };
  };
}

interface Plugin {
  Aes: { AesGcm: { decrypt(text: string, key: string, nonce: string, aad: string): string } };
  Multipart: new () => Multipart;
  Rsa: {
    encrypt(text: string, key: string): string;
    decrypt(text: string, key: string): string;
  };
  Wechatpay: new (options: object) => Wechatpay;
}

const { Aes, Multipart, Rsa, Wechatpay } = createRequire(import.meta.url)(
  "wechatpay-axios-plugin",
) as Plugin;

const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
const { v3 } = new Wechatpay({
  mchid,
  serial: serialNo,
  privateKey,
  certs: { [platformCertificate.serial]: platformCertificate.key },
}).client;

export const client: StockClient = {
  async upload() {
    const bytes = await readPicture();
    const meta = metaOf(bytes);
    const form = new Multipart()
      .append("meta", meta, "meta.json")
      .append("file", bytes, pictureName);
    const config = { meta: JSON.parse(meta) as object, headers: form.getHeaders() };
    const { data } = await v3.post(UPLOAD_PATH, form.getBuffer(), config);
    return { value: textOf(data, "media_id"), verified: true };
  },
  async certificates() {
    const { data } = await v3.get(CERTIFICATES_PATH);
    const list = openList(data, ({ ciphertext, nonce, associated_data }) =>
      Aes.AesGcm.decrypt(ciphertext, apiV3Key, nonce, associated_data),
    );
    return { ...list, verified: true };
  },
  async submit(license, { serial, key }) {
    const body = applyment(license, Rsa.encrypt(CONTACT, key));
    const { data } = await v3.post(APPLYMENT_PATH, body, {
      headers: { "Wechatpay-Serial": serial },
    });
    return { value: textOf(data, "applyment_id"), verified: true };
  },
  async query(path) {
    const { data } = await v3.get(path);
    return { value: nameIn(data), verified: true };
  },
  open: (ciphertext) => Rsa.decrypt(ciphertext, privateKey),
};
