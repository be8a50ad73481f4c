import { type MpError, mpError } from "../error.ts";
import { amrSeconds } from "./formats/amr.ts";
import { FORMAT_OF_EXTENSION, formatOf, type MediaFormat } from "./formats/identify.ts";
import { mp3Seconds } from "./formats/mp3.ts";
import type { MediaSlot, MpLimits } from "./limits.ts";

/** The padding of an encoder makes a minute a little longer; that WeChat accepts it is assumed. */
const VOICE_TOLERANCE_SECONDS = 0.1;

/** Reported: 40006 for media/upload, 45001 for add_material, 40009 for uploadimg. Assumed: the others. */
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
 * 40005 is documented for uploadimg; 40113 is reported for add_material without extension, with WebP
 * and with HEIC. That media/upload answers like uploadimg, and all other formats alike, is assumed.
 */
const wrongFormat = (slot: MediaSlot): MpError =>
  mpError(slot.startsWith("material-") ? 40113 : 40005);

export interface CheckedMedia {
  format: MediaFormat;
  /** Duration of AMR and MP3; 0 for everything else, also WAV and WMA. */
  seconds: number;
}

/** The duration of AMR and MP3 in seconds, or 0. */
export function voiceSeconds(format: MediaFormat, bytes: Uint8Array): number {
  if (format === "amr") return amrSeconds(bytes);
  return format === "mp3" ? mp3Seconds(bytes) : 0;
}

/**
 * Checks extension, emptiness, size, content and duration in this order (assumed). Extension (in any
 * case) and content must both be listed formats, but may differ (assumed).
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
  // Reported: as if there were no file.
  if (bytes.length === 0) return mpError(41005);
  if (bytes.length > limits.of(slot)) return mpError(OVERSIZE[slot]);
  const format = formatOf(bytes);
  if (format === undefined || !formats.includes(format)) return wrongFormat(slot);
  const seconds = slot.endsWith("-voice") ? voiceSeconds(format, bytes) : 0;
  if (seconds > limits.of("voice-seconds") + VOICE_TOLERANCE_SECONDS) return mpError(45007);
  return { format, seconds };
}
