import { createHash, randomBytes, sign } from "node:crypto";
import { credentials } from "../../src/index.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

// A client of its own, on node:crypto alone, so that nothing of the emulator signs for its tests.

export interface UploadOptions {
  path?: string;
  filename?: string;
  file?: Uint8Array;
  /** The exact bytes of meta. */
  meta?: string;
  /** What is signed in the place of meta. */
  signedBody?: string;
  mchid?: string;
  /** Signs in the name of this brand in the place of the merchant. */
  brandId?: string;
  serialNo?: string;
  privateKey?: string;
  /** Unix seconds. */
  timestamp?: number;
  nonce?: string;
  headers?: Record<string, string | null>;
  authorization?: string;
  /** The whole body; the parts of it are then of no account. */
  body?: Uint8Array | string;
  boundary?: string;
}

export const PNG: Buffer = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex"),
  Buffer.from("0000000d49444154789c6360f8cfc00000030101008d1de2820000000049454e44ae426082", "hex"),
]);
export const MP4: Buffer = Buffer.concat([
  Buffer.from("00000018667479706d70343200000000", "hex"),
  Buffer.from("mp42isomfree"),
]);

export const IMAGE_PATH = "/v3/merchant/media/upload";
export const VIDEO_PATH = "/v3/merchant/media/video_upload";

export const sha256 = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

/** The form of 视频上传API and 图片上传, byte for byte. */
export function sampleBody(
  boundary: string,
  meta: string,
  filename: string,
  file: Uint8Array,
): Buffer {
  return Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="meta";\r\nContent-Type: application/json\r\n\r\n${meta}\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${filename}";\r\nContent-Type: image/jpg\r\n\r\n`,
    ),
    file,
    Buffer.from(`\r\n--${boundary}--`),
  ]);
}

export function authorization(options: UploadOptions, path: string, meta: string): string {
  const {
    mchid = credentials.pay.mchid,
    serialNo = credentials.pay.serialNo,
    privateKey = credentials.pay.privateKey,
    timestamp = Math.floor(Date.now() / 1000),
    nonce = randomBytes(16).toString("hex"),
    signedBody = meta,
  } = options;
  const message = `POST\n${path}\n${timestamp}\n${nonce}\n${signedBody}\n`;
  const signature = sign("RSA-SHA256", Buffer.from(message), privateKey).toString("base64");
  const signer =
    options.brandId === undefined
      ? `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}"`
      : `WECHATPAY-BRAND-SHA256-RSA2048 brand_id="${options.brandId}"`;
  return `${signer},nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`;
}

export interface UploadInit {
  method: "POST";
  headers: Record<string, string>;
  body: Uint8Array<ArrayBuffer>;
}

export function uploadRequest(options: UploadOptions = {}): { path: string; init: UploadInit } {
  const { path = IMAGE_PATH, filename = "商户.png", file = PNG, boundary = "boundary" } = options;
  const meta = options.meta ?? JSON.stringify({ filename, sha256: sha256(file) });
  const body = options.body ?? sampleBody(boundary, meta, filename, file);
  const headers: Record<string, string> = {
    accept: "application/json",
    "user-agent": "emulator-test/1.0",
    "content-type": `multipart/form-data;boundary=${boundary}`,
    authorization: options.authorization ?? authorization(options, path, meta),
  };
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === null) delete headers[name];
    else headers[name] = value;
  }
  return { path, init: { method: "POST", headers, body: new Uint8Array(Buffer.from(body)) } };
}

interface AnswerJson {
  media_id: string;
  media_url: string;
  code: string;
  message: string;
  detail: {
    issue: string;
    detail: { issue: string };
    sign_information: { truncated_sign_message: string; sign_message_length: number };
  };
}

export type Outcome = Answer<AnswerJson>;

/** Sends through any fetch, in process or over HTTP, and reads the answer to its end. */
export async function upload(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  options: UploadOptions = {},
  origin = "https://api.mch.weixin.qq.com",
): Promise<Outcome> {
  const { path, init } = uploadRequest(options);
  return readAnswer(await fetch(origin + path, init));
}
