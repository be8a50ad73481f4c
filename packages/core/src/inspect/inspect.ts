import type { AbortSignal } from "../async/abort-signal.ts";
import { checkOptions } from "../options.ts";
import { createSource, type FileInput } from "../source/source.ts";
import { amrSound } from "./amr.ts";
import { openWindow } from "./file-window.ts";
import type { Format } from "./formats.ts";
import { identify } from "./identify.ts";
import { imageSize } from "./image-size.ts";
import { mp3Duration } from "./mp3.ts";

/** What a file is by its content. */
export interface Inspection {
  readonly format: Format;
  readonly mime: string;
  /** Pixels, of a JPEG, PNG, GIF or BMP, as stored (EXIF orientation does not turn them). */
  readonly width?: number;
  readonly height?: number;
  /** Seconds, of an AMR or MP3. */
  readonly duration?: number;
  /** True of an AMR that ends in the middle of a frame. */
  readonly truncated?: true;
}

/**
 * Says by its bytes what a file is; its name and type are not asked.
 * The format is `unknown` where no signature fits; a picture or sound that is cut has no size or a shorter duration.
 *
 * @param options - `signal` to stop reading
 *
 * @example
 * ```ts
 * const png = Uint8Array.from(atob("iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAAAAAAABBIqDQ=="), (c) => c.charCodeAt(0));
 * console.log(await inspect(png)); // { format: 'png', mime: 'image/png', width: 2, height: 3 }
 * ```
 */
export async function inspect(
  source: FileInput,
  options: { signal?: AbortSignal | undefined } = {},
): Promise<Inspection> {
  checkOptions("inspect", options, { signal: "signal" });
  const file = createSource(source);
  const read = openWindow(file, options.signal);
  const { format, mime, soundStart } = await identify(read);
  const about = { format, mime };
  if (format === "amr" || format === "amr-wb") {
    const { duration, truncated } = await amrSound(read, file.size);
    return { ...about, duration, ...(truncated && { truncated }) };
  }
  if (format === "mp3") {
    const duration = await mp3Duration(read, soundStart);
    return duration === undefined ? about : { ...about, duration };
  }
  return { ...about, ...(await imageSize(format, read)) };
}
