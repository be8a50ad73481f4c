/** The options of articles. All are about assumptions. */
export interface PublishOptions {
  /** Pictures that the account has not uploaded: removed ("filter", the default), or refused with 45166. */
  foreignPictures?: "filter" | "refuse";
  /**
   * `\uXXXX` in the JSON of an article: refused with 40033, as 全局返回码 says (default), or decoded
   * as JSON. The characters `\uXXXX` in a string itself are always refused.
   */
  unicodeEscapes?: "refuse" | "accept";
  /** Submissions to the publish library per day. Default: 200, as documented. */
  newsPerDay?: number;
  /** The type of publish_id and msg_data_id in answers. Default: "string", as in the sample. */
  publishIdType?: "string" | "number";
  /**
   * The origin of article addresses. Default: `http://mp.weixin.qq.com` if the client calls a host of
   * weixin.qq.com, otherwise the origin it calls.
   */
  articleOrigin?: string;
}
