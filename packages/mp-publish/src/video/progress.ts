/** Progress of a video's upload. */
export interface VideoProgress {
  /** What is being done. A phase that is not needed is left out. */
  readonly phase: "hash" | "upload" | "finish" | "save";
  /** Bytes done in this phase, with those of earlier runs. */
  readonly loaded: number;
  /** Bytes of the file. */
  readonly total: number;
}
