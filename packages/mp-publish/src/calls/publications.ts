import type { MpClient, UnknownOutcomeOptions } from "@wechat-edge/core";
import { onlyOnce } from "@wechat-edge/core/internal/mp";
import {
  checkInput,
  checkOptions,
  type OptionKinds,
  requiredId,
  shown,
} from "@wechat-edge/core/internal/upload";
import { poll, WATCH_OPTIONS, type WaitOptions } from "../poll.ts";
import {
  type Advice,
  CALL_OPTIONS,
  type CallOptions,
  callApi,
  checkId,
  DELETE_OPTIONS,
  ONCE_OPTIONS,
  replyList,
  replyNumber,
} from "./call-api.ts";
import { type ListPage, type PageInput, pageBody, readPage, type StoredArticle } from "./drafts.ts";
import { isPublished, type Publication, readId, readPublication } from "./publication.ts";
import { comingEvent, EVENT_OPTION, type PublicationEventOption } from "./publication-event.ts";

/** Options of {@link waitForPublication}. */
export interface PublicationWaitOptions extends WaitOptions {
  /** Called with every answer, and with what the event tells. An error that it throws ends the wait. */
  readonly onStatus?: ((publication: Publication) => void) | undefined;
  /** The event PUBLISHJOBFINISH, or a promise of it: it ends the wait. */
  readonly event?: PublicationEventOption | undefined;
}

const PUBLICATION_WAIT_OPTIONS: OptionKinds<PublicationWaitOptions> = {
  ...WATCH_OPTIONS,
  event: EVENT_OPTION,
};

const PATH = "/cgi-bin/freepublish/";

const advice: Advice = ({ errcode }) => {
  if (errcode === 48001) {
    return "Only certified accounts (已认证) may publish through this call. The draft stays: press 发表 on mp.weixin.qq.com (草稿箱).";
  }
  if (errcode === 40007) {
    return "The draft is not in 草稿箱: it was published or deleted. Check 发表记录 on mp.weixin.qq.com, or listPublishedArticles, before you add it again.";
  }
  if (errcode === 53503) {
    return "WeChat did not accept the draft, or its publication is under way already. The draft stays: check 发表记录 on mp.weixin.qq.com first, then correct it in 草稿箱 and submit it again.";
  }
  return errcode === 53504 || errcode === 53505
    ? "The draft stays. Check 发表记录 on mp.weixin.qq.com first: it may be under way already. If not, open it in 草稿箱, save it there and press 发表."
    : undefined;
};

/** Where to see whether a draft was submitted. WeChat does not document what 发表记录 lists in the meantime. */
export const WHERE_SUBMITTED =
  "发表记录 on mp.weixin.qq.com or listPublishedArticles in some minutes (a draft that has left 草稿箱 is published; one that is still there may be under way)";

/**
 * Submits a draft for publication (发布), which cannot be undone, and resolves with its `publish_id`.
 *
 * The reply does not mean that the draft is published: {@link waitForPublication} waits for that. The draft stays in
 * 草稿箱 until then, so a draft that is still there shows nothing. The event PUBLISHJOBFINISH (事件推送发布结果) carries the
 * `publish_id`, and {@link listPublishedArticles} shows the article some minutes later.
 *
 * A second call may publish twice. So a lost reply is not repeated: it throws an OutcomeUnknownError. With
 * `retryUnknown: true` the call is repeated.
 *
 * Follows 发布草稿 (`/cgi-bin/freepublish/submit`), open to certified accounts.
 *
 * @param input - `media_id` of the draft
 * @throws MpApiError if WeChat refuses (48001 and 53503 to 53505 leave the draft in 草稿箱, to be published by hand);
 * OutcomeUnknownError if the reply was lost; NetworkError, TimeoutError or ReplyError if the call was certainly not
 * made
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_submit
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, submitPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * console.log(typeof publish_id); // string
 * ```
 */
