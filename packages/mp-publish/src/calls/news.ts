import { MpApiError, type MpClient, type UnknownOutcomeOptions } from "@wechat-edge/core";
import { checkAcknowledged, onlyOnce } from "@wechat-edge/core/internal/mp";
import {
  checkInput,
  checkOptions,
  given,
  requiredId,
  requiredText,
  shown,
} from "@wechat-edge/core/internal/upload";
import type { NewsArticle } from "../article/article.ts";
import { ReviewError } from "../errors.ts";
import { poll, WATCH_OPTIONS, type WaitOptions } from "../poll.ts";
import { saysNoLongerEditable, saysSubmittedBefore } from "../wire-texts.ts";
import {
  type Advice,
  CALL_OPTIONS,
  type CallOptions,
  callApi,
  checkArticles,
  checkId,
  DELETE_OPTIONS,
  ONCE_OPTIONS,
  readNumber,
} from "./call-api.ts";

/** Status of an article of the publish library. `unknown`: WeChat sent a status that 媒体API文档 does not list. */
export type NewsStatus = "unsubmitted" | "reviewing" | "published" | "refused" | "unknown";

/** Result of {@link addNews}. Apart from `media_id`, fields are left out if WeChat does not send them. */
export interface AddedNews {
  /** Identifies the article in all further calls. */
  readonly media_id: string;
  /** `news`. */
  readonly type?: string;
  /** Unix seconds, under WeChat's name. Other calls say `created_at`. */
  readonly create_at?: number;
  /** The same as `create_at`. */
  readonly createdAt?: number;
  /** `index` counts from 0, in {@link updateNews} and {@link deleteNews} from 1. `ad_count` is not documented. */
  readonly item: readonly { readonly index: number; readonly ad_count?: number }[];
}

/** Result of {@link queryNews}. */
export interface NewsReview {
  readonly status: NewsStatus;
  /** WeChat's own status, in Chinese. */
  readonly statusText: string;
  /** Address of the article. WeChat does not document whether it exists before the article is published. */
  readonly url?: string;
}

const PATH = "/cgi-bin/publish/";

const STATUSES: Readonly<Record<string, NewsStatus>> = {
  未提交: "unsubmitted",
  审核中: "reviewing",
  发布成功: "published",
  审核未通过: "refused",
};

const advice: Advice = ({ errcode, errmsg }) => {
  if (errcode === 48001) {
    return "WeChat opens the publish library (媒体API) only to accounts that have applied for it. Other accounts publish with addDraft and submitPublication.";
  }
  if (errcode === 45009) {
    return "The 200 articles or the calls of this day are used up; deleting articles does not restore them.";
  }
  if (errcode === 40007) {
    return "This account has no such article, cover or picture: the media_id belongs to another account, or was deleted.";
  }
  return saysNoLongerEditable(errmsg)
    ? "The article has been submitted and cannot be changed any more. queryNews shows its status."
    : undefined;
};

/**
 * Adds one article to the publish library (发布库) and resolves with its `media_id`.
 *
 * Readers do not see it yet. It can be previewed and deleted on mp.weixin.qq.com under 媒体API. A second call adds a
 * second article. So a lost reply is not repeated: it throws an OutcomeUnknownError. With `retryUnknown: true` the call
 * is repeated.
 *
 * Follows 媒体API文档, 五、上传图文消息至发布库. WeChat grants the library on request; other accounts get errcode 48001.
 *
 * @param input - `articles`: exactly one ("暂时只支持一次性发一条图文")
 * @throws TypeError if `articles` is not a list of objects, RangeError if it does not hold exactly one; MpApiError if
 * WeChat refuses; OutcomeUnknownError if the reply was lost; NetworkError, TimeoutError or ReplyError if the call was
 * certainly not made
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, queryNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * console.log((await queryNews(mp, { media_id })).status); // unsubmitted
 * ```
 */
