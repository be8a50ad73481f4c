import { ascii } from "../../../bytes/ascii.ts";
import { sniffImage, sniffVideo } from "../../../file/magic-numbers.ts";
import { isAmr } from "./amr.ts";
import { isMp3 } from "./mp3.ts";

/** The format of a file by its content. */
export type MediaFormat = "jpeg" | "png" | "bmp" | "gif" | "amr" | "mp3" | "wav" | "wma" | "mp4";

export const FORMAT_OF_EXTENSION: Readonly<Record<string, MediaFormat>> = {
  jpg: "jpeg",
  jpeg: "jpeg",
  png: "png",
  bmp: "bmp",
  gif: "gif",
  amr: "amr",
  mp3: "mp3",
  wav: "wav",
  wma: "wma",
  mp4: "mp4",
};

/** Content-Type and extension of a download. */
export const DOWNLOAD_FORM: Readonly<Record<MediaFormat, { type: string; extension: string }>> = {
  jpeg: { type: "image/jpeg", extension: "jpg" },
  png: { type: "image/png", extension: "png" },
  bmp: { type: "image/bmp", extension: "bmp" },
  gif: { type: "image/gif", extension: "gif" },
  amr: { type: "audio/amr", extension: "amr" },
  mp3: { type: "audio/mp3", extension: "mp3" },
  wav: { type: "audio/wav", extension: "wav" },
  wma: { type: "audio/x-ms-wma", extension: "wma" },
  mp4: { type: "video/mp4", extension: "mp4" },
};

const PICTURE_BRAND = /^(avif|avis|mif1|msf1|heic|heix|heim|heis|hevc|hevx)$/;

export function formatOf(file: Uint8Array): MediaFormat | undefined {
  const image = sniffImage(file);
  if (image === "jpeg" || image === "png" || image === "bmp") return image;
  if (/^GIF8[79]a$/.test(ascii(file, 0, 6))) return "gif";
  if (ascii(file, 0, 4) === "RIFF" && ascii(file, 8, 4) === "WAVE") return "wav";
  // HEIC and AVIF use the container of MP4 but are pictures.
  if (ascii(file, 4, 4) === "ftyp" && PICTURE_BRAND.test(ascii(file, 8, 4))) return undefined;
  if (isAmr(file)) return "amr";
  const video = sniffVideo(file);
  if (video === "iso") return "mp4";
  if (video === "asf") return "wma";
  // Videos have frames of MP3 in them.
  return video === undefined && isMp3(file) ? "mp3" : undefined;
}
