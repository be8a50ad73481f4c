import type { Article, PagedArticle } from "./article.ts";
import { pageUrl } from "./page-address.ts";

/** An article in a reply; without content if `no_content` is set. */
export interface NewsItem extends Omit<Article, "content"> {
  content?: string;
  /** The address of the cover, if it is stored. */
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
