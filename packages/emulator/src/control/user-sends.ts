import { credentials } from "../demo/credentials.ts";
import { newTemporaryId } from "../mp/ids.ts";
import { type BodySource, bytesSource, generatedSource } from "../mp/media/body-source.ts";
import { voiceSeconds } from "../mp/media/file-check.ts";
import { silentAmr } from "../mp/media/formats/amr.ts";
import { formatOf, type MediaFormat } from "../mp/media/formats/identify.ts";
import type { MediaType } from "../mp/media/limits.ts";
import type { EmulatorState } from "../state.ts";
import { check } from "../validation/check.ts";
import {
  fields,
  oneOf,
  optional,
  type RulesOf,
  text,
  that,
  wholeNumber,
} from "../validation/rules.ts";

/** A file that a follower sends to an account. */
export interface UserMedia {
  /** The account. Default: the demo account. */
  appid?: string;
  /** What the follower sends. */
  type: Exclude<MediaType, "thumb">;
  /** The file; an MP3 voice is downloaded as AMR. Default: a small generated file, or one of `size`. */
  bytes?: Uint8Array;
  /** Size in bytes of a file that is generated while it is downloaded and takes no memory. */
  size?: number;
  /** Its name, for `match.filename` of a fault. Default: `image.bin` and so on. */
  filename?: string;
}

interface Kind {
  formats: readonly MediaFormat[];
  /** The first bytes of a generated file. */
  head: () => Uint8Array;
}

/** The first format applies to generated files and to files of unknown format. */
const KINDS: Record<UserMedia["type"], Kind> = {
  image: {
    formats: ["jpeg", "png", "gif", "bmp"],
    head: () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0),
  },
  voice: { formats: ["amr", "mp3"], head: () => silentAmr(1) },
  video: {
    formats: ["mp4"],
    head: () => Uint8Array.of(0, 0, 0, 0x18, ...new TextEncoder().encode("ftypmp42"), 0, 0, 0, 0),
  },
};
const DEFAULT_SIZE = 1024;

function sourceOf(media: UserMedia): { format: MediaFormat; seconds: number; body: BodySource } {
  const { type, bytes, size } = media;
  const { formats, head } = KINDS[type];
  const [usual] = formats as [MediaFormat];
  if (bytes !== undefined) {
    const found = formatOf(bytes);
    const format = found && formats.includes(found) ? found : usual;
    const seconds = voiceSeconds(format, bytes);
    return { format, seconds, body: bytesSource(new Uint8Array(bytes)) };
  }
  if (type !== "voice") {
    return { format: usual, seconds: 0, body: generatedSource(size ?? DEFAULT_SIZE, head()) };
  }
  const body = size === undefined ? bytesSource(silentAmr(1)) : generatedSource(size, head());
  return { format: usual, seconds: 1, body };
}

const USER_MEDIA: RulesOf<UserMedia> = {
  appid: optional(text),
  type: oneOf(Object.keys(KINDS)),
  bytes: optional(that((value) => value instanceof Uint8Array, "a Uint8Array")),
  size: optional(wholeNumber(0)),
  filename: optional(text),
};

/**
 * Stores a follower's file for 3 days and returns its temporary media_id.
 *
 * Throws TypeError for an unknown account, an unknown type, or both `bytes` and `size`.
 */
export function keepUserMedia({ mp, clock }: EmulatorState, media: UserMedia): string {
  const {
    appid = credentials.mp.appid,
    type,
    bytes,
    size,
    filename = `${type}.bin`,
  } = check(fields(USER_MEDIA), media, "media");
  check(oneOf(mp.accounts.appids()), appid, "media.appid");
  if (bytes !== undefined && size !== undefined) {
    throw new TypeError("media has both bytes and size; pass one of them.");
  }
  const { format, seconds, body } = sourceOf(media);
  const media_id = newTemporaryId();
  mp.media.add({
    appid,
    kind: "temporary",
    type,
    media_id,
    filename,
    size: body.size,
    created_at: Math.floor(clock.now() / 1000),
    format,
    seconds,
    body,
  });
  return media_id;
}
