import { type MpError, mpError } from "../error.ts";
import { amrSeconds } from "./formats/amr.ts";
import { FORMAT_OF_EXTENSION, formatOf, type MediaFormat } from "./formats/format.ts";
import { mp3Seconds } from "./formats/mp3.ts";
import type { MediaSlot, MpLimits } from "./limits.ts";

/** An encoder's padding makes a minute a little longer; that it is let through is assumed. */
const VOICE_TOLERANCE_SECONDS = 0.1;

/** Reported: 40006 of media/upload, 45001 of add_material, 40009 of uploadimg. Assumed: the others. */
const OVERSIZE: Record<MediaSlot, number> = {
  "temporary-image": 40006,
  "temporary-voice": 40010,
  "temporary-video": 40011,
  "temporary-thumb": 40012,
  "material-image": 45001,
  "material-voice": 40010,
  "material-video": 40011,
  "material-thumb": 40012,
  "article-image": 40009,
};

/**
 * 40005 is documented for uploadimg; of add_material 40113 is reported, for no extension, WebP and
 * HEIC. That media/upload answers as uploadimg does, and each to all other formats alike, is assumed.
 */
const wrongFormat = (slot: MediaSlot): MpError =>
  mpError(slot.startsWith("material-") ? 40113 : 40005);

export interface CheckedMedia {
  format: MediaFormat;
  /** Of AMR and MP3; 0 for all else, WAV and WMA included. */
  seconds: number;
}

/** Seconds of AMR and MP3, else 0. */
export function voiceSeconds(format: MediaFormat, bytes: Uint8Array): number {
  if (format === "amr") return amrSeconds(bytes);
  return format === "mp3" ? mp3Seconds(bytes) : 0;
}

/**
 * Checks in the order extension, emptiness, size, content, duration (the order is assumed). The
 * extension, in any case, and the content must both be of the list, but need not agree (assumed).
 */
export function checkMedia(
  slot: MediaSlot,
  filename: string,
  bytes: Uint8Array,
  limits: MpLimits,
): CheckedMedia | MpError {
  const extension = /\.([^./\\]+)$/.exec(filename)?.[1]?.toLowerCase();
  const named =
    extension !== undefined && Object.hasOwn(FORMAT_OF_EXTENSION, extension)
      ? FORMAT_OF_EXTENSION[extension]
      : undefined;
  const formats = limits.formats(slot);
  if (named === undefined || !formats.includes(named)) return wrongFormat(slot);
  if (bytes.length === 0) return mpError(44001);
  if (bytes.length > limits.of(slot)) return mpError(OVERSIZE[slot]);
  const format = formatOf(bytes);
  if (format === undefined || !formats.includes(format)) return wrongFormat(slot);
  const seconds = slot.endsWith("-voice") ? voiceSeconds(format, bytes) : 0;
  if (seconds > limits.of("voice-seconds") + VOICE_TOLERANCE_SECONDS) return mpError(45007);
  return { format, seconds };
}
