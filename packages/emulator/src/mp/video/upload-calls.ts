import { hex } from "../../bytes/hex.ts";
import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { newVid } from "../ids.ts";
import { readMediaApiJson } from "../json-body.ts";
import { BLOCK_BYTES } from "./blocks.ts";
import { refuse } from "./refusals.ts";
import type { KeptVideo } from "./videos.ts";

/** Documented as 2G; that this is 2^31 bytes is assumed. */
const MAX_FILE_BYTES = 2 * 1024 * 1024 * 1024;
const SHA1 = /^[0-9a-f]{40}$/i;

/** Answers `action=init_upload`. */
export function answerInit(exchange: MpExchange, { appid }: SeededAccount): object | MpError {
  const body = readMediaApiJson(exchange);
  if (isMpError(body)) return body;
  const { filename, filesha, filesize } = body.json;
  if (typeof filename !== "string" || filename === "") return refuse(exchange, "badFilename");
  exchange.entry.filename = filename;
  if (typeof filesha !== "string" || !SHA1.test(filesha)) return refuse(exchange, "badFileSha");
  if (typeof filesize !== "number" || !Number.isInteger(filesize) || filesize < 1) {
    return refuse(exchange, "badFileSize");
  }
  if (filesize > MAX_FILE_BYTES) return refuse(exchange, "fileTooLarge");
  const vid = newVid();
  exchange.entry.vid = vid;
  const sha1 = filesha.toLowerCase();
  exchange.mp.videos.add({ appid, vid, filename, size: filesize, sha1 });
  return { ret: 0, vid };
}

/** The upload with this `vid`, or the error reply. */
function findUpload(exchange: MpExchange, appid: string): KeptVideo | Response {
  const { vid = "" } = exchange.entry;
  return exchange.mp.videos.find(appid, vid) ?? refuse(exchange, "unknownVid");
}

/** Checks the number and size of a block. */
function refuseBlock(exchange: MpExchange, video: KeptVideo): Response | undefined {
  const { request, mp, entry } = exchange;
  const { outOfOrderBlocks = "accept", smallBlocks = "refuse" } = mp.options;
  const { part_num: number = 0 } = entry;
  const count = Math.ceil(video.size / BLOCK_BYTES);
  // With smaller blocks their number is unknown until the end.
  const most = smallBlocks === "accept" ? video.size : count;
  if (number < 1 || number > most) {
    return refuse(exchange, "badPartNum", `it must be from 1 to ${most}`);
  }
  const expected = video.blocks.firstMissing();
  if (outOfOrderBlocks === "refuse" && number > expected) {
    return refuse(exchange, "outOfOrder", `part_num ${expected} comes first`);
  }
  const { length } = request.body;
  if (length === 0) return refuse(exchange, "emptyBlock");
  if (length > BLOCK_BYTES) return refuse(exchange, "blockTooLarge", `${length} bytes`);
  const whole = number < count ? BLOCK_BYTES : video.size - (count - 1) * BLOCK_BYTES;
  const fits = smallBlocks === "accept" ? length <= video.size : length === whole;
  if (!fits) return refuse(exchange, "wrongBlockSize", `it must be ${whole} bytes`);
  return undefined;
}

/** Uses the SHA-1 of the runtime if there is one, or else WebCrypto. */
async function sha1Of({ request, mp }: MpExchange): Promise<string> {
  const given = mp.newSha1?.();
  if (given === undefined) {
    return hex(new Uint8Array(await crypto.subtle.digest("SHA-1", request.body)));
  }
  given.update(request.body);
  return given.hex();
}

/** Answers `action=upload_block`. The order of the checks, and that a block may be repeated, are assumed. */
export async function answerBlock(
  exchange: MpExchange,
  { appid }: SeededAccount,
): Promise<object | Response> {
  const { request, entry } = exchange;
  const partSha = request.url.searchParams.get("part_sha") ?? "";
  const video = findUpload(exchange, appid);
  if (video instanceof Response) return video;
  if (video.finished) return refuse(exchange, "uploadEnded");
  const refused = refuseBlock(exchange, video);
  if (refused) return refused;
  if (!SHA1.test(partSha)) return refuse(exchange, "badPartSha");
  const sha1 = await sha1Of(exchange);
  if (partSha.toLowerCase() !== sha1) return refuse(exchange, "partShaMismatch");
  // It may have been finished while the block was hashed.
  if (video.finished) return refuse(exchange, "uploadEnded");
  if (video.blocks.put(entry.part_num ?? 0, request.body, sha1)) entry.repeated = true;
  return { ret: 0 };
}

/** Answers `action=upload_finish`. After an error the upload stays open (assumed). */
export function answerFinish(exchange: MpExchange, { appid }: SeededAccount): object | Response {
  const video = findUpload(exchange, appid);
  if (video instanceof Response) return video;
  if (video.finished) {
    const { finishTwice = "refuse" } = exchange.mp.options;
    return finishTwice === "accept" ? { ret: 0 } : refuse(exchange, "finishedTwice");
  }
  const { blocks, size } = video;
  const missing = blocks.firstMissing();
  if (blocks.size() < size || blocks.list().length >= missing) {
    return refuse(exchange, "missingBlock", String(missing));
  }
  if (blocks.size() !== size) {
    return refuse(exchange, "wrongTotal", `${blocks.size()} of ${size} bytes`);
  }
  const sha1 = blocks.sha1();
  if (sha1 !== undefined && sha1 !== video.sha1) return refuse(exchange, "fileShaMismatch");
  video.receivedSha1 = sha1;
  video.finished = true;
  blocks.release();
  return { ret: 0 };
}
