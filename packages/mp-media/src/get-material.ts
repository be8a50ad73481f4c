import type { JsonObject, MpClient } from "@wechat-edge/core";
import { jsonBody } from "@wechat-edge/core/internal/mp";
import { checkInput, checkOptions } from "@wechat-edge/core/internal/upload";
import { CALL_OPTIONS, type DownloadOptions } from "./download.ts";
import { callForFile, checkMediaId, type DownloadedFile } from "./file-reply.ts";

/** A video of the material library. */
export interface MaterialVideo {
  readonly kind: "video";
  readonly title: string;
  readonly description: string;
  /** Where to fetch it, without an access_token. Reported: for some videos it is the address of a page. */
  readonly down_url: string;
  /**
   * Its id for articles, such as `apiv_…`. Reported
   * ([1](https://developers.weixin.qq.com/community/develop/doc/000ec656f881e0d6f5303c05c6b000)): the document does not
   * list it.
   */
  readonly vid?: string;
}

/** An article of the material library (图文素材), as WeChat returns it. */
export interface MaterialArticle {
  readonly title: string;
  readonly author?: string;
  readonly digest?: string;
  /** HTML. */
  readonly content: string;
  readonly content_source_url?: string;
  /** The cover. It may be missing or empty in what was written by hand. */
  readonly thumb_media_id?: string;
  /** Address of the cover. */
  readonly thumb_url?: string;
  readonly show_cover_pic?: 0 | 1;
  readonly need_open_comment?: 0 | 1;
  readonly only_fans_can_comment?: 0 | 1;
  /** Address of the article. */
  readonly url?: string;
}

/** Articles of the material library. */
export interface MaterialNews {
  readonly kind: "news";
  readonly news_item: readonly MaterialArticle[];
}

/** Eight articles of less than 1 MiB each. */
const MAX_JSON_BYTES = 8 * 1024 * 1024;

/**
 * Gets permanent material (永久素材). Resolves with `{ kind: "file", name, type, size?, body }` for a picture, a voice or a
 * thumb, whose `body` is fetched as you read it; with `{ kind: "video", title, description, down_url, vid? }` for a video;
 * with `{ kind: "news", news_item }` for articles.
 *
 * WeChat may send a file without a name and as text/plain (reported), so its first bytes decide what it is. Drafts are no
 * material: `getDraft` of `@wechat-edge/mp-publish` gets them.
 *
 * Follows 获取永久素材 (`POST /cgi-bin/material/get_material`). The call changes nothing, so it is repeated after a lost
 * reply.
 *
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`: 40007 if this account has no such material
 * @throws NetworkError or TimeoutError if the last try, too, got no reply; `body` ends with them if it breaks off
 * @throws ReplyError if the reply is neither a file nor what WeChat documents
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_getmaterial
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial, getMaterial } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
 * const material = await getMaterial(mp, { media_id });
 * if (material.kind === "file") {
 *   const bytes = await new Response(material.body).arrayBuffer();
 *   console.log(material.type, bytes.byteLength === sampleFile("cover.jpg").size); // image/jpeg true
 * }
 * ```
 */
export async function getMaterial(
  mp: MpClient,
  input: { readonly media_id: string },
  options: DownloadOptions = {},
): Promise<DownloadedFile | MaterialVideo | MaterialNews> {
  checkInput("getMaterial", input, "{ media_id }");
  checkOptions("getMaterial", options, CALL_OPTIONS);
  const { media_id } = input;
  checkMediaId(media_id);
  const call = {
    operation: "getMaterial",
    method: "POST",
    path: "/cgi-bin/material/get_material",
    ...jsonBody({ media_id }),
    media_id,
    maxJsonBytes: MAX_JSON_BYTES,
    readJson,
    wanted: "down_url or news_item",
  };
  return callForFile<MaterialVideo | MaterialNews>(mp, call, options);
}

function readJson({
  news_item,
  title,
  description,
  down_url,
  vid,
}: JsonObject): MaterialVideo | MaterialNews | undefined {
  if (Array.isArray(news_item)) return { kind: "news", news_item };
  if (typeof down_url !== "string") return undefined;
  return {
    kind: "video",
    title: typeof title === "string" ? title : "",
    description: typeof description === "string" ? description : "",
    down_url,
    ...(typeof vid === "string" && vid !== "" && { vid }),
  };
}
