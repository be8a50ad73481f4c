import { MpApiError, type MpClient } from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import type { Draft } from "../article/article.ts";
import { scanFacts } from "../article/check.ts";
import { getDraft, type StoredArticle } from "../calls/drafts.ts";
import { CheckpointError } from "../errors.ts";
import { composeArticle } from "./compose.ts";
import type { PublishJob } from "./job.ts";
import type { StepContext } from "./options.ts";

/** Looks at the draft of a job. Throws CheckpointError if it is not what the job added, as far as that can be told. */
export async function checkDraftUnchanged(
  mp: MpClient,
  job: PublishJob,
  context: StepContext,
): Promise<void> {
  const state = context.current();
  const media_id = state.media_id ?? "";
  const { signal } = context;
  const { news_item } = await getDraft(mp, { media_id }, { signal }).catch((error: unknown) => {
    throw draftGone(media_id, error);
  });
  const sent = (await composeArticle(job, state, context)) as Draft;
  const [stored, ...others] = news_item;
  const changed =
    stored === undefined || others.length > 0
      ? [`number of articles (${news_item.length})`]
      : differences(sent, stored);
  if (changed.length === 0) return;
  throw new CheckpointError(
    `The draft ${media_id} was changed after the job added it: its ${changed.join(", ")}. It was not submitted. To publish it as it is, run the job again without checkDraft; to publish the article of the job, delete the draft and begin a new job without the state.`,
    "draft",
  );
}

/** The error of a call that found no draft, with what to do about it; any other error as it is. */
export function draftGone(media_id: string, error: unknown): unknown {
  if (!(error instanceof MpApiError) || error.errcode !== 40007) return error;
  return withAdvice(
    error,
    `The draft ${media_id} is no longer in 草稿箱: somebody published or deleted it. If 发表记录 on mp.weixin.qq.com, or listPublishedArticles, shows the article, run the job again with resolution: { article_id } or { url }. If it was deleted, begin a new job without the state.`,
    error.cause,
  );
}

const TEXTS = ["title", "author", "digest", "content_source_url", "thumb_media_id"] as const;

/** Elements that WeChat may remove with what is in them: they say nothing about a change. */
const REMOVED =
  /<(\/?)(video|audio|object|select|textarea|canvas|noscript|template|datalist|iframe)\b[^<>]*>/gi;

/**
 * What is not as it was sent. WeChat rewrites the markup of a content, so its text and its pictures are compared.
 * Assumed: both come back as they were sent, and so do the other fields.
 */
function differences(sent: Draft, stored: StoredArticle): string[] {
  const texts = TEXTS.filter((name) => {
    const value = textOf(sent, name);
    // WeChat fills in an empty digest.
    return value !== "" && value !== textOf(stored, name);
  });
  const [before, now] = [factsOf(sent), factsOf(stored)];
  return [
    ...texts,
    ...(before.text === now.text ? [] : ["text"]),
    ...(before.pictures === now.pictures ? [] : ["pictures"]),
  ];
}

function textOf(article: Draft | StoredArticle, name: (typeof TEXTS)[number]): string {
  const value = (article as unknown as Readonly<Record<string, unknown>>)[name];
  return typeof value === "string" ? value : "";
}

function factsOf(article: Draft | StoredArticle): { text: string; pictures: string } {
  if (article.article_type === "newspic") {
    const list = article.image_info?.image_list ?? [];
    const pictures = list.map(({ image_media_id }) => image_media_id).join(" ");
    return { text: withoutBlanks(article.content), pictures };
  }
  const { text, pictures } = scanFacts(withoutRemoved(article.content ?? ""));
  return { text: withoutBlanks(text), pictures: [...new Set(pictures.map(pathOf))].join(" ") };
}

/** From its end to its beginning: what follows an element is known where it begins, and nothing is sought. */
function withoutRemoved(html: string): string {
  const after = new Map<string, string>();
  let kept = "";
  let to = html.length;
  for (const { 0: tag, 1: slash, 2: name = "", index } of [...html.matchAll(REMOVED)].reverse()) {
    kept = html.slice(index + tag.length, to) + kept;
    to = index;
    const element = name.toLowerCase();
    if (slash === "") kept = after.get(element) ?? kept;
    else after.set(element, kept);
  }
  return html.slice(0, to) + kept;
}

function withoutBlanks(text: string | undefined): string {
  return (text ?? "").replace(/\s+/g, "");
}

/** WeChat writes other schemes, hosts and queries of the same picture. */
function pathOf(url: string): string {
  return /^(?:https?:)?\/\/[^/]+([^?#]*)/i.exec(url)?.[1] ?? url;
}
