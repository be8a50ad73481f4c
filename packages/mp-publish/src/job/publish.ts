import type { MpClient } from "@wechat-edge/core";
import { checkOptions, ignoreErrors, type OptionKinds } from "@wechat-edge/core/internal/upload";
import { comingEvent, readEvent } from "../calls/publication-event.ts";
import { poll, WAIT_OPTIONS, type WaitOptions } from "../poll.ts";
import type { PublishJob } from "./job.ts";
import { type PublishStepOptions, STEP_OPTIONS } from "./options.ts";
import { nextStep, progressOf } from "./plan.ts";
import { eventOf, NOTHING_TO_RESOLVE } from "./resolution.ts";
import { NO_SUBMISSION, runStep } from "./run-step.ts";
import type { PublishState, PublishStep } from "./state.ts";
import { startPublishing } from "./steps.ts";

/** Progress of a job. */
export interface PublishProgress {
  /** The next step, or undefined at the end. */
  readonly step: PublishStep | undefined;
  /** Steps that are done. */
  readonly done: number;
  /** Steps in all. */
  readonly total: number;
}

/** Options of {@link publishArticle}. */
export interface PublishOptions extends PublishStepOptions, WaitOptions {
  /** The state that `onState` received last, as an object or as JSON: the job continues from there. */
  readonly state?: PublishState | string | undefined;
  /**
   * Called after each step, and after each request that finds a review still under way. Errors that this function throws
   * are ignored.
   */
  readonly onProgress?: ((progress: PublishProgress) => void) | undefined;
}

const PUBLISH_OPTIONS: OptionKinds<PublishOptions> = {
  ...WAIT_OPTIONS,
  ...STEP_OPTIONS,
  state: true,
  onProgress: "function",
};

/** Result of a job. */
export interface PublishResult {
  /** Of the article in the publish library, or of the draft. */
  readonly media_id: string;
  /** Of the publication, if a draft was submitted. */
  readonly publish_id?: string;
  /** For {@link openComments}, if a draft was submitted and WeChat told it. */
  readonly msg_data_id?: string;
  /** Of the published article, if it was a draft. */
  readonly article_id?: string;
  /** Address of the published article. */
  readonly url?: string;
  /** The last state of the job. */
  readonly state: PublishState;
}

/**
 * Publishes an article from its files: uploads the cover, the pictures and the video, adds the article, and submits it
 * and waits until it is published, as far as `until` says. With `article_type: "newspic"` it publishes a picture message
 * (图片消息): a title, a plain text and a list of pictures.
 *
 * `onState` receives the state before and after each request. A job that was interrupted continues with the last state:
 * requests that were under way are repeated if that does no harm. If a repetition could add or publish a second
 * article, the job throws an OutcomeUnknownError that says what to look at; pass its `attempt` and what you found there
 * as `resolution`. An answer serves that one attempt: given once more, nothing is sent.
 * A draft that was published by hand, after errcode 48001 or a refused review, ends the job with `resolution: {
 * article_id, url }` or one of the two. The event PUBLISHJOBFINISH (`event`) ends the wait for a draft without asking.
 *
 * A draft is published as it is in 草稿箱 when the job submits it: what somebody has changed there is published too.
 * `checkDraft: true` looks first.
 *
 * Follows 媒体API文档, 发布的整体流程, and for drafts 新增草稿 and 发布草稿.
 *
 * @param job - `target` and `until` have no default, because publishing cannot be undone
 * @throws TypeError if the job or an option is malformed; MediaError if WeChat would refuse a file; ArticleError if
 * WeChat would refuse the article (nothing is sent for it); CheckpointError if the state is damaged or for another job,
 * account or article, or if `checkDraft` finds that the draft was changed; ReviewError if WeChat refuses the article or
 * the video in its review; OutcomeUnknownError if the article may have been added or submitted; MpApiError if WeChat
 * refuses a call; TimeoutError after `maxWait`; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { publishArticle } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * let saved = ""; // in a file, a row, a key of KV
 * const { media_id } = await publishArticle(
 *   mp,
 *   {
 *     target: "draft",
 *     until: "uploaded",
 *     article: { title: "灯笼街", content: `<p>天还没亮透。</p><img src="street.png">` },
 *     cover: sampleFile("cover.jpg"),
 *     images: { "street.png": sampleFile("picture.png") },
 *   },
 *   { onState: (state) => void (saved = JSON.stringify(state)) },
 * );
 * console.log(JSON.parse(saved).media_id === media_id); // true
 * ```
 */
export async function publishArticle(
  mp: MpClient,
  job: PublishJob,
  options: PublishOptions = {},
): Promise<PublishResult> {
  checkOptions("publishArticle", options, PUBLISH_OPTIONS);
  let { resolution } = options;
  const event = options.event ?? eventOf(resolution);
  // Before anything is awaited: a promise that fails meanwhile must have somebody who sees it.
  const wake = event === undefined ? undefined : comingEvent(event).come;
  let current = options.state === undefined ? await begin(mp, job, options) : options.state;
  const memory = {};
  const report = ignoreErrors(options.onProgress);
  for (;;) {
    const waiting = { ...options, wake };
    const { state, done } = await poll(mp, "The article or its video", waiting, async () => {
      const given = { ...options, resolution, event };
      const result = await runStep(mp, job, current, given, memory);
      const { state, waiting } = result;
      current = state;
      resolution = undefined;
      report({ step: nextStep(job, state), ...progressOf(job, state) });
      return waiting ? undefined : result;
    });
    if (done) return resultOf(state);
  }
}

async function begin(
  mp: MpClient,
  job: PublishJob,
  { resolution, event, onState }: PublishOptions,
): Promise<PublishState> {
  // The caller forgot the state; the first state of a new job must not overwrite it.
  if (resolution !== undefined) throw new TypeError(NOTHING_TO_RESOLVE);
  if (readEvent(event) !== undefined) throw new TypeError(NO_SUBMISSION);
  const state = await startPublishing(mp, job);
  await onState?.(state);
  return state;
}

function resultOf(state: PublishState): PublishResult {
  const { media_id = "", publish_id, msg_data_id, article_id, url } = state;
  return {
    media_id,
    ...(publish_id !== undefined && { publish_id }),
    ...(msg_data_id !== undefined && { msg_data_id }),
    ...(article_id !== undefined && { article_id }),
    ...(url !== undefined && { url }),
    state,
  };
}
