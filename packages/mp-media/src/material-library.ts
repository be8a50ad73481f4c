import { type JsonObject, MpApiError, type MpClient, type WechatError } from "@wechat-edge/core";
import { jsonBody, mpExchange, TOO_FAST } from "@wechat-edge/core/internal/mp";
import {
  type AbortSignal,
  checkInput,
  checkOptions,
  missingField,
  type OptionKinds,
  shown,
} from "@wechat-edge/core/internal/upload";
import { checkMediaId } from "./file-reply.ts";
import type { MaterialArticle } from "./get-material.ts";

/** Options of the calls of the material library. */
export interface MaterialOptions {
  /** Stops the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What the material library is divided into. A thumb counts as a picture. */
export type MaterialShelf = "image" | "voice" | "video" | "news";

/** A file of the material library. */
export interface MaterialFile {
  readonly media_id: string;
  /** File name of the upload; of a video its title (reported). */
  readonly name: string;
  /** Unix seconds. */
  readonly update_time: number;
  /** Address of a picture. */
  readonly url?: string;
  /** Reported: an empty list in replies of today; the document does not have it. */
  readonly tags?: readonly string[];
}

/** Articles of the material library (图文素材). */
export interface MaterialNewsEntry {
  readonly media_id: string;
  readonly content: {
    readonly news_item: readonly MaterialArticle[];
    /** Unix seconds; reported, as `update_time` is. */
    readonly create_time?: number;
    readonly update_time?: number;
  };
  /** Unix seconds. */
  readonly update_time: number;
}

/** A page of {@link listMaterial}. */
export interface MaterialPage<Shelf extends MaterialShelf> {
  /** Entries of this type in all. */
  readonly total_count: number;
  /** Entries of this page. */
  readonly item_count: number;
  readonly item: readonly (Shelf extends "news" ? MaterialNewsEntry : MaterialFile)[];
}

/** How much the material library holds. */
export interface MaterialCount {
  readonly image_count: number;
  readonly voice_count: number;
  readonly video_count: number;
  readonly news_count: number;
}

const PATH = "/cgi-bin/material/";
const SHELVES: readonly string[] = ["image", "voice", "video", "news"];
const MAX_PAGE = 20;
const MATERIAL_OPTIONS: OptionKinds<MaterialOptions> = { signal: "signal" };

/**
 * Resolves with one page of the material library, also of what was added by hand on mp.weixin.qq.com; the newest comes
 * first (reported).
 *
 * Drafts and what was published from them are not in it: `listDrafts` and `listPublishedArticles` of
 * `@wechat-edge/mp-publish` have them. WeChat counts calls by day (500 to 1,000 are reported): keep what you read.
 *
 * Follows 获取永久素材列表 (`POST /cgi-bin/material/batchget_material`). The call changes nothing, so it is repeated after a
 * lost reply.
 *
 * @param input - `type` is `image`, `voice`, `video` or `news`; `offset` counts from 0, `count` is 1 to 20
 * @throws TypeError if `type` is another one; RangeError if `offset` or `count` is out of range
 * @throws MpApiError if WeChat answers with an `errcode`: 45009 if the calls of the day are used up
 * @throws NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_batchgetmaterial
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial, listMaterial } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const { total_count, item } = await listMaterial(mp, { type: "image", offset: 0, count: 20 });
 * console.log(total_count, item[0]?.name); // 1 cover.jpg
 * ```
 */
export async function listMaterial<Shelf extends MaterialShelf>(
  mp: MpClient,
  input: { readonly type: Shelf; readonly offset: number; readonly count: number },
  options: MaterialOptions = {},
): Promise<MaterialPage<Shelf>> {
  checkInput("listMaterial", input, "{ type, offset, count }");
  checkOptions("listMaterial", options, MATERIAL_OPTIONS);
  const { type, offset, count } = input;
  if (!SHELVES.includes(type)) {
    throw new TypeError(`type must be one of ${SHELVES.join(", ")}, not ${shown(type)}.`);
  }
  if (!Number.isSafeInteger(offset) || offset < 0) {
    throw new RangeError(`offset must be a whole number of at least 0, not ${shown(offset)}.`);
  }
  if (!Number.isSafeInteger(count) || count < 1 || count > MAX_PAGE) {
    throw new RangeError(
      `count must be a whole number from 1 to ${MAX_PAGE}, not ${shown(count)}.`,
    );
  }
  const reply = await mpExchange(
    mp,
    {
      operation: "listMaterial",
      method: "POST",
      path: `${PATH}batchget_material`,
      ...jsonBody({ type, offset, count }),
    },
    options,
  );
  const { item } = reply;
  if (!Array.isArray(item)) throw missingField("item");
  const total_count = countIn(reply, "total_count");
  return { total_count, item_count: countIn(reply, "item_count"), item };
}

/**
 * Resolves with the number of pictures, voices, videos and articles in the material library, also of those added by hand.
 * It holds 100,000 pictures, 100,000 articles, and 1,000 of each other type.
 *
 * Follows 获取永久素材总数 (`GET /cgi-bin/material/get_materialcount`).
 *
 * @throws TypeError if an option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`
 * @throws NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterialcount
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial, countMaterial } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * await addMaterial(mp, { type: "voice" }, sampleFile("voice.amr"));
 * const { image_count, voice_count } = await countMaterial(mp);
 * console.log(image_count, voice_count); // 0 1
 * ```
 */
export async function countMaterial(
  mp: MpClient,
  options: MaterialOptions = {},
): Promise<MaterialCount> {
  checkOptions("countMaterial", options, MATERIAL_OPTIONS);
  const path = `${PATH}get_materialcount`;
  const reply = await mpExchange(mp, { operation: "countMaterial", method: "GET", path }, options);
  return {
    image_count: countIn(reply, "image_count"),
    voice_count: countIn(reply, "voice_count"),
    video_count: countIn(reply, "video_count"),
    news_count: countIn(reply, "news_count"),
  };
}

/**
 * Deletes permanent material, which cannot be undone: what was added by hand on mp.weixin.qq.com too. Articles that show
 * the picture may lose it.
 *
 * After a lost reply the call is repeated. If WeChat then knows no such material (40007), the first call has deleted it.
 *
 * Follows 删除永久素材 (`POST /cgi-bin/material/del_material`).
 *
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`: 40007 if this account has no such material, as for one that is
 * already deleted; 48005 or 45060 if a menu or an automatic reply uses it
 * @throws NetworkError, TimeoutError or ReplyError if no clear reply came; it may be deleted nevertheless
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_delmaterial
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial, countMaterial, deleteMaterial } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * await deleteMaterial(mp, { media_id });
 * console.log((await countMaterial(mp)).image_count); // 0
 * ```
 */
export async function deleteMaterial(
  mp: MpClient,
  input: { readonly media_id: string },
  options: MaterialOptions = {},
): Promise<void> {
  checkInput("deleteMaterial", input, "{ media_id }");
  checkOptions("deleteMaterial", options, MATERIAL_OPTIONS);
  const { media_id } = input;
  checkMediaId(media_id);
  const path = `${PATH}del_material`;
  const call = { operation: "deleteMaterial", method: "POST", path, ...jsonBody({ media_id }) };
  let mayBeGone = false;
  const once = {
    mayRepeat(error: WechatError): boolean {
      mayBeGone ||= !(error instanceof MpApiError && error.errcode === TOO_FAST);
      return true;
    },
    isUnknown: () => false,
    explained: (_: string, error: unknown) => error,
    checkReply: () => undefined,
  };
  try {
    await mpExchange(mp, call, { signal: options.signal, once });
  } catch (error) {
    if (!(mayBeGone && error instanceof MpApiError && error.errcode === 40007)) throw error;
  }
}

/** A number that WeChat may send as a string. */
function countIn(reply: JsonObject, field: string): number {
  const value = reply[field];
  const count = typeof value === "string" && value !== "" ? Number(value) : value;
  if (Number.isSafeInteger(count)) return count as number;
  throw missingField(field);
}
