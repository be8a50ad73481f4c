import type { BodySource } from "./body-source.ts";
import type { MediaFormat } from "./formats/identify.ts";
import type { Pixels } from "./formats/image-size.ts";
import type { MediaType } from "./limits.ts";
import { pictureId } from "./picture-id.ts";

/** A file that an account uploaded or a follower sent. */
export interface StoredMpMedia {
  readonly appid: string;
  /** From media/upload or a follower, from add_material, or from uploadimg. */
  readonly kind: "temporary" | "permanent" | "article-image";
  readonly type: MediaType;
  /** Absent for a picture of an article. */
  readonly media_id?: string;
  /** The address of a permanent picture or a picture of an article. */
  readonly url?: string;
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  /** Digest of the upload in lower-case hex; absent for a generated file. */
  readonly sha256?: string;
  /** Unix seconds. */
  readonly created_at: number;
  /** The title of a permanent video. */
  readonly title?: string;
  /** The id of a permanent video for articles: `apiv_…`. */
  readonly vid?: string;
  /** The introduction of a permanent video. */
  readonly introduction?: string;
  /** The upload, if the option `storage` is "memory"; a download may differ, as MP3 comes back as AMR. */
  readonly bytes?: Uint8Array;
}

export interface KeptMpMedia extends Omit<StoredMpMedia, "bytes"> {
  format: MediaFormat;
  /** Duration of a voice, or 0. */
  seconds: number;
  /** Size of a picture, if known. */
  pixels?: Pixels | undefined;
  /** Absent after it was dropped to make room. */
  body?: BodySource | undefined;
}

export interface MpMediaStore {
  all(): StoredMpMedia[];
  add(media: KeptMpMedia): void;
  /** The media with this media_id, if it belongs to this account and has not expired. */
  find(appid: string, mediaId: string): KeptMpMedia | undefined;
  /** A video of any account, for its `video_url`. */
  findVideo(mediaId: string): KeptMpMedia | undefined;
  /** The permanent media of an account, newest first. */
  library(appid: string): KeptMpMedia[];
  /** The picture of any account with this address, from uploadimg or add_material. */
  findPicture(url: string): KeptMpMedia | undefined;
  remove(media: KeptMpMedia): void;
  /** Drops what has expired: a process that runs for weeks would keep every upload. */
  forgetExpired(): void;
}

/** Documented: 3 days. */
export const TEMPORARY_LIFE_SECONDS: number = 72 * 3600;
/** How much storage "digests" keeps for downloads. */
const MAX_KEPT_BYTES = 128 * 1024 * 1024;

export function createMpMediaStore(storage: "memory" | "digests", now: () => number): MpMediaStore {
  const kept = new Map<string, KeptMpMedia>();
  /** Oldest first, unless the clock was set back. */
  let temporary: KeptMpMedia[] = [];
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
  /** Drops the oldest, until the rest fit. */
  const makeRoom = (): void => {
    if (storage === "memory" || keptBytes <= MAX_KEPT_BYTES) return;
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

  const forgetExpired = (): void => {
    if (temporary[0] === undefined || !expired(temporary[0])) return;
    for (const media of temporary.filter(expired)) {
      drop(media);
      kept.delete(media.media_id ?? "");
    }
    temporary = temporary.filter((media) => !expired(media));
  };

  return {
    forgetExpired,
    all: () => [...kept.values(), ...pictures].map(shown),
    add(media) {
      const id = media.url === undefined ? undefined : pictureId(media.url);
      if (id !== undefined) addressed.set(id, media);
      if (media.media_id === undefined) pictures.push(media);
      else kept.set(media.media_id, media);
      if (media.kind === "temporary") temporary.push(media);
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
