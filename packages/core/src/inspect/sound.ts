import { amrSound } from "./amr.ts";
import type { FileWindow } from "./file-window.ts";
import type { Identity } from "./identify.ts";
import { mp3Duration } from "./mp3.ts";

/** The sound of an AMR or MP3; other files have none of these. */
export interface Sound {
  /** Duration in seconds. */
  readonly duration?: number;
  /** True for an AMR that ends in the middle of a frame. */
  readonly truncated?: true;
}

/** Reads the sound of a file whose format is known. */
export async function soundOf(
  read: FileWindow,
  size: number,
  { format, soundStart }: Identity,
): Promise<Sound> {
  if (format === "amr" || format === "amr-wb") {
    const { duration, truncated } = await amrSound(read, size);
    return { duration, ...(truncated && { truncated }) };
  }
  const duration = format === "mp3" ? await mp3Duration(read, soundStart, size) : undefined;
  return duration === undefined ? {} : { duration };
}
