import { formatOf } from "../mp/media/formats/identify.ts";
import type { EmulatorState } from "../state.ts";

const FORMATS = ["jpeg", "png", "gif", "bmp"];

/** The pictures whose bytes are kept, by the SHA-256 of the upload. */
export function keptPictures({ pay, mp }: EmulatorState): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const add = (sha256: string | undefined, bytes: Uint8Array | undefined): void => {
    if (sha256 === undefined || bytes === undefined) return;
    if (FORMATS.includes(formatOf(bytes.subarray(0, 64)) ?? "")) found.set(sha256, bytes);
  };
  for (const { sha256, bytes } of pay.media.all()) add(sha256, bytes);
  for (const { appid, media_id = "", url = "", sha256, type } of mp.media.all()) {
    // With storage "digests" too, files that can be downloaded are kept.
    const kept = mp.media.find(appid, media_id) ?? mp.media.findPicture(url);
    if (type === "image" || type === "thumb") add(sha256, kept?.body?.bytes);
  }
  return found;
}

/** Answers a picture, and lets it be nothing but a picture. */
export function answerKeptPicture(state: EmulatorState, sha256: string): Response {
  const bytes = keptPictures(state).get(sha256);
  if (bytes === undefined) return new Response(null, { status: 404 });
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      "content-type": `image/${formatOf(bytes)}`,
      "content-length": String(bytes.length),
      "content-security-policy": "sandbox; default-src 'none'",
      "cross-origin-resource-policy": "same-origin",
      "x-content-type-options": "nosniff",
      // The address contains the digest of the content.
      "cache-control": "private, max-age=86400, immutable",
    },
  });
}
