import { checkInput, given, shown } from "@wechat-edge/core/internal/upload";
import { videoFrame } from "../article/embed.ts";
import { checkTarget, MAX_PICTURES } from "../article/limits.ts";
import { checkId } from "../calls/call-api.ts";
import { checkVideoDetails } from "../calls/video-details.ts";
import { checkSha1 } from "../calls/videos.ts";
import {
  type ArticleJob,
  isInLibrary,
  isPictureJob,
  type PictureJob,
  type PublishJob,
  pictureName,
  VIDEO_MARK,
} from "./job.ts";

const UNTIL = ["uploaded", "submitted", "published"];

/** Throws TypeError if a job is malformed. */
export function checkJob(job: PublishJob): void {
  checkInput("A job", job, "{ target, until, article, cover }");
  const { target, until, article } = job;
  checkTarget(target);
  if (!UNTIL.includes(until)) {
    throw new TypeError(`until must be one of ${UNTIL.join(", ")}, not ${shown(until)}.`);
  }
  if (typeof article?.title !== "string")
    throw new TypeError(`article must have a title, a string, not ${given(article?.title)}.`);
  const { article_type } = article as { article_type?: unknown };
  if (article_type !== undefined && article_type !== "news" && article_type !== "newspic") {
    throw new TypeError(
      `article.article_type must be "news" or "newspic", or be left out, not ${shown(article_type)}.`,
    );
  }
  if (isPictureJob(job)) checkPictureJob(job);
  else checkArticleJob(job);
}

function checkArticleJob({ article, cover, images = {}, video }: ArticleJob): void {
  const { content } = article;
  if (typeof content !== "string" && typeof content !== "function") {
    throw new TypeError(
      `article.content must be HTML or a function that returns it, not ${given(content)}.`,
    );
  }
  if (typeof cover !== "object" || cover === null) {
    throw new TypeError(
      `cover must be a picture, or the { media_id } of one in the material library, not ${given(cover)}.`,
    );
  }
  if (isInLibrary(cover)) checkId("cover.media_id", cover.media_id);
  checkInput("A job", images, "images as an object of files by their addresses");
  if (video === undefined) return;
  if (typeof content === "string" && !content.includes(VIDEO_MARK)) {
    throw new TypeError(`article.content has no ${VIDEO_MARK}: put it where the video belongs.`);
  }
  checkVideo(video, content);
}

/** A picture message has its pictures alone. */
function checkPictureJob(job: PictureJob): void {
  const { target, article, images } = job;
  if (target !== "draft") {
    throw new TypeError(`target must be "draft" for a picture message, not ${shown(target)}.`);
  }
  if (typeof article.content !== "string") {
    throw new TypeError(
      `article.content of a picture message must be plain text, a string, not ${given(article.content)}.`,
    );
  }
  for (const [name, part, why] of [
    ["cover", job.cover, "its first picture is the cover"],
    ["video", job.video, "it has pictures alone"],
    ["article.image_info", "image_info" in article ? article.image_info : undefined, MADE],
  ] as const) {
    if (part !== undefined) {
      throw new TypeError(`A picture message must be without ${name}: ${why}. Leave it out.`);
    }
  }
  if (!Array.isArray(images)) {
    throw new TypeError(
      `images of a picture message must be an array of its pictures in their order, not ${given(images)}.`,
    );
  }
  if (images.length < 1 || images.length > MAX_PICTURES) {
    throw new TypeError(
      `images of a picture message must be 1 to ${MAX_PICTURES} pictures, not ${images.length}.`,
    );
  }
  // Not forEach, which leaves holes out.
  for (const [at, image] of images.entries()) {
    if (isInLibrary(image)) {
      checkId(`${pictureName(job, String(at))}.media_id`, image.media_id);
    }
  }
}

const MADE = "the job makes it from images";

function checkVideo(
  video: NonNullable<ArticleJob["video"]>,
  content: ArticleJob["article"]["content"],
): void {
  if (typeof video !== "object" || video === null || !("file" in video || "vid" in video)) {
    throw new TypeError(
      `video must be { file, details }, or { vid, media_id } of a video in the material library, not ${given(video)}.`,
    );
  }
  if ("file" in video) {
    if (typeof video.details !== "object" || video.details === null) {
      throw new TypeError(
        `video.details must be what saveVideo needs: { title, video_desc, declare_ori, newcat, newsbcat, tags, cover_url }, not ${given(video.details)}.`,
      );
    }
    checkVideoDetails(video.details);
    if (video.sha1 !== undefined) checkSha1("video.sha1", video.sha1);
    return;
  }
  checkId("video.vid", video.vid);
  checkId("video.media_id", video.media_id);
  if (![undefined, true].includes(video.approved)) {
    throw new TypeError(
      `video.approved must be true, or left out where the job should ask, not ${given(video.approved)}.`,
    );
  }
  if (typeof content === "string") videoFrame(video.vid); // throws if it is not a vid
}
