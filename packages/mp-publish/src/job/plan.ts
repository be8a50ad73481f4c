import { isPictureJob, type PublishJob } from "./job.ts";
import { isOnce, type PublishState, type PublishStep } from "./state.ts";

/** The next step of a job, or undefined if it is done. */
export function nextStep(job: PublishJob, state: PublishState): PublishStep | undefined {
  if (state.media_id === undefined) {
    if (state.cover === undefined && !isPictureJob(job)) return "cover";
    const image = Object.keys(job.images ?? {}).find((name) => !Object.hasOwn(state.images, name));
    if (image !== undefined) return `image:${image}`;
    if (job.video !== undefined) {
      if (state.video?.media_id === undefined) return "video";
      if (state.video.approved !== true) return "video-review";
    }
    return "article";
  }
  if (job.until === "uploaded") return undefined;
  if (state.submitted !== true) return "submit";
  if (job.until === "submitted" || state.published === true) return undefined;
  return "review";
}

/** The number of steps, and of those that are done. */
export function progressOf(job: PublishJob, state: PublishState): { done: number; total: number } {
  const steps = [
    ...(isPictureJob(job) ? [] : [state.cover !== undefined]),
    ...Object.keys(job.images ?? {}).map((name) => Object.hasOwn(state.images, name)),
    ...(job.video === undefined
      ? []
      : [state.video?.media_id !== undefined, state.video?.approved === true]),
    state.media_id !== undefined,
    ...(job.until === "uploaded" ? [] : [state.submitted === true]),
    ...(job.until === "published" ? [state.published === true] : []),
  ];
  return { done: steps.filter(Boolean).length, total: steps.length };
}

/** Whether a state is possible for this job: a step is done or pending only if all before it are done. */
export function isCoherent(job: PublishJob, state: PublishState): boolean {
  const { images = {}, video, target } = job;
  const { pending, media_id, submitted, publish_id, published, article_id, url } = state;
  const next = nextStep({ ...job, until: "published" }, state);
  // The pictures may be listed in another order than in the run before.
  const isImage = (step: string | undefined): boolean => step?.startsWith("image:") === true;
  const isNext = pending === next || (isImage(pending) && isImage(next));
  const isFindable = target === "publish-library" || publish_id !== undefined || published === true;
  return (
    (pending === undefined || isNext) &&
    (state.attempt !== undefined) === isOnce(target, pending) &&
    (state.unverified === undefined || (publish_id !== undefined && published !== true)) &&
    Object.keys(state.images).every((name) => Object.hasOwn(images, name)) &&
    (state.video === undefined || video !== undefined) &&
    (state.cover === undefined || !isPictureJob(job)) &&
    (submitted === true
      ? media_id !== undefined && isFindable
      : publish_id === undefined && published === undefined) &&
    (published === true || (article_id === undefined && url === undefined))
  );
}
