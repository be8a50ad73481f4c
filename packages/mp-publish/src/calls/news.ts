import { MpApiError, type MpClient, type UnknownOutcomeOptions } from "@wechat-edge/core";
import {
  checkInput,
  checkOptions,
  given,
  type OptionKinds,
  requiredText,
  shown,
} from "@wechat-edge/core/internal/upload";
import type { NewsArticle } from "../article/article.ts";
import { ReviewError } from "../errors.ts";
import { saysNoLongerEditable, saysSubmittedBefore } from "../wire-texts.ts";
import {
  type Advice,
  acknowledged,
  CALL_OPTIONS,
  type CallOptions,
  callApi,
  checkArticles,
  checkId,
  ONCE_OPTIONS,
  readNumber,
} from "./call-api.ts";
import { poll, WATCH_OPTIONS, type WaitOptions } from "./poll.ts";

/** Where an article of the library stands. `unknown` is a string that 媒体API文档 does not list. */
export type NewsStatus = "unsubmitted" | "reviewing" | "published" | "refused" | "unknown";

/** What {@link addNews} gives. */
export interface AddedNews {
  /** What all further calls go by. The rest is there where WeChat has sent it. */
  readonly media_id: string;
  readonly type?: string;
  /** Unix seconds. The wire says `create_at` where its neighbours say `created_at`. `createdAt` is the same, under our own name. */
  readonly create_at?: number;
  readonly createdAt?: number;
  /** `index` counts from 0 here, and from 1 in {@link updateNews} and {@link deleteNews}. `ad_count` is not documented. */
  readonly item: readonly { readonly index: number; readonly ad_count?: number }[];
}

/** What {@link queryNews} gives. */
export interface NewsReview {
  readonly status: NewsStatus;
  /** `status` as the wire has it, in Chinese. */
  readonly statusText: string;
  /** Address of the article. Whether it is there before the article is published is not documented. */
  readonly url?: string;
}

const DELETE_OPTIONS: OptionKinds<CallOptions & { deleteAll: unknown }> = {
  signal: "signal",
  deleteAll: "boolean",
};

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
 * Puts one article into the publish library. Nobody sees it yet: it can be looked at and deleted on mp.weixin.qq.com
 * (媒体API). A second call adds a second article, so a lost reply is an OutcomeUnknownError and not repeated.
 *
 * Follows 媒体API文档, 五、上传图文消息至发布库. WeChat grants the library on request; 48001 where it has not.
 *
 * @param input - `articles`: exactly one, as "暂时只支持一次性发一条图文"
 * @throws RangeError for another number of articles; MpApiError, OutcomeUnknownError, NetworkError, TimeoutError, ReplyError
 *
 * @example
 * ```ts
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, new File([jpeg], "cover.jpg"));
 * const { type } = await addNews(mp, { articles: [{ thumb_media_id, title: "灯笼街", content: "<p>天还没亮透。</p>" }] });
 * console.log(type); // news
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
  const rule = { ...options, once: { lookAt, gives: ["media_id"] } };
  const reply = await callApi(mp, "addNews", `${PATH}uploadnews`, { articles }, rule, advice);
  const { type, item } = reply;
  const create_at = readNumber(reply["create_at"] ?? reply["created_at"]);
  // Whatever else is odd: without its media_id the article could not be found again.
  return {
    media_id: requiredText(reply, "media_id"),
    ...(typeof type === "string" && type !== "" && { type }),
    ...(create_at !== undefined && { create_at, createdAt: create_at }),
    item: Array.isArray(item) ? (item as AddedNews["item"]) : [],
  };
}

/** Where an article shows that may have been added. */
export function whereAdded(title: string): string {
  return `whether the list under 媒体API on mp.weixin.qq.com has an article that is not submitted, with the title ${JSON.stringify(title)}`;
}

/**
 * Submits an article of the library: WeChat reviews and then publishes it, which cannot be undone. 200 a day and
 * account; deleting gives none back. It goes to 看一看 and 搜一搜, not into the account's history.
 *
 * Repeated where a reply is lost: `abnormal status` then tells that it had been submitted, which is no error.
 *
 * Follows 媒体API文档, 六、发布图文.
 *
 * @returns `submitted`: "now", or "before" where WeChat answers that it had been submitted already
 * @throws MpApiError, NetworkError, TimeoutError, ReplyError
 *
 * @example
 * ```ts
 * const error = await submitNews(mp, { media_id: "unknown" }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
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
    acknowledged(await callApi(mp, "submitNews", `${PATH}submit`, body, options, advice));
    return { submitted: "now" };
  } catch (error) {
    if (!(error instanceof MpApiError && saysSubmittedBefore(error.errmsg))) throw error;
    return { submitted: "before" };
  }
}

/**
 * Replaces an article of the library that is not submitted yet. May be repeated.
 *
 * Follows 媒体API文档, 七、更新图文.
 *
 * @param input - `index` counts from 1, and is 1 as long as an entry has one article (FAQ 6); `articles`: the article,
 * no list
 * @throws RangeError for another index; TypeError; MpApiError (text `invalid status` once it is submitted), NetworkError,
 * TimeoutError, ReplyError
 *
 * @example
 * ```ts
 * const article = { thumb_media_id: "cover", title: "灯笼街", content: "<p>天还没亮透。</p>" };
 * const error = await updateNews(mp, { media_id: "unknown", index: 1, articles: article }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
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
 * Deletes an article of the library. May be repeated; what WeChat then answers is not documented.
 *
 * Follows 媒体API文档, 八、删除图文.
 *
 * @param input - `index` counts from 1, and is 1 as long as an entry has one article (FAQ 6); 0 deletes all
 * @param options - `all: true` must say so where `index` is 0
 * @throws RangeError for another index, and for 0 without `all`; TypeError; MpApiError, NetworkError, TimeoutError, ReplyError
 *
 * @example
 * ```ts
 * const error = await deleteNews(mp, { media_id: "unknown", index: 1 }).catch((thrown) => thrown);
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
 * Asks where an article of the library stands.
 *
 * Follows 媒体API文档, 九、查询图文.
 *
 * @throws MpApiError, NetworkError, TimeoutError, ReplyError
 *
 * @example
 * ```ts
 * const error = await queryNews(mp, { media_id: "unknown" }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
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
 * Waits until a submitted article is published.
 *
 * Follows 媒体API文档, 九、查询图文.
 *
 * @param options - `onStatus` is told each status as it comes
 * @returns the published article with its `url`
 * @throws ReviewError where it is refused, is not submitted, or has a status that the document does not list;
 * TimeoutError after `maxWait`; MpApiError, NetworkError, ReplyError
 *
 * @example
 * ```ts
 * const error = await waitForNews(mp, { media_id: "unknown" }).catch((thrown) => thrown);
 * console.log(error.code); // ERR_MP_API
 * ```
 */
export async function waitForNews(
  mp: MpClient,
  input: { readonly media_id: string },
  options: WaitOptions & { readonly onStatus?: ((news: NewsReview) => void) | undefined } = {},
): Promise<NewsReview> {
  checkInput("waitForNews", input, "{ media_id }");
  checkOptions("waitForNews", options, WATCH_OPTIONS);
  return poll(mp, `The article ${input.media_id}`, options, async () => {
    const news = await queryNews(mp, input, options);
    options.onStatus?.(news);
    if (news.status === "published") return news;
    if (news.status === "reviewing") return undefined;
    throw newsRefusal(input.media_id, news);
  });
}

/** The error of an article that is not published and not under review. */
export function newsRefusal(media_id: string, { status, statusText }: NewsReview): ReviewError {
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
