import { keepLast } from "../journal/keep-last.ts";

/** A file that a merchant has uploaded. */
export interface StoredPayMedia {
  /** The id in the reply, whatever its name there; with `media_url`, an id of the emulator's own. */
  readonly media_id: string;
  /** The URL in the reply, for a route that answers with a URL instead of a media_id. */
  readonly media_url?: string;
  readonly filename: string;
  /** Digest of the bytes received, in lower-case hex: SHA-256, or the SM3 that some uploads take. */
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  readonly mchid: string;
  /** The path it was uploaded to. */
  readonly path: string;
  /** The file, if the option `storage` is "memory". */
  readonly bytes?: Uint8Array;
}

export interface MediaStore {
  all(): StoredPayMedia[];
  add(media: StoredPayMedia & { bytes: Uint8Array }): void;
}

export function createMediaStore(storage: "memory" | "digests"): MediaStore {
  const stored: StoredPayMedia[] = [];
  return {
    all: () => [...stored],
    add(media) {
      const { bytes, ...rest } = media;
      // A copy: the part is a view of the whole request body.
      keepLast(stored, storage === "memory" ? { ...rest, bytes: bytes.slice() } : rest);
    },
  };
}