export async function submitPublication(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions & UnknownOutcomeOptions = {},
): Promise<{ readonly publish_id: string; readonly msg_data_id?: string }> {
  checkInput("submitPublication", input, "{ media_id }");
  checkOptions("submitPublication", options, ONCE_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  const rule = { ...options, once: onlyOnce({ lookAt: WHERE_SUBMITTED, ids: ["publish_id"] }) };
  const reply = await callApi(mp, "submitPublication", `${PATH}submit`, { media_id }, rule, advice);
  const publish_id = requiredId(reply, "publish_id");
  const msg_data_id = readId(reply, "msg_data_id");
  return { publish_id, ...(msg_data_id !== undefined && { msg_data_id }) };
}

/**
 * Resolves with the status of a publication, once. {@link waitForPublication} asks until it is published.
 *
 * Follows 发布状态查询 (`/cgi-bin/freepublish/get`).
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_get
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, getPublication, submitPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * const { publish_status } = await getPublication(mp, { publish_id });
 * console.log(publish_status); // 1
 * ```
 */
export async function getPublication(
  mp: MpClient,
  input: { readonly publish_id: string | number },
  options: CallOptions = {},
): Promise<Publication> {
  checkInput("getPublication", input, "{ publish_id }");
  checkOptions("getPublication", options, CALL_OPTIONS);
  const publish_id = publishIdOf(input);
  const reply = await callApi(mp, "getPublication", `${PATH}get`, { publish_id }, options);
  const id = readId(reply, "publish_id") ?? publish_id;
  return readPublication(id, replyNumber(reply, "publish_status"), reply);
}

/**
 * Waits until a submitted draft is published.
 *
 * WeChat sends the event PUBLISHJOBFINISH when that is so. Pass it as `event`: the wait is over at once, and nothing is
 * asked. With a promise of the event the wait asks as usual until the event has come.
 *
 * Follows 发布状态查询 (`/cgi-bin/freepublish/get`) and 事件推送发布结果.
 *
 * @param options - `onStatus` is called with every answer, and with the event; all times are in milliseconds
 * @returns the publication with its `article_id` and the addresses of its articles
 * @throws TypeError for the event of another publication, but a promised one is ignored; ReviewError if the publication
 * is refused, failed, deleted or banned, or has a status that the document does not list; TimeoutError after `maxWait`;
 * MpApiError if WeChat refuses; NetworkError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_get
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, submitPublication, waitForPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ review: { publication: 0 } }).fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * const { publish_status, article_detail } = await waitForPublication(mp, { publish_id });
 * console.log(publish_status, article_detail?.item.length); // 0 1
 * ```
 */
export async function waitForPublication(
  mp: MpClient,
  input: { readonly publish_id: string | number },
  options: PublicationWaitOptions = {},
): Promise<Publication> {
  checkInput("waitForPublication", input, "{ publish_id }");
  checkOptions("waitForPublication", options, PUBLICATION_WAIT_OPTIONS);
  const { event, onStatus } = options;
  const publish_id = publishIdOf(input);
  const coming = event === undefined ? undefined : comingEvent(event);
  const look = async (): Promise<Publication | undefined> => {
    const told = await coming?.told(publish_id);
    const isOver = told !== undefined && told.publish_status !== 1;
    const publication = isOver ? told : await getPublication(mp, { publish_id }, options);
    onStatus?.(publication);
    return isPublished(publication) ? publication : undefined;
  };
  return poll(mp, `The publication ${publish_id}`, { ...options, wake: coming?.come }, look);
}

/** A number is taken too, as some replies have one, if JavaScript holds it exactly. */
function publishIdOf({ publish_id: id }: { readonly publish_id: string | number }): string {
  const publish_id = Number.isSafeInteger(id) ? String(id) : id;
  checkId("publish_id", publish_id);
  return publish_id;
}

/**
 * Deletes published articles, which cannot be undone.
 *
 * After a lost reply the call is repeated. If WeChat then knows no such article (53600), the first call has deleted it;
 * that it answers so is assumed, because WeChat does not document it.
 *
 * Follows 删除发布文章 (`/cgi-bin/freepublish/delete`).
 *
 * @param input - `index` counts from 1; 0 or no `index` deletes all articles of the publication
 * @param options - `deleteAll: true` is required if `index` is 0 or left out
 * @throws RangeError for a malformed `index`, or for none without `deleteAll`; MpApiError if WeChat refuses;
 * NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishdelete
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, deletePublication, getPublication, submitPublication, waitForPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ review: { publication: 0 } }).fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * const { article_id = "" } = await waitForPublication(mp, { publish_id });
 * await deletePublication(mp, { article_id, index: 1 });
 * console.log((await getPublication(mp, { publish_id })).publish_status); // 5
 * ```
 */
export async function deletePublication(
  mp: MpClient,
  input: { readonly article_id: string; readonly index?: number | undefined },
  options: CallOptions & { readonly deleteAll?: boolean | undefined } = {},
): Promise<void> {
  checkInput("deletePublication", input, "{ article_id, index }");
  checkOptions("deletePublication", options, DELETE_OPTIONS);
  const { article_id, index = 0 } = input;
  checkId("article_id", article_id);
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(`index must be a whole number of at least 1, not ${shown(index)}.`);
  }
  if (index === 0 && options.deleteAll !== true) {
    throw new RangeError(
      "Without an index all articles are deleted. Set the option deleteAll to true, or pass an index of at least 1.",
    );
  }
  await callApi(mp, "deletePublication", `${PATH}delete`, { article_id, index }, options);
}

