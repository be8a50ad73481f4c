import type { BodySource } from "./body-source.ts";
import type { MediaFormat } from "./formats/format.ts";
import type { Pixels } from "./formats/image-size.ts";
import type { MediaType } from "./limits.ts";
import { pictureId } from "./picture-id.ts";

/** A file that an account has uploaded, or a follower has sent to it. */
export interface StoredMpMedia {
  readonly appid: string;
  /** Of media/upload or a follower, of add_material, of uploadimg. */
  readonly kind: "temporary" | "permanent" | "article-image";
  readonly type: MediaType;
  /** Absent of an article's picture. */
  readonly media_id?: string;
  readonly url?: string;
  readonly filename: string;
  readonly size: number;
  /** Lower-case hex of what came; absent of a file that is generated. */
  readonly sha256?: string;
  /** Unix seconds. */
  readonly created_at: number;
  /** Of a permanent video. */
  readonly title?: string;
  readonly introduction?: string;
  /** What came, where it is kept; a download may differ, as MP3 comes back as AMR. */
  readonly bytes?: Uint8Array;
}

export interface KeptMpMedia extends Omit<StoredMpMedia, "bytes"> {
  format: MediaFormat;
  /** Of a voice, else 0. */
  seconds: number;
  /** Of a picture, where they can be told. */
  pixels?: Pixels | undefined;
  /** Absent once it had to make room. */
  body?: BodySource | undefined;
}

export interface MpMediaStore {
  all(): StoredMpMedia[];
  add(media: KeptMpMedia): void;
  /** A media_id of this account that has not expired. */
  find(appid: string, mediaId: string): KeptMpMedia | undefined;
  /** Whatever the account, for the video's own address. */
  findVideo(mediaId: string): KeptMpMedia | undefined;
  /** The permanent ones of an account, newest first. */
  library(appid: string): KeptMpMedia[];
  /** Of any account: the picture that uploadimg or add_material answered an address for. */
  findPicture(url: string): KeptMpMedia | undefined;
  remove(media: KeptMpMedia): void;
}

/** Documented: 3 days. */
export const TEMPORARY_LIFE_SECONDS: number = 72 * 3600;
/** What storage "digests" still keeps, as it can be downloaded. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

export function createMpMediaStore(storage: "memory" | "digests", now: () => number): MpMediaStore {
  const kept = new Map<string, KeptMpMedia>();
  const pictures: KeptMpMedia[] = [];
  const addressed = new Map<string, KeptMpMedia>();
  let keptBytes = 0;

  const expired = ({ kind, created_at }: KeptMpMedia): boolean =>
    kind === "temporary" && now() / 1000 - created_at >= TEMPORARY_LIFE_SECONDS;
  const weight = ({ body }: KeptMpMedia): number => body?.bytes?.length ?? 0;
  const drop = (media: KeptMpMedia): void => {
    keptBytes -= weight(media);
    media.body = undefined;
  };
  /** Lets go of the oldest files, their expired ones first, until the rest fit. */
  const makeRoom = (): void => {
    if (storage === "memory" || keptBytes <= MAX_KEPT_BYTES) return;
    for (const media of kept.values()) if (expired(media)) drop(media);
    for (const media of [...pictures, ...kept.values()]) {
      if (keptBytes <= MAX_KEPT_BYTES) return;
      drop(media);
    }
  };
  const shown = (each: KeptMpMedia): StoredMpMedia => {
    const { body, format: _, seconds: __, pixels: ___, ...media } = each;
    const bytes = storage === "memory" ? body?.bytes : undefined;
    return bytes ? { ...media, bytes } : media;
  };
  const living = (media: KeptMpMedia | undefined): KeptMpMedia | undefined =>
    media && !expired(media) ? media : undefined;

  return {
    all: () => [...kept.values(), ...pictures].map(shown),
    add(media) {
      const id = media.url === undefined ? undefined : pictureId(media.url);
      if (id !== undefined) addressed.set(id, media);
      if (media.media_id === undefined) pictures.push(media);
      else kept.set(media.media_id, media);
      keptBytes += weight(media);
      makeRoom();
    },
    find(appid, mediaId) {
      const found = living(kept.get(mediaId));
      return found?.appid === appid ? found : undefined;
    },
    findVideo(mediaId) {
      const found = living(kept.get(mediaId));
      return found?.type === "video" ? found : undefined;
    },
    library: (appid) =>
      [...kept.values()]
        .filter((media) => media.kind === "permanent" && media.appid === appid)
        .reverse(),
    findPicture: (url) => addressed.get(pictureId(url) ?? ""),
    remove(media) {
      keptBytes -= weight(media);
      kept.delete(media.media_id ?? "");
      addressed.delete(pictureId(media.url ?? "") ?? "");
    },
  };
}
