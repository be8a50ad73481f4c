import type { Article, PagedArticle } from "./article.ts";
import { pageUrl } from "./page-address.ts";

/** What of an article goes on the wire; the content unless it is asked not to. */
export interface NewsItem extends Omit<Article, "content"> {
  content?: string;
  /** Of the cover, where it is kept. */
  thumb_url?: string;
  url: string;
  is_deleted?: boolean;
}

/** An article as draft/get and freepublish/getarticle answer it. */
export function newsItem(
  { article, page }: PagedArticle,
  origin: string,
  thumbUrl: string | undefined,
  noContent = false,
): NewsItem {
  const { content, ...rest } = article;
  return {
    ...rest,
    ...(!noContent && { content }),
    ...(thumbUrl !== undefined && { thumb_url: thumbUrl }),
    url: pageUrl(origin, page),
  };
}
