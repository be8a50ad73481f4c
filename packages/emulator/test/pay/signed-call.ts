import {
  constants,
  createDecipheriv,
  createVerify,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  X509Certificate,
} from "node:crypto";
import { credentials } from "../../src/index.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

// A client of its own, on node:crypto alone, for the calls that are no uploads.

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface CallOptions {
  method?: string;
  body?: string;
  /** What is signed in the place of the body. */
  signedBody?: string;
  /** What is signed in the place of the path. */
  signedPath?: string;
  mchid?: string;
  /** Unix seconds. */
  timestamp?: number;
  headers?: Record<string, string>;
  origin?: string;
}

export interface Entry {
  serial_no: string;
  effective_time: string;
  expire_time: string;
  encrypt_certificate: {
    algorithm: string;
    nonce: string;
    associated_data: string;
    ciphertext: string;
  };
}

interface CallJson {
  data: Entry[];
  code: string;
  message: string;
  detail: object;
  applyment_id: number;
  contact_info: { contact_name: string };
}

export interface CallOutcome extends Answer<CallJson> {
  serial: string | null;
}

export async function call(
  fetch: Fetch,
  path: string,
  options: CallOptions = {},
): Promise<CallOutcome> {
  const { method = "GET", body, mchid = credentials.pay.mchid, headers } = options;
  const { origin = "https://api.mch.weixin.qq.com" } = options;
  const { timestamp = Math.floor(Date.now() / 1000) } = options;
  const { signedBody = body ?? "", signedPath = path } = options;
  const nonce = randomBytes(16).toString("hex");
  const message = `${method}\n${signedPath}\n${timestamp}\n${nonce}\n${signedBody}\n`;
  const { privateKey, serialNo } = credentials.pay;
  const signature = sign("RSA-SHA256", Buffer.from(message), privateKey).toString("base64");
  const response = await fetch(origin + path, {
    method,
    headers: {
      accept: "application/json",
      "user-agent": "emulator-test/1.0",
      authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body }),
  });
  const serial = response.headers.get("wechatpay-serial");
  return { ...(await readAnswer<CallJson>(response)), serial };
}

/** Whether this key, SPKI or X.509, signed the answer. */
export function signedBy(
  { headers, text }: Pick<CallOutcome, "headers" | "text">,
  key: string,
): boolean {
  const message = `${headers.get("wechatpay-timestamp")}\n${headers.get("wechatpay-nonce")}\n${text}\n`;
  const signature = headers.get("wechatpay-signature") ?? "";
  return createVerify("RSA-SHA256").update(message).verify(key, signature, "base64");
}

/** Opens an entry of the list; throws where the tag does not fit. */
export function open(
  { encrypt_certificate: sealed }: Entry,
  apiV3Key: string = credentials.pay.apiV3Key,
): string {
  const bytes = Buffer.from(sealed.ciphertext, "base64");
  const decipher = createDecipheriv("aes-256-gcm", apiV3Key, sealed.nonce);
  decipher.setAAD(Buffer.from(sealed.associated_data));
  decipher.setAuthTag(bytes.subarray(-16));
  return `${decipher.update(bytes.subarray(0, -16), undefined, "utf8")}${decipher.final("utf8")}`;
}

/** Every certificate of the answer by its own serial number, which must be the one of the entry. */
export function openAll({ json }: CallOutcome): Map<string, string> {
  const opened = new Map<string, string>();
  for (const entry of json.data) {
    const pem = open(entry);
    const { serialNumber } = new X509Certificate(pem);
    if (serialNumber !== entry.serial_no) throw new Error(`${serialNumber} as ${entry.serial_no}`);
    opened.set(serialNumber, pem);
  }
  return opened;
}

const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: "sha1" };

export const encryptFor = (key: string, text: string): string =>
  publicEncrypt({ key, ...OAEP }, Buffer.from(text)).toString("base64");

export const decryptAs = (key: string, ciphertext: string): string =>
  privateDecrypt({ key, ...OAEP }, Buffer.from(ciphertext, "base64")).toString();
