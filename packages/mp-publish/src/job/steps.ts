import type { MpClient } from "@wechat-edge/core";
import { mpParts } from "@wechat-edge/core/internal/mp";
import { checkInput, checkOptions } from "@wechat-edge/core/internal/upload";
import { comingEvent } from "../calls/publication-event.ts";
import { checkJob } from "./check-job.ts";
import { jobFingerprint } from "./fingerprint.ts";
import type { PublishJob } from "./job.ts";
import { type PublishStepOptions, STEP_OPTIONS } from "./options.ts";
import { nextStep } from "./plan.ts";
import { type PublishStepResult, runStep } from "./run-step.ts";
import type { PublishState, PublishStep } from "./state.ts";

/**
 * Resolves with the state of a new job, before its first step. Nothing is sent.
 *
 * @throws TypeError if the job is malformed
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { nextPublishStep, startPublishing } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const job = {
 *   target: "draft",
 *   until: "uploaded",
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: sampleFile("cover.jpg"),
 * } as const;
 * const state = await startPublishing(mp, job);
 * console.log(nextPublishStep(job, state)); // cover
 * ```
 */
export async function startPublishing(mp: MpClient, job: PublishJob): Promise<PublishState> {
  mpParts(mp);
  checkJob(job);
  return { v: 2, appid: mp.appid, job: await jobFingerprint(job), images: {} };
}

/**
 * Returns the next step of a job, or undefined if the job is done.
 *
 * @throws TypeError if the job is malformed or the state is not an object
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { nextPublishStep, runPublishStep, startPublishing } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const job = {
 *   target: "draft",
 *   until: "uploaded",
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: sampleFile("cover.jpg"),
 * } as const;
 * const { state } = await runPublishStep(mp, job, await startPublishing(mp, job));
 * console.log(nextPublishStep(job, state)); // article
 * ```
 */
export function nextPublishStep(job: PublishJob, state: PublishState): PublishStep | undefined {
  checkJob(job);
  checkInput("nextPublishStep", state, "a state that startPublishing or runPublishStep returned");
  return nextStep(job, state);
}

/**
 * Does the next step of a job and no more; {@link publishArticle} repeats it until the job is done.
 *
 * Use it in a step of a Workflow or an alarm of a Durable Object. Pass the state that `onState` received last. If the
 * result says `waiting`, call it again after a pause. `onState` must write to a store that survives a retry of the
 * step, and the retry must read the state from there; otherwise the article is added twice.
 *
 * @throws the errors of {@link publishArticle}
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { runPublishStep, startPublishing } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const job = {
 *   target: "draft",
 *   until: "uploaded",
 *   article: { title: "灯笼街", content: "<p>天还没亮透。</p>" },
 *   cover: sampleFile("cover.jpg"),
 * } as const;
 * let state = await startPublishing(mp, job);
 * for (let done = false; !done; ) ({ state, done } = await runPublishStep(mp, job, state));
 * console.log(typeof state.media_id); // string
 * ```
 */
export async function runPublishStep(
  mp: MpClient,
  job: PublishJob,
  given: PublishState | string,
  options: PublishStepOptions = {},
): Promise<PublishStepResult> {
  checkOptions("runPublishStep", options, STEP_OPTIONS);
  // A step that does not wait for the event must not leave its failure to nobody.
  if (options.event !== undefined) comingEvent(options.event);
  return runStep(mp, job, given, options, {});
}
