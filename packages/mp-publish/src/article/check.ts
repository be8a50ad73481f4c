import {
  checkInput,
  checkKnownFields,
  checkOptions,
  given,
  OBJECTS,
  type OptionKinds,
  shown,
  visible,
} from "@wechat-edge/core/internal/upload";
import { htmlFacts } from "../html/facts.ts";
import type { HtmlFacts } from "../html/html-facts.ts";
import { scanHtml } from "../html/light-scanner.ts";
import type { Draft, NewsArticle } from "./article.ts";
import { type CountCharacters, countCodePoints } from "./count.ts";
import { evidenceOf } from "./evidence.ts";
import type { AddFinding, Finding } from "./finding.ts";
import { type ArticleTarget, checkTarget, DRAFT_TITLE, type DraftTitle } from "./limits.ts";
import { checkActive } from "./rules/active.ts";
import {
  CONTENT_LENGTH,
  type ContentLength,
  checkContentSize,
  checkScripts,
} from "./rules/content.ts";
import { checkCrops } from "./rules/crops.ts";
import { checkCards, checkVideos, type ImageFact, type VideoFact } from "./rules/embeds.ts";
import { checkFields } from "./rules/fields.ts";
import { checkLinks } from "./rules/links.ts";
import { checkPictureMessage } from "./rules/picture-message.ts";
import { checkLazyPictures, checkPictures } from "./rules/pictures.ts";
import { checkStripped } from "./rules/stripped.ts";
import { type AnyArticle, checkDigest, checkTexts } from "./rules/texts.ts";

/** Options of {@link checkArticle}. A finding is `unknown` if the fact that decides it is left out. */
export interface CheckOptions {
  /** `draft` or `publish-library`: each has its own limits. */
  readonly target: ArticleTarget;
  /**
   * `readHtml` of `@wechat-edge/mp-publish/html`, a full HTML parser. By default a small scanner reads the content; it
   * decodes the most common entities and counts any other as one character.
   */
  readonly readHtml?: ((html: string) => HtmlFacts) | undefined;
  /** What the account may do. `pay: true`: it has WeChat Pay, so its articles may have links. */
  readonly rights?: { readonly pay?: boolean | undefined } | undefined;
  /** The videos in the content, with their status. */
  readonly videos?: readonly VideoFact[] | undefined;
  /** The pictures of mini-program cards, with their size in pixels. */
  readonly images?: readonly ImageFact[] | undefined;
  /** Counts the characters of a string; by default its code points. */
  readonly count?: CountCharacters | undefined;
  /**
   * What must stay below 20,000 characters: the content `with-tags`, the default, as reports say, or its `text` alone.
   * WeChat's documents do not say which.
   */
  readonly contentLength?: ContentLength | undefined;
  /**
   * Most characters of a draft's title: 32 by default, as documented, or 64. Reported, and contradicted: some accounts
   * keep titles of up to 64, others get 45003.
   */
  readonly draftTitle?: DraftTitle | undefined;
}

const CHECK_OPTIONS: OptionKinds<CheckOptions> = {
  target: true,
  readHtml: "function",
  rights: true,
  videos: OBJECTS,
  images: OBJECTS,
  count: "function",
  contentLength: CONTENT_LENGTH,
  draftTitle: DRAFT_TITLE,
};

/**
 * Says what WeChat will refuse (`error`), strip or alter (`warning`), or what nobody knows (`unknown`), each with its
 * evidence. It needs no client and no network.
 *
 * If a rule depends on a fact that is not passed, such as the status of a video, its finding is `unknown`. Characters
 * are counted as code points: WeChat does not define 字 (assumed).
 *
 * Follows 媒体API文档 (五、上传图文消息至发布库, FAQ 4) and 新增草稿.
 *
 * @param article - one article, or all articles of a draft; the publish library takes exactly one
 * @returns the findings in the order of the rules; an empty list if nothing was found
 * @throws TypeError if `target` or another option is malformed, or if an article is not an object
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add
 *
 * @example
 * ```ts
 * import { checkArticle } from "@wechat-edge/mp-publish";
 *
 * const content = "<p>天还没亮透。</p>";
 * const article = { thumb_media_id: "cover", title: "灯".repeat(65), digest: "街", content };
 * for (const { rule, severity, path, suggestion } of checkArticle(article, { target: "draft" })) {
 *   console.log(rule, severity, path, suggestion); // title-length error articles[0].title Shorten it.
 * }
 * ```
 */
