import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";

/** Where a client uploads to. */
export const uploadPaths = {
  image: "/v3/merchant/media/upload",
  video: "/v3/merchant/media/video_upload",
  "marketing picture": "/v3/marketing/favor/media/image-upload",
} as const;

export type UploadKind = keyof typeof uploadPaths;

/** A key that WeChat Pay signs with: a PUB_KEY_ID or a certificate. */
export interface PlatformKey {
  readonly platformKeyId: string;
  readonly key: string;
}

export interface Upload {
  readonly origin: string;
  /** The only key the client knows. */
  readonly platformKey: PlatformKey;
  readonly kind: UploadKind;
  /** Path of the file; it goes out under its own name. */
  readonly file: string;
}

/** Somebody's client, as its documents show it. */
export interface Peer {
  readonly name: string;
  /** Uploads; returns the media_id or media_url. Rejects where the client reports a failure. */
  readonly upload: (upload: Upload) => Promise<string>;
  /** It checks the signature of the reply. */
  readonly verifies: boolean;
  /** What the emulator answers to a style that cannot work as it stands, and why. */
  readonly refused?: { readonly status: number; readonly code?: string; readonly why: string };
}

export interface Meta {
  readonly filename: string;
  readonly sha256: string;
}

/** The bytes of a file and the meta that goes with them. */
export async function readUpload(
  file: string,
): Promise<{ bytes: Buffer<ArrayBuffer>; meta: Meta }> {
  const bytes = await readFile(file);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, meta: { filename: basename(file), sha256 } };
}

/** The result of a reply. Throws where there is none. */
export function mediaOf(reply: unknown): string {
  const { media_id, media_url } = (reply ?? {}) as Record<string, unknown>;
  const media = media_id ?? media_url;
  if (typeof media !== "string") throw new Error(`No media in ${JSON.stringify(reply)}.`);
  return media;
}
