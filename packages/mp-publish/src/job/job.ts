import type { FileInput } from "@wechat-edge/core";
import {
  checkInput,
  digestBytes,
  encodeUtf8,
  given,
  shown,
  sourceOf,
} from "@wechat-edge/core/internal/upload";
import type { ArticleDraft, NewsArticle } from "../article/article.ts";
import { videoFrame } from "../article/embed.ts";
import { checkTarget } from "../article/limits.ts";
import { checkId } from "../calls/call-api.ts";
import { checkVideoDetails, type VideoDetails } from "../calls/video-details.ts";
import { checkSha1 } from "../calls/videos.ts";

/** What the content may hold once its media is uploaded. */
export interface UploadedParts {
  /** Addresses of the pictures, under the names that they have in `images`. */
  readonly images: Readonly<Record<string, string>>;
  /** Of the video, for `videoFrame`. */
  readonly vid?: string;
}

type Unfinished<Article> = Omit<Article, "thumb_media_id" | "content"> & {
  /**
   * HTML, or a function that makes it when the media is there. In a string, each address that is a name in
   * `images` is replaced, and `<!-- video -->` becomes the frame of the video.
   */
  readonly content: string | ((parts: UploadedParts) => string | Promise<string>);
};

interface JobParts {
  /** How far to go. Publishing cannot be undone, so there is no default. */
  readonly until: "uploaded" | "submitted" | "published";
  /** The cover: a picture, or the `media_id` of one in the library. */
  readonly cover: FileInput | { readonly media_id: string };
  /** Pictures by the addresses that the content has for them. */
  readonly images?: Readonly<Record<string, FileInput>> | undefined;
  /**
   * A video to upload, or one that is there. The job waits until WeChat has approved it. `sha1` of the file in
   * hexadecimal, where the caller knows it, spares each run of the job the reading of the whole file.
   */
  readonly video?:
    | {
        readonly file: FileInput;
        readonly details: VideoDetails;
        readonly sha1?: string | undefined;
      }
    | { readonly vid: string; readonly media_id: string }
    | undefined;
}

/** What {@link publishArticle} does: where the article goes, how far, and of what it is made. */
export type PublishJob = JobParts &
  (
    | { readonly target: "publish-library"; readonly article: Unfinished<NewsArticle> }
    | { readonly target: "draft"; readonly article: Unfinished<ArticleDraft> }
  );

/** Marks the place of the video in a content that is a string. */
export const VIDEO_MARK = "<!-- video -->";

const UNTIL = ["uploaded", "submitted", "published"];

/** Throws TypeError where a job lacks what it needs. */
export function checkJob(job: PublishJob): void {
  checkInput("A job", job, "{ target, until, article, cover }");
  const { target, until, article, cover, images = {}, video } = job;
  checkTarget(target);
  if (!UNTIL.includes(until)) {
    throw new TypeError(`until must be one of ${UNTIL.join(", ")}, not ${shown(until)}.`);
  }
  if (typeof article?.title !== "string")
    throw new TypeError(`article must have a title, a string, not ${given(article?.title)}.`);
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
  if ("media_id" in cover) checkId("cover.media_id", cover.media_id);
  checkInput("A job", images, "images as an object of files by their addresses");
  if (video === undefined) return;
  if (typeof content === "string" && !content.includes(VIDEO_MARK)) {
    throw new TypeError(`article.content has no ${VIDEO_MARK}: put it where the video belongs.`);
  }
  checkVideo(video, content);
}

function checkVideo(
  video: NonNullable<PublishJob["video"]>,
  content: PublishJob["article"]["content"],
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
  if (typeof content === "string") videoFrame(video.vid); // throws where there is no frame for it
}

/** What tells one job from another, in a state that is kept: its target, title, and the names and sizes of its files. */
export async function jobFingerprint(job: PublishJob): Promise<string> {
  const { article, cover, images = {}, video } = job;
  const parts = {
    // States that 0.1.0 has kept stand under this word.
    target: job.target === "publish-library" ? "library" : job.target,
    title: article.title,
    cover: "media_id" in cover ? cover.media_id : outline("cover", cover),
    // In whatever order they are given the next time.
    images: Object.keys(images)
      .sort()
      .map((name) => [name, outline(`images[${JSON.stringify(name)}]`, images[name] as FileInput)]),
    video: video && ("file" in video ? outline("video.file", video.file) : video.media_id),
  };
  return digestBytes(encodeUtf8(JSON.stringify(parts)), "SHA-256");
}

/** What tells an article from one that was changed since; a content that is a function is not looked at. */
export function articleDigest({ article }: PublishJob): Promise<string> {
  return digestBytes(encodeUtf8(JSON.stringify(article)), "SHA-256");
}

function outline(what: string, file: FileInput): [name: string, size: number] {
  const { name, size } = sourceOf(what, file);
  return [name, size];
}
