import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { newApiVid } from "../ids.ts";
import { type JsonObject, readJsonBody } from "../json-body.ts";
import { readRange } from "../range.ts";
import { emptyItem } from "../reply.ts";
import { fileReply, videoUrl } from "./download-calls.ts";
import type { MediaForm } from "./form.ts";
import { DOWNLOAD_FORM } from "./formats/identify.ts";
import type { LibraryNews } from "./library-news.ts";
import { isMediaType, type MediaType } from "./limits.ts";
import { newPictureUrl } from "./picture-url.ts";
import {
  type LibraryVideo,
  savedVideoAnswer,
  savedVideoEntries,
  type VideoEntry,
} from "./saved-videos.ts";
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
  return succeeded(exchange, {
    media_id,
    ...(url !== undefined && { url }),
    ...emptyItem(exchange),
  });
}

/** A file, articles, or a video that was uploaded in blocks. */
function findMaterial(
  { mp }: MpExchange,
  { appid }: SeededAccount,
  { media_id }: JsonObject,
): KeptMpMedia | LibraryNews | LibraryVideo | MpError {
  if (media_id === undefined || media_id === "") return mpError(41006);
  if (typeof media_id !== "string") return mpError(40007);
  const found = mp.media.find(appid, media_id);
  if (found?.kind === "permanent") return found;
  const others = mp.libraryNews.find(appid, media_id) ?? mp.videos.findSaved(appid, media_id);
  return others ?? mpError(40007);
}

/** Writes the name of the file that is asked for into the journal entry, for faults to match. */
export function noteAskedMaterial(exchange: MpExchange): void {
  const { appid } = exchange.entry;
  const body = readJsonBody(exchange);
  const mediaId = isMpError(body) ? undefined : body.json["media_id"];
  if (appid === undefined || typeof mediaId !== "string") return;
  const found = exchange.mp.media.find(appid, mediaId);
  if (found) exchange.entry.filename = found.filename;
}

/** Answers `POST /cgi-bin/material/get_material`: a file, or JSON about a video or articles. */
export function answerGetMaterial(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): Response | object | MpError {
  const found = findMaterial(exchange, account, json);
  if ("news_item" in found) return { news_item: found.news_item };
  if ("saved" in found) return savedVideoAnswer(found);
  if (isMpError(found)) return found;
  exchange.entry.filename = found.filename;
  const { body, format, media_id = "", title, introduction, vid } = found;
  if (body === undefined) return mpError(40007);
  if (found.type === "video") {
    const down_url = videoUrl(exchange, media_id);
    // Reported: these fields beside the documented three.
    return { title, description: introduction, down_url, vid };
  }
  const named = exchange.mp.options.materialHeaders !== "text";
  return fileReply(exchange, media_id, { body, ...DOWNLOAD_FORM[format] }, named);
}

/** Answers `POST /cgi-bin/material/del_material`. What shows the material does not keep it (assumed). */
export function answerDeleteMaterial(
  exchange: MpExchange,
  account: SeededAccount,
  json: JsonObject,
): object | MpError {
  const found = findMaterial(exchange, account, json);
  if ("news_item" in found) exchange.mp.libraryNews.remove(found);
  else if ("saved" in found) exchange.mp.videos.removeSaved(found);
  else if (isMpError(found)) return found;
  else exchange.mp.media.remove(found);
  return { errcode: 0, errmsg: "ok" };
}

const SHELVES = ["image", "voice", "video", "news"];

function newsEntry({ media_id, news_item, update_time }: LibraryNews, noContent: boolean): object {
  // JSON leaves out what is undefined.
  const shown = news_item.map((each) => (noContent ? { ...each, content: undefined } : each));
  return {
    media_id,
    content: { news_item: shown, create_time: update_time, update_time },
    update_time,
  };
}

/** Reported: the name of a video is its title. */
const fileEntry = ({
  media_id = "",
  filename,
  title,
  created_at,
  url,
}: KeptMpMedia): VideoEntry & { url?: string } => ({
  media_id,
  name: title ?? filename,
  update_time: created_at,
  ...(url !== undefined && { url }),
});

/** The files on a shelf, newest first; among the videos those that were uploaded in blocks. */
function fileEntries(exchange: MpExchange, appid: string, shelf: string): VideoEntry[] {
  const files = onShelf(exchange, appid, shelf).map(fileEntry);
  if (shelf !== "video") return files;
  const all = [...files, ...savedVideoEntries(exchange, appid)];
  return all.sort((a, b) => b.update_time - a.update_time);
}

/** Answers `POST /cgi-bin/material/batchget_material`: newest first (reported). */
export function answerListMaterial(
  exchange: MpExchange,
  { appid }: SeededAccount,
  { type, ...rest }: JsonObject,
): object | MpError {
  if (typeof type !== "string" || !SHELVES.includes(type)) return mpError(40004);
  const range = readRange(rest);
  if (isMpError(range)) return range;
  const { offset, count, noContent } = range;
  const shelf =
    type === "news"
      ? exchange.mp.libraryNews.of(appid).map((news) => newsEntry(news, noContent))
      : fileEntries(exchange, appid, type);
  const item = shelf.slice(offset, offset + count);
  return { item, total_count: shelf.length, item_count: item.length };
}

/** Answers `GET /cgi-bin/material/get_materialcount`. */
export function answerCountMaterial(exchange: MpExchange, { appid }: SeededAccount): object {
  const count = (shelf: string): number => fileEntries(exchange, appid, shelf).length;
  return {
    voice_count: count("voice"),
    video_count: count("video"),
    image_count: count("image"),
    news_count: exchange.mp.libraryNews.of(appid).length,
  };
}
