import { MpApiError, type MpClient, OutcomeUnknownError } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { newAttempt } from "../attempt.ts";
import { checkPublication, type PublicationEvent, readEvent } from "../calls/publication-event.ts";
import { CheckpointError } from "../errors.ts";
import type { DigestMemory } from "../video/upload.ts";
import { checkJob } from "./check-job.ts";
import { articleDigest, jobFingerprint } from "./fingerprint.ts";
import type { PublishJob } from "./job.ts";
import type { PublishStepOptions, StepContext } from "./options.ts";
import { isCoherent, nextStep } from "./plan.ts";
import { eventOf, resolveUnknownOutcome } from "./resolution.ts";
import { withoutVideo } from "./restart-video.ts";
import { lookAtArticle, lookAtVideo } from "./review-step.ts";
import { buildStepRequest } from "./send-step.ts";
import { isOnce, type PublishState, type PublishStep, readState } from "./state.ts";
import { unknownOutcome } from "./unknown-outcome.ts";

/** Result of one step. */
export interface PublishStepResult {
  /** The state after the step. */
  readonly state: PublishState;
  /** Whether the job is done. */
  readonly done: boolean;
  /** Whether a review is still under way: call again after a pause. */
  readonly waiting: boolean;
}

/** Does the next step of a job. `memory` holds the digests of its video for one run. */
export async function runStep(
  mp: MpClient,
  job: PublishJob,
  given: PublishState | string,
  options: PublishStepOptions,
  memory: DigestMemory,
): Promise<PublishStepResult> {
  mpParts(mp);
  options.signal?.throwIfAborted();
  checkJob(job);
  const fingerprint = await jobFingerprint(job);
  const kept = readState(given, { appid: mp.appid, job: fingerprint, target: job.target });
  if (!isCoherent(job, kept)) {
    throw new CheckpointError(
      "The state is damaged: a later step is done and an earlier one is not, or it has a part that the job does not have. Pass the state exactly as onState received it last.",
      "malformed",
    );
  }
  const state = withoutVideo(job, kept, options.restartVideo);
  if (state.article !== undefined && state.article !== (await articleDigest(job))) {
    throw new CheckpointError(
      `The article was changed after it had been sent as ${state.media_id}. Change that one with ${job.target === "draft" ? "updateDraft" : "updateNews"} and pass the job the old article, or begin a new job without the state.`,
      "job",
    );
  }
  const { event = eventOf(options.resolution) } = options;
  // One that was promised may be of another draft.
  const come = readEvent(event);
  const isInDoubt = come !== undefined && state.pending === "submit" && job.target === "draft";
  const { resolution = isInDoubt ? (event as PublicationEvent) : undefined } = options;
  const settled = await resolveUnknownOutcome(mp, job, state, { ...options, resolution });
  if (come !== undefined && settled.publish_id === undefined) throw new TypeError(NO_SUBMISSION);
  checkPublication(come, settled.publish_id ?? "");
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
  const context = { ...options, event, memory, current: () => next, isKept: () => isKept, keep };
  const waiting = await runStepRequest(mp, job, step, context);
  return { state: next, done: nextStep(job, next) === undefined, waiting };
}

/** The message for an event where there is nothing that it could be of. */
export const NO_SUBMISSION =
  "event was passed, but the job knows of no submission. Pass it with a state that has a publish_id, or after an OutcomeUnknownError.";

interface RunContext extends StepContext {
  /** False after `onState` has thrown: it must not be called again. */
  readonly isKept: () => boolean;
}

/** Does one step; true while a review is under way. */
async function runStepRequest(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: RunContext,
): Promise<boolean> {
  const { signal, current, keep } = context;
  if (step === "video-review" || step === "review") {
    const found = await (step === "review" ? lookAtArticle : lookAtVideo)(mp, job, context);
    if (found === undefined) return true;
    const { unverified: _, ...rest } = current();
    await keep({ ...rest, ...found });
    return false;
  }
  const send = await buildStepRequest(mp, job, step, context);
  const before = current();
  const attempt = isOnce(job.target, step) && { attempt: newAttempt() };
  await keep({ ...before, pending: step, ...attempt });
  if (signal?.aborted === true) {
    await keep(before); // nothing was sent
    throw signal.reason;
  }
  const result = await send().catch((error: unknown) => afterFailure(job, step, error, context));
  const { pending: _, attempt: __, ...rest } = current();
  await keep({ ...rest, ...result });
  return false;
}

/** Throws the error of a step, and clears `pending` if the step was certainly not done. */
async function afterFailure(
  job: PublishJob,
  step: PublishStep,
  error: unknown,
  { signal, current, isKept, keep }: RunContext,
): Promise<never> {
  if (!isKept()) throw error;
  if (isOnce(job.target, step) && error instanceof OutcomeUnknownError) {
    throw unknownOutcome(job, current(), error.cause);
  }
  // An abort may have ended a request that WeChat carried out.
  if (error instanceof MpApiError || signal?.aborted !== true) {
    const { pending: _, attempt: __, ...rest } = current();
    await keep(rest);
  }
  throw error;
}
