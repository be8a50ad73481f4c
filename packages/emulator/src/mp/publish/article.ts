import type { PageAddress } from "./page-address.ts";

/** An article as it is stored: an empty digest filled in, scripts and foreign pictures removed. */
export interface Article {
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  readonly content: string;
  readonly content_source_url: string;
  /** The media_id of the cover; empty if the type needs none. */
  readonly thumb_media_id: string;
  /** In the publish library only. */
  readonly show_cover_pic?: 0 | 1;
  readonly need_open_comment: 0 | 1;
  readonly only_fans_can_comment: 0 | 1;
  /** In drafts only, like the fields below. */
  readonly article_type?: "news" | "newspic";
  readonly pic_crop_235_1?: string;
  readonly pic_crop_1_1?: string;
  readonly image_info?: { readonly image_list: readonly { readonly image_media_id: string }[] };
}

/** An accepted article, with warnings about what was removed or looks wrong. */
export interface TakenArticle {
  article: Article;
  warnings: readonly string[];
}

/** An article that has a page. */
export interface PagedArticle extends TakenArticle {
  page: PageAddress;
}
