import type { OutcomeResolution, PublishJob, VideoDetails } from "@wechat-edge/mp-publish";
import type { OnceOnly } from "./once-only.ts";

/** A job and what its owner knows of it: it outlives all processes. */
export interface JobRecord {
  readonly name: string;
  readonly what:
    | { readonly kind: "article"; readonly job: PublishJob }
    | { readonly kind: "video"; readonly details: VideoDetails; readonly file: File };
  /** The last state that was kept, as text. */
  state: string | undefined;
  /** What the unknown outcome of the last run was; its owner has to look and answer. */
  unknown: unknown;
  /** The answer as it was given last: somebody who starts the command again gives it again. */
  answer: Answer | undefined;
  /** Whether a process is at work on it. */
  isRunning: boolean;
  /** Calls of this job that must not be made twice. */
  readonly once: OnceOnly[];
  end: "done" | "refused" | undefined;
  lastError: unknown;
  /** Texts of all states, for the search for secrets. */
  readonly texts: string[];
}

/** Options that answer an unknown outcome. */
export interface Answer {
  readonly resolution: OutcomeResolution;
}
