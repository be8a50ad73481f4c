import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import type { Article, TakenArticle } from "./article.ts";
import { takeContent } from "./article-content.ts";
import { textOf } from "./html-text.ts";
import { countLetters, firstLetters } from "./letters.ts";
import { type PublishRefusal, refusal } from "./refusals.ts";

/** The longest fields, in code points (assumed). */
export interface ArticleRules {
  title: number;
  digest: number;
  /** How much of the text replaces an empty digest. */
  autoDigest: number;
  author: number;
  /** Whether there is a field show_cover_pic. */
  showCover: boolean;
}

/** Documented in 媒体API文档, which has no limit for the author. */
export const NEWS_RULES: ArticleRules = {
  title: 64,
  digest: 120,
  autoDigest: 64,
  author: Infinity,
  showCover: true,
};

/** Documented in 新增草稿. */
export const DRAFT_RULES: ArticleRules = {
  title: 32,
  digest: 128,
  autoDigest: 54,
  author: 16,
  showCover: false,
};

/**
 * Documented for drafts, "必须少于2万字符，小于1M": fewer characters than that, tags included; that
 * many characters are always less than 1 MB. Assumed for the publish library.
 */
const CONTENT_LETTERS = 20_000;
/** Documented for drafts. */
const MAX_SOURCE_URL_BYTES = 1024;
const MAX_PICTURES = 20;

const bytes = (text: string): number => new TextEncoder().encode(text).length;

const ESCAPE = /\\u[0-9a-fA-F]{4}/;

/** Documented in the text of 40033: no `\uXXXX` in a request. */
export function refuseEscapes({ request, mp }: MpExchange): MpError | undefined {
  if (mp.options.unicodeEscapes === "accept") return undefined;
  return ESCAPE.test(new TextDecoder().decode(request.body))
    ? refusal("unicodeEscapes")
    : undefined;
}

const TEXTS = ["title", "author", "digest", "content", "content_source_url"] as const;
type Texts = Record<(typeof TEXTS)[number], string>;

function readTexts(json: JsonObject): Texts | PublishRefusal {
  const texts: Texts = { title: "", author: "", digest: "", content: "", content_source_url: "" };
  for (const name of TEXTS) {
    const value = json[name] ?? "";
    if (typeof value !== "string") return "wrongType";
    if (ESCAPE.test(value)) return "unicodeEscapes";
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

function refuseTexts(texts: Texts, rules: ArticleRules): PublishRefusal | undefined {
  const { title, author, digest, content } = texts;
  if (title.trim() === "") return "noTitle";
  if (countLetters(title) > rules.title) return "longTitle";
  if (countLetters(author) > rules.author) return "longAuthor";
  if (countLetters(digest) > rules.digest) return "longDigest";
  if (content.trim() === "") return "noContent";
  if (countLetters(content) >= CONTENT_LETTERS) return "longContent";
  return refuseSourceUrl(texts.content_source_url);
}

/** Whether this is not a permanent picture of the account, image or thumb (媒体API文档 accepts both). */
function refusePicture(exchange: MpExchange, appid: string, id: unknown): boolean {
  const found = typeof id === "string" ? exchange.mp.media.find(appid, id) : undefined;
  return found?.kind !== "permanent" || (found.type !== "image" && found.type !== "thumb");
}

/** 0 if absent; undefined if it is not 0 or 1. */
function flag(value: unknown): 0 | 1 | undefined {
  if (value === undefined) return 0;
  return value === 0 || value === 1 ? value : undefined;
}

/** Documented in 新增草稿: an article of pictures (newspic) has up to 20 pictures and plain text. */
function readDraftFields(
  exchange: MpExchange,
  appid: string,
  json: JsonObject,
): Partial<Article> | PublishRefusal {
  const { article_type = "news", pic_crop_235_1, pic_crop_1_1, image_info } = json;
  const crops = [pic_crop_235_1, pic_crop_1_1];
  if (crops.some((crop) => crop !== undefined && typeof crop !== "string")) return "wrongType";
  const cropped = {
    ...(pic_crop_235_1 !== undefined && { pic_crop_235_1: pic_crop_235_1 as string }),
    ...(pic_crop_1_1 !== undefined && { pic_crop_1_1: pic_crop_1_1 as string }),
  };
  if (article_type === "news") return { article_type, ...cropped };
  if (article_type !== "newspic") return "badArticleType";
  const { image_list: list } = (image_info ?? {}) as { image_list?: unknown };
  if (!Array.isArray(list) || list.length === 0 || list.length > MAX_PICTURES) return "badPictures";
  const image_list = list.map((each: { image_media_id?: unknown } | null) => ({
    image_media_id: String(each?.image_media_id),
  }));
  const unknown = image_list.some(({ image_media_id }) =>
    refusePicture(exchange, appid, image_media_id),
  );
  return unknown ? "badThumb" : { article_type, ...cropped, image_info: { image_list } };
}

/** Checks an article and returns it as it is stored. The order of the checks is assumed. */
export function takeArticle(
  exchange: MpExchange,
  account: SeededAccount,
  value: unknown,
  rules: ArticleRules,
): TakenArticle | MpError {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refusal("noArticles");
  }
  const json = value as JsonObject;
  const texts = readTexts(json);
  if (typeof texts === "string") return refusal(texts);
  const { appid } = account;
  const drafted = rules.showCover ? {} : readDraftFields(exchange, appid, json);
  if (typeof drafted === "string") return refusal(drafted);
  const { thumb_media_id = "" } = json;
  if (thumb_media_id === "" && drafted.article_type !== "newspic") return refusal("noThumb");
  const refused = refuseTexts(texts, rules);
  if (refused) return refusal(refused);
  if (thumb_media_id !== "" && refusePicture(exchange, appid, thumb_media_id)) {
    return refusal("badThumb");
  }
  const comment = flag(json["need_open_comment"]);
  const fans = flag(json["only_fans_can_comment"]);
  const cover = rules.showCover ? flag(json["show_cover_pic"]) : 0;
  if (comment === undefined || fans === undefined || cover === undefined) return refusal("badFlag");
  // Reported, for drafts.
  if (comment === 1 && !account.comments) return mpError(88000);
  const taken = takeContent(exchange, account, texts.content);
  if (isMpError(taken)) return taken;
  const digest = texts.digest || firstLetters(textOf(taken.content), rules.autoDigest);
  const article: Article = {
    ...texts,
    digest,
    content: taken.content,
    thumb_media_id: thumb_media_id as string,
    need_open_comment: comment,
    only_fans_can_comment: fans,
    ...(rules.showCover && { show_cover_pic: cover }),
    ...drafted,
  };
  return { article, warnings: taken.warnings };
}
