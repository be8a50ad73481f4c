import type { PageAddress } from "./page-address.ts";

/** A crop of the cover, as answers have it. */
export interface CoverCrop {
  readonly ratio: string;
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

/** An article as it is stored: an empty digest filled in, and what WeChat does not keep removed. */
export interface Article {
  readonly title: string;
  readonly author: string;
  readonly digest: string;
  readonly content: string;
  readonly content_source_url: string;
  /** The media_id of the cover; of a picture message that of its first picture, unless another is given. */
  readonly thumb_media_id: string;
  /** In drafts only if it was given. */
  readonly show_cover_pic?: 0 | 1;
  readonly need_open_comment: 0 | 1;
  readonly only_fans_can_comment: 0 | 1;
  /** In drafts only, like the fields below. */
  readonly article_type?: "news" | "newspic";
  readonly pic_crop_235_1?: string;
  readonly pic_crop_1_1?: string;
  /** One crop for each ratio, however it was sent. */
  readonly cover_info?: { readonly crop_percent_list: readonly CoverCrop[] };
  /** 文末插入商品. */
  readonly product_info?: { readonly footer_product_info: { readonly product_key: string } };
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
