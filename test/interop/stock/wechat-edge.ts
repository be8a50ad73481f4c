import { createPayClient, decryptSensitive, encryptSensitive, payRequest } from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import { uploadImage } from "@wechat-edge/pay-media";
import {
  APPLYMENT_PATH,
  applyment,
  CONTACT,
  nameIn,
  pictureName,
  readPicture,
  type StockClient,
  textOf,
} from "./stock-client.ts";

const { mchid, serialNo, privateKey, apiV3Key } = credentials.pay;
const store = new Map<string, string>();
const pay = createPayClient({
  mchid,
  serialNo,
  privateKey,
  apiV3Key,
  certificateCache: store,
  retry: false,
});

// The library downloads and decrypts the certificates by itself, before the first call.
export const client: StockClient = {
  async upload() {
    const file = new File([new Uint8Array(await readPicture())], pictureName);
    const reply = await uploadImage(pay, file);
    return { value: reply.media_id, verified: true };
  },
  async submit(license) {
    const { ciphertext, platformKeyId } = await encryptSensitive(pay, CONTACT);
    const request = {
      method: "POST",
      path: APPLYMENT_PATH,
      body: applyment(license, ciphertext),
    } as const;
    const reply = await payRequest(pay, request, { platformKeyId });
    return { value: textOf(reply, "applyment_id"), verified: true };
  },
  async query(path) {
    const reply = await payRequest(pay, { method: "GET", path: path });
    return { value: nameIn(reply), verified: true };
  },
  open: (ciphertext) => decryptSensitive(pay, ciphertext),
};
