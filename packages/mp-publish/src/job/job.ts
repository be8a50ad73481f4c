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

/** The uploaded media, for a content that is a function. */
export interface UploadedParts {
  /** Addresses of the uploaded pictures, under their names in `images`. */
  readonly images: Readonly<Record<string, string>>;
  /** Id of the uploaded video, for {@link videoFrame}. */
  readonly vid?: string;
}

type Unfinished<Article> = Omit<Article, "thumb_media_id" | "content"> & {
  /**
   * HTML, or a function that returns it once the media is uploaded. In a string, each picture address that is a name in
   * `images` is replaced, and `<!-- video -->` becomes the frame of the video.
   */
  readonly content: string | ((parts: UploadedParts) => string | Promise<string>);
};

interface JobParts {
  /**
   * Where to stop: after the article is added, submitted, or published. Publishing cannot be undone, so there is no
   * default.
   */
  readonly until: "uploaded" | "submitted" | "published";
  /** The cover: a picture, or the permanent `media_id` of one in the material library. */
  readonly cover: FileInput | { readonly media_id: string };
  /** The pictures of the content, each under the address that the content has for it. */
  readonly images?: Readonly<Record<string, FileInput>> | undefined;
  /**
   * A video to upload, or one that is in the material library. The job waits until WeChat has approved it. `sha1`:
   * SHA-1 of the file in hexadecimal, if you know it; otherwise each run of the job reads the whole file for it.
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

/** The job of {@link publishArticle}: where the article goes, where to stop, and its files. */
export type PublishJob = JobParts &
  (
    | { readonly target: "publish-library"; readonly article: Unfinished<NewsArticle> }
    | { readonly target: "draft"; readonly article: Unfinished<ArticleDraft> }
  );

/** Stands for the video in a content that is a string. */
export const VIDEO_MARK = "<!-- video -->";

const UNTIL = ["uploaded", "submitted", "published"];

/** Throws TypeError if a job is malformed. */
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
  if (typeof content === "string") videoFrame(video.vid); // throws if it is not a vid
}

/** SHA-256 of a job's target, title, and the names and sizes of its files: a state is for one such job. */
export async function jobFingerprint(job: PublishJob): Promise<string> {
  const { article, cover, images = {}, video } = job;
  const parts = {
    // The name in states that 0.1.0 saved.
    target: job.target === "publish-library" ? "library" : job.target,
    title: article.title,
    cover: "media_id" in cover ? cover.media_id : outline("cover", cover),
    // The next run may list them in another order.
    images: Object.keys(images)
      .sort()
      .map((name) => [name, outline(`images[${JSON.stringify(name)}]`, images[name] as FileInput)]),
    video: video && ("file" in video ? outline("video.file", video.file) : video.media_id),
  };
  return digestBytes(encodeUtf8(JSON.stringify(parts)), "SHA-256");
}

/** SHA-256 of the article, to notice changes. JSON leaves out a content that is a function. */
export function articleDigest({ article }: PublishJob): Promise<string> {
  return digestBytes(encodeUtf8(JSON.stringify(article)), "SHA-256");
}

function outline(what: string, file: FileInput): [name: string, size: number] {
  const { name, size } = sourceOf(what, file);
  return [name, size];
}
