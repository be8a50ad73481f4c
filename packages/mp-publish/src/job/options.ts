import type { AbortSignal, OptionKinds } from "@wechat-edge/core/internal/upload";
import type { MediaProfile } from "@wechat-edge/mp-media";
import type { CheckOptions } from "../article/check.ts";
import type { VideoProgress } from "../video/progress.ts";
import type { DigestMemory } from "../video/upload.ts";
import type { PublishState } from "./state.ts";
import type { OutcomeResolution } from "./unknown-outcome.ts";

/** Options of one step, and of all of them. */
export interface PublishStepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Keeps the state; awaited, before each request and after it. */
  readonly onState?: ((state: PublishState) => unknown) | undefined;
  /** How the job goes on after an OutcomeUnknownError, or with a draft that was published by hand. */
  readonly resolution?: OutcomeResolution | undefined;
  readonly onVideoProgress?: ((progress: VideoProgress) => void) | undefined;
  /** Blocks of the video that one step sends at most. */
  readonly maxBlocks?: number | undefined;
  /** Blocks of the video under way at a time; 1 by default. */
  readonly concurrency?: number | undefined;
  /** Limits of the pictures: `media-api` for the library and `current` for drafts by default. */
  readonly limits?: MediaProfile | undefined;
  /** What the account may do, for the check of the article. */
  readonly rights?: CheckOptions["rights"];
}

/** What they must be. */
export const STEP_OPTIONS: OptionKinds<PublishStepOptions> = {
  signal: "signal",
  onState: "function",
  resolution: true,
  onVideoProgress: "function",
  maxBlocks: "count",
  concurrency: "count",
  limits: true,
  rights: true,
};

/** What the parts of a step are given. */
export interface StepContext extends PublishStepOptions {
  readonly current: () => PublishState;
  readonly keep: (next: PublishState) => Promise<void>;
  /** Of the job's video. */
  readonly memory: DigestMemory;
}

/** What a step adds to the state. */
export type StepResult = Partial<PublishState>;
