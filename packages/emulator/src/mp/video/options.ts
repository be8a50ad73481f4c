import type { ReviewTimes } from "../review.ts";

/** What can be chosen of the chunked upload of videos; each is assumed. */
export interface VideoOptions {
  /** Blocks of less than 1 MiB before the last. Default: "refuse". */
  smallBlocks?: "refuse" | "accept";
  /** A block that comes before the one ahead of it. Default: "accept". */
  outOfOrderBlocks?: "accept" | "refuse";
  /** upload_finish of an upload that is finished. Default: "refuse". */
  finishTwice?: "refuse" | "accept";
  /** save_video of a video that is saved: another media_id (default), the same one, or a refusal. */
  saveTwice?: "new" | "same" | "refuse";
  /** How long reviews take. */
  review?: ReviewTimes;
}
