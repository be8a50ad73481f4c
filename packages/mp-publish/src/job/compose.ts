import { type AbortSignal, abortable } from "@wechat-edge/core/internal/upload";
import type { ArticleDraft, NewsArticle } from "../article/article.ts";
import { type CheckOptions, checkArticle, scanFacts } from "../article/check.ts";
import { videoFrame } from "../article/embed.ts";
import type { Finding } from "../article/finding.ts";
import { APPROVED } from "../article/video-status.ts";
import { ArticleError } from "../errors.ts";
import { scanHtml } from "../html/light-scanner.ts";
import { findPictures, replacePictures } from "../html/replace-pictures.ts";
import { type PublishJob, type UploadedParts, VIDEO_MARK } from "./job.ts";
import type { PublishState } from "./state.ts";

/** Options of the check of an article. */
interface ComposeOptions {
  readonly rights?: CheckOptions["rights"];
  readonly signal?: AbortSignal | undefined;
}

/** Checks the article before its media is uploaded. Throws ArticleError; TypeError if job and content do not match. */
export function checkEarly(
  { target, article, images = {}, video }: PublishJob,
  { rights }: ComposeOptions,
): void {
  // The result of a function is not known yet; a dash breaks no rule.
  const content = typeof article.content === "string" ? article.content : "-";
  const whole = { ...article, content, thumb_media_id: "-" };
  const findings = check(whole, { target, rights, own: Object.keys(images) });
  // Not final: addresses will replace the names.
  refuse(findings.filter(({ rule }) => rule !== "content-size"));
  if (typeof article.content !== "string") return;
  checkShown(article.content, Object.keys(images));
  if (video === undefined && article.content.includes(VIDEO_MARK)) {
    throw new TypeError(
      `article.content has ${VIDEO_MARK}, but the job has no video. Pass video, or remove the mark.`,
    );
  }
}

/** Throws TypeError if the content does not show a picture of `images`. */
function checkShown(content: string, names: readonly string[]): void {
  const shown = new Set(findPictures(content, scanHtml).map(({ url }) => url));
  const missing = names.filter((name) => !shown.has(name));
  if (missing.length === 0) return;
  throw new TypeError(
    `images has ${missing.map((name) => JSON.stringify(name)).join(", ")}, but article.content shows no picture with that address. Use the very address of the content, and check that the HTML before it is not broken.`,
  );
}

/** Returns the article with its media in place. Throws ArticleError if WeChat would refuse it. */
export async function composeArticle(
  { target, article }: PublishJob,
  state: PublishState,
  { rights, signal }: ComposeOptions,
): Promise<NewsArticle & ArticleDraft> {
  const { vid } = state.video ?? {};
  const images = { ...state.images };
  const parts = { images, ...(vid !== undefined && { vid }) };
  const content =
    typeof article.content === "function"
      ? await abortable(Promise.resolve(article.content(parts)), signal)
      : fillIn(article.content, parts);
  const whole = { ...article, content, thumb_media_id: state.cover ?? "" };
  const videos = vid === undefined ? [] : [{ vid, status: APPROVED }];
  const own = Object.values(state.images);
  refuse(check(whole, { target, rights, videos, own }));
  return whole as NewsArticle & ArticleDraft;
}

function fillIn(html: string, { images, vid }: UploadedParts): string {
  const framed = vid === undefined ? html : html.replace(VIDEO_MARK, () => videoFrame(vid));
  const addresses = new Map(Object.entries(images));
  return replacePictures(framed, findPictures(framed, scanHtml), addresses);
}

/** `own`: the job's pictures, by address or, before they are uploaded, by name. */
function check(
  article: NewsArticle | ArticleDraft,
  { own, ...options }: Omit<CheckOptions, "readHtml"> & { readonly own: readonly string[] },
): Finding[] {
  return checkArticle(article, {
    ...options,
    readHtml(html) {
      const facts = scanFacts(html);
      return { ...facts, pictures: facts.pictures.filter((url) => !own.includes(url)) };
    },
  });
}

function refuse(findings: readonly Finding[]): void {
  if (findings.some(({ severity }) => severity === "error")) throw new ArticleError(findings);
}