export function checkArticle(
  article: NewsArticle | Draft | readonly (NewsArticle | Draft)[],
  options: CheckOptions,
): Finding[] {
  checkOptions("checkArticle", options, CHECK_OPTIONS);
  const { target, rights } = options;
  checkTarget(target);
  if (rights !== undefined) checkKnownFields("rights", rights, ["pay"]);
  const findings: Finding[] = [];
  const articles = (Array.isArray(article) ? article : [article]) as readonly AnyArticle[];
  if (target === "publish-library" ? articles.length !== 1 : articles.length === 0) {
    const least = target === "publish-library" ? "exactly one article" : "at least one article";
    findings.push({
      rule: "article-count",
      severity: "error",
      path: "articles",
      message: `There must be ${least}, not ${articles.length}.`,
      suggestion: articles.length === 0 ? "Pass the article." : "Make one call for each article.",
      ...evidenceOf("article-count", target),
    });
  }
  for (const [index, one] of articles.entries()) {
    checkInput("checkArticle", one, "an article { title, content, thumb_media_id }");
    checkOne(one, articles.length === 1, options, (severity, rule, field, message, suggestion) => {
      const path = `articles[${index}].${field}`;
      findings.push({
        rule,
        severity,
        path,
        message: visible(message),
        suggestion: visible(suggestion),
        ...evidenceOf(rule, target),
      });
    });
  }
  return findings;
}

/** Reads HTML with the small scanner. */
export function scanFacts(html: string): HtmlFacts {
  return htmlFacts(html, scanHtml);
}

function checkOne(
  article: AnyArticle,
  isAlone: boolean,
  options: CheckOptions,
  add: AddFinding,
): void {
  const {
    target,
    readHtml = scanFacts,
    rights,
    videos = [],
    images = [],
    count = countCodePoints,
    contentLength = "with-tags",
  } = options;
  const content = typeof article["content"] === "string" ? article["content"] : "";
  const facts = readHtml(content);
  checkFacts(facts);
  const counted = checkedCount(count);
  checkFields(article, target, add);
  checkTexts(article, { target, draftTitle: options.draftTitle }, counted, add);
  if (target === "draft") checkCrops(article, add);
  if (article["article_type"] === "newspic") {
    checkPictureMessage(article, content, facts, counted, add);
    return;
  }
  if (isAlone) checkDigest(article, target, facts.text, add);
  checkContentSize(content, facts.text, { target, contentLength }, counted, add);
  checkPictures(facts, add);
  checkLazyPictures(facts, add);
  checkScripts(facts, add);
  checkActive(facts, add);
  checkStripped(facts, add);
  checkLinks(facts, rights?.pay, add);
  checkVideos(facts, videos, target, add);
  checkCards(facts, images, target, counted, add);
}

function checkFacts(facts: unknown): void {
  const { text, tags, pictures } = (facts ?? {}) as Partial<HtmlFacts>;
  if (typeof text === "string" && Array.isArray(tags) && Array.isArray(pictures)) return;
  throw new TypeError(`readHtml must return { text, tags, pictures }, not ${given(facts)}.`);
}

function checkedCount(count: CountCharacters): CountCharacters {
  return (text) => {
    const counted: unknown = count(text);
    if (Number.isFinite(counted)) return counted as number;
    throw new TypeError(`count must return a number, not ${shown(counted)}.`);
  };
}
