import type { FetchResponse } from "../../http/fetch-type.ts";
import type { MpExchange } from "../exchange.ts";
import { errmsgTail, textReply } from "../reply.ts";

/** Why a call about a video is refused. */
export type VideoRefusal =
  | "unknownAction"
  | "badFilename"
  | "badFileSha"
  | "badFileSize"
  | "fileTooLarge"
  | "unknownVid"
  | "uploadEnded"
  | "badPartNum"
  | "outOfOrder"
  | "badPartSha"
  | "emptyBlock"
  | "blockTooLarge"
  | "wrongBlockSize"
  | "partShaMismatch"
  | "missingBlock"
  | "wrongTotal"
  | "fileShaMismatch"
  | "finishedTwice"
  | "notFinished"
  | "badTitle"
  | "badDeclareOri"
  | "badCategory"
  | "tooManyTags"
  | "badTags"
  | "badText"
  | "savedTwice"
  | "unknownMedia";

/**
 * The `ret` and `errmsg` of each refusal. All are assumed: 媒体API文档 shows `ret: 0` and documents no
 * other value and no text.
 */
export const videoRefusals: Readonly<Record<VideoRefusal, readonly [ret: number, errmsg: string]>> =
  {
    unknownAction: [100001, "invalid action"],
    badFilename: [100002, "invalid filename"],
    badFileSha: [100003, "invalid filesha"],
    badFileSize: [100004, "invalid filesize"],
    fileTooLarge: [100005, "filesize out of limit"],
    unknownVid: [100101, "invalid vid"],
    uploadEnded: [100102, "upload has been finished"],
    badPartNum: [100103, "invalid part_num"],
    outOfOrder: [100104, "part_num out of order"],
    badPartSha: [100105, "invalid part_sha"],
    emptyBlock: [100106, "empty block"],
    blockTooLarge: [100107, "block size out of limit"],
    wrongBlockSize: [100108, "block size does not fit the file"],
    partShaMismatch: [100109, "part_sha mismatch"],
    missingBlock: [100201, "block missing"],
    wrongTotal: [100202, "file size mismatch"],
    fileShaMismatch: [100203, "filesha mismatch"],
    finishedTwice: [100204, "upload has been finished"],
    notFinished: [100301, "upload not finished"],
    badTitle: [100302, "invalid title"],
    badDeclareOri: [100303, "invalid declare_ori"],
    badCategory: [100304, "invalid newcat or newsbcat"],
    tooManyTags: [100305, "too many tags"],
    badTags: [100306, "invalid tags"],
    badText: [100307, "invalid video_desc or cover_url"],
    savedTwice: [100308, "video has been saved"],
    unknownMedia: [100401, "invalid media_id"],
  };

/** An error with `ret`; `more` says which block or what is required. */
export function refuse(exchange: MpExchange, why: VideoRefusal, more = ""): FetchResponse {
  const [ret, text] = videoRefusals[why];
  exchange.entry.code = String(ret);
  const errmsg = `${text}${more && `: ${more}`}${errmsgTail(exchange)}`;
  return textReply(exchange, JSON.stringify({ ret, errmsg }));
}
