import type { MpClient } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { checkInput, checkOptions } from "@wechat-edge/core/internal/upload";
import { checkJob, jobFingerprint, type PublishJob } from "./job.ts";
import type { PublishStepOptions } from "./options.ts";
import { STEP_OPTIONS } from "./options.ts";
import { nextStep } from "./plan.ts";
import { type PublishStepResult, runStep } from "./run-step.ts";
import type { PublishState, PublishStep } from "./state.ts";

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
  mpParts(mp);
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
  checkJob(job);
  checkInput("nextPublishStep", state, "a state that startPublishing or runPublishStep returned");
  return nextStep(job, state);
}

/**
 * Does the next step of a job, and no more: what {@link publishArticle} repeats. A Workflow or an alarm of a
 * Durable Object calls it with the state that `onState` kept last, and again after a pause where it is waiting. `onState`
 * must write to what outlives a retry of that step, and the retry read it there: else the article is added twice.
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
  checkOptions("runPublishStep", options, STEP_OPTIONS);
  return runStep(mp, job, given, options, {});
}
