import { randomDigits } from "../../bytes/random.ts";
import type { SeededAccount } from "../account.ts";
import { type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import type { JsonObject } from "../json-body.ts";
import type { MediaType } from "../media/limits.ts";
import { OPENID } from "./calls.ts";

/** Documented: each msgtype, with the type of its media; `mpnews` has a draft. */
const MEDIA: Readonly<Record<string, MediaType | "draft" | undefined>> = {
  mpnews: "draft",
  text: undefined,
  voice: "voice",
  image: "image",
  mpvideo: "video",
  wxcard: undefined,
};

/** Reported: 6 to 20 letters, digits, underscores and hyphens after a letter. */
const WXNAME = /^[A-Za-z][\w-]{5,19}$/;
/** Documented for previews by 微信号. */
const BY_NAME_PER_DAY = 100;

/**
 * Answers `POST /cgi-bin/message/mass/preview`. Documented: `towxname` counts before `touser`. Assumed: the order of the
 * checks, and that only a draft in the box can be previewed.
 */
export function answerPreview(
  { mp, clock, entry }: MpExchange,
  { appid }: SeededAccount,
  json: JsonObject,
): object | MpError {
  const { touser, towxname, msgtype } = json;
  const byName = towxname !== undefined && towxname !== "";
  if (byName && !(typeof towxname === "string" && WXNAME.test(towxname))) return mpError(40132);
  if (!byName && !(typeof touser === "string" && OPENID.test(touser))) return mpError(40003);
  if (typeof msgtype !== "string" || !Object.hasOwn(MEDIA, msgtype)) return mpError(40008);
  const content = json[msgtype];
  if (typeof content !== "object" || content === null) return mpError(41011);
  const { media_id, content: text } = content as JsonObject;
  if (msgtype === "text" && !text) return mpError(44004);
  const type = MEDIA[msgtype];
  if (type !== undefined) {
    if (media_id === undefined || media_id === "") return mpError(41006);
    if (typeof media_id !== "string") return mpError(40007);
    entry.media_id = media_id;
    const found =
      type === "draft"
        ? mp.drafts.find(appid, media_id) !== undefined
        : mp.media.find(appid, media_id)?.type === type;
    if (!found) return mpError(40007);
  }
  const now = clock.now();
  if (byName && mp.previews.byNameOn(appid, now) >= BY_NAME_PER_DAY) return mpError(45009);
  mp.previews.add({
    appid,
    ...(byName ? { towxname } : { touser: touser as string }),
    msgtype,
    ...(type !== undefined && { media_id: String(media_id) }),
    body: json,
    sentAt: now,
  });
  return { errcode: 0, errmsg: "preview success", msg_id: Number(randomDigits(9)) };
}
