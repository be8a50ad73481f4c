import type { JsonObject } from "../json-body.ts";
import { textOf } from "./html-text.ts";
import { countLetters } from "./letters.ts";
import type { PublishOptions } from "./options.ts";
import type { PublishRefusal } from "./refusals.ts";

/** The longest fields, in code points (assumed). */
export interface TextLimits {
  readonly title: number;
  readonly digest: number;
  readonly author: number;
}

/**
 * "必须少于2万字符，小于1M": fewer characters than that, tags included; that many characters are always less than 1 MB.
 * Documented for drafts, that tags count is reported; assumed for the publish library.
 */
const CONTENT_LETTERS = 20_000;
/** Documented for drafts. */
const MAX_SOURCE_URL_BYTES = 1024;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const TEXTS = ["title", "author", "digest", "content", "content_source_url"] as const;
export type Texts = Record<(typeof TEXTS)[number], string>;

export function readTexts(json: JsonObject): Texts | PublishRefusal {
  const texts: Texts = { title: "", author: "", digest: "", content: "", content_source_url: "" };
  for (const name of TEXTS) {
    const value = json[name] ?? "";
    if (typeof value !== "string") return "wrongType";
    texts[name] = value;
  }
  return texts;
}

/** Documented: links to the App Store are short and end in #wechat_redirect. */
function refuseSourceUrl(address: string): PublishRefusal | undefined {
  if (address === "") return undefined;
  if (bytes(address) > MAX_SOURCE_URL_BYTES) return "longSourceUrl";
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return "badSourceUrl";
  const appStore = /(^|\.)(itun\.es|itunes\.es|appsto\.re)$/.test(url.hostname);
  if (appStore && url.hash !== "#wechat_redirect") return "badSourceUrl";
  return undefined;
}

export function refuseTexts(
  texts: Texts,
  limits: TextLimits,
  { contentLength }: PublishOptions,
): PublishRefusal | undefined {
  const { title, author, digest, content } = texts;
  if (title.trim() === "") return "noTitle";
  if (countLetters(title) > limits.title) return "longTitle";
  if (countLetters(author) > limits.author) return "longAuthor";
  if (countLetters(digest) > limits.digest) return "longDigest";
  if (content.trim() === "") return "noContent";
  const counted = contentLength === "text" ? textOf(content) : content;
  if (countLetters(counted) >= CONTENT_LETTERS || bytes(content) >= 1024 * 1024)
    return "longContent";
  return refuseSourceUrl(texts.content_source_url);
}