export async function addNews(
  mp: MpClient,
  input: { readonly articles: readonly NewsArticle[] },
  options: CallOptions & UnknownOutcomeOptions = {},
): Promise<AddedNews> {
  checkInput("addNews", input, "{ articles }");
  checkOptions("addNews", options, ONCE_OPTIONS);
  const { articles } = input;
  checkArticles("addNews", articles, 1);
  const lookAt = whereAdded(String(articles[0]?.title));
  const rule = { ...options, once: onlyOnce({ lookAt, ids: ["media_id"] }) };
  const reply = await callApi(mp, "addNews", `${PATH}uploadnews`, { articles }, rule, advice);
  const { type, item } = reply;
  const create_at = readNumber(reply["create_at"] ?? reply["created_at"]);
  // Only media_id is required: without it the article could not be found again.
  return {
    media_id: requiredId(reply, "media_id"),
    ...(typeof type === "string" && type !== "" && { type }),
    ...(create_at !== undefined && { create_at, createdAt: create_at }),
    item: Array.isArray(item) ? (item as AddedNews["item"]) : [],
  };
}

/** Where to see whether an article was added. */
export function whereAdded(title: string): string {
  return `whether the list under 媒体API on mp.weixin.qq.com has an article that is not submitted, with the title ${JSON.stringify(title)}`;
}

/**
 * Submits an article of the publish library. WeChat reviews it and then publishes it, which cannot be undone.
 *
 * An account may submit 200 articles a day; deleting articles does not restore the quota. Published articles appear in
 * 看一看 and 搜一搜, not in the account's history.
 *
 * A lost reply is repeated: WeChat answers `abnormal status` if the article was submitted before, which is not an
 * error.
 *
 * Follows 媒体API文档, 六、发布图文.
 *
 * @returns `submitted`: `"now"`, or `"before"` if WeChat answers that the article was submitted already
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, submitNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * console.log((await submitNews(mp, { media_id })).submitted); // now
 * console.log((await submitNews(mp, { media_id })).submitted); // before
 * ```
 */
