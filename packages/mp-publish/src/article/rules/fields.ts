import { encodeUtf8, given, shown } from "@wechat-edge/core/internal/upload";
import type { AddFinding } from "../finding.ts";
import { type ArticleTarget, SOURCE_URL_BYTES } from "../limits.ts";
import type { AnyArticle } from "./texts.ts";

/** The texts that may be left out. */
const TEXTS = ["author", "digest"];
const TYPES = ["news", "newspic"];
const FLAGS = ["show_cover_pic", "need_open_comment", "only_fans_can_comment"];
/** 媒体API文档 writes itunes.es; Apple's own was itun.es. */
const APP_STORE_SHORT = /^(?:itun(?:es)?\.es|appsto\.re)$/;
const APP_STORE = /^(?:itunes|apps)\.apple\.com$/;

/** Checks required fields, flags and the source address. */
export function checkFields(article: AnyArticle, target: ArticleTarget, add: AddFinding): void {
  checkType(article, target, add);
  const pictures = article["article_type"] === "newspic";
  for (const field of pictures ? ["title", "content"] : ["title", "content", "thumb_media_id"]) {
    const value = article[field];
    if (typeof value === "string" && value.trim() !== "") continue;
    add("error", "required", field, `${field} must be a string that is not empty.`, "Set it.");
  }
  for (const field of TEXTS) {
    const value = article[field];
    if (value === undefined || typeof value === "string") continue;
    const message = `${field} must be a string, not ${given(value)}.`;
    add("error", "not-a-string", field, message, "Write it as a string, or leave it out.");
  }
  for (const field of FLAGS) {
    const value = article[field];
    if (value === undefined || value === 0 || value === 1) continue;
    const flag = shown(value);
    // The document of drafts no longer has it.
    const severity = field === "show_cover_pic" && target === "draft" ? "warning" : "error";
    const message = `${field} is ${flag}; it must be 0 or 1.`;
    add(severity, "flag", field, message, "Write the number 0 or 1.");
  }
  if (article["only_fans_can_comment"] === 1 && article["need_open_comment"] !== 1) {
    add(
      "warning",
      "comment-flags",
      "only_fans_can_comment",
      "only_fans_can_comment is 1, but need_open_comment is not: nobody can comment.",
      "Set need_open_comment: 1 too, or leave only_fans_can_comment out.",
    );
  }
  checkSourceUrl(article["content_source_url"], target, add);
}

/** Checks whether the article is of a kind that the target has. */
function checkType(article: AnyArticle, target: ArticleTarget, add: AddFinding): void {
  const { article_type: type, image_info } = article;
  const field = "article_type";
  if (type !== undefined && !TYPES.includes(type as string)) {
    const meant = TYPES.find((name) => name === shown(type).replace(/\W/g, "").toLowerCase());
    const message = `${field} must be "news" or "newspic", or be left out, not ${shown(type)}.`;
    add(
      "error",
      "article-type",
      field,
      message,
      meant === undefined ? "Write one of these." : `Write "${meant}".`,
    );
  } else if (type === "newspic" && target === "publish-library") {
    const message = "The publish library has no picture messages (newspic).";
    add("error", "article-type", field, message, 'Use target: "draft".');
  } else if (type !== "newspic" && image_info !== undefined && image_info !== null) {
    const message =
      'image_info is for picture messages; this article has no article_type: "newspic".';
    add(
      "warning",
      "picture-field",
      "image_info",
      message,
      "Set article_type, or leave image_info out.",
    );
  }
}

function checkSourceUrl(value: unknown, target: ArticleTarget, add: AddFinding): void {
  if (value === undefined || value === "") return;
  const field = "content_source_url";
  const text = typeof value === "string" ? value : "";
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    add(
      "error",
      "source-url",
      field,
      `${field} is not an http or https address.`,
      "Write it in full.",
    );
    return;
  }
  const { length } = encodeUtf8(text);
  if (length > SOURCE_URL_BYTES) {
    const message = `${field} has ${length} bytes; at most ${SOURCE_URL_BYTES} are allowed.`;
    add(target === "draft" ? "error" : "warning", "source-url", field, message, "Shorten it.");
  }
  const short = APP_STORE_SHORT.test(url.hostname);
  if ((short && url.hash !== "#wechat_redirect") || APP_STORE.test(url.hostname)) {
    add(
      "error",
      "source-url-redirect",
      field,
      `WeChat opens the App Store only from itun.es or appsto.re addresses that end in #wechat_redirect, not from ${url.hostname}.`,
      short ? "Add #wechat_redirect." : "Use a short address, and add #wechat_redirect.",
    );
  }
}
