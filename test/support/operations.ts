import { decryptSensitive, encryptSensitive, mpRequest, payRequest } from "@wechat-edge/core";
import { checkMpClient, clearQuota, getQuota, getRid } from "@wechat-edge/core/mp-doctor";
import {
  answerMessage,
  messageAnswer,
  readMessage,
  readVerification,
} from "@wechat-edge/core/mp-messages";
import { readNotification } from "@wechat-edge/core/pay-notifications";
import * as mpMedia from "@wechat-edge/mp-media";
import * as mpPublish from "@wechat-edge/mp-publish";
import * as payMedia from "@wechat-edge/pay-media";
import { downloadPayFile } from "@wechat-edge/pay-media/downloads";
import { picture } from "./publish-job.ts";
import { details } from "./video.ts";

/** A public operation with all that it takes, so that a test may put anything in place of a part. */
export interface Operation {
  /** What it takes besides a file. */
  readonly input?: unknown;
  readonly file?: unknown;
  /** Names of its options; undefined where it takes none. */
  readonly options?: readonly string[];
  /** Options that it cannot do without. */
  readonly needs?: object | undefined;
  call(client: never, parts: OperationParts): Promise<unknown>;
}

export interface OperationParts {
  readonly input: never;
  readonly file: never;
  readonly options: never;
}

/** Calls an operation as it is meant, with other parts in place of some. */
export function callOperation(
  operation: Operation,
  client: unknown,
  parts: Partial<Record<keyof OperationParts, unknown>> = {},
): Promise<unknown> {
  const { input, file, needs: options } = operation;
  return operation.call(client as never, { input, file, options, ...parts } as OperationParts);
}

const jpeg = picture("licence.jpg", 300);
const mp4 = new File([new Uint8Array(9)], "film.mp4");
const id = { media_id: "m" };
const article = { thumb_media_id: "m", title: "t", content: "<p>c</p>" };
const job = { target: "draft", until: "uploaded", article, cover: jpeg } as const;

const CALL = ["signal"];
const ONCE = ["signal", "retryUnknown"];
const UPLOAD = ["signal", "onProgress", "limits"];
const CHECK = ["signal", "limits"];
const WAIT = ["signal", "minInterval", "maxInterval", "maxWait", "onStatus"];
const STEP = [
  ..."signal onState resolution restartVideo onVideoProgress maxBlocks".split(" "),
  ...["concurrency", "limits", "rights"],
  ...["count", "contentLength", "draftTitle", "imageFallback", "cardImages", "checkDraft", "event"],
];
const KEEP = [...UPLOAD, "rejected", "margin", "onStoreError", "store"];

/** Every operation of WeChat Pay. */
export const payOperations: Readonly<Record<string, Operation>> = {
  payRequest: {
    input: { method: "GET", path: "/v3/certificates" },
    options: [...ONCE, "platformKeyId"],
    call: (pay, { input, options }) => payRequest(pay, input, options),
  },
  encryptSensitive: { input: "张三", call: (pay, { input }) => encryptSensitive(pay, input) },
  decryptSensitive: { input: "AAAA", call: (pay, { input }) => decryptSensitive(pay, input) },
  readNotification: {
    options: ["anyMerchant"],
    call: (pay, { options }) => readNotification(pay, { headers: {}, body: "" }, options),
  },
  uploadImage: {
    file: jpeg,
    options: UPLOAD,
    call: (pay, { file, options }) => payMedia.uploadImage(pay, file, options),
  },
  uploadVideo: {
    file: mp4,
    options: UPLOAD,
    call: (pay, { file, options }) => payMedia.uploadVideo(pay, file, options),
  },
  uploadMarketingImage: {
    file: jpeg,
    options: [...UPLOAD, "rate"],
    call: (pay, { file, options }) => payMedia.uploadMarketingImage(pay, file, options),
  },
  uploadPayFile: {
    input: { path: "/v3/a" },
    file: jpeg,
    options: [...UPLOAD, "rate"],
    call: (pay, { input, file, options }) => payMedia.uploadPayFile(pay, input, file, options),
  },
  downloadPayFile: {
    input: { path: "/v3/a" },
    options: ["signal", "gunzip"],
    call: (pay, { input, options }) => downloadPayFile(pay, input, options),
  },
};

