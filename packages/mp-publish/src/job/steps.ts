import {
  MpApiError,
  type MpClient,
  OutcomeUnknownError,
  ReplyError,
  TimeoutError,
} from "@wechat-edge/core";
import { addMaterial, type MediaProfile, uploadArticleImage } from "@wechat-edge/mp-media";
import type { CheckOptions } from "../article/check.ts";
import { addDraft } from "../draft.ts";
import { CheckpointError } from "../errors.ts";
import { submitPublication, waitForPublication } from "../freepublish.ts";
import { submitNews, uploadNews, waitForNews } from "../library.ts";
import type { VideoProgress } from "../video/progress.ts";
import { uploadVideoMaterial } from "../video/upload.ts";
import { waitForVideo } from "../video/wait.ts";
import { checkEarly, composeArticle } from "./compose.ts";
import { checkJob, jobFingerprint, type PublishJob } from "./job.ts";
import { type FoundOutcome, isOnce, settle, unknownOutcome } from "./outcome.ts";
import { isCoherent, nextStep } from "./plan.ts";
import { type PublishState, type PublishStep, readState } from "./state.ts";

/** Options of one step, and of all of them. */
export interface PublishStepOptions {
  readonly signal?: AbortSignal | undefined;
  /** Keeps the state; awaited, before each request and after it. */
  readonly onState?: ((state: PublishState) => unknown) | undefined;
  /** What was found after an OutcomeUnknownError. */
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

/** What one step came to. */
export interface PublishStepResult {
  readonly state: PublishState;
  /** Whether the job is as far as it is to go. */
  readonly done: boolean;
  /** Whether WeChat is still at it: look again after a pause. */
  readonly waiting: boolean;
}

/**
 * Begins a job: the state before its first step. Nothing is sent.
 *
 * @throws TypeError where the job lacks what it needs
 *
 * @example
 * ```ts
 * const job = {
 *   target: "draft" as const, until: "uploaded" as const,
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: new File([jpeg], "cover.jpg"),
 * };
 * const state = await startPublishing(mp, job);
 * console.log(nextPublishStep(job, state)); // cover
 * ```
 */
export async function startPublishing(mp: MpClient, job: PublishJob): Promise<PublishState> {
  checkJob(job);
  return { v: 1, appid: mp.appid, job: await jobFingerprint(job), images: {} };
}

/**
 * The next step of a job by its state, or undefined where it is as far as it is to go.
 *
 * @example
 * ```ts
 * const job = {
 *   target: "draft" as const, until: "uploaded" as const,
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: { media_id: "cover" },
 * };
 * const state = await startPublishing(mp, job);
 * console.log(nextPublishStep(job, { ...state, media_id: "draft" })); // undefined
 * ```
 */
export function nextPublishStep(job: PublishJob, state: PublishState): PublishStep | undefined {
  return nextStep(job, state);
}

/**
 * Does the next step of a job, and no more: what {@link publishArticle} repeats. A Workflow or an alarm of a
 * Durable Object calls it with the state that `onState` kept last, and again after a pause where it is waiting.
 *
 * @throws what {@link publishArticle} throws
 *
 * @example
 * ```ts
 * const job = {
 *   target: "draft" as const, until: "uploaded" as const,
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: new File([jpeg], "cover.jpg"),
 * };
 * let state = await startPublishing(mp, job);
 * while (nextPublishStep(job, state) !== undefined) ({ state } = await runPublishStep(mp, job, state));
 * console.log(state.media_id !== undefined); // true
 * ```
 */
export async function runPublishStep(
  mp: MpClient,
  job: PublishJob,
  given: PublishState | string,
  options: PublishStepOptions = {},
): Promise<PublishStepResult> {
  options.signal?.throwIfAborted();
  checkJob(job);
  const state = readState(given, { appid: mp.appid, job: await jobFingerprint(job) });
  if (!isCoherent(job, state)) {
    throw new CheckpointError(
      "The state is damaged: it has a step that another should come before, or a part that the job has not.",
      "malformed",
    );
  }
  const settled = await settle(job, state, options);
  const step = nextStep(job, settled);
  if (step === undefined) return { state: settled, done: true, waiting: false };
  let next = settled;
  let isKept = true;
  const keep = async (changed: PublishState): Promise<void> => {
    next = changed;
    isKept = false;
    await options.onState?.(changed);
    isKept = true;
  };
  const waiting = await perform(mp, job, step, {
    ...options,
    current: () => next,
    isKept: () => isKept,
    keep,
  });
  return { state: next, done: nextStep(job, next) === undefined, waiting };
}

interface StepContext extends PublishStepOptions {
  readonly current: () => PublishState;
  /** False where `onState` has thrown: it is not to be called again. */
  readonly isKept: () => boolean;
  readonly keep: (state: PublishState) => Promise<void>;
}

type StepResult = Partial<PublishState>;

/** Does one step; true where WeChat is still at it. */
async function perform(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<boolean> {
  const { signal, current, keep } = context;
  if (step === "video-review" || step === "review") {
    const found = await (step === "review" ? lookAtArticle : lookAtVideo)(mp, job, context);
    if (found === undefined) return true;
    await keep({ ...current(), ...found });
    return false;
  }
  const send = await prepare(mp, job, step, context);
  const before = current();
  await keep({ ...before, pending: step });
  if (signal?.aborted === true) {
    await keep(before); // it was not asked for
    throw signal.reason;
  }
  const result = await send().catch((error: unknown) => afterFailure(job, step, error, context));
  const { pending: _, ...rest } = current();
  await keep({ ...rest, ...result });
  return false;
}

/** Takes the pending step out of the state where it was certainly not done; throws. */
async function afterFailure(
  job: PublishJob,
  step: PublishStep,
  error: unknown,
  { signal, current, isKept, keep }: StepContext,
): Promise<never> {
  if (!isKept()) throw error;
  if (isOnce(job.target, step)) {
    if (error instanceof OutcomeUnknownError) throw unknownOutcome(job, step, error.cause);
    // A success that has no id is one all the same.
    if (error instanceof ReplyError && error.status >= 200 && error.status <= 299) {
      throw unknownOutcome(job, step, error);
    }
  }
  // WeChat has refused, or nothing was sent, unless the signal ended a request under way.
  if (error instanceof MpApiError || signal?.aborted !== true) {
    const { pending: _, ...rest } = current();
    await keep(rest);
  }
  throw error;
}

/** What a step sends, ready to go. What fails here has sent nothing. */
async function prepare(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<() => Promise<StepResult>> {
  const { signal, current } = context;
  if (step === "cover") await checkEarly(job, context);
  if (step !== "article") return () => request(mp, job, step, context);
  const articles = [await composeArticle(job, current(), context)];
  const add = job.target === "library" ? uploadNews : addDraft;
  return async () => {
    const { media_id } = await add(mp, { articles }, { signal });
    return { media_id };
  };
}

async function request(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<StepResult> {
  const { signal, current } = context;
  const limits = context.limits ?? (job.target === "library" ? "publish" : "today");
  if (step === "cover") {
    const { cover } = job;
    if ("media_id" in cover) return { cover: cover.media_id };
    // A copy in the library too many does no harm to the article.
    const options = { signal, limits, retryUnknown: true };
    return { cover: (await addMaterial(mp, { type: "image" }, cover, options)).media_id };
  }
  if (step === "video") return uploadJobVideo(mp, job, context);
  if (step === "submit") {
    const media_id = current().media_id ?? "";
    if (job.target === "library") {
      await submitNews(mp, { media_id }, { signal });
      return { submitted: true };
    }
    const { publish_id } = await submitPublication(mp, { media_id }, { signal });
    return { submitted: true, publish_id };
  }
  const name = step.slice("image:".length);
  const file = job.images?.[name];
  if (file === undefined) throw new TypeError(`images holds no ${JSON.stringify(name)}.`);
  const { url } = await uploadArticleImage(mp, file, { signal, limits });
  return { images: { ...current().images, [name]: url } };
}

async function uploadJobVideo(
  mp: MpClient,
  { video }: PublishJob,
  { signal, concurrency, maxBlocks, onVideoProgress, current, keep }: StepContext,
): Promise<StepResult> {
  if (video === undefined) return {};
  if (!("file" in video)) return { video: { vid: video.vid, media_id: video.media_id } };
  const { checkpoint } = current().video ?? {};
  const result = await uploadVideoMaterial(mp, video.details, video.file, {
    signal,
    concurrency,
    maxBlocks,
    checkpoint,
    onProgress: onVideoProgress,
    // A video in the library too many does no harm to the article.
    retryUnknown: true,
    onCheckpoint: (next) => keep({ ...current(), video: { checkpoint: next } }),
  });
  if (!result.done) return { video: { checkpoint: result.checkpoint } };
  return { video: { vid: result.vid, media_id: result.media_id } };
}

async function lookAtVideo(
  mp: MpClient,
  _: PublishJob,
  { signal, current }: StepContext,
): Promise<StepResult | undefined> {
  const { video = {} } = current();
  const media_id = video.media_id ?? "";
  const status = await look((options) => waitForVideo(mp, { media_id }, { signal, ...options }));
  return status && { video: { ...video, approved: true } };
}

async function lookAtArticle(
  mp: MpClient,
  { target }: PublishJob,
  { signal, current }: StepContext,
): Promise<StepResult | undefined> {
  const { media_id = "", publish_id = "" } = current();
  if (target === "library") {
    const news = await look((options) => waitForNews(mp, { media_id }, { signal, ...options }));
    return news && { published: true, ...(news.url !== undefined && { url: news.url }) };
  }
  const publication = await look((options) =>
    waitForPublication(mp, { publish_id }, { signal, ...options }),
  );
  if (publication === undefined) return undefined;
  const { article_id, article_detail } = publication;
  const url = article_detail?.item[0]?.article_url;
  return {
    published: true,
    ...(article_id !== undefined && { article_id }),
    ...(typeof url === "string" && url !== "" && { url }),
  };
}

/** One look of a wait; undefined where WeChat is still at it. */
async function look<T>(
  wait: (options: { maxWait: number; onStatus: () => void }) => Promise<T>,
): Promise<T | undefined> {
  let seen = false;
  const onStatus = (): void => {
    seen = true;
  };
  try {
    return await wait({ maxWait: 0, onStatus });
  } catch (error) {
    if (seen && error instanceof TimeoutError) return undefined;
    throw error;
  }
}
