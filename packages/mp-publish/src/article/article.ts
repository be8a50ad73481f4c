/** 0 is no, 1 is yes. */
export type Flag = 0 | 1;

interface ArticleText {
  /** 标题: at most 64 characters in the publish library, 32 in a draft. */
  readonly title: string;
  /** HTML, in a picture message plain text: fewer than 20,000 characters and less than 1 MiB. */
  readonly content: string;
  /** 是否打开评论: whether readers may comment. */
  readonly need_open_comment?: Flag | undefined;
  /** 是否粉丝才可评论: whether only followers may comment. */
  readonly only_fans_can_comment?: Flag | undefined;
}

interface NewsText extends ArticleText {
  /** The cover: a permanent `media_id` from `addMaterial`, not one of a temporary upload. */
  readonly thumb_media_id: string;
  /** 作者: at most 16 characters. */
  readonly author?: string | undefined;
  /** 摘要: at most 120 characters in the publish library, 128 in a draft. Without one, see {@link autoDigest}. */
  readonly digest?: string | undefined;
  /** 原文链接: the address behind 阅读原文. */
  readonly content_source_url?: string | undefined;
}

/** An article of the publish library (媒体API文档, 上传图文消息至发布库). */
export interface NewsArticle extends NewsText {
  readonly article_type?: undefined;
  /** 是否显示封面: whether the cover is shown in the article. */
  readonly show_cover_pic?: Flag | undefined;
}

/**
 * How the cover is cropped. Strings with up to six decimals: fractions of the width and height, from the upper left
 * corner.
 */
export interface CoverCrop {
  readonly ratio: "1_1" | "16_9" | "2.35_1";
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

interface DraftExtras {
  /** How the cover is cropped, one entry for each ratio. */
  readonly cover_info?: { readonly crop_percent_list: readonly CoverCrop[] } | undefined;
  /** A product at the end of the article (文末插入商品). */
  readonly product_info?:
    | { readonly footer_product_info: { readonly product_key: string } }
    | undefined;
}

/** An article of a draft (新增草稿, 图文消息). */
export interface ArticleDraft extends NewsText, DraftExtras {
  readonly article_type?: "news" | undefined;
  /** How the cover is cropped to 2.35:1, as `X1_Y1_X2_Y2`, such as `0.1945_0_1_0.5236`. */
  readonly pic_crop_235_1?: string | undefined;
  /** How the cover is cropped to 1:1, in the same form. */
  readonly pic_crop_1_1?: string | undefined;
}

/** A picture message of a draft (新增草稿, 图片消息). */
export interface PictureDraft extends ArticleText, DraftExtras {
  readonly article_type: "newspic";
  /** 1 to 20 permanent `media_id`s from `addMaterial`; the first picture is the cover. */
  readonly image_info: { readonly image_list: readonly { readonly image_media_id: string }[] };
}

/** One article of a draft. */
export type Draft = ArticleDraft | PictureDraft;
