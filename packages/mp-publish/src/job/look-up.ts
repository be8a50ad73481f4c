import { MpApiError, type MpClient } from "@wechat-edge/core";
import { withAdvice } from "@wechat-edge/core/internal/mp";
import { type AbortSignal, shown, visible } from "@wechat-edge/core/internal/upload";
import { isOfAccount } from "../calls/account-errcodes.ts";
import { getDraft, type StoredArticle } from "../calls/drafts.ts";
import { queryNews } from "../calls/news.ts";
import type { Publication } from "../calls/publication.ts";
import { getPublication, getPublishedArticle } from "../calls/publications.ts";
import type { PublishJob } from "./job.ts";
import type { PublishState } from "./state.ts";

/** Ids that were told by hand; none says that nothing was done. */
export interface Told {
  readonly media_id?: string;
  readonly publish_id?: string;
  readonly article_id?: string;
  readonly url?: string;
}

/**
 * What to keep of what was told. Throws if WeChat does not know it, or if it is another article, so that this one is
 * neither published nor taken for done. Assumed: WeChat returns titles as they were sent.
 */
export async function lookUp(
  mp: MpClient,
  job: PublishJob,
  told: Told,
  event: Publication | undefined,
  signal: AbortSignal | undefined,
): Promise<Partial<PublishState>> {
  const { media_id, publish_id, article_id, url } = told;
  if (media_id !== undefined) {
    await checkAdded(mp, job, media_id, signal);
    return { media_id };
  }
  if (publish_id !== undefined) {
    const { article_id: found } =
      event ??
      (await getPublication(mp, { publish_id }, { signal }).catch((error: unknown) => {
        throw unknownId("publish_id", publish_id, error);
      }));
    if (found === undefined) return { submitted: true, publish_id, unverified: true };
    const titles = await titlesOf(mp, found, signal);
    if (isOther(job, titles)) throw otherArticle(job, `publish_id ${publish_id}`, titles);
    return { submitted: true, publish_id };
  }
  if (url !== undefined) checkAddress(url);
  if (article_id !== undefined) {
    const titles = await titlesOf(mp, article_id, signal).catch((error: unknown) => {
      // An account without the right to ask has published it by hand.
      if (error instanceof MpApiError && error.errcode === 48001) return undefined;
      throw unknownId("article_id", article_id, error);
    });
    if (titles !== undefined && isOther(job, titles)) {
      throw otherArticle(job, `article_id ${article_id}`, titles);
    }
  }
  if (article_id === undefined && url === undefined) return {};
  return {
    submitted: true,
    published: true,
    ...(article_id !== undefined && { article_id }),
    ...(url !== undefined && { url }),
  };
}

/** The titles of the articles of a publication. */
export async function titlesOf(
  mp: MpClient,
  article_id: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const { news_item } = await getPublishedArticle(mp, { article_id }, { signal });
  return news_item.flatMap((article: StoredArticle | null) => article?.title ?? []);
}

/** Whether none of the titles is that of the job. */
export function isOther({ article }: PublishJob, titles: readonly string[]): boolean {
  return !titles.includes(article.title);
}

function otherArticle({ article }: PublishJob, what: string, titles: readonly string[]): TypeError {
  return new TypeError(
    visible(
      `resolution must be of the article with the title ${JSON.stringify(article.title)}; the ${what} is of one with the title ${JSON.stringify(titles[0])}. If its title was changed by hand, pass its url in place of it.`,
    ),
  );
}

function unknownId(name: string, id: string, error: unknown): unknown {
  if (!(error instanceof MpApiError) || error.retryable || isOfAccount(error)) return error;
  return withAdvice(
    error,
    `The job has not kept the ${name} ${id} of resolution: check that it was typed right. The url of the published article will do in its place.`,
    error.cause,
  );
}

function checkAddress(url: string): void {
  if (/^https?:\/\/mp\.weixin\.qq\.com\/\S+$/.test(url)) return;
  throw new TypeError(
    `resolution.url must be the address of an article, which begins with https://mp.weixin.qq.com/, not ${shown(url)}.`,
  );
}

async function checkAdded(
  mp: MpClient,
  { target, article }: PublishJob,
  media_id: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (target === "publish-library") {
    await queryNews(mp, { media_id }, { signal }); // the reply has no title
    return;
  }
  const [first] = (await getDraft(mp, { media_id }, { signal })).news_item;
  if (first?.title === article.title) return;
  throw new TypeError(
    visible(
      `resolution.media_id must be the media_id of a draft with the title ${JSON.stringify(article.title)}; the draft ${media_id} has the title ${JSON.stringify(first?.title)}.`,
    ),
  );
}
