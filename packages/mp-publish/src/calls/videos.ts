import type {
  JsonObject,
  MpClient,
  UnknownOutcome,
  UnknownOutcomeOptions,
} from "@wechat-edge/core";
import {
  checkAcknowledged,
  jsonBody,
  mpExchange,
  onlyOnce,
  type RepeatRule,
} from "@wechat-edge/core/internal/mp";
import {
  checkInput,
  checkOptions,
  digestBytes,
  given,
  idOf,
  inMemoryBody,
  type RequestBody,
  requiredId,
  shown,
} from "@wechat-edge/core/internal/upload";
import type { VideoStatusCode } from "../article/video-status.ts";
import { CALL_OPTIONS, type CallOptions, checkId, ONCE_OPTIONS, replyNumber } from "./call-api.ts";
import { checkVideoDetails, type VideoDetails } from "./video-details.ts";
import { BLOCK_BYTES } from "./video-limits.ts";

/** 0 ordinary, 1 original, 2 reprint. */
export type VideoOriginality = 0 | 1 | 2;

/** Status of a video, under WeChat's names. */
export interface VideoStatus {
  /** One of {@link VideoStatusCode}, or a number that 媒体API文档 does not list. */
  readonly status: VideoStatusCode | (number & {});
  /** Whether the video counts as an original. */
  readonly ori_status?: VideoOriginality | (number & {});
  /** Why the video was refused; `check pass` if it is approved. */
  readonly mp_video_fail_detail_wording?: string;
  readonly vid?: string;
}

const PATH = "/cgi-bin/material/upload_video";

/**
 * Announces a video and resolves with the `vid` that its blocks belong to. Every call returns another `vid`.
 *
 * {@link uploadVideoMaterial} makes this call and all that follow.
 *
 * Follows 媒体API文档, 上传视频 (一) 初始化.
 *
 * @param input - `filesha`: SHA-1 of the whole file in lower-case hexadecimal; `filesize`: bytes, at most 2 GiB
 * @throws TypeError if input is malformed; MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no
 * clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient, digest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { initVideoUpload } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const film = new Uint8Array(await sampleFile("clip.mp4").arrayBuffer());
 * const filesha = await digest(film, "SHA-1");
 * const { vid } = await initVideoUpload(mp, { filename: "film.mp4", filesha, filesize: film.length });
 * console.log(vid.startsWith("wxv_")); // true
 * ```
 */
export async function initVideoUpload(
  mp: MpClient,
  input: { readonly filename: string; readonly filesha: string; readonly filesize: number },
  options: CallOptions = {},
): Promise<{ readonly vid: string }> {
  checkInput("initVideoUpload", input, "{ filename, filesha, filesize }");
  checkOptions("initVideoUpload", options, CALL_OPTIONS);
  const { filename, filesha, filesize } = input;
  checkId("filename", filename);
  checkSha1("filesha", filesha);
  if (!Number.isSafeInteger(filesize) || filesize < 1) {
    throw new TypeError(
      `filesize must be a whole number of bytes of at least 1, not ${shown(filesize)}.`,
    );
  }
  const reply = await callVideoApi(mp, "initVideoUpload", "init_upload", {
    ...options,
    ...jsonBody({ filename, filesha, filesize }),
  });
  return { vid: requiredId(reply, "vid") };
}

/**
 * Sends one block of a video. The same block may be sent again.
 *
 * Follows 媒体API文档, 上传视频 (二) 分块上传.
 *
 * @param input - `part_num` counts from 1; `part_sha` is the SHA-1 of the block in hexadecimal, computed if left out
 * @param bytes - 1 MiB (1,048,576 bytes); the last block has the rest
 * @throws TypeError or RangeError if input is malformed; MpApiError if WeChat refuses; NetworkError, TimeoutError or
 * ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient, digest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { finishVideoUpload, initVideoUpload, uploadVideoBlock } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const film = new Uint8Array(await sampleFile("clip.mp4").arrayBuffer());
 * const filesha = await digest(film, "SHA-1");
 * const { vid } = await initVideoUpload(mp, { filename: "film.mp4", filesha, filesize: film.length });
 * await uploadVideoBlock(mp, { vid, part_num: 1 }, film);
 * await finishVideoUpload(mp, { vid });
 * console.log(film.length); // 4257
 * ```
 */
