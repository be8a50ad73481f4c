/** 0 is no, 1 is yes. */
export type Flag = 0 | 1;

interface ArticleText {
  /** 标题: at most 64 characters in the library, 32 in a draft. */
  readonly title: string;
  /** HTML; of a picture message plain text. */
  readonly content: string;
  /** 是否打开评论. */
  readonly need_open_comment?: Flag | undefined;
  /** 是否粉丝才可评论. */
  readonly only_fans_can_comment?: Flag | undefined;
}

interface NewsText extends ArticleText {
  /** The cover: `media_id` of {@link addMaterial}, never of a temporary upload. */
  readonly thumb_media_id: string;
  /** At most 16 characters. */
  readonly author?: string | undefined;
  /** 摘要: at most 120 characters in the library, 128 in a draft; left out, WeChat takes the first 64 or 54 of the text. */
  readonly digest?: string | undefined;
  /** Where 阅读原文 leads to. */
  readonly content_source_url?: string | undefined;
}

/** An article of the publish library (媒体API文档, 上传图文消息至发布库). */
export interface NewsArticle extends NewsText {
  readonly article_type?: undefined;
  /** 是否显示封面. */
  readonly show_cover_pic?: Flag | undefined;
}

/** Cuts of the cover, in fractions of its sides from the upper left corner; texts of up to six decimals. */
export interface CoverCrop {
  readonly ratio: "1_1" | "16_9" | "2.35_1";
  readonly x1: string;
  readonly y1: string;
  readonly x2: string;
  readonly y2: string;
}

interface DraftExtras {
  readonly cover_info?: { readonly crop_percent_list: readonly CoverCrop[] } | undefined;
  readonly product_info?:
    | { readonly footer_product_info: { readonly product_key: string } }
    | undefined;
}

/** An article of a draft (新增草稿, 图文消息). */
export interface ArticleDraft extends NewsText, DraftExtras {
  readonly article_type?: "news" | undefined;
  /** The cover's cut of 2.35:1 as `X1_Y1_X2_Y2`, such as `0.1945_0_1_0.5236`. */
  readonly pic_crop_235_1?: string | undefined;
  /** The cover's cut of 1:1. */
  readonly pic_crop_1_1?: string | undefined;
}

/** A picture message of a draft (新增草稿, 图片消息). */
export interface PictureDraft extends ArticleText, DraftExtras {
  readonly article_type: "newspic";
  /** 1 to 20 pictures of {@link addMaterial}; the first is the cover. */
  readonly image_info: { readonly image_list: readonly { readonly image_media_id: string }[] };
}

/** What a draft is made of. */
export type Draft = ArticleDraft | PictureDraft;
