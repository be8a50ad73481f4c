// node-easywechat with no address given. A reply is verified by a call of its own: `getValidator`.

import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { credentials, merchantCertificate } from "@wechat-edge/emulator";
import {
  APPLYMENT_PATH,
  applyment,
  CONTACT,
  nameIn,
  opened,
  picture,
  pictureName,
  type StockClient,
  textOf,
  UPLOAD_PATH,
} from "./stock-client.ts";

interface HttpReply {
  isFailed(): boolean;
  toObject(): unknown;
  toHttpResponse(): unknown;
}

interface Encryptor {
  encrypt(text: string): string;
  decrypt(text: string): string;
  getSerialNo(): string;
}

interface Application {
  getClient(): {
    uploadMedia(path: string, file: string, meta: null, filename: string): Promise<HttpReply>;
    get(path: string): Promise<HttpReply>;
    post(path: string, payload: { data: object; headers: object }): Promise<HttpReply>;
  };
  getMerchant(): { getPlatformCerts(): Promise<Record<string, { toString(): string }>> };
  getUtils(): { getEncryptor(): Promise<Encryptor> };
  getValidator(): { validate(reply: unknown): Promise<boolean> };
}

// Not by its main entry, as in ../peers/easywechat.ts.
const Pay = createRequire(import.meta.url)("node-easywechat/dist/Pay/Application") as new (
  config: object,
) => Application;

const { mchid, privateKey, apiV3Key } = credentials.pay;
const privateKeyFile = "apiclient_key.pem";
const certificateFile = "apiclient_cert.pem";
await writeFile(privateKeyFile, privateKey);
await writeFile(certificateFile, merchantCertificate);

const app = new Pay({
  mch_id: mchid,
  private_key: privateKeyFile,
  certificate: certificateFile,
  secret_key: apiV3Key,
});

async function read(reply: HttpReply): Promise<{ data: unknown; verified: boolean }> {
  if (reply.isFailed()) throw new Error(JSON.stringify(reply.toObject()));
  const verified = await app
    .getValidator()
    .validate(reply.toHttpResponse())
    .catch(() => false);
  return { data: reply.toObject(), verified };
}

export const client: StockClient = {
  async upload() {
    const { data, verified } = await read(
      await app.getClient().uploadMedia(UPLOAD_PATH, picture, null, pictureName),
    );
    return { value: textOf(data, "media_id"), verified };
  },
  async certificates() {
    const certificates = await app.getMerchant().getPlatformCerts();
    return opened(
      Object.entries(certificates).map(([serial, key]) => ({ serial, key: key.toString() })),
    );
  },
  async submit(license) {
    const encryptor = await app.getUtils().getEncryptor();
    const data = applyment(license, encryptor.encrypt(CONTACT));
    const headers = {
      "Content-Type": "application/json",
      "Wechatpay-Serial": encryptor.getSerialNo(),
    };
    const reply = await read(await app.getClient().post(APPLYMENT_PATH, { data, headers }));
    return { value: textOf(reply.data, "applyment_id"), verified: reply.verified };
  },
  async query(path) {
    const { data, verified } = await read(await app.getClient().get(path));
    return { value: nameIn(data), verified };
  },
  async open(ciphertext) {
    return (await app.getUtils().getEncryptor()).decrypt(ciphertext);
  },
};
