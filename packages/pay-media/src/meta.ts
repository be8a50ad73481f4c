import { encodeUtf8 } from "@wechat-edge/core/internal";

/** The JSON that describes a file: built once, as the very bytes that are signed and sent. */
export function encodeMeta(meta: {
  readonly filename: string;
  readonly sha256: string;
}): Uint8Array<ArrayBuffer> {
  return encodeUtf8(JSON.stringify({ filename: meta.filename, sha256: meta.sha256 }));
}
