import type { SeededAccount } from "../account.ts";
import { type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { VIDEO_PATH_PREFIX } from "../paths.ts";
import { takeReplyFault } from "../reply.ts";
import { type BodySource, bytesSource } from "./body-source.ts";
import { silentAmr } from "./formats/amr.ts";
import { DOWNLOAD_FORM } from "./formats/identify.ts";
import type { KeptMpMedia } from "./store.ts";

interface Download {
  body: BodySource;
  /** Content-Type. */
  type: string;
  extension: string;
}

/** The headers documented in 上传下载多媒体文件; every reply has a Date. */
export function fileReply(
  exchange: MpExchange,
  mediaId: string,
  { body, type, extension }: Download,
  named = true,
): Response {
  const fault = takeReplyFault(exchange);
  exchange.delivery.counted = true;
  exchange.entry.sentBytes = 0;
  const empty = fault?.kind === "empty";
  const headers = {
    "content-type": named ? type : "text/plain",
    ...(named && { "content-disposition": `attachment; filename="${mediaId}.${extension}"` }),
    "cache-control": "no-cache, must-revalidate",
    "content-length": String(empty ? 0 : body.size),
  };
  if (empty) return new Response(new Uint8Array(), { headers });
  const stream = body.stream();
  const sent = fault?.kind === "truncated" ? shortened(stream, body.size >> 1) : stream;
  return new Response(sent, { headers });
}

/** The first `limit` bytes of a stream. */
function shortened(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  limit: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  let left = limit;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { value } = left > 0 ? await reader.read() : { value: undefined };
        if (value === undefined) {
          controller.close();
          await reader.cancel();
          return;
        }
        controller.enqueue(value.subarray(0, left));
        left -= value.length;
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Reported: AMR comes back unchanged, MP3 as AMR of the same duration. */
function asDownloaded({ format, seconds, body }: KeptMpMedia): Download | MpError {
  if (body === undefined) return mpError(40007);
  const transcoded = format === "mp3";
  const { type, extension } = DOWNLOAD_FORM[transcoded ? "amr" : format];
  return { body: transcoded ? bytesSource(silentAmr(seconds)) : body, type, extension };
}

/** The address of a video at this emulator, valid as long as its media_id. */
export const videoUrl = ({ request }: MpExchange, mediaId: string): string =>
  `${request.url.origin}${VIDEO_PATH_PREFIX}1007_${mediaId}.f10.mp4`;

const findAsked = (exchange: MpExchange, appid: string): KeptMpMedia | undefined => {
  const mediaId = exchange.request.url.searchParams.get("media_id") ?? "";
  return exchange.mp.media.find(appid, mediaId);
};

/** Writes the name of the uploaded file into the journal entry, for faults to match. */
export const noteAskedFile = (exchange: MpExchange): void => {
  const { appid } = exchange.entry;
  const found = appid === undefined ? undefined : findAsked(exchange, appid);
  if (found) exchange.entry.filename = found.filename;
};

/** Answers `GET /cgi-bin/media/get`. A permanent media_id is unknown here (assumed). */
export function answerGetMedia(
  exchange: MpExchange,
  { appid }: SeededAccount,
): Response | object | MpError {
  const asked = exchange.request.url.searchParams.get("media_id");
  if (asked === null || asked === "") return mpError(41006);
  const found = findAsked(exchange, appid);
  if (found?.kind !== "temporary") return mpError(40007);
  const { videoDownload = "url" } = exchange.mp.options;
  if (found.type === "video") {
    // The documents of 2012 and 2014 allow no download of videos; the error is assumed.
    if (videoDownload === "refuse") return mpError(40007);
    if (videoDownload === "url") return { video_url: videoUrl(exchange, asked) };
  }
  const download = asDownloaded(found);
  return "errcode" in download ? download : fileReply(exchange, asked, download);
}

/** Size of 20 ms of speex at 16 kHz (assumed); the bytes are no sound. */
const SPEEX_FRAME_BYTES = 60;

/** Answers `GET /cgi-bin/media/get/jssdk`; that it accepts any voice is assumed. */
export function answerGetVoice(exchange: MpExchange, { appid }: SeededAccount): Response | MpError {
  const found = findAsked(exchange, appid);
  if (found?.kind !== "temporary" || found.type !== "voice") return mpError(40007);
  const frames = Math.max(1, Math.round(found.seconds * 50));
  const body = bytesSource(new Uint8Array(frames * SPEEX_FRAME_BYTES));
  return fileReply(exchange, found.media_id ?? "", {
    body,
    type: "voice/speex",
    extension: "speex",
  });
}

/** Answers a `video_url`, which expires with its media_id. */
export function answerVideo(exchange: MpExchange, name: string): Response {
  const found = exchange.mp.media.findVideo(/^1007_(.+)\.f10\.mp4$/.exec(name)?.[1] ?? "");
  const download = found && asDownloaded(found);
  if (download === undefined || "errcode" in download) return new Response(null, { status: 404 });
  return fileReply(exchange, found?.media_id ?? "", download);
}
