import type { Article, PagedArticle } from "./article.ts";
import { applyEdits } from "./html-edits.ts";
import { htmlTags } from "./html-tags.ts";
import type { PublishOptions } from "./options.ts";
import { pageUrl } from "./page-address.ts";

/** An article in a reply; without content if `no_content` is set. */
export interface NewsItem extends Partial<Omit<Article, "pic_crop_235_1" | "pic_crop_1_1">> {
  /** The address of the cover, if it is stored. */
  thumb_url?: string;
  url: string;
  is_deleted?: boolean;
}

/** Where an item is, and what of it is answered. */
export interface ItemForm {
  readonly origin: string;
  readonly thumbUrl: string | undefined;
  readonly noContent: boolean;
  readonly options: PublishOptions;
}

/** Recorded: the address of a picture is in data-src alone. */
function withDataSrc(content: string): string {
  const edits = htmlTags(content)
    .filter(({ name }) => name === "img")
    .flatMap(({ attributes }) => {
      const src = attributes.find(({ name }) => name === "src");
      if (src === undefined) return [];
      const { start, end } = src;
      const moved = !attributes.some(({ name }) => name === "data-src");
      const written = content.slice(start, end).replace(/src/i, "data-src");
      return [{ start, end, text: moved ? written : "" }];
    });
  return applyEdits(content, edits);
}

/** An article as draft/get and freepublish/getarticle answer it, its fields in the order of records. */
export function newsItem(
  { article, page }: PagedArticle,
  { origin, thumbUrl, noContent, options }: ItemForm,
): NewsItem {
  const { article_type, title, author, digest, content_source_url } = article;
  const { cover_info, image_info, product_info } = article;
  const isPictures = article_type === "newspic";
  const shown = options.imageAttribute === "src" ? article.content : withDataSrc(article.content);
  return {
    ...(article_type !== undefined && { article_type }),
    title,
    // Recorded: a picture message has none of these.
    ...(!isPictures && { author, digest }),
    ...(!noContent && { content: isPictures ? article.content : shown }),
    ...(!isPictures && { content_source_url }),
    thumb_media_id: article.thumb_media_id,
    ...(!isPictures && { show_cover_pic: article.show_cover_pic ?? 1 }),
    url: pageUrl(origin, page),
    ...(thumbUrl !== undefined && { thumb_url: thumbUrl }),
    need_open_comment: article.need_open_comment,
    only_fans_can_comment: article.only_fans_can_comment,
    ...(image_info && { image_info }),
    // Recorded: in place of pic_crop_235_1 and pic_crop_1_1.
    ...(cover_info && { cover_info }),
    ...(product_info && { product_info }),
  };
}
