import type { JsonObject, MpClient, UnknownOutcomeOptions } from "@wechat-edge/core";
import { onlyOnce } from "@wechat-edge/core/internal/mp";
import {
  checkInput,
  checkOptions,
  given,
  requiredId,
  shown,
} from "@wechat-edge/core/internal/upload";
import type { ArticleDraft, Draft, Flag, PictureDraft } from "../article/article.ts";
import {
  type Advice,
  CALL_OPTIONS,
  type CallOptions,
  callApi,
  checkArticles,
  checkId,
  ONCE_OPTIONS,
  replyList,
  replyNumber,
} from "./call-api.ts";

/**
 * An article of a draft or a publication, as WeChat returns it: a picture message has the `article_type` `newspic` and
 * `image_info`.
 */
export type StoredArticle = (Omit<ArticleDraft, "thumb_media_id"> | PictureDraft) & {
  /** The cover. It may be missing or empty in what was written by hand on mp.weixin.qq.com. */
  readonly thumb_media_id?: string;
  /** Whether the cover is shown in the article. */
  readonly show_cover_pic?: Flag;
  /** Address of the article: of a draft temporary, of a published article permanent. */
  readonly url?: string;
  /** Address of the cover. */
  readonly thumb_url?: string;
  /** Whether a published article was deleted. */
  readonly is_deleted?: boolean;
};

/** One entry of {@link listDrafts} or {@link listPublishedArticles}. Times are Unix seconds. */
export type ListEntry<Id extends "media_id" | "article_id"> = Readonly<Record<Id, string>> & {
  readonly content: {
    /** With `no_content: 1` their `content` is missing or empty. */
    readonly news_item: readonly StoredArticle[];
    readonly create_time?: number;
    readonly update_time?: number;
  };
  readonly update_time: number;
};

/** A page of a list. */
export interface ListPage<Id extends "media_id" | "article_id"> {
  /** Entries in all. */
  readonly total_count: number;
  /** Entries of this page. */
  readonly item_count: number;
  readonly item: readonly ListEntry<Id>[];
}

/** Selects a page of a list. */
export interface PageInput {
  /** First entry of the page, from 0; the newest comes first. */
  readonly offset: number;
  /** Entries of the page: 1 to 20. */
  readonly count: number;
  /** 1 leaves the `content` of the articles out. */
  readonly no_content?: 0 | 1 | undefined;
}

const PATH = "/cgi-bin/draft/";
const MAX_PAGE = 20;

const advice: Advice = ({ errcode }) =>
  errcode === 40007
    ? "thumb_media_id must come from addMaterial, not from a temporary upload; a new one is reported to work only after some seconds. The media_id of a draft ends when the draft is published or deleted."
    : undefined;

/**
 * Adds a draft (草稿) and resolves with its `media_id`.
 *
 * A second call adds a second draft. So a lost reply is not repeated: it throws an OutcomeUnknownError. With
 * `retryUnknown: true` the call is repeated.
 *
 * Follows 新增草稿 (`/cgi-bin/draft/add`).
 *
 * @param input - `articles`: one or more; WeChat does not document how many (a mass message has at most 8)
 * @throws TypeError if `articles` is not a list of objects, RangeError if it is empty; MpApiError if WeChat refuses;
 * OutcomeUnknownError if the reply was lost; NetworkError, TimeoutError or ReplyError if the call was certainly not
 * made
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_add
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, getDraft } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { news_item } = await getDraft(mp, { media_id });
 * console.log(news_item[0]?.title); // 灯笼街
 * ```
 */
export async function addDraft(
  mp: MpClient,
  input: { readonly articles: readonly Draft[] },
  options: CallOptions & UnknownOutcomeOptions = {},
): Promise<{ readonly media_id: string }> {
  checkInput("addDraft", input, "{ articles }");
  checkOptions("addDraft", options, ONCE_OPTIONS);
  const { articles } = input;
  checkArticles("addDraft", articles);
  const lookAt = whereDrafted(String(articles[0]?.title));
  const rule = { ...options, once: onlyOnce({ lookAt, ids: ["media_id"] }) };
  const reply = await callApi(mp, "addDraft", `${PATH}add`, { articles }, rule, advice);
  return { media_id: requiredId(reply, "media_id") };
}

/** Where to see whether a draft was added. */
export function whereDrafted(title: string): string {
  return `whether 草稿箱 on mp.weixin.qq.com, or listDrafts, has a draft with the title ${JSON.stringify(title)}`;
}

/**
 * Replaces one article of a draft. A repeated call does no harm.
 *
 * Follows 更新草稿 (`/cgi-bin/draft/update`).
 *
 * @param input - `index` counts from 0, unlike in {@link updateNews}; `articles` is one article, not a list
 * @throws TypeError or RangeError if input is malformed; MpApiError if WeChat refuses (40114 for an `index` that the
 * draft does not have); NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_update
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, getDraft, updateDraft } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * await updateDraft(mp, { media_id, index: 0, articles: { ...article, title: "石板路" } });
 * const { news_item } = await getDraft(mp, { media_id });
 * console.log(news_item[0]?.title); // 石板路
 * ```
 */
