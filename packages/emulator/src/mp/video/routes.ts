import type { SeededAccount } from "../account.ts";
import { addMpRoute, type MpAnswer, type MpRoutes } from "../add-route.ts";
import type { MpExchange } from "../exchange.ts";
import { initUploadEndpoint } from "./endpoints.ts";
import { answerSave, answerStatus } from "./library-calls.ts";
import { refuse } from "./refusals.ts";
import { answerBlock, answerFinish, answerInit } from "./upload-calls.ts";

type Answer = (exchange: MpExchange, account: SeededAccount) => MpAnswer | Promise<MpAnswer>;

const ANSWERS: Readonly<Record<string, Answer>> = {
  init_upload: answerInit,
  upload_block: answerBlock,
  upload_finish: answerFinish,
  save_video: answerSave,
  query_status: answerStatus,
};

/** Writes the query of a video call into the journal entry; part_num only if it is a number. */
function noteVideo({ entry, request }: MpExchange): void {
  const { searchParams } = request.url;
  const vid = searchParams.get("vid");
  const partNum = searchParams.get("part_num");
  const mediaId = searchParams.get("media_id");
  if (vid !== null) entry.vid = vid;
  if (partNum !== null && /^(0|[1-9][0-9]{0,14})$/.test(partNum)) entry.part_num = Number(partNum);
  if (mediaId !== null) entry.media_id = mediaId;
  if (entry.action === "upload_block") entry.fileBytes = request.body.length;
}

/** The five calls share one path and differ in `action`. */
export function addVideoRoutes(routes: MpRoutes): void {
  const answer: Answer = (exchange, account) => {
    const { action = "" } = exchange.entry;
    const found = Object.hasOwn(ANSWERS, action) ? ANSWERS[action] : undefined;
    return found ? found(exchange, account) : refuse(exchange, "unknownAction");
  };
  addMpRoute(routes, initUploadEndpoint, answer, noteVideo);
}
