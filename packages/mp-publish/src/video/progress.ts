/** How far the upload of a video is. */
export interface VideoProgress {
  readonly phase: "hash" | "upload" | "finish" | "save";
  /** Bytes done in this phase, those of an earlier run included. */
  readonly loaded: number;
  /** Bytes of the file. */
  readonly total: number;
}