export async function uploadVideoBlock(
  mp: MpClient,
  input: {
    readonly vid: string;
    readonly part_num: number;
    readonly part_sha?: string | undefined;
  },
  bytes: Uint8Array,
  options: CallOptions = {},
): Promise<void> {
  checkInput("uploadVideoBlock", input, "{ vid, part_num, part_sha }");
  checkOptions("uploadVideoBlock", options, CALL_OPTIONS);
  const { vid, part_num } = input;
  checkId("vid", vid);
  if (!Number.isSafeInteger(part_num) || part_num < 1) {
    throw new RangeError(`part_num must be a whole number of at least 1, not ${shown(part_num)}.`);
  }
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`bytes must be a Uint8Array, not ${given(bytes)}.`);
  }
  if (bytes.byteLength < 1 || bytes.byteLength > BLOCK_BYTES) {
    throw new RangeError(
      `Block ${part_num} has ${bytes.byteLength} bytes; a block must have 1 to ${BLOCK_BYTES}.`,
    );
  }
  // A copy: the caller may change the array while it is hashed and sent.
  const block = new Uint8Array(bytes);
  const part_sha = input.part_sha ?? (await digestBytes(block, "SHA-1"));
  checkSha1("part_sha", part_sha);
  await sendBlock(mp, { vid, part_num, part_sha, body: inMemoryBody(block) }, options);
}

/** Sends a block whose SHA-1 is known. */
export async function sendBlock(
  mp: MpClient,
  block: { vid: string; part_num: number; part_sha: string; body: RequestBody },
  options: CallOptions,
): Promise<void> {
  const { vid, part_num, part_sha, body } = block;
  const reply = await callVideoApi(mp, "uploadVideoBlock", "upload_block", {
    ...options,
    query: { vid, part_sha, part_num },
    contentType: "application/octet-stream",
    body,
  });
  checkAcknowledged(reply);
}

/**
 * Ends the upload of a video whose blocks are all sent.
 *
 * After a lost reply the call is repeated. WeChat does not document whether it refuses a second one; if it does, as the
 * emulator with 100204 (assumed), the first call has ended the upload.
 *
 * Follows 媒体API文档, 上传视频 (三) 结束上传.
 *
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient, digest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { finishVideoUpload, initVideoUpload } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const film = new Uint8Array(await sampleFile("clip.mp4").arrayBuffer());
 * const filesha = await digest(film, "SHA-1");
 * const { vid } = await initVideoUpload(mp, { filename: "film.mp4", filesha, filesize: film.length });
 * const error = await finishVideoUpload(mp, { vid }).catch((thrown) => thrown);
 * console.log(error.code, error.errmsg.includes("block missing")); // ERR_MP_API true
 * ```
 */
export async function finishVideoUpload(
  mp: MpClient,
  input: { readonly vid: string },
  options: CallOptions = {},
): Promise<void> {
  checkInput("finishVideoUpload", input, "{ vid }");
  checkOptions("finishVideoUpload", options, CALL_OPTIONS);
  checkId("vid", input.vid);
  const query = { vid: input.vid };
  checkAcknowledged(
    await callVideoApi(mp, "finishVideoUpload", "upload_finish", { ...options, query }),
  );
}

/** Where to see whether a video was saved. */
export function whereSaved(vid: string): UnknownOutcome {
  return {
    lookAt: `whether ${vid} is among the videos of the material library on mp.weixin.qq.com`,
    next: "If it is not, go on with retryUnknown: true.",
  };
}

/** Like {@link finishVideoUpload}, but throws OutcomeUnknownError if the reply is lost. */
export async function finishOnce(
  mp: MpClient,
  { vid }: { readonly vid: string },
  options: CallOptions,
): Promise<void> {
  const once = onlyOnce({ lookAt: "nothing: it can be repeated", acknowledged: true });
  await callVideoApi(mp, "finishVideoUpload", "upload_finish", {
    ...options,
    once,
    query: { vid },
  });
}

