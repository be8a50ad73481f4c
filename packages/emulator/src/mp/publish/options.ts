/** What can be chosen of articles; each is assumed, and so is each default. */
export interface PublishOptions {
  /** A picture that this account has not uploaded: taken out (default), or refused with 45166. */
  foreignPictures?: "filter" | "refuse";
  /**
   * `\uXXXX` in the JSON of an article: 40033, as 全局返回码 has it (default), or read as JSON says.
   * In a text itself it is 40033 always.
   */
  unicodeEscapes?: "refuse" | "accept";
  /** Articles of the publish library that may be submitted a day. Default: 200, as documented. */
  newsPerDay?: number;
  /** publish_id and msg_data_id: a string, as the sample has it (default), or a number. */
  publishIdType?: "string" | "number";
  /**
   * What the addresses of articles begin with. Default: `http://mp.weixin.qq.com` for a client that
   * calls a host of weixin.qq.com, or else where it called.
   */
  articleOrigin?: string;
}
