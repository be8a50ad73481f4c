// Half of a surrogate pair is no character: a URL cannot hold it, UTF-8 neither, and JSON would
// escape it. Every text that goes out is looked at, in whatever call and field.

import { createSource, payRequest } from "@wechat-edge/core";
import {
  addMaterial,
  downloadJssdkVoice,
  downloadMedia,
  keepMedia,
  sendMedia,
  uploadArticleImage,
} from "@wechat-edge/mp-media";
import {
  addDraft,
  addNews,
  deleteDraft,
  deleteNews,
  deletePublication,
  finishVideoUpload,
  getDraft,
  getPublication,
  getPublishedArticle,
  initVideoUpload,
  queryNews,
  queryVideoStatus,
  saveVideo,
  submitNews,
  submitPublication,
  updateDraft,
  updateNews,
  uploadVideoBlock,
  uploadVideoMaterial,
  waitForNews,
  waitForPublication,
  waitForVideo,
} from "@wechat-edge/mp-publish";
import { uploadPayFile, uploadVideo } from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import {
  expectHalvesRefused,
  type HalfCase,
  of,
} from "../../../../test/support/half-surrogates.ts";
import { mpInProcess } from "../../../../test/support/mp.ts";
import { payInProcess } from "../../../../test/support/pay.ts";
import { details, videoBytes } from "../../../../test/support/video.ts";

const { pay, emulator: ofPay } = payInProcess();
const { mp, emulator: ofMp } = mpInProcess();

const bytes = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
const article = {
  title: "灯笼街",
  author: "a",
  digest: "d",
  content: "<p>c</p>",
  content_source_url: "https://example.com/",
  thumb_media_id: "t",
};
const video = { media_id: "m", thumb_media_id: "t", title: "t", description: "d" };
const message = { touser: "o", msgtype: "video", video, customservice: { kf_account: "a@b" } };
const introduced = { type: "video", description: { title: "t", introduction: "i" } } as const;
const film = createSource(videoBytes(100), { name: "film.mp4" });
// A File would have put U+FFFD in its place.
const named = (name: string) => createSource(bytes, { name });

const calls: Readonly<Record<string, HalfCase>> = {
  keepMedia: of({ name: "a.jpg" }, ({ name }) =>
    keepMedia(mp, { type: "image" }, named(name), { store: new Map<string, string>() }),
  ),
  uploadArticleImage: of({ name: "a.jpg" }, ({ name }) => uploadArticleImage(mp, named(name))),
  "addMaterial's file": of({ name: "a.jpg" }, ({ name }) =>
    addMaterial(mp, { type: "image" }, named(name)),
  ),
  addMaterial: of(introduced.description, (description) =>
    addMaterial(mp, { type: "video", description }, film),
  ),
  downloadMedia: of({ media_id: "m" }, (input) => downloadMedia(mp, input)),
  downloadJssdkVoice: of({ media_id: "m" }, (input) => downloadJssdkVoice(mp, input)),
  sendMedia: of(message, (input) => sendMedia(mp, input as never)),
  initVideoUpload: of({ filename: "film.mp4" }, ({ filename }) =>
    initVideoUpload(mp, { filename, filesha: "0".repeat(40), filesize: 1 }),
  ),
  uploadVideoBlock: of({ vid: "v" }, ({ vid }) =>
    uploadVideoBlock(mp, { vid, part_num: 1 }, bytes),
  ),
  finishVideoUpload: of({ vid: "v" }, (input) => finishVideoUpload(mp, input)),
  saveVideo: of({ ...details, content: "v" }, (input) => saveVideo(mp, input)),
  queryVideoStatus: of({ media_id: "m" }, (input) => queryVideoStatus(mp, input)),
  waitForVideo: of({ media_id: "m" }, (input) => waitForVideo(mp, input)),
  uploadVideoMaterial: of(details, (input) => uploadVideoMaterial(mp, input, film)),
  "uploadVideoMaterial's file": of({ name: "film.mp4" }, ({ name }) =>
    uploadVideoMaterial(mp, details, { ...film, name }),
  ),
  addNews: of(article, (input) => addNews(mp, { articles: [input] })),
  updateNews: of({ media_id: "m", articles: article }, (input) =>
    updateNews(mp, { ...input, index: 1 }),
  ),
  submitNews: of({ media_id: "m" }, (input) => submitNews(mp, input)),
  deleteNews: of({ media_id: "m" }, (input) => deleteNews(mp, { ...input, index: 1 })),
  queryNews: of({ media_id: "m" }, (input) => queryNews(mp, input)),
  waitForNews: of({ media_id: "m" }, (input) => waitForNews(mp, input)),
  addDraft: of(article, (input) => addDraft(mp, { articles: [input] })),
  updateDraft: of({ media_id: "m", articles: article }, (input) =>
    updateDraft(mp, { ...input, index: 0 }),
  ),
  getDraft: of({ media_id: "m" }, (input) => getDraft(mp, input)),
  deleteDraft: of({ media_id: "m" }, (input) => deleteDraft(mp, input)),
  submitPublication: of({ media_id: "m" }, (input) => submitPublication(mp, input)),
  getPublication: of({ publish_id: "p" }, (input) => getPublication(mp, input)),
  waitForPublication: of({ publish_id: "p" }, (input) => waitForPublication(mp, input)),
  deletePublication: of({ article_id: "a" }, (input) =>
    deletePublication(mp, { ...input, index: 1 }),
  ),
  getPublishedArticle: of({ article_id: "a" }, (input) => getPublishedArticle(mp, input)),
  "payRequest's query": of({ a: "b" }, (query) =>
    payRequest(pay, { method: "GET", path: "/v3/a", query }),
  ),
  "payRequest's body": of({ a: ["b", { c: "d" }] }, (body) =>
    payRequest(pay, { method: "POST", path: "/v3/a", body }),
  ),
  "payRequest's text": of({ body: "{}" }, ({ body }) =>
    payRequest(pay, { method: "POST", path: "/v3/a", body }),
  ),
  "payRequest's path": of({ path: "/v3/a" }, ({ path }) =>
    payRequest(pay, { method: "GET", path }),
  ),
  uploadVideo: of({ name: "a.mp4" }, ({ name }) => uploadVideo(pay, named(name))),
  "uploadPayFile's path": of({ path: "/v3/a" }, ({ path }) =>
    uploadPayFile(pay, { path }, named("a.jpg")),
  ),
};

describe("half of a surrogate pair is refused before anything is sent, by the name of its field, in", () => {
  for (const [what, [input, call]] of Object.entries(calls)) {
    it(what, async () => {
      const sent = () => [ofMp, ofPay].map(({ control }) => control.journal.entries().length);
      const before = sent();
      await expectHalvesRefused(input, call);
      expect(sent()).toEqual(before);
    });
  }
});
