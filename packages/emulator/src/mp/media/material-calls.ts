import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { newApiVid } from "../ids.ts";
import type { JsonObject } from "../json-body.ts";
import { readRange } from "../range.ts";
import { fileReply, videoUrl } from "./download-calls.ts";
import type { MediaForm } from "./form.ts";
import { DOWNLOAD_FORM } from "./formats/identify.ts";
import { isMediaType, type MediaType } from "./limits.ts";
import { newPictureUrl } from "./picture-url.ts";
import type { KeptMpMedia } from "./store.ts";
import { readUploaded, succeeded } from "./uploaded.ts";

/** A thumb counts as a picture (assumed). */
const shelfOf = (type: MediaType): Exclude<MediaType, "thumb"> =>
  type === "thumb" ? "image" : type;

const onShelf = (exchange: MpExchange, appid: string, shelf: string): KeptMpMedia[] =>
  exchange.mp.media.library(appid).filter(({ type }) => shelfOf(type) === shelf);

interface Description {
  title?: string;
  introduction?: string;
}

/** The form field of a video: JSON with title and introduction. Its errors are assumed. */
function readDescription(form: MediaForm): Description | MpError {
  const part = form.get("description");
  if (part === undefined) return mpError(41011);
  try {
    const { title, introduction }: Record<string, unknown> = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(part.bytes),
    );
    if (typeof title === "string" && title !== "" && typeof introduction === "string") {
      return { title, introduction };
    }
  } catch {
    return mpError(47001);
  }
  return mpError(41011);
}

/** Answers `POST /cgi-bin/material/add_material`. */
export async function answerAddMaterial(
  exchange: MpExchange,
  account: SeededAccount,
  form: MediaForm,
): Promise<object | MpError> {
  const { mp } = exchange;
  const type = exchange.request.url.searchParams.get("type") ?? "";
  if (!isMediaType(type)) return mpError(40004);
  const uploaded = await readUploaded(exchange, account, type, `material-${type}`, form);
  if (isMpError(uploaded)) return uploaded;
  const description = type === "video" ? readDescription(form) : {};
  if (isMpError(description)) return description;
  const shelf = shelfOf(type);
  const room = mp.limits.of(shelf === "image" ? "library-images" : "library-others");
  if (onShelf(exchange, account.appid, shelf).length >= room) return mpError(45074);
  const media_id = mp.accounts.newPermanentId(account.appid);
  const url = shelf === "image" ? newPictureUrl(exchange, uploaded) : undefined;
  mp.media.add({
    ...uploaded,
    ...description,
    kind: "permanent",
    media_id,
    ...(url !== undefined && { url }),
    ...(type === "video" && { vid: newApiVid() }),
  });
  return succeeded(exchange, { media_id, ...(url !== undefined && { url }) });
}

function findMaterial(
  { mp }: MpExchange,
  { appid }: SeededAccount,
  { media_id }: JsonObject,
): KeptMpMedia | MpError {
  if (media_id === undefined || media_id === "") return mpError(41006);
  const found = typeof media_id === "string" ? mp.media.find(appid, media_id) : undefined;
  return found?.kind === "permanent" ? found : mpError(40007);
}

/** Answers `POST /cgi-bin/material/get_material`: a file, or JSON about a video. */
export function answerGetMaterial(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): Response | object | MpError {
  const found = findMaterial(exchange, account, json);
  if (isMpError(found)) return found;
  exchange.entry.filename = found.filename;
  const { body, format, media_id = "", title, introduction, vid } = found;
  if (body === undefined) return mpError(40007);
  if (found.type === "video") {
    const down_url = videoUrl(exchange, media_id);
    return { title, description: introduction, down_url, vid };
  }
  return fileReply(exchange, media_id, { body, ...DOWNLOAD_FORM[format] });
}

/** Answers `POST /cgi-bin/material/del_material`. */
export function answerDeleteMaterial(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findMaterial(exchange, account, json);
  if (isMpError(found)) return found;
  exchange.mp.media.remove(found);
  return { errcode: 0, errmsg: "ok" };
}

const SHELVES = ["image", "voice", "video", "news"];

/** Answers `POST /cgi-bin/material/batchget_material`: newest first (assumed). */
export function answerListMaterial(
  exchange: MpExchange,
  { appid }: SeededAccount,
  { type, ...rest }: JsonObject,
): object | MpError {
  if (typeof type !== "string" || !SHELVES.includes(type)) return mpError(40004);
  const range = readRange({ offset: rest["offset"], count: rest["count"] });
  if (isMpError(range)) return range;
  const { offset, count } = range;
  const shelf = onShelf(exchange, appid, type);
  const item = shelf.slice(offset, offset + count).map((media) => ({
    media_id: media.media_id,
    name: media.filename,
    update_time: media.created_at,
    ...(media.url !== undefined && { url: media.url }),
  }));
  return { item, total_count: shelf.length, item_count: item.length };
}

/** Answers `GET /cgi-bin/material/get_materialcount`. */
export function answerCountMaterial(exchange: MpExchange, { appid }: SeededAccount): object {
  const count = (shelf: string): number => onShelf(exchange, appid, shelf).length;
  return {
    voice_count: count("voice"),
    video_count: count("video"),
    image_count: count("image"),
    news_count: 0,
  };
}
