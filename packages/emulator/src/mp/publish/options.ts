/** The options of articles. All are about what WeChat does not document, or what reports contradict. */
export interface PublishOptions {
  /** Pictures that the account has not uploaded: removed ("filter", the default), or refused with 45166. */
  foreignPictures?: "filter" | "refuse";
  /**
   * `\uXXXX` in the JSON of an article: kept as it stands, so that readers see it ("verbatim", the default; reported),
   * refused with 40033, as 全局返回码 says ("refuse"), or decoded as JSON ("decode").
   */
  unicodeEscapes?: "verbatim" | "refuse" | "decode";
  /** Submissions to the publish library per day. Default: 200, as documented. */
  newsPerDay?: number;
  /** The type of publish_id and msg_data_id in answers. Default: "number", as recorded; the sample has a string. */
  publishIdType?: "number" | "string";
  /**
   * The origin of article addresses. Default: `http://mp.weixin.qq.com` if the client calls a host of
   * weixin.qq.com, otherwise the origin it calls.
   */
  articleOrigin?: string;
  /** The longest title of a draft in characters: 64 (default; a title of 39 is reported), or 32, as documented. */
  draftTitle?: 64 | 32;
  /** What of the content counts: the HTML with its tags ("html", the default; reported), or the text alone. */
  contentLength?: "html" | "text";
  /** Markup that WeChat is reported to strip: `<style>`, forms, `id` and the like. Default: "strip". */
  unsupportedHtml?: "strip" | "keep";
  /**
   * Links to elsewhere, of an account without payments: refused with 45166 (default; reported), or kept without their
   * address ("strip"; reported too).
   */
  foreignLinks?: "refuse" | "strip";
  /** Links to a place in the same article, `href="#…"`: taken (default), or refused with 45166 (both reported). */
  anchors?: "keep" | "refuse";
  /** Videos in drafts: kept (default; one report), or dropped (WeChat's staff, and one report). */
  draftVideos?: "keep" | "drop";
  /**
   * The picture of a mini program card in a draft: one of the library, with `?wx_fmt=` ("material", the default;
   * reported), or any.
   */
  cardPictures?: "material" | "any";
  /** HTML in the text of a picture message: reduced to its text (default; assumed), or refused with 45166. */
  newspicHtml?: "strip" | "refuse";
  /** A crop of another ratio than its name says: taken with a warning (default), or refused with 53402 (reported). */
  cropRatio?: "warn" | "refuse";
  /** The attribute with the address of a picture in answers. Default: "data-src", as recorded. */
  imageAttribute?: "data-src" | "src";
  /**
   * Where the lists have times: in an entry and in its content ("both", the default; recorded for drafts), in its
   * content only ("content"; recorded for publications), or in the entry only ("entry", as documented).
   */
  listTimes?: "both" | "content" | "entry";
}
