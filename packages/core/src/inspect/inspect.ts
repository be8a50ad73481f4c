import type { AbortSignal } from "../async/abort-signal.ts";
import { checkOptions } from "../options.ts";
import { createSource, type FileInput } from "../source/source.ts";
import { type FileWindow, openWindow } from "./file-window.ts";
import type { Format } from "./formats.ts";
import { type Identity, identify } from "./identify.ts";
import { imageSize } from "./image-size.ts";
import { mp3Start } from "./mp3-start.ts";
import { soundOf } from "./sound.ts";

/** What the content of a file shows. */
export interface Inspection {
  /** Format such as `jpeg`; `unknown` if no known format fits. */
  readonly format: Format;
  /** MIME type of the format. */
  readonly mime: string;
  /** Width in pixels of a JPEG, PNG, GIF or BMP, as stored: EXIF orientation is not applied. */
  readonly width?: number;
  /** Height in pixels of a JPEG, PNG, GIF or BMP, as stored. */
  readonly height?: number;
  /** Duration in seconds of an AMR or MP3. */
  readonly duration?: number;
  /** True for an AMR that ends in the middle of a frame. */
  readonly truncated?: true;
}

/**
 * Reads format, pixels and duration from the bytes of a file. Its name and MIME type do not matter. A picture that is
 * cut off may have no width and height; a sound that is cut off has a shorter duration.
 *
 * @param source - the file; only the parts that are needed are read
 * @param options - `signal` stops reading
 * @throws TypeError if `source` is not a file
 * @throws MediaError with the reason `changed` if the file was changed, cut short or removed
 *
 * @example
 * ```ts
 * import { inspect } from "@wechat-edge/core";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 *
 * const { format, width, height } = await inspect(sampleFile("picture.png"));
 * console.log(format, width, height); // png 320 240
 * const { mime, duration } = await inspect(sampleFile("voice.amr"));
 * console.log(mime, duration); // audio/amr 1.02
 * ```
 */
export async function inspect(
  source: FileInput,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Inspection> {
  checkOptions("inspect", options, { signal: "signal" });
  const file = createSource(source);
  const read = openWindow(file, options.signal);
  const { identity: _, ...inspection } = await inspectFile(read, file.size);
  return inspection;
}

/** Like {@link inspect}; `identity` is for checks. */
export async function inspectFile(
  read: FileWindow,
  size: number,
): Promise<Inspection & { readonly identity: Identity }> {
  const identity = await identify(read, mp3Start);
  const { format, mime } = identity;
  const sound = await soundOf(read, size, identity);
  return { identity, format, mime, ...sound, ...(await imageSize(format, read)) };
}
