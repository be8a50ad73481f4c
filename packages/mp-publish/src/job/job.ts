import type { FileInput } from "@wechat-edge/core";
import { visible } from "@wechat-edge/core/internal/upload";
import type { ArticleDraft, NewsArticle, PictureDraft } from "../article/article.ts";
import type { VideoDetails } from "../calls/video-details.ts";

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

interface JobGoal {
  /**
   * Where to stop: after the article is added, submitted, or published. Publishing cannot be undone, so there is no
   * default.
   */
  readonly until: "uploaded" | "submitted" | "published";
}

/** A picture: a file, or the permanent `media_id` of one in the material library. */
export type LibraryPicture = FileInput | { readonly media_id: string };

/** Whether a picture is in the material library. Throws nothing, whatever it is. */
export function isInLibrary(picture: LibraryPicture): picture is { readonly media_id: string } {
  return typeof picture === "object" && picture !== null && "media_id" in picture;
}

interface ArticleParts extends JobGoal {
  /** The cover: a picture, or the permanent `media_id` of one in the material library. */
  readonly cover: LibraryPicture;
  /** The pictures of the content, each under the address that the content has for it. */
  readonly images?: Readonly<Record<string, FileInput>> | undefined;
  /**
   * A video to upload, or one that is in the material library. The job waits until WeChat has approved it. `sha1`:
   * SHA-1 of the file in hexadecimal, if you know it; otherwise each run of the job reads the whole file for it.
   * `approved: true`: you know that WeChat has approved it, so the job does not ask.
   */
  readonly video?:
    | {
        readonly file: FileInput;
        readonly details: VideoDetails;
        readonly sha1?: string | undefined;
      }
    | {
        readonly vid: string;
        readonly media_id: string;
        readonly approved?: true | undefined;
      }
    | undefined;
}

/** A job for an article (图文消息). */
export type ArticleJob = ArticleParts &
  (
    | { readonly target: "publish-library"; readonly article: Unfinished<NewsArticle> }
    | { readonly target: "draft"; readonly article: Unfinished<ArticleDraft> }
  );

/** A job for a picture message (图片消息), which only a draft can be. It has no cover but its first picture. */
export interface PictureJob extends JobGoal {
  readonly target: "draft";
  /** `article_type: "newspic"`, a title, and a content that is plain text. */
  readonly article: Omit<PictureDraft, "image_info">;
  /** 1 to 20 pictures in their order; the first is the cover. */
  readonly images: readonly LibraryPicture[];
  readonly cover?: undefined;
  readonly video?: undefined;
}

/** The job of {@link publishArticle}: where the article goes, where to stop, and its files. */
export type PublishJob = ArticleJob | PictureJob;

/** Stands for the video in a content that is a string. */
export const VIDEO_MARK = "<!-- video -->";

/** Whether a job is for a picture message. */
export function isPictureJob(job: PublishJob): job is PictureJob {
  return job.article.article_type === "newspic";
}

/** How messages call a picture of a job: by its name, or by its place. */
export function pictureName(job: PublishJob, name: string): string {
  return isPictureJob(job) ? `images[${name}]` : `images[${visible(JSON.stringify(name))}]`;
}