export async function submitNews(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions = {},
): Promise<{ readonly submitted: "now" | "before" }> {
  checkInput("submitNews", input, "{ media_id }");
  checkOptions("submitNews", options, CALL_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  try {
    const body = { media_id, msgtype: "mpnews" };
    checkAcknowledged(await callApi(mp, "submitNews", `${PATH}submit`, body, options, advice));
    return { submitted: "now" };
  } catch (error) {
    if (!(error instanceof MpApiError && saysSubmittedBefore(error.errmsg))) throw error;
    return { submitted: "before" };
  }
}

/**
 * Replaces an article of the publish library that is not submitted yet. A repeated call does no harm.
 *
 * Follows 媒体API文档, 七、更新图文.
 *
 * @param input - `index` counts from 1 and must be 1, because an entry has one article (FAQ 6); `articles` is one
 * article, not a list
 * @throws TypeError or RangeError if input is malformed; MpApiError if WeChat refuses (`invalid status` once the
 * article is submitted); NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, queryNews, updateNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * await updateNews(mp, { media_id, index: 1, articles: { ...article, title: "石板路" } });
 * console.log((await queryNews(mp, { media_id })).status); // unsubmitted
 * ```
 */
export async function updateNews(
  mp: MpClient,
  input: { readonly media_id: string; readonly index: 1; readonly articles: NewsArticle },
  options: CallOptions = {},
): Promise<void> {
  checkInput("updateNews", input, "{ media_id, index, articles }");
  checkOptions("updateNews", options, CALL_OPTIONS);
  const { media_id, index, articles } = input;
  checkId("media_id", media_id);
  checkIndex(index);
  if (typeof articles !== "object" || articles === null || Array.isArray(articles)) {
    throw new TypeError(
      `articles must be one article, not ${given(articles)}: publish/update takes one at a time.`,
    );
  }
  const body = { media_id, index, articles };
  await callApi(mp, "updateNews", `${PATH}update`, body, options, advice);
}

/**
 * Deletes an article of the publish library, which cannot be undone.
 *
 * After a lost reply the call is repeated. If WeChat then knows no such article (40007), the first call has deleted it;
 * that it answers so is assumed, because WeChat does not document it.
 *
 * Follows 媒体API文档, 八、删除图文.
 *
 * @param input - `index` counts from 1 and is 1, because an entry has one article (FAQ 6); 0 deletes all of the entry
 * @param options - `deleteAll: true` is required if `index` is 0
 * @throws TypeError if input is malformed; RangeError for another `index`, or for 0 without `deleteAll`; MpApiError if
 * WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, deleteNews, queryNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * await deleteNews(mp, { media_id, index: 1 });
 * const error = await queryNews(mp, { media_id }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
 * ```
 */
export async function deleteNews(
  mp: MpClient,
  input: { readonly media_id: string; readonly index: 0 | 1 },
  options: CallOptions & { readonly deleteAll?: boolean | undefined } = {},
): Promise<void> {
  checkInput("deleteNews", input, "{ media_id, index }");
  checkOptions("deleteNews", options, DELETE_OPTIONS);
  const { media_id, index } = input;
  checkId("media_id", media_id);
  if (index !== 0) checkIndex(index);
  else if (options.deleteAll !== true) {
    throw new RangeError(
      "index 0 deletes all articles of the entry. Set the option deleteAll to true, or pass index 1.",
    );
  }
  await callApi(mp, "deleteNews", `${PATH}delete`, { media_id, index }, options, advice);
}

/**
 * Resolves with the status of an article of the publish library: not submitted, under review, published or refused.
 *
 * Follows 媒体API文档, 九、查询图文.
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, queryNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * const { status, statusText } = await queryNews(mp, { media_id });
 * console.log(status, statusText); // unsubmitted 未提交
 * ```
 */
export async function queryNews(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions = {},
): Promise<NewsReview> {
  checkInput("queryNews", input, "{ media_id }");
  checkOptions("queryNews", options, CALL_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  const reply = await callApi(mp, "queryNews", `${PATH}query`, { media_id }, options, advice);
  const statusText = requiredText(reply, "status");
  const { url } = reply;
  const status = Object.hasOwn(STATUSES, statusText) ? STATUSES[statusText] : undefined;
  return {
    status: status ?? "unknown",
    statusText,
    ...(typeof url === "string" && url !== "" && { url }),
  };
}

/**
 * Waits until a submitted article of the publish library is published.
 *
 * Follows 媒体API文档, 九、查询图文.
 *
 * @param options - `onStatus` is called with every answer; all times are in milliseconds
 * @returns the published article with its `url`
 * @throws ReviewError if the article is refused, is not submitted, or has a status that the document does not list;
 * TimeoutError after `maxWait`; MpApiError if WeChat refuses; NetworkError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addNews, submitNews, waitForNews } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ review: { news: 0 } }).fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addNews(mp, { articles: [article] });
 * await submitNews(mp, { media_id });
 * const { status, url } = await waitForNews(mp, { media_id });
 * console.log(status, url?.startsWith("http://mp.weixin.qq.com/s?")); // published true
 * ```
 */
export async function waitForNews(
  mp: MpClient,
  input: { readonly media_id: string },
  options: WaitOptions & { readonly onStatus?: ((news: NewsReview) => void) | undefined } = {},
): Promise<NewsReview> {
  checkInput("waitForNews", input, "{ media_id }");
  checkOptions("waitForNews", options, WATCH_OPTIONS);
  checkId("media_id", input.media_id);
  return poll(mp, `The article ${input.media_id}`, options, async () => {
    const news = await queryNews(mp, input, options);
    options.onStatus?.(news);
    if (news.status === "published") return news;
    if (news.status === "reviewing") return undefined;
    throw newsRefusal(input.media_id, news);
  });
}

/** The error for an article that is neither published nor under review. */
function newsRefusal(media_id: string, { status, statusText }: NewsReview): ReviewError {
  const why = REFUSALS[status] ?? "has a status that 媒体API文档 does not list";
  return new ReviewError(`The article ${media_id} ${why} (${statusText}).`, {
    status: statusText,
  });
}

const REFUSALS: Partial<Record<NewsStatus, string>> = {
  refused: "did not pass the review; mp.weixin.qq.com (媒体API) shows why",
  unsubmitted: "has not been submitted: call submitNews first",
};

function checkIndex(index: unknown): void {
  if (index === 1) return;
  throw new RangeError(
    `index must be 1, not ${shown(index)}: it counts from 1, and an entry of the publish library has one article.`,
  );
}
