import type { MpClient } from "@wechat-edge/core";
import { checkInput, checkOptions } from "@wechat-edge/core/internal/upload";
import { type Advice, CALL_OPTIONS, type CallOptions, callApi, checkId } from "./call-api.ts";
import { readId } from "./publication.ts";

/** Who sees a preview: a follower by openid, or a WeChat user by 微信号. */
export type PreviewInput = {
  /** Of the draft. */
  readonly media_id: string;
} & (
  | { readonly openid: string; readonly wxname?: undefined }
  | { readonly wxname: string; readonly openid?: undefined }
);

const ADVICE: Readonly<Record<number, string>> = {
  40003:
    "openid must be that of a follower of this account: openids differ from account to account.",
  40007:
    "The draft is not in 草稿箱: it was published or deleted, or media_id is not that of a draft.",
  40132:
    "wxname must be the 微信号 of the user, as WeChat shows it on the user's page, not the nickname.",
  43004: "The user must follow the account. Then call it again.",
  45009:
    "WeChat sends at most 100 previews a day by 微信号. Use an openid, or wait for the next day.",
  48021:
    "The draft was saved by the editor on mp.weixin.qq.com. Open it there and save it by hand.",
};

const advice: Advice = ({ errcode }) => ADVICE[errcode];

/**
 * Sends a preview of a draft to one phone, as a message. Nobody else sees it, and nothing is published.
 *
 * A lost reply is repeated, so the phone may show the preview twice.
 *
 * Follows 预览消息 (`POST /cgi-bin/message/mass/preview`, `msgtype: "mpnews"`), open to certified accounts; previews by
 * 微信号 are limited to 100 a day.
 *
 * @param input - `media_id` of the draft, and `openid` of a follower or `wxname`, a 微信号
 * @returns the `msg_id` of the message, if WeChat names one
 * @throws TypeError if neither or both of `openid` and `wxname` are given; MpApiError if WeChat refuses; NetworkError,
 * TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_preview
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { previewArticle, publishArticle } from "@wechat-edge/mp-publish";
 *
 * const emulator = createEmulator();
 * const mp = createMpClient({ ...credentials.mp, fetch: emulator.fetch });
 * const { media_id } = await publishArticle(mp, {
 *   target: "draft",
 *   until: "uploaded",
 *   article: { title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p>" },
 *   cover: sampleFile("cover.jpg"),
 * });
 * await previewArticle(mp, { media_id, openid: "oIx26e3b4a1c0d9f857abcdefghi" });
 * console.log(emulator.control.previews[0]?.media_id === media_id); // true
 * ```
 */
export async function previewArticle(
  mp: MpClient,
  input: PreviewInput,
  options: CallOptions = {},
): Promise<{ readonly msg_id?: string }> {
  checkInput("previewArticle", input, "{ media_id, openid } or { media_id, wxname }");
  checkOptions("previewArticle", options, CALL_OPTIONS);
  const { media_id, openid, wxname } = input;
  checkId("media_id", media_id);
  if (openid !== undefined && wxname !== undefined) {
    throw new TypeError("A preview needs openid or wxname, not both: it goes to one phone.");
  }
  if (wxname === undefined) checkId("openid", openid);
  else checkId("wxname", wxname);
  const body = {
    ...(wxname === undefined ? { touser: openid } : { towxname: wxname }),
    msgtype: "mpnews",
    mpnews: { media_id },
  };
  const path = "/cgi-bin/message/mass/preview";
  const reply = await callApi(mp, "previewArticle", path, body, options, advice);
  const msg_id = readId(reply, "msg_id");
  return msg_id === undefined ? {} : { msg_id };
}
