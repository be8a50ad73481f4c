import { note } from "../../http/exchange.ts";
import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import type { Article, TakenArticle } from "./article.ts";
import { takeContent } from "./article-content.ts";
import { readTexts, refuseTexts, type TextLimits } from "./article-texts.ts";
import type { ArticleKind } from "./content-work.ts";
import { offRatio, readCrops } from "./crops.ts";
import { textOf } from "./html-text.ts";
import { countLetters, firstLetters } from "./letters.ts";
import { isOwnPicture } from "./own-picture.ts";
import { readPictures, takePictureText } from "./picture-message.ts";
import { type PublishRefusal, refusal } from "./refusals.ts";

interface ArticleRules extends TextLimits {
  /** How much of the text replaces an empty digest. */
  readonly autoDigest: number;
  /** A title longer than this is as long as reports allow, not the document. */
  readonly documentedTitle: number;
}

/**
 * Documented in 媒体API文档, which has no limit for the author, and in 新增草稿. Reported: titles of drafts beyond 32
 * characters.
 */
const RULES: Readonly<Record<ArticleKind, ArticleRules>> = {
  news: { title: 64, documentedTitle: 64, digest: 120, autoDigest: 64, author: Infinity },
  draft: { title: 64, documentedTitle: 32, digest: 128, autoDigest: 54, author: 16 },
};

/** 0 if absent; undefined if it is not 0 or 1. */
function flag(value: unknown): 0 | 1 | undefined {
  if (value === undefined) return 0;
  return value === 0 || value === 1 ? value : undefined;
}

type Flags = Pick<Article, "need_open_comment" | "only_fans_can_comment" | "show_cover_pic">;

/** In a draft, show_cover_pic is no longer documented: kept if it is a flag, as old clients send it (assumed). */
function readFlags(json: JsonObject, kind: ArticleKind): Flags | PublishRefusal {
  const need_open_comment = flag(json["need_open_comment"]);
  const only_fans_can_comment = flag(json["only_fans_can_comment"]);
  const show_cover_pic = flag(json["show_cover_pic"]);
  if (need_open_comment === undefined || only_fans_can_comment === undefined) return "badFlag";
  if (kind === "news" && show_cover_pic === undefined) return "badFlag";
  const has = show_cover_pic !== undefined && (kind === "news" || "show_cover_pic" in json);
  return { need_open_comment, only_fans_can_comment, ...(has && { show_cover_pic }) };
}

const pickTexts = (json: JsonObject, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    names.flatMap((name) => (typeof json[name] === "string" ? [[name, json[name]]] : [])),
  ) as Record<string, string>;

/** Documented in 新增草稿: a product by its key. The error for another type is assumed. */
function readProduct({ product_info }: JsonObject): Pick<Article, "product_info"> | PublishRefusal {
  const { footer_product_info } = (product_info ?? {}) as JsonObject;
  const { product_key } = (footer_product_info ?? {}) as JsonObject;
  if (product_key === undefined || product_key === "") return {};
  if (typeof product_key !== "string") return "wrongType";
  return { product_info: { footer_product_info: { product_key } } };
}

/** Documented in 新增草稿: an article of pictures (newspic) has plain text, and no cover but its first picture. */
function readDraftFields(
  exchange: MpExchange,
  appid: string,
  json: JsonObject,
): Partial<Article> | PublishRefusal {
  const { article_type = "news" } = json;
  const crops = readCrops(json);
  if (typeof crops === "string") return crops;
  const product = readProduct(json);
  if (typeof product === "string") return product;
  const cropped = {
    ...pickTexts(json, ["pic_crop_235_1", "pic_crop_1_1"]),
    ...(crops.length > 0 && { cover_info: { crop_percent_list: crops } }),
    ...product,
  };
  if (article_type === "news") return { article_type, ...cropped };
  if (article_type !== "newspic") return "badArticleType";
  const pictures = readPictures(exchange, appid, json);
  return typeof pictures === "string" ? pictures : { ...pictures, ...cropped };
}

/** What looks wrong in an article that is taken. */
function oddities(
  { mp }: MpExchange,
  appid: string,
  { title, cover_info, thumb_media_id, need_open_comment, only_fans_can_comment }: Article,
  rules: ArticleRules,
): { warnings: string[]; badCrop: boolean } {
  const warnings: string[] = [];
  if (countLetters(title) > rules.documentedTitle) {
    warnings.push(
      `the title has ${countLetters(title)} characters: 新增草稿 allows ${rules.documentedTitle}`,
    );
  }
  const pixels = mp.media.find(appid, thumb_media_id)?.pixels;
  const off = pixels ? offRatio(cover_info?.crop_percent_list ?? [], pixels) : [];
  for (const { ratio } of off) warnings.push(`a crop does not have its ratio, ${ratio}`);
  if (only_fans_can_comment === 1 && need_open_comment === 0) {
    warnings.push("only_fans_can_comment does nothing without need_open_comment");
  }
  return { warnings, badCrop: off.length > 0 && mp.options.cropRatio === "refuse" };
}

/** Checks an article and returns it as it is stored. The order of the checks is assumed. */
export function takeArticle(
  exchange: MpExchange,
  account: SeededAccount,
  value: unknown,
  kind: ArticleKind,
): TakenArticle | MpError {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return refusal("noArticles");
  }
  const json = value as JsonObject;
  const { options } = exchange.mp;
  const { appid } = account;
  const rules = { ...RULES[kind], ...(kind === "draft" && { title: options.draftTitle ?? 64 }) };
  const texts = readTexts(json);
  if (typeof texts === "string") return refusal(texts);
  const drafted = kind === "draft" ? readDraftFields(exchange, appid, json) : {};
  if (typeof drafted === "string") return refusal(drafted);
  const isPictures = drafted.article_type === "newspic";
  const first = drafted.image_info?.image_list[0]?.image_media_id;
  const thumb_media_id = json["thumb_media_id"] || first || "";
  if (thumb_media_id === "") return refusal(kind === "draft" ? "noDraftThumb" : "noThumb");
  const refused = refuseTexts(texts, rules, options);
  if (refused) return refusal(refused);
  if (!isOwnPicture(exchange, appid, thumb_media_id)) return refusal("badThumb");
  const flags = readFlags(json, kind);
  if (typeof flags === "string") return refusal(flags);
  // Reported, for drafts.
  if (flags.need_open_comment === 1 && !account.comments) return mpError(88000);
  const taken = isPictures
    ? takePictureText(exchange, texts.content)
    : takeContent(exchange, account, texts.content, kind);
  if (isMpError(taken)) return taken;
  const digest = texts.digest || firstLetters(textOf(taken.content), rules.autoDigest);
  const article: Article = {
    ...texts,
    digest,
    content: taken.content,
    thumb_media_id: thumb_media_id as string,
    ...flags,
    ...drafted,
  };
  const odd = oddities(exchange, appid, article, rules);
  if (odd.badCrop) return refusal("badCrop");
  const warnings = [...taken.warnings, ...odd.warnings];
  note(exchange, warnings);
  return { article, warnings };
}
