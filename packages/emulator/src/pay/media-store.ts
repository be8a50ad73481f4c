/** A file that a merchant has uploaded. */
export interface StoredPayMedia {
  readonly media_id: string;
  /** What the reply carried instead of a media_id, where the route answers a URL. */
  readonly media_url?: string;
  readonly filename: string;
  /** Lower-case hex of the bytes received. */
  readonly sha256: string;
  readonly size: number;
  readonly mchid: string;
  readonly path: string;
  /** The file itself, when the storage is "memory". */
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
      // A copy: the part is a view on the whole request body.
      stored.push(storage === "memory" ? { ...rest, bytes: bytes.slice() } : rest);
    },
  };
}
