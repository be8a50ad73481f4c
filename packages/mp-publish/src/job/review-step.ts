import { type MpClient, TimeoutError } from "@wechat-edge/core";
import { waitForNews } from "../calls/news.ts";
import { waitForPublication } from "../calls/publications.ts";
import { waitForVideo } from "../video/wait.ts";
import type { PublishJob } from "./job.ts";
import type { StepContext, StepResult } from "./options.ts";

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
  { target }: PublishJob,
  { signal, current, event }: StepContext,
): Promise<StepResult | undefined> {
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
  const url = article_detail?.item[0]?.article_url;
  return {
    published: true,
    ...(article_id !== undefined && { article_id }),
    ...(url !== undefined && { url }),
  };
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
