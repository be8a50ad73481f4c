import type { ReviewTimes } from "../review.ts";
import type { Sha1 } from "./sha1.ts";

/** What can be chosen of the chunked upload of videos; each is assumed. */
export interface VideoOptions {
  /** Blocks of less than 1 MiB before the last. Default: "refuse". */
  smallBlocks?: "refuse" | "accept";
  /** upload_finish of an upload that is finished. Default: "refuse". */
  finishTwice?: "refuse" | "accept";
  /** save_video of a video that is saved: another media_id (default), the same one, or a refusal. */
  saveTwice?: "new" | "same" | "refuse";
  /** How long reviews take. */
  review?: ReviewTimes;
  /** A SHA-1 faster than that of the emulator; `startEmulator` gives that of Node. */
  sha1?: () => Sha1;
}

export const VIDEO_CHOICES: Readonly<Record<string, readonly string[]>> = {
  smallBlocks: ["refuse", "accept"],
  finishTwice: ["refuse", "accept"],
  saveTwice: ["new", "same", "refuse"],
};
