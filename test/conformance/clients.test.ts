// What is given in a client's place, and what a client shows.

import {
  createMpClient,
  createPayClient,
  decryptSensitive,
  encryptSensitive,
  type MpClient,
  mpRequest,
  type PayClient,
  payRequest,
} from "@wechat-edge/core";
import { credentials } from "@wechat-edge/emulator";
import * as mpMedia from "@wechat-edge/mp-media";
import * as mpPublish from "@wechat-edge/mp-publish";
import * as payMedia from "@wechat-edge/pay-media";
import { describe, expect, it } from "vitest";
import { everythingIn, failure, mpInProcess } from "../support/mp.ts";
import { payInProcess } from "../support/pay.ts";
import { picture } from "../support/publish-job.ts";
import { details } from "../support/video.ts";

const file = picture("licence.jpg", 300);
const id = { media_id: "m" };
const article = { thumb_media_id: "m", title: "t", content: "<p>c</p>" };
const job = { target: "draft", until: "uploaded", article, cover: file } as const;

/** Every operation of WeChat Pay. */
const payCalls: Readonly<Record<string, (pay: PayClient) => Promise<unknown>>> = {
  payRequest: (pay) => payRequest(pay, { method: "GET", path: "/v3/certificates" }),
  encryptSensitive: (pay) => encryptSensitive(pay, "张三"),
  decryptSensitive: (pay) => decryptSensitive(pay, "AAAA"),
  uploadImage: (pay) => payMedia.uploadImage(pay, file),
  uploadVideo: (pay) => payMedia.uploadVideo(pay, new File([new Uint8Array(9)], "a.mp4")),
  uploadMarketingImage: (pay) => payMedia.uploadMarketingImage(pay, file),
  uploadPayFile: (pay) => payMedia.uploadPayFile(pay, { path: "/v3/a" }, file),
};

/** Every operation of an Official Account. */
const mpCalls: Readonly<Record<string, (mp: MpClient) => Promise<unknown>>> = {
  mpRequest: (mp) => mpRequest(mp, { method: "GET", path: "/cgi-bin/a" }),
  uploadMedia: (mp) => mpMedia.uploadMedia(mp, { type: "image" }, file),
  downloadMedia: (mp) => mpMedia.downloadMedia(mp, id),
  downloadJssdkVoice: (mp) => mpMedia.downloadJssdkVoice(mp, id),
  addMaterial: (mp) => mpMedia.addMaterial(mp, { type: "image" }, file),
  uploadArticleImage: (mp) => mpMedia.uploadArticleImage(mp, file),
  keepMedia: (mp) => mpMedia.keepMedia(mp, { type: "image" }, file, { store: new Map() }),
  sendMedia: (mp) => mpMedia.sendMedia(mp, { touser: "o", msgtype: "image", image: id }),
  initVideoUpload: (mp) =>
    mpPublish.initVideoUpload(mp, { filename: "a.mp4", filesha: "0".repeat(40), filesize: 1 }),
  uploadVideoBlock: (mp) =>
    mpPublish.uploadVideoBlock(mp, { vid: "v", part_num: 1 }, new Uint8Array(1)),
  finishVideoUpload: (mp) => mpPublish.finishVideoUpload(mp, { vid: "v" }),
  saveVideo: (mp) => mpPublish.saveVideo(mp, { content: "v", ...details }),
  queryVideoStatus: (mp) => mpPublish.queryVideoStatus(mp, id),
  waitForVideo: (mp) => mpPublish.waitForVideo(mp, id),
  uploadVideoMaterial: (mp) => mpPublish.uploadVideoMaterial(mp, details, file),
  addNews: (mp) => mpPublish.addNews(mp, { articles: [article] }),
  submitNews: (mp) => mpPublish.submitNews(mp, id),
  updateNews: (mp) => mpPublish.updateNews(mp, { ...id, index: 1, articles: article }),
  deleteNews: (mp) => mpPublish.deleteNews(mp, { ...id, index: 1 }),
  queryNews: (mp) => mpPublish.queryNews(mp, id),
  waitForNews: (mp) => mpPublish.waitForNews(mp, id),
  addDraft: (mp) => mpPublish.addDraft(mp, { articles: [article] }),
  updateDraft: (mp) => mpPublish.updateDraft(mp, { ...id, index: 0, articles: article }),
  getDraft: (mp) => mpPublish.getDraft(mp, id),
  deleteDraft: (mp) => mpPublish.deleteDraft(mp, id),
  countDrafts: (mp) => mpPublish.countDrafts(mp),
  listDrafts: (mp) => mpPublish.listDrafts(mp, { offset: 0, count: 1 }),
  submitPublication: (mp) => mpPublish.submitPublication(mp, id),
  getPublication: (mp) => mpPublish.getPublication(mp, { publish_id: "1" }),
  waitForPublication: (mp) => mpPublish.waitForPublication(mp, { publish_id: "1" }),
  deletePublication: (mp) => mpPublish.deletePublication(mp, { article_id: "a", index: 1 }),
  getPublishedArticle: (mp) => mpPublish.getPublishedArticle(mp, { article_id: "a" }),
  listPublishedArticles: (mp) => mpPublish.listPublishedArticles(mp, { offset: 0, count: 1 }),
  startPublishing: (mp) => mpPublish.startPublishing(mp, job),
  publishArticle: (mp) => mpPublish.publishArticle(mp, job),
  runPublishStep: (mp) => mpPublish.runPublishStep(mp, job, { v: 1 } as never),
};

const MAKERS = { pay: "createPayClient", mp: "createMpClient" } as const;

for (const [half, calls] of [
  ["pay", payCalls],
  ["mp", mpCalls],
] as const) {
  const own = MAKERS[half];
  const other = half === "pay" ? "createMpClient" : "createPayClient";
  describe(`a client that is not from ${own}`, () => {
    for (const [name, call] of Object.entries(calls)) {
      it(`is refused by ${name}, whatever it is`, async () => {
        const { pay } = payInProcess();
        const { mp } = mpInProcess();
        const of = (client: unknown): Promise<Error> => failure(call(client as never));
        const wrong = await of(half === "pay" ? mp : pay);
        expect(wrong).toBeInstanceOf(TypeError);
        expect(wrong.message).toBe(
          `The first argument must be a client from ${own}; it is one from ${other}.`,
        );
        const misuse: readonly (readonly [unknown, RegExp])[] = [
          [undefined, /not undefined/],
          [null, /not null/],
          [half === "pay" ? { ...pay } : { ...mp }, /not an object.*copy of a client/],
          ["wx26e3b4a1c0d9f857", /not a text of 18 characters/],
          [Promise.resolve(), /not a Promise: await it first/],
        ];
        for (const [given, text] of misuse) {
          const error = await of(given);
          expect(error).toBeInstanceOf(TypeError);
          expect(error.message).toMatch(text);
          expect(error.message).toContain(own);
        }
      });
    }
  });
}

describe("a client", () => {
  it("shows what is its caller's, and neither keys nor tokens", async () => {
    const pay = createPayClient(credentials.pay);
    const mp = createMpClient(credentials.mp);
    expect(Object.keys(pay)).toEqual(["mchid", "serialNo", "region", "baseUrl", "sign", "verify"]);
    expect(Object.keys(mp)).toEqual(["appid", "baseUrl", "fileBaseUrl"]);
    const shown = `${JSON.stringify([pay, mp])} ${everythingIn({ ...pay })} ${everythingIn({ ...mp })}`;
    for (const secret of [credentials.mp.secret, credentials.pay.apiV3Key, "PRIVATE KEY"]) {
      expect(shown).not.toContain(secret);
    }
  });
});