export async function updateDraft(
  mp: MpClient,
  input: { readonly media_id: string; readonly index: number; readonly articles: Draft },
  options: CallOptions = {},
): Promise<void> {
  checkInput("updateDraft", input, "{ media_id, index, articles }");
  checkOptions("updateDraft", options, CALL_OPTIONS);
  const { media_id, index, articles } = input;
  checkId("media_id", media_id);
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(`index must be a whole number of at least 0, not ${shown(index)}.`);
  }
  if (typeof articles !== "object" || articles === null || Array.isArray(articles)) {
    throw new TypeError(
      `articles must be one article, not ${given(articles)}: draft/update takes one at a time.`,
    );
  }
  await callApi(mp, "updateDraft", `${PATH}update`, { media_id, index, articles }, options, advice);
}

/**
 * Resolves with the articles of a draft. A published draft is gone: WeChat moves it out of 草稿箱.
 *
 * Follows 获取草稿详情 (`/cgi-bin/draft/get`).
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_getdraft
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, getDraft } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { news_item } = await getDraft(mp, { media_id });
 * console.log(news_item[0]?.content); // <p>天还没亮透。</p>
 * ```
 */
export async function getDraft(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions = {},
): Promise<{ readonly news_item: readonly StoredArticle[] }> {
  checkInput("getDraft", input, "{ media_id }");
  checkOptions("getDraft", options, CALL_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  const reply = await callApi(mp, "getDraft", `${PATH}get`, { media_id }, options);
  return { news_item: replyList(reply, "news_item") as StoredArticle[] };
}

/**
 * Deletes a draft, which cannot be undone.
 *
 * After a lost reply the call is repeated. If WeChat then knows no such draft (40007), the first call has deleted it; that
 * it answers so is assumed, because WeChat does not document it.
 *
 * Follows 删除草稿 (`/cgi-bin/draft/delete`).
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_delete
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, countDrafts, deleteDraft } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * await deleteDraft(mp, { media_id });
 * console.log((await countDrafts(mp)).total_count); // 0
 * ```
 */
export async function deleteDraft(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions = {},
): Promise<void> {
  checkInput("deleteDraft", input, "{ media_id }");
  checkOptions("deleteDraft", options, CALL_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  await callApi(mp, "deleteDraft", `${PATH}delete`, { media_id }, options);
}

/**
 * Resolves with the number of drafts in 草稿箱.
 *
 * Follows 获取草稿的总数 (`/cgi-bin/draft/count`), which is a GET.
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_count
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { countDrafts } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { total_count } = await countDrafts(mp);
 * console.log(total_count); // 0
 * ```
 */
export async function countDrafts(
  mp: MpClient,
  options: CallOptions = {},
): Promise<{ readonly total_count: number }> {
  checkOptions("countDrafts", options, CALL_OPTIONS);
  const reply = await callApi(mp, "countDrafts", `${PATH}count`, undefined, options);
  return { total_count: replyNumber(reply, "total_count") };
}

/**
 * Resolves with one page of the drafts in 草稿箱, the newest first.
 *
 * Follows 获取草稿列表 (`/cgi-bin/draft/batchget`).
 *
 * @param input - `offset` counts from 0, `count` is 1 to 20; `no_content: 1` leaves the articles' `content` out
 * @throws RangeError if `offset` or `count` is out of range; MpApiError if WeChat refuses; NetworkError, TimeoutError
 * or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/draftbox/draftmanage/api_draft_batchget
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, listDrafts } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * await addDraft(mp, { articles: [article] });
 * const { total_count, item } = await listDrafts(mp, { offset: 0, count: 20, no_content: 1 });
 * console.log(total_count, item[0]?.content.news_item[0]?.title); // 1 灯笼街
 * ```
 */
export async function listDrafts(
  mp: MpClient,
  input: PageInput,
  options: CallOptions = {},
): Promise<ListPage<"media_id">> {
  checkInput("listDrafts", input, "{ offset, count }");
  checkOptions("listDrafts", options, CALL_OPTIONS);
  return readPage(await callApi(mp, "listDrafts", `${PATH}batchget`, pageBody(input), options));
}

/** The body of a request for a page. Throws RangeError. */
export function pageBody({ offset, count, no_content = 0 }: PageInput): object {
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new RangeError(`offset must be a whole number of at least 0, not ${shown(offset)}.`);
  }
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_PAGE) {
    throw new RangeError(
      `count must be a whole number from 1 to ${MAX_PAGE}, not ${shown(count)}.`,
    );
  }
  return { offset, count, no_content };
}

/** Reads a page from a reply. */
export function readPage<Id extends "media_id" | "article_id">(reply: JsonObject): ListPage<Id> {
  return {
    total_count: replyNumber(reply, "total_count"),
    item_count: replyNumber(reply, "item_count"),
    // Recorded: freepublish/batchget has the time of an entry in its content only.
    item: (replyList(reply, "item") as Partial<ListEntry<Id>>[]).map(
      (entry) => ({ update_time: entry?.content?.update_time, ...entry }) as ListEntry<Id>,
    ),
  };
}
