import type { MpClient } from "@wechat-edge/core";
import { checkInput, checkOptions, given, shown } from "@wechat-edge/core/internal/upload";
import { type Advice, CALL_OPTIONS, type CallOptions, callApi } from "./call-api.ts";

/** An article of a publication. */
export interface PublishedArticle {
  /** Of the result of {@link submitPublication} or `publishArticle`, or of the reply to a mass message. */
  readonly msg_data_id: string | number;
  /** Number of the article, from 0; by default the first. */
  readonly index?: number | undefined;
}

/** Where it differs from that of the other calls about comments, which `mpRequest` makes. */
const advice: Advice = ({ errcode }) => {
  if (errcode === 88000) return "The account has no comments (留言功能), so none can be switched.";
  return errcode === 88002 || errcode === 88011
    ? "WeChat has locked the comments of this article for safety: nobody can open them."
    : undefined;
};

/**
 * Opens the comments (留言) of a published article. Opening them twice does no harm.
 *
 * Follows 打开已群发文章评论 (`/cgi-bin/comment/open`). Before it is published, `need_open_comment` of the draft opens them.
 *
 * @throws TypeError or RangeError if `msg_data_id` or `index` is malformed; MpApiError if WeChat refuses (88000: the
 * account has no comments, 88001: no such article); NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_opencomment
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 * import { addDraft, closeComments, openComments, submitPublication } from "@wechat-edge/mp-publish";
 *
 * const emulator = createEmulator({ review: { publication: 0 } });
 * const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
 * const { media_id: thumb_media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const article = { thumb_media_id, title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" };
 * const { media_id } = await addDraft(mp, { articles: [article] });
 * const { msg_data_id = "" } = await submitPublication(mp, { media_id });
 * await openComments(mp, { msg_data_id });
 * console.log(emulator.control.publications.list()[0]?.articles[0]?.need_open_comment); // 1
 * await closeComments(mp, { msg_data_id });
 * console.log(emulator.control.publications.list()[0]?.articles[0]?.need_open_comment); // 0
 * ```
 */
export async function openComments(
  mp: MpClient,
  input: PublishedArticle,
  options: CallOptions = {},
): Promise<void> {
  await switchComments(mp, "openComments", "open", input, options);
}

/**
 * Closes the comments (留言) of a published article. Closing them twice does no harm.
 *
 * Follows 关闭已群发文章评论 (`/cgi-bin/comment/close`).
 *
 * @throws the errors of {@link openComments}
 * @see https://developers.weixin.qq.com/doc/service/api/leaving/api_closecomment
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { closeComments } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const unknown = closeComments(mp, { msg_data_id: "2247483647", index: 0 });
 * console.log((await unknown.catch((thrown) => thrown)).errcode); // 88001
 * ```
 */
export async function closeComments(
  mp: MpClient,
  input: PublishedArticle,
  options: CallOptions = {},
): Promise<void> {
  await switchComments(mp, "closeComments", "close", input, options);
}

async function switchComments(
  mp: MpClient,
  operation: string,
  action: "open" | "close",
  input: PublishedArticle,
  options: CallOptions,
): Promise<void> {
  checkInput(operation, input, "{ msg_data_id }");
  checkOptions(operation, options, CALL_OPTIONS);
  const { index = 0 } = input;
  const msg_data_id = wireId(input.msg_data_id);
  if (!Number.isSafeInteger(index) || index < 0) {
    throw new RangeError(`index must be a whole number of at least 0, not ${shown(index)}.`);
  }
  const body = { msg_data_id, index };
  await callApi(mp, operation, `/cgi-bin/comment/${action}`, body, options, advice);
}

/**
 * A number, as documented; one that JavaScript does not hold exactly a string, as other clients send every id
 * (reported).
 */
function wireId(id: unknown): number | string {
  if (Number.isSafeInteger(id) && (id as number) > 0) return id as number;
  if (typeof id === "string" && /^\d{1,20}$/.test(id)) {
    return Number.isSafeInteger(Number(id)) ? Number(id) : id;
  }
  throw new TypeError(
    `msg_data_id must be the one of a publication, a whole number or its digits in a string, not ${typeof id === "number" ? id : given(id)}.`,
  );
}