/** Operations of an Official Account that take what one of them takes, and its options. */
function alike(
  calls: Readonly<Record<string, (mp: never, input: never, options: never) => Promise<unknown>>>,
  input: unknown,
  options: readonly string[],
  needs?: object,
): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(calls).map(([name, call]) => [
      name,
      { input, options, needs, call: (mp, parts) => call(mp, parts.input, parts.options) },
    ]),
  );
}

/** Every operation of an Official Account. */
export const mpOperations: Readonly<Record<string, Operation>> = {
  readMessage: {
    options: ["maxAge"],
    call: (mp, { options }) => readMessage(mp, { url: "/", body: "" }, options),
  },
  readVerification: {
    options: ["maxAge"],
    call: (mp, { options }) => readVerification(mp, { url: "/" }, options),
  },
  answerMessage: {
    options: ["reply", "echostr"],
    call: (mp, { options }) => answerMessage(mp, options),
  },
  messageAnswer: {
    options: ["reply", "echostr"],
    call: (mp, { options }) => messageAnswer(mp, options),
  },
  ...alike({ mpRequest }, { method: "GET", path: "/cgi-bin/a" }, ONCE),
  uploadMedia: {
    input: { type: "image" },
    file: jpeg,
    options: UPLOAD,
    call: (mp, { input, file, options }) => mpMedia.uploadMedia(mp, input, file, options),
  },
  addMaterial: {
    input: { type: "image" },
    file: jpeg,
    options: [...UPLOAD, "retryUnknown"],
    call: (mp, { input, file, options }) => mpMedia.addMaterial(mp, input, file, options),
  },
  uploadArticleImage: {
    file: jpeg,
    options: UPLOAD,
    call: (mp, { file, options }) => mpMedia.uploadArticleImage(mp, file, options),
  },
  keepMedia: {
    input: { type: "image" },
    file: jpeg,
    options: KEEP,
    needs: { store: new Map() },
    call: (mp, { input, file, options }) => mpMedia.keepMedia(mp, input, file, options),
  },
  ...alike(
    { refreshKeptMedia: mpMedia.refreshKeptMedia },
    [{ type: "image", file: jpeg }],
    KEEP.filter((name) => name !== "rejected"),
    { store: new Map() },
  ),
  ...alike(
    {
      downloadMedia: mpMedia.downloadMedia,
      downloadJssdkVoice: mpMedia.downloadJssdkVoice,
      getMaterial: mpMedia.getMaterial,
      deleteMaterial: mpMedia.deleteMaterial,
    },
    id,
    CALL,
  ),
  ...alike({ listMaterial: mpMedia.listMaterial }, { type: "image", offset: 0, count: 1 }, CALL),
  countMaterial: { options: CALL, call: (mp, { options }) => mpMedia.countMaterial(mp, options) },
  ...alike({ sendMedia: mpMedia.sendMedia }, { touser: "o", msgtype: "image", image: id }, ONCE),
  ...alike(
    { initVideoUpload: mpPublish.initVideoUpload },
    { filename: "a.mp4", filesha: "0".repeat(40), filesize: 1 },
    CALL,
  ),
  uploadVideoBlock: {
    input: { vid: "v", part_num: 1 },
    options: CALL,
    call: (mp, { input, options }) =>
      mpPublish.uploadVideoBlock(mp, input, new Uint8Array(1), options),
  },
  ...alike({ finishVideoUpload: mpPublish.finishVideoUpload }, { vid: "v" }, CALL),
  ...alike({ saveVideo: mpPublish.saveVideo }, { content: "v", ...details }, ONCE),
  ...alike(
    {
      queryVideoStatus: mpPublish.queryVideoStatus,
      queryNews: mpPublish.queryNews,
      submitNews: mpPublish.submitNews,
      getDraft: mpPublish.getDraft,
      deleteDraft: mpPublish.deleteDraft,
    },
    id,
    CALL,
  ),
  ...alike({ waitForVideo: mpPublish.waitForVideo, waitForNews: mpPublish.waitForNews }, id, WAIT),
  uploadVideoMaterial: {
    input: details,
    file: mp4,
    options: [
      ...UPLOAD,
      ...["checkpoint", "onCheckpoint", "concurrency", "maxBlocks", "sha1", "retryUnknown"],
      "resolution",
    ],
    call: (mp, { input, file, options }) => mpPublish.uploadVideoMaterial(mp, input, file, options),
  },
  ...alike(
    { addNews: mpPublish.addNews, addDraft: mpPublish.addDraft },
    { articles: [article] },
    ONCE,
  ),
  ...alike({ updateNews: mpPublish.updateNews }, { ...id, index: 1, articles: article }, CALL),
  ...alike({ deleteNews: mpPublish.deleteNews }, { ...id, index: 1 }, [...CALL, "deleteAll"]),
  ...alike({ updateDraft: mpPublish.updateDraft }, { ...id, index: 0, articles: article }, CALL),
  countDrafts: { options: CALL, call: (mp, { options }) => mpPublish.countDrafts(mp, options) },
  ...alike(
    {
      listDrafts: mpPublish.listDrafts,
      listPublishedArticles: mpPublish.listPublishedArticles,
    },
    { offset: 0, count: 1 },
    CALL,
  ),
  ...alike({ submitPublication: mpPublish.submitPublication }, id, ONCE),
  ...alike({ previewArticle: mpPublish.previewArticle }, { ...id, openid: "o" }, CALL),
  ...alike({ getPublication: mpPublish.getPublication }, { publish_id: "1" }, CALL),
  ...alike({ waitForPublication: mpPublish.waitForPublication }, { publish_id: "1" }, [
    ...WAIT,
    "event",
  ]),
  ...alike({ deletePublication: mpPublish.deletePublication }, { article_id: "a", index: 1 }, [
    ...CALL,
    "deleteAll",
  ]),
  ...alike({ openComments: mpPublish.openComments }, { msg_data_id: "1" }, CALL),
  ...alike({ closeComments: mpPublish.closeComments }, { msg_data_id: "1" }, CALL),
  ...alike({ getQuota }, { cgi_path: "/cgi-bin/draft/add" }, CALL),
  ...alike({ getRid }, { rid: "61725984-6126f6f9-040f19c4" }, CALL),
  clearQuota: {
    options: [...ONCE, "bySecret", "cgi_path"],
    call: (mp, { options }) => clearQuota(mp, options),
  },
  checkMpClient: { options: CALL, call: (mp, { options }) => checkMpClient(mp, options) },
  ...alike({ getPublishedArticle: mpPublish.getPublishedArticle }, { article_id: "a" }, CALL),
  startPublishing: { input: job, call: (mp, { input }) => mpPublish.startPublishing(mp, input) },
  ...alike({ publishArticle: mpPublish.publishArticle }, job, [
    ...STEP,
    ...WAIT.slice(1, -1),
    ...["state", "onProgress"],
  ]),
  runPublishStep: {
    input: job,
    options: STEP,
    async call(mp, { input, options }) {
      const state = await mpPublish.startPublishing(mp, job);
      return mpPublish.runPublishStep(mp, input, state, options);
    },
  },
};

/** The checks and readings that need no client. */
export const localOperations: Readonly<Record<string, Operation>> = {
  checkImage: {
    file: jpeg,
    options: CHECK,
    call: (_, { file, options }) => payMedia.checkImage(file, options),
  },
  checkVideo: {
    file: mp4,
    options: CHECK,
    call: (_, { file, options }) => payMedia.checkVideo(file, options),
  },
  checkMedia: {
    input: { type: "image" },
    file: jpeg,
    options: CHECK,
    call: (_, { input, file, options }) => mpMedia.checkMedia(input, file, options),
  },
  checkMaterial: {
    input: { type: "image" },
    file: jpeg,
    options: CHECK,
    call: (_, { input, file, options }) => mpMedia.checkMaterial(input, file, options),
  },
  checkArticleImage: {
    file: jpeg,
    options: CHECK,
    call: (_, { file, options }) => mpMedia.checkArticleImage(file, options),
  },
};
