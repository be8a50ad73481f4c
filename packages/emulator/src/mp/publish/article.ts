import type { PageAddress } from "./page-address.ts";

/** An article as it is kept: an empty digest filled in, scripts and foreign pictures gone. */
export interface Article {
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  readonly content: string;
  readonly content_source_url: string;
  /** Empty where the type needs none. */
  readonly thumb_media_id: string;
  /** Of the publish library alone. */
  readonly show_cover_pic?: 0 | 1;
  readonly need_open_comment: 0 | 1;
  readonly only_fans_can_comment: 0 | 1;
  /** Of drafts alone, as these and those below. */
  readonly article_type?: "news" | "newspic";
  readonly pic_crop_235_1?: string;
  readonly pic_crop_1_1?: string;
  readonly image_info?: { readonly image_list: readonly { readonly image_media_id: string }[] };
}

/** An article taken in, with what was changed or looks odd in it. */
export interface TakenArticle {
  article: Article;
  warnings: readonly string[];
}

/** An article that has a page. */
export interface PagedArticle extends TakenArticle {
  page: PageAddress;
}
