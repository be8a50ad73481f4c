import type { MpClient } from "@wechat-edge/core";
import type { NewsArticle } from "../article/article.ts";
import { addDraft } from "../calls/drafts.ts";
import { addNews, submitNews } from "../calls/news.ts";
import { submitPublication } from "../calls/publications.ts";
import { uploadVideo, type VideoUploadOptions } from "../video/upload.ts";
import { checkEarly, composeArticle } from "./compose.ts";
import { checkDraftUnchanged, draftGone } from "./draft-check.ts";
import { articleDigest } from "./fingerprint.ts";
import { isPictureJob, type PublishJob } from "./job.ts";
import type { StepContext, StepResult } from "./options.ts";
import { refusedVideo } from "./restart-video.ts";
import { sendPicture, sendToLibrary } from "./send-picture.ts";
import type { PublishState, PublishStep } from "./state.ts";

/** Prepares a step and returns the function that sends its request. An error here means that nothing was sent. */
export async function buildStepRequest(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<() => Promise<StepResult>> {
  const { signal, current, checkDraft } = context;
  if (isFirst(job, current())) checkEarly(job, context);
  if (step === "submit" && checkDraft === true && job.target === "draft") {
    await checkDraftUnchanged(mp, job, context);
  }
  if (step !== "article") return () => request(mp, job, step, context);
  const composed = await composeArticle(job, current(), context);
  const article = await articleDigest(job);
  return async () => {
    const { media_id } =
      job.target === "publish-library"
        ? await addNews(mp, { articles: [composed as NewsArticle] }, { signal })
        : await addDraft(mp, { articles: [composed] }, { signal });
    return { media_id, article };
  };
}

/** Whether nothing of a job is uploaded yet. */
function isFirst(job: PublishJob, { cover, images }: PublishState): boolean {
  return isPictureJob(job) ? Object.keys(images).length === 0 : cover === undefined;
}

async function request(
  mp: MpClient,
  job: PublishJob,
  step: PublishStep,
  context: StepContext,
): Promise<StepResult> {
  const standard = job.target === "publish-library" ? "media-api" : "reported";
  const { signal, current, limits = standard } = context;
  const pictures = { ...context, limits };
  if (step === "cover" && job.cover !== undefined) {
    return { cover: await sendToLibrary(mp, "cover", job.cover, pictures) };
  }
  if (step === "video") return uploadJobVideo(mp, job, context);
  if (step === "submit") {
    const media_id = current().media_id ?? "";
    if (job.target === "publish-library") {
      await submitNews(mp, { media_id }, { signal });
      return { submitted: true };
    }
    const submitted = submitPublication(mp, { media_id }, { signal });
    const ids = await submitted.catch((error: unknown) => {
      throw draftGone(media_id, error);
    });
    return { submitted: true, ...ids };
  }
  const name = step.slice("image:".length);
  const sent = await sendPicture(mp, job, name, pictures);
  return { images: { ...current().images, [name]: sent } };
}

async function uploadJobVideo(
  mp: MpClient,
  { video }: PublishJob,
  { signal, concurrency, maxBlocks, onVideoProgress, current, keep, memory }: StepContext,
): Promise<StepResult> {
  if (video === undefined) return {};
  if (!("file" in video)) {
    const { vid, media_id, approved } = video;
    return { video: { vid, media_id, ...(approved && { approved }) } };
  }
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
  const upload = uploadVideo(mp, video.details, video.file, options, memory);
  const result = await upload.catch((error: unknown) => {
    throw refusedVideo(current().video?.checkpoint?.vid, error);
  });
  if (!result.done) return { video: { checkpoint: result.checkpoint } };
  return { video: { vid: result.vid, media_id: result.media_id } };
}