/**
 * Puts an uploaded video into the account's material library and resolves with its `media_id`.
 *
 * WeChat then transcodes and reviews it: {@link waitForVideo}. WeChat does not document whether a second call adds a
 * second video. So a lost reply is not repeated: it throws an OutcomeUnknownError. With `retryUnknown: true` the call
 * is repeated.
 *
 * Follows 媒体API文档, 上传视频 (四) 保存视频.
 *
 * @param input - `content` is the `vid`; the other fields as in {@link VideoDetails}
 * @throws TypeError or RangeError if input is malformed; MpApiError if WeChat refuses; OutcomeUnknownError if the reply
 * was lost; NetworkError, TimeoutError or ReplyError if the call was certainly not made
 *
 * @example
 * ```ts
 * import { createMpClient, digest } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { finishVideoUpload, initVideoUpload, saveVideo, uploadVideoBlock } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const film = new Uint8Array(await sampleFile("clip.mp4").arrayBuffer());
 * const filesha = await digest(film, "SHA-1");
 * const { vid } = await initVideoUpload(mp, { filename: "film.mp4", filesha, filesize: film.length });
 * await uploadVideoBlock(mp, { vid, part_num: 1 }, film);
 * await finishVideoUpload(mp, { vid });
 * const details = {
 *   title: "灯笼街", video_desc: "", declare_ori: 0, newcat: "1", newsbcat: "2", tags: [], cover_url: "",
 * } as const;
 * const { media_id } = await saveVideo(mp, { content: vid, ...details });
 * console.log(media_id.length); // 43
 * ```
 */
export async function saveVideo(
  mp: MpClient,
  input: VideoDetails & { readonly content: string },
  options: CallOptions & UnknownOutcomeOptions = {},
): Promise<{ readonly media_id: string }> {
  checkInput("saveVideo", input, "{ content }");
  checkOptions("saveVideo", options, ONCE_OPTIONS);
  checkId("content", input.content);
  checkVideoDetails(input);
  const { title, video_desc, content, declare_ori, newcat, newsbcat, tags, cover_url } = input;
  const once = onlyOnce({ ...whereSaved(content), ids: ["media_id"] });
  const reply = await callVideoApi(mp, "saveVideo", "save_video", {
    ...options,
    once,
    ...jsonBody({ title, video_desc, content, declare_ori, newcat, newsbcat, tags, cover_url }),
  });
  return { media_id: requiredId(reply, "media_id") };
}

/**
 * Resolves with the status of a saved video, once. {@link waitForVideo} asks until it is approved.
 *
 * Follows 媒体API文档, 查询视频状态.
 *
 * @param input - `media_id` from {@link saveVideo}, not the `vid`
 * @throws MpApiError if WeChat refuses; NetworkError, TimeoutError or ReplyError if no clear reply came
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { queryVideoStatus, uploadVideoMaterial } from "@wechat-edge/mp-publish";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const details = {
 *   title: "灯笼街", video_desc: "", declare_ori: 0, newcat: "1", newsbcat: "2", tags: [], cover_url: "",
 * } as const;
 * const result = await uploadVideoMaterial(mp, details, sampleFile("clip.mp4"));
 * if (result.done) {
 *   const { media_id } = result;
 *   const { status } = await queryVideoStatus(mp, { media_id });
 *   console.log(status); // 4
 * }
 * ```
 */
export async function queryVideoStatus(
  mp: MpClient,
  input: { readonly media_id: string },
  options: CallOptions = {},
): Promise<VideoStatus> {
  checkInput("queryVideoStatus", input, "{ media_id }");
  checkOptions("queryVideoStatus", options, CALL_OPTIONS);
  const { media_id } = input;
  checkId("media_id", media_id);
  const reply = await callVideoApi(mp, "queryVideoStatus", "query_status", {
    ...options,
    query: { media_id },
  });
  const { ori_status, mp_video_fail_detail_wording } = reply;
  const vid = idOf(reply["vid"]);
  return {
    status: replyNumber(reply, "status"),
    ...(typeof ori_status === "number" && { ori_status }),
    ...(typeof mp_video_fail_detail_wording === "string" && { mp_video_fail_detail_wording }),
    ...(vid !== undefined && { vid }),
  };
}

interface VideoCall extends RepeatRule {
  readonly query?: Readonly<Record<string, string | number>> | undefined;
  readonly contentType?: string | undefined;
  readonly body?: RequestBody | undefined;
}

async function callVideoApi(
  mp: MpClient,
  operation: string,
  action: string,
  { query, contentType, body, ...rule }: VideoCall,
): Promise<JsonObject> {
  return mpExchange(
    mp,
    { operation, method: "POST", path: PATH, query: { action, ...query }, contentType, body },
    rule,
  );
}

/** Throws TypeError if a value is not a SHA-1 in hexadecimal. */
export function checkSha1(name: string, value: unknown): void {
  if (typeof value === "string" && /^[0-9a-f]{40}$/i.test(value)) return;
  throw new TypeError(`${name} must be a SHA-1 in 40 hexadecimal digits, not ${shown(value)}.`);
}
