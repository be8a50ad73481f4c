import {
  type AbortSignal,
  BOOLEAN,
  COUNT,
  type OptionKinds,
} from "@wechat-edge/core/internal/upload";
import type { MediaProfile } from "@wechat-edge/mp-media";
import type { CheckOptions } from "../article/check.ts";
import { DRAFT_TITLE } from "../article/limits.ts";
import { CONTENT_LENGTH } from "../article/rules/content.ts";
import { isId } from "../calls/call-api.ts";
import { EVENT_OPTION, type PublicationEventOption } from "../calls/publication-event.ts";
import type { VideoProgress } from "../video/progress.ts";
import type { DigestMemory } from "../video/upload.ts";
import type { OutcomeResolution } from "./resolution.ts";
import type { PublishState } from "./state.ts";

/** Options of {@link runPublishStep}, and of {@link publishArticle}. */
export interface PublishStepOptions {
  /** Aborts the job, which rejects with the signal's own reason. The last state continues it. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Saves the state: called and awaited before and after each request. If it throws, the job stops, and rejects with that
   * error. What WeChat has done by then is in the state that it was given.
   */
  readonly onState?: ((state: PublishState) => unknown) | undefined;
  /** What you found after an OutcomeUnknownError, with its `attempt`; or a draft that was published by hand. */
  readonly resolution?: OutcomeResolution | undefined;
  /**
   * The `vid` of a video that WeChat refuses to go on with, or that did not pass its review: the job's file is uploaded
   * from its beginning, under another `vid`. Ignored once the state no longer has this `vid`, so it may be passed again.
   */
  readonly restartVideo?: string | undefined;
  /** Called as the upload of the video proceeds. Errors that this function throws are ignored. */
  readonly onVideoProgress?: ((progress: VideoProgress) => void) | undefined;
  /** Most blocks of the video that one step sends. */
  readonly maxBlocks?: number | undefined;
  /** Blocks of the video sent at the same time; 1 by default. */
  readonly concurrency?: number | undefined;
  /** Limits of the pictures; by default `media-api` for the publish library and `reported` for drafts. */
  readonly limits?: MediaProfile | undefined;
  /** What the account may do. `pay: true`: it has WeChat Pay, so its articles may have links. */
  readonly rights?: CheckOptions["rights"];
  /** How the characters of the article are counted, as for `checkArticle`. */
  readonly count?: CheckOptions["count"];
  /** What of the content must stay below 20,000 characters, as for `checkArticle`: `with-tags` by default, or `text`. */
  readonly contentLength?: CheckOptions["contentLength"];
  /** Most characters of a draft's title, as for `checkArticle`: 32 by default, or 64. */
  readonly draftTitle?: CheckOptions["draftTitle"];
  /**
   * `"material"`: a picture of the content that `uploadArticleImage` does not take, by its format or its size, goes up
   * with `addMaterial`. Reported: an article shows such a picture. Without it the job stops there.
   */
  readonly imageFallback?: "material" | undefined;
  /**
   * How pictures of mini-program cards go up, where the content is a string: with `addMaterial` by default, or as other
   * pictures (`"article"`). Reported: WeChat refuses cards whose picture is from `uploadArticleImage` (45166).
   */
  readonly cardImages?: "material" | "article" | undefined;
  /**
   * `true`: looks at the draft before it is submitted, and stops with a CheckpointError if somebody has changed it. By
   * default the draft is published as it is in 草稿箱.
   */
  readonly checkDraft?: boolean | undefined;
  /**
   * The event PUBLISHJOBFINISH of this draft: the job asks no more. Or a promise of one: the job asks until it has come.
   * After an OutcomeUnknownError of the submission, an event that has come resolves it.
   */
  readonly event?: PublicationEventOption | undefined;
}

/** How they are checked. */
export const STEP_OPTIONS: OptionKinds<PublishStepOptions> = {
  signal: "signal",
  onState: "function",
  resolution: true,
  restartVideo: ["the vid of the job's video, a string", isId],
  onVideoProgress: "function",
  maxBlocks: COUNT,
  concurrency: COUNT,
  limits: true,
  rights: true,
  count: "function",
  draftTitle: DRAFT_TITLE,
  contentLength: CONTENT_LENGTH,
  imageFallback: ['"material"', (value) => value === "material"],
  cardImages: ['"material" or "article"', (value) => value === "material" || value === "article"],
  checkDraft: BOOLEAN,
  event: EVENT_OPTION,
};

/** Options and state for the parts of a step. */
export interface StepContext extends PublishStepOptions {
  readonly current: () => PublishState;
  readonly keep: (next: PublishState) => Promise<void>;
  /** Digests of the job's video. */
  readonly memory: DigestMemory;
}

/** What a step adds to the state. */
export type StepResult = Partial<PublishState>;
