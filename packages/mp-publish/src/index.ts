export type {
  ArticleDraft,
  CoverCrop,
  Draft,
  Flag,
  NewsArticle,
  PictureDraft,
} from "./article/article.ts";
export { type CheckOptions, checkArticle } from "./article/check.ts";
export type { CountCharacters } from "./article/count.ts";
export { type CropInput, coverCrop, picCrop } from "./article/crop.ts";
export { autoDigest } from "./article/digest.ts";
export {
  type MiniProgramTarget,
  miniProgramCard,
  miniProgramLink,
  videoFrame,
} from "./article/embed.ts";
export type { ArticleRule, Evidence, Finding, Severity } from "./article/finding.ts";
export type { ArticleTarget } from "./article/limits.ts";
export type { ContentLength } from "./article/rules/content.ts";
export type { ImageFact, VideoFact } from "./article/rules/embeds.ts";
export type { VideoStatusCode } from "./article/video-status.ts";
export type { CallOptions } from "./calls/call-api.ts";
export { closeComments, openComments, type PublishedArticle } from "./calls/comments.ts";
export {
  addDraft,
  countDrafts,
  deleteDraft,
  getDraft,
  type ListEntry,
  type ListPage,
  listDrafts,
  type PageInput,
  type StoredArticle,
  updateDraft,
} from "./calls/drafts.ts";
export {
  type AddedNews,
  addNews,
  deleteNews,
  type NewsReview,
  type NewsStatus,
  queryNews,
  submitNews,
  updateNews,
  waitForNews,
} from "./calls/news.ts";
export { type PreviewInput, previewArticle } from "./calls/preview.ts";
export type { Publication, PublishStatus } from "./calls/publication.ts";
export type { PublicationEvent, PublicationEventOption } from "./calls/publication-event.ts";
export {
  deletePublication,
  getPublication,
  getPublishedArticle,
  listPublishedArticles,
  type PublicationWaitOptions,
  submitPublication,
  waitForPublication,
} from "./calls/publications.ts";
export type { VideoDetails } from "./calls/video-details.ts";
export { VIDEO_MATERIAL_PROFILES, type VideoMaterialProfile } from "./calls/video-limits.ts";
export {
  finishVideoUpload,
  initVideoUpload,
  queryVideoStatus,
  saveVideo,
  uploadVideoBlock,
  type VideoOriginality,
  type VideoStatus,
} from "./calls/videos.ts";
export {
  ArticleError,
  CheckpointError,
  type CheckpointErrorReason,
  ReviewError,
} from "./errors.ts";
export type { HtmlFacts, HtmlTag } from "./html/html-facts.ts";
export { isWechatImage } from "./html/wechat-image.ts";
export type {
  ArticleJob,
  LibraryPicture,
  PictureJob,
  PublishJob,
  UploadedParts,
} from "./job/job.ts";
export type { PublishStepOptions } from "./job/options.ts";
export {
  type PublishOptions,
  type PublishProgress,
  type PublishResult,
  publishArticle,
} from "./job/publish.ts";
export type { OutcomeResolution } from "./job/resolution.ts";
export type { PublishStepResult } from "./job/run-step.ts";
export type { PublishState, PublishStep } from "./job/state.ts";
export { nextPublishStep, runPublishStep, startPublishing } from "./job/steps.ts";
export type { WaitOptions } from "./poll.ts";
export type { BlockRange } from "./video/block-ranges.ts";
export type { VideoCheckpoint } from "./video/checkpoint.ts";
export type { VideoProgress } from "./video/progress.ts";
export type { VideoResolution } from "./video/save.ts";
export {
  uploadVideoMaterial,
  type VideoUploadOptions,
  type VideoUploadResult,
} from "./video/upload.ts";
export { waitForVideo } from "./video/wait.ts";
