import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type JsonObject, readMediaApiJson } from "../json-body.ts";
import { refuse, type VideoRefusal } from "./refusals.ts";
import type { VideoDetails } from "./videos.ts";

/** Documented. */
const MAX_TAGS = 5;

/** A list, or a string separated by commas or semicolons: 媒体API文档 does not say (assumed). */
function refuseTags(tags: unknown): VideoRefusal | undefined {
  const list = typeof tags === "string" ? tags.split(/[,;，；]/) : tags;
  if (!Array.isArray(list) || !list.every((tag) => typeof tag === "string")) return "badTags";
  return list.length > MAX_TAGS ? "tooManyTags" : undefined;
}

const isCategory = (value: unknown): value is string | number =>
  typeof value === "number" || (typeof value === "string" && value.trim() !== "");

/** Assumed: title, declare_ori and the two categories are required, the rest is optional. */
function readDetails(json: JsonObject): VideoDetails | VideoRefusal {
  const { title, video_desc = "", declare_ori, newcat, newsbcat, tags = [], cover_url = "" } = json;
  if (typeof title !== "string" || title.trim() === "") return "badTitle";
  if (typeof video_desc !== "string" || typeof cover_url !== "string") return "badText";
  if (declare_ori !== 0 && declare_ori !== 1) return "badDeclareOri";
  if (!isCategory(newcat) || !isCategory(newsbcat)) return "badCategory";
  const refused = refuseTags(tags);
  if (refused) return refused;
  return {
    title,
    video_desc,
    declare_ori,
    newcat,
    newsbcat,
    tags: tags as string | readonly string[],
    cover_url,
  };
}

/** Answers `action=save_video`. Fields are checked before the upload (assumed). */
export function answerSave(
  exchange: MpExchange,
  account: SeededAccount,
): object | Response | MpError {
  const { mp, clock, entry } = exchange;
  const body = readMediaApiJson(exchange);
  if (isMpError(body)) return body;
  const { content } = body.json;
  if (typeof content === "string") entry.vid = content;
  const details = readDetails(body.json);
  if (typeof details === "string") return refuse(exchange, details);
  const video = typeof content === "string" ? mp.videos.find(account.appid, content) : undefined;
  if (video === undefined) return refuse(exchange, "unknownVid");
  if (!video.finished) return refuse(exchange, "notFinished");
  const { saveTwice = "new" } = mp.options;
  const before = video.saved.at(-1);
  if (before && saveTwice === "refuse") return refuse(exchange, "savedTwice");
  if (before && saveTwice === "same") return { ret: 0, media_id: before.media_id };
  const media_id = mp.accounts.newPermanentId(account.appid);
  entry.media_id = media_id;
  video.saved.push({ media_id, details, savedAt: clock.now() });
  return { ret: 0, media_id };
}

/** Answers `action=query_status`, without ret and errcode, as documented. */
export function answerStatus(exchange: MpExchange, { appid }: SeededAccount): object | Response {
  const { videos } = exchange.mp;
  const found = videos.findSaved(appid, exchange.entry.media_id ?? "");
  if (found === undefined) return refuse(exchange, "unknownMedia");
  exchange.entry.vid = found.video.vid;
  return { ...videos.statusOf(found.saved), vid: found.video.vid };
}
