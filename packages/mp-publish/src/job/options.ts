import type { MediaProfile } from "@wechat-edge/mp-media";
import type { CheckOptions } from "../article/check.ts";
import type { VideoProgress } from "../video/progress.ts";
import type { DigestMemory } from "../video/upload.ts";
import type { PublishState } from "./state.ts";
import type { FoundOutcome } from "./unknown-outcome.ts";

/** Options of one step, and of all of them. */
export interface PublishStepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Keeps the state; awaited, before each request and after it. */
  readonly onState?: ((state: PublishState) => unknown) | undefined;
  /** What was found after an OutcomeUnknownError, or what was published by hand. */
  readonly found?: FoundOutcome | undefined;
  readonly onVideoProgress?: ((progress: VideoProgress) => void) | undefined;
  /** Blocks of the video that one step sends at most. */
  readonly maxBlocks?: number | undefined;
  /** Blocks of the video under way at a time; 1 by default. */
  readonly concurrency?: number | undefined;
  /** Limits of the pictures: `publish` for the library and `today` for drafts by default. */
  readonly limits?: MediaProfile | undefined;
  /** What the account may do, for the check of the article. */
  readonly rights?: CheckOptions["rights"];
}

/** What the parts of a step are given. */
export interface StepContext extends PublishStepOptions {
  readonly current: () => PublishState;
  readonly keep: (next: PublishState) => Promise<void>;
  /** Of the job's video. */
  readonly memory: DigestMemory;
}

/** What a step adds to the state. */
export type StepResult = Partial<PublishState>;
