import type { FileInput } from "@wechat-edge/core";
import { digestBytes, encodeUtf8, sourceOf } from "@wechat-edge/core/internal/upload";
import {
  type ArticleJob,
  isInLibrary,
  isPictureJob,
  type LibraryPicture,
  type PictureJob,
  type PublishJob,
  pictureName,
} from "./job.ts";

/** SHA-256 of a job's target, title, and the names and sizes of its files: a state is for one such job. */
export async function jobFingerprint(job: PublishJob): Promise<string> {
  const parts = isPictureJob(job) ? picturePartsOf(job) : articlePartsOf(job);
  return digestBytes(encodeUtf8(JSON.stringify(parts)), "SHA-256");
}

/** SHA-256 of the article, to notice changes. JSON leaves out a content that is a function. */
export function articleDigest({ article }: PublishJob): Promise<string> {
  return digestBytes(encodeUtf8(JSON.stringify(article)), "SHA-256");
}

function articlePartsOf(job: ArticleJob): object {
  const { article, cover, images = {}, video } = job;
  return {
    // The name in states that 0.1.0 saved.
    target: job.target === "publish-library" ? "library" : job.target,
    title: article.title,
    cover: outline("cover", cover),
    // The next run may list them in another order.
    images: Object.keys(images)
      .sort()
      .map((name) => [name, outlineOf(pictureName(job, name), images[name] as FileInput)]),
    video: video && ("file" in video ? outlineOf("video.file", video.file) : video.media_id),
  };
}

/** Here the order is part of the message. */
function picturePartsOf(job: PictureJob): object {
  const { target, article, images } = job;
  // Not map, which leaves holes out.
  const pictures = Array.from(images, (image, at) => outline(pictureName(job, String(at)), image));
  return { target, article_type: article.article_type, title: article.title, pictures };
}

function outline(what: string, file: LibraryPicture): string | [name: string, size: number] {
  return isInLibrary(file) ? file.media_id : outlineOf(what, file);
}

function outlineOf(what: string, file: FileInput): [name: string, size: number] {
  const { name, size } = sourceOf(what, file);
  return [name, size];
}
