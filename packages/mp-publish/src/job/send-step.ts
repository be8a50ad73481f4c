import type { MpClient } from "@wechat-edge/core";
import { addMaterial, uploadArticleImage } from "@wechat-edge/mp-media";
import { addDraft } from "../calls/drafts.ts";
import { addNews, submitNews } from "../calls/news.ts";
import { submitPublication } from "../calls/publications.ts";
import { uploadVideo, type VideoUploadOptions } from "../video/upload.ts";
import { checkEarly, composeArticle } from "./compose.ts";
import { articleDigest, type PublishJob } from "./job.ts";
import type { StepContext, StepResult } from "./options.ts";
import type { PublishStep } from "./state.ts";

/** Prepares a step and returns the function that sends its request. An error here means that nothing was sent. */
export async function buildStepRequest(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<() => Promise<StepResult>> {
  const { signal, current } = context;
  if (step === "cover") checkEarly(job, context);
  if (step !== "article") return () => request(mp, job, step, context);
  const articles = [await composeArticle(job, current(), context)];
  const article = await articleDigest(job);
  const add = job.target === "publish-library" ? addNews : addDraft;
  return async () => {
    const { media_id } = await add(mp, { articles }, { signal });
    return { media_id, article };
  };
}

async function request(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<StepResult> {
  const standard = job.target === "publish-library" ? "media-api" : "reported";
  const { signal, current, limits = standard } = context;
  if (step === "cover") {
    const { cover } = job;
    if ("media_id" in cover) return { cover: cover.media_id };
    // A second copy in the library does no harm.
    const options = { signal, limits, retryUnknown: true };
    return { cover: (await addMaterial(mp, { type: "image" }, cover, options)).media_id };
  }
  if (step === "video") return uploadJobVideo(mp, job, context);
  if (step === "submit") {
    const media_id = current().media_id ?? "";
    if (job.target === "publish-library") {
      await submitNews(mp, { media_id }, { signal });
      return { submitted: true };
    }
    const { publish_id } = await submitPublication(mp, { media_id }, { signal });
    return { submitted: true, publish_id };
  }
  const name = step.slice("image:".length);
  const file = job.images?.[name];
  if (file === undefined)
    throw new TypeError(`images has no ${JSON.stringify(name)}, which the state says is next.`);
  const { url } = await uploadArticleImage(mp, file, { signal, limits });
  return { images: { ...current().images, [name]: url } };
}

async function uploadJobVideo(
  mp: MpClient,
  { video }: PublishJob,
  { signal, concurrency, maxBlocks, onVideoProgress, current, keep, memory }: StepContext,
): Promise<StepResult> {
  if (video === undefined) return {};
  if (!("file" in video)) return { video: { vid: video.vid, media_id: video.media_id } };
  const { checkpoint } = current().video ?? {};
  const options: VideoUploadOptions = {
    signal,
    concurrency,
    maxBlocks,
    checkpoint,
    sha1: video.sha1,
    onProgress: onVideoProgress,
    // A second copy in the library does no harm.
    retryUnknown: true,
    onCheckpoint: (next) => keep({ ...current(), video: { checkpoint: next } }),
  };
  const result = await uploadVideo(mp, video.details, video.file, options, memory);
  if (!result.done) return { video: { checkpoint: result.checkpoint } };
  return { video: { vid: result.vid, media_id: result.media_id } };
}