/**
 * Resolves with the articles of a publication.
 *
 * Follows 获取已发布图文信息 (`/cgi-bin/freepublish/getarticle`).
 *
 * @throws MpApiError if WeChat refuses (53600 for an unknown `article_id`); NetworkError, TimeoutError or ReplyError if
 * no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublishgetarticle
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, getPublishedArticle, submitPublication, waitForPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ review: { publication: 0 } }).fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * const { article_id = "" } = await waitForPublication(mp, { publish_id });
 * const { news_item } = await getPublishedArticle(mp, { article_id });
 * console.log(news_item[0]?.title, news_item[0]?.is_deleted); // 灯笼街 false
 * ```
 */
export async function getPublishedArticle(
  mp: MpClient,
  input: { readonly article_id: string },
  options: CallOptions = {},
): Promise<{ readonly news_item: readonly StoredArticle[] }> {
  checkInput("getPublishedArticle", input, "{ article_id }");
  checkOptions("getPublishedArticle", options, CALL_OPTIONS);
  const { article_id } = input;
  checkId("article_id", article_id);
  const reply = await callApi(
    mp,
    "getPublishedArticle",
    `${PATH}getarticle`,
    { article_id },
    options,
  );
  return { news_item: replyList(reply, "news_item") as StoredArticle[] };
}

/**
 * Resolves with one page of what the account has published, the newest first.
 *
 * Follows 获取已发布的消息列表 (`/cgi-bin/freepublish/batchget`).
 *
 * @param input - `offset` counts from 0, `count` is 1 to 20; `no_content: 1` leaves the articles' `content` out
 * @throws RangeError if `offset` or `count` is out of range; MpApiError if WeChat refuses; NetworkError, TimeoutError
 * or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/public/api_freepublish_batchget
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, listPublishedArticles, submitPublication, waitForPublication } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ review: { publication: 0 } }).fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { publish_id } = await submitPublication(mp, { media_id });
 * const { article_id } = await waitForPublication(mp, { publish_id });
 * const { item } = await listPublishedArticles(mp, { offset: 0, count: 20, no_content: 1 });
 * console.log(item[0]?.article_id === article_id); // true
 * ```
 */
export async function listPublishedArticles(
  mp: MpClient,
  input: PageInput,
  options: CallOptions = {},
): Promise<ListPage<"article_id">> {
  checkInput("listPublishedArticles", input, "{ offset, count }");
  checkOptions("listPublishedArticles", options, CALL_OPTIONS);
  const path = `${PATH}batchget`;
  return readPage(await callApi(mp, "listPublishedArticles", path, pageBody(input), options));
}
