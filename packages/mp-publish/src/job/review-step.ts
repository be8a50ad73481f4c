import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { visible } from "@wechat-edge/core/internal/upload";
import { newAttempt } from "../attempt.ts";
import { waitForNews } from "../calls/news.ts";
import { waitForPublication } from "../calls/publications.ts";
import { waitForVideo } from "../video/wait.ts";
import type { PublishJob } from "./job.ts";
import { isOther, titlesOf } from "./look-up.ts";
import type { StepContext, StepResult } from "./options.ts";
import type { PublishState } from "./state.ts";
import { unknownOutcome } from "./unknown-outcome.ts";

/** Asks once whether the video is approved; undefined while the review is under way. */
export async function lookAtVideo(
  mp: MpClient,
  _: PublishJob,
  { signal, current }: StepContext,
): Promise<StepResult | undefined> {
  const { video = {} } = current();
  const media_id = video.media_id ?? "";
  const status = await look((options) => waitForVideo(mp, { media_id }, { signal, ...options }));
  return status && { video: { ...video, approved: true } };
}

/** Asks once whether the article is published; undefined while the review is under way. */
export async function lookAtArticle(
  mp: MpClient,
  job: PublishJob,
  context: StepContext,
): Promise<StepResult | undefined> {
  const { signal, current, event } = context;
  const { target } = job;
  const { media_id = "", publish_id = "" } = current();
  if (target === "publish-library") {
    const news = await look((options) => waitForNews(mp, { media_id }, { signal, ...options }));
    return news && { published: true, ...(news.url !== undefined && { url: news.url }) };
  }
  const publication = await look((options) =>
    waitForPublication(mp, { publish_id }, { signal, event, ...options }),
  );
  if (publication === undefined) return undefined;
  const { article_id, article_detail } = publication;
  if (article_id !== undefined) await checkTold(mp, job, article_id, context);
  const url = article_detail?.item[0]?.article_url;
  return {
    published: true,
    ...(article_id !== undefined && { article_id }),
    ...(url !== undefined && { url }),
  };
}

/**
 * If the publication was told by hand: throws OutcomeUnknownError if it is of another article. What became of this one
 * is as unknown as before, so the state says so, with an attempt of its own.
 */
async function checkTold(
  mp: MpClient,
  job: PublishJob,
  article_id: string,
  { signal, current, keep }: StepContext,
): Promise<void> {
  const { unverified, submitted: _, publish_id, ...rest } = current();
  if (unverified === undefined) return;
  const titles = await titlesOf(mp, article_id, signal);
  if (!isOther(job, titles)) return;
  const doubtful: PublishState = { ...rest, pending: "submit", attempt: newAttempt() };
  await keep(doubtful);
  const cause = new Error(
    visible(
      `The publication ${publish_id}, which was told by hand, is of an article with the title ${JSON.stringify(titles[0])}.`,
    ),
  );
  throw unknownOutcome(job, doubtful, cause);
}

/** The first request of a wait; undefined while the review is under way. */
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
