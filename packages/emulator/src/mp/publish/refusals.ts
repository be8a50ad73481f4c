import { type MpError, mpError } from "../error.ts";

/** Why an article or a call about an article is refused. */
export type PublishRefusal =
  | "noArticles"
  | "tooManyArticles"
  | "unicodeEscapes"
  | "wrongType"
  | "noTitle"
  | "longTitle"
  | "longAuthor"
  | "longDigest"
  | "noContent"
  | "longContent"
  | "badSourceUrl"
  | "longSourceUrl"
  | "noThumb"
  | "noDraftThumb"
  | "badThumb"
  | "badFlag"
  | "badArticleType"
  | "badPictures"
  | "longPictureText"
  | "pictureHtml"
  | "badCrop"
  | "foreignPicture"
  | "link"
  | "video"
  | "miniProgram"
  | "noMediaId"
  | "badMediaId"
  | "badMsgtype"
  | "badNewsIndex"
  | "badDraftIndex"
  | "abnormalStatus"
  | "invalidStatus"
  | "newsOfTheDay"
  | "underPublication"
  | "badPublishId"
  | "badArticleId";

/**
 * The errcode of each, with a text if that of 全局返回码 does not fit. Documented: 40002 for an unknown
 * publish_id, 40114, 41039, 45166 and 53600, and in the publish library the texts "abnormal status"
 * and "invalid status". Reported: 44003, 40007 for a draft without a cover, 45166 for the text of a picture message,
 * 53402 for a crop. Assumed: that the others belong to these rules, and every number of the publish library.
 */
const ERRORS: Readonly<Record<PublishRefusal, readonly [errcode: number, errmsg?: string]>> = {
  noArticles: [44003],
  tooManyArticles: [45008],
  unicodeEscapes: [40033],
  wrongType: [47001],
  noTitle: [41011, "missing required fields: title"],
  longTitle: [45003],
  longAuthor: [45110],
  longDigest: [45004],
  noContent: [44004],
  longContent: [45002],
  badSourceUrl: [41039],
  longSourceUrl: [45005],
  noThumb: [41006, "media_id missing: thumb_media_id"],
  noDraftThumb: [40007],
  badThumb: [40007],
  badFlag: [40097],
  badArticleType: [40097],
  badPictures: [40097],
  longPictureText: [45166],
  pictureHtml: [45166],
  badCrop: [53402],
  foreignPicture: [45166, "invalid content: picture"],
  link: [45166, "invalid content: link"],
  video: [45166, "invalid content: video"],
  miniProgram: [45166, "invalid content: miniprogram"],
  noMediaId: [41006],
  badMediaId: [40007],
  badMsgtype: [40008],
  badNewsIndex: [40060],
  badDraftIndex: [40114],
  abnormalStatus: [100501, "abnormal status"],
  invalidStatus: [100502, "invalid status"],
  newsOfTheDay: [45009],
  underPublication: [53503],
  badPublishId: [40002, "invalid argument"],
  badArticleId: [53600],
};

export const refusal = (why: PublishRefusal): MpError => mpError(...ERRORS[why]);
