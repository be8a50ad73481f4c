import type { ReviewTimes } from "../review.ts";

/** The options of video uploads in blocks. All are about assumptions. */
export interface VideoOptions {
  /** Blocks smaller than 1 MiB before the last one. Default: "refuse". */
  smallBlocks?: "refuse" | "accept";
  /** A block that arrives before an earlier one. Default: "accept". */
  outOfOrderBlocks?: "accept" | "refuse";
  /** upload_finish of a finished upload. Default: "refuse". */
  finishTwice?: "refuse" | "accept";
  /** save_video of a saved video: a new media_id (default), the same, or an error. */
  saveTwice?: "new" | "same" | "refuse";
  /** How long reviews take. Default: 1000 milliseconds each. */
  review?: ReviewTimes;
}
