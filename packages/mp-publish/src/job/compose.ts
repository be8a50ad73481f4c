import { type AbortSignal, abortable, visible } from "@wechat-edge/core/internal/upload";
import type { ArticleDraft, Draft, NewsArticle } from "../article/article.ts";
import { type CheckOptions, checkArticle, scanFacts } from "../article/check.ts";
import { videoFrame } from "../article/embed.ts";
import type { Finding } from "../article/finding.ts";
import { shortened } from "../article/rules/listed.ts";
import { APPROVED } from "../article/video-status.ts";
import { ArticleError } from "../errors.ts";
import { type FilledPictures, fillPictures } from "../html/fill-pictures.ts";
import type { HtmlFacts } from "../html/html-facts.ts";
import { scanHtml } from "../html/light-scanner.ts";
import { createPictureNames } from "../html/picture-names.ts";
import { findPictures } from "../html/replace-pictures.ts";
import {
  type ArticleJob,
  isPictureJob,
  type PictureJob,
  type PublishJob,
  type UploadedParts,
  VIDEO_MARK,
} from "./job.ts";
import type { PublishState } from "./state.ts";

/** Stands for the address of a picture that is not uploaded yet: as one of the library, and no longer than any. */
const STAND_IN = "http://mmbiz.qpic.cn/mmbiz/0?wx_fmt=x";

/** Options of the check of an article. */
interface ComposeOptions
  extends Pick<CheckOptions, "rights" | "count" | "contentLength" | "draftTitle"> {
  readonly signal?: AbortSignal | undefined;
}

const checkOptionsOf = ({ rights, count, contentLength, draftTitle }: ComposeOptions) => ({
  rights,
  count,
  contentLength,
  draftTitle,
});

/** Checks the article before its media is uploaded. Throws ArticleError; TypeError if job and content do not match. */
export function checkEarly(job: PublishJob, options: ComposeOptions): void {
  const told = checkOptionsOf(options);
  if (isPictureJob(job)) {
    const ids = job.images.map(() => "-");
    refuse(checkArticle(pictureDraft(job, ids), { target: job.target, ...told }));
    return;
  }
  const { target, article, images = {}, video } = job;
  const names = Object.keys(images);
  const addresses = Object.fromEntries(names.map((name) => [name, STAND_IN]));
  // The result of a function is not known yet; a dash breaks no rule.
  const filled = fillPictures(
    typeof article.content === "string" ? article.content : "-",
    addresses,
  );
  const whole = { ...article, content: filled.html, thumb_media_id: "-" } as NewsArticle &
    ArticleDraft;
  refuse(checkArticle(whole, { target, ...told }).map((finding) => hinted(finding, filled)));
  if (typeof article.content !== "string") return;
  checkShown(filled);
  if (video === undefined && article.content.includes(VIDEO_MARK)) {
    throw new TypeError(
      `article.content has ${VIDEO_MARK}, but the job has no video. Pass video, or remove the mark.`,
    );
  }
}

/** Says which name a picture may mean that is none. */
function hinted(finding: Finding, { unknown }: FilledPictures): Finding {
  if (finding.rule !== "image-foreign") return finding;
  const near = unknown.find(
    ({ url, near }) =>
      near !== undefined && finding.message.includes(visible(` ${shortened(url)}:`)),
  )?.near;
  if (near === undefined) return finding;
  return { ...finding, message: `${finding.message} images has ${JSON.stringify(near)}.` };
}

/** Throws TypeError if the content does not show a picture of `images`. */
function checkShown({ unused }: FilledPictures): void {
  if (unused.length === 0) return;
  throw new TypeError(
    `images has ${unused.map((name) => visible(JSON.stringify(name))).join(", ")}, but article.content shows no picture with that address. Use the very address of the content, and check that the HTML before it is not broken.`,
  );
}

/** Whether the content shows this picture on a mini-program card. A content that is a function is not known yet. */
export function isOnCard({ article, images = {} }: ArticleJob, name: string): boolean {
  if (typeof article.content !== "string") return false;
  const nameOf = createPictureNames(Object.keys(images));
  return findPictures(article.content, scanHtml).some(
    ({ kind, url }) => kind === "card" && nameOf(url) === name,
  );
}

/** Returns the article with its media in place. Throws ArticleError if WeChat would refuse it. */
export async function composeArticle(
  job: PublishJob,
  state: PublishState,
  options: ComposeOptions,
): Promise<NewsArticle | Draft> {
  return isPictureJob(job)
    ? composePictures(job, state, options)
    : composeNews(job, state, options);
}

function composePictures(
  job: PictureJob,
  { images }: PublishState,
  options: ComposeOptions,
): Draft {
  const whole = pictureDraft(
    job,
    job.images.map((_, at) => images[at] ?? ""),
  );
  refuse(checkArticle(whole, { target: job.target, ...checkOptionsOf(options) }));
  return whole;
}

function pictureDraft({ article }: PictureJob, media_ids: readonly string[]): Draft {
  const image_list = media_ids.map((image_media_id) => ({ image_media_id }));
  return { ...article, image_info: { image_list } };
}

async function composeNews(
  { target, article }: ArticleJob,
  state: PublishState,
  options: ComposeOptions,
): Promise<NewsArticle & ArticleDraft> {
  const { vid } = state.video ?? {};
  const images = { ...state.images };
  const parts = { images, ...(vid !== undefined && { vid }) };
  const content =
    typeof article.content === "function"
      ? await abortable(Promise.resolve(article.content(parts)), options.signal)
      : fillIn(article.content, parts);
  const whole = { ...article, content, thumb_media_id: state.cover ?? "" };
  const videos = vid === undefined ? [] : [{ vid, status: APPROVED }];
  const uploaded = new Set(Object.values(state.images));
  const readHtml = (html: string): HtmlFacts => {
    const facts = scanFacts(html);
    return { ...facts, pictures: facts.pictures.filter((url) => !uploaded.has(url)) };
  };
  refuse(checkArticle(whole, { target, ...checkOptionsOf(options), videos, readHtml }));
  return whole as NewsArticle & ArticleDraft;
}

function fillIn(html: string, { images, vid }: UploadedParts): string {
  const framed = vid === undefined ? html : html.replace(VIDEO_MARK, () => videoFrame(vid));
  return fillPictures(framed, images).html;
}

function refuse(findings: readonly Finding[]): void {
  if (findings.some(({ severity }) => severity === "error")) throw new ArticleError(findings);
}
