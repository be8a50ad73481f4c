// Every call of mp-publish that sends a request, with the requests that a job and a video upload send.

import type { RandomAccessFile } from "@wechat-edge/core";
import { sampleFile } from "@wechat-edge/emulator/samples";
import { addMaterial } from "@wechat-edge/mp-media";
import * as mp from "@wechat-edge/mp-publish";
import type { Kit } from "./kit.ts";
import type { Call, Target } from "./target.ts";

const PICTURE = sampleFile("cover.jpg");
const VIDEO = "/cgi-bin/material/upload_video";
const details: mp.VideoDetails = {
  title: "灯笼街的傍晚",
  video_desc: "",
  declare_ori: 0,
  newcat: "生活",
  newsbcat: "生活记录",
  tags: [],
  cover_url: "",
};

async function anArticle({ mp: client }: Kit) {
  const { media_id } = await addMaterial(client, { type: "image" }, PICTURE);
  return { thumb_media_id: media_id, title: "灯笼街", content: "<p>天还没亮透。</p>" };
}

async function aDraft(kit: Kit) {
  const article = await anArticle(kit);
  const { media_id } = await mp.addDraft(kit.mp, { articles: [article] });
  return { article, media_id };
}

async function aPublication(kit: Kit) {
  const { publish_id, msg_data_id = "" } = await mp.submitPublication(kit.mp, await aDraft(kit));
  const { article_id = "" } = await mp.getPublication(kit.mp, { publish_id });
  return { publish_id, msg_data_id, article_id };
}

async function someNews(kit: Kit) {
  const article = await anArticle(kit);
  const { media_id } = await mp.addNews(kit.mp, { articles: [article] });
  return { article, media_id };
}

async function submittedNews(kit: Kit) {
  const news = await someNews(kit);
  await mp.submitNews(kit.mp, news);
  return news;
}

const FILM = sampleFile("clip.mp4");

async function anUpload({ mp: client }: Kit) {
  const filesha = await sha1(FILM);
  const { vid } = await mp.initVideoUpload(client, {
    filename: FILM.name,
    filesha,
    filesize: FILM.size,
  });
  return { vid };
}

async function sha1(file: { arrayBuffer(): Promise<ArrayBuffer> }): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-1", await file.arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function sentBlock(kit: Kit) {
  const { vid } = await anUpload(kit);
  const bytes = new Uint8Array(await FILM.arrayBuffer());
  await mp.uploadVideoBlock(kit.mp, { vid, part_num: 1 }, bytes);
  return { vid };
}

async function finished(kit: Kit) {
  const { vid } = await sentBlock(kit);
  await mp.finishVideoUpload(kit.mp, { vid });
  return { content: vid, ...details };
}

const saved = async (kit: Kit) => mp.saveVideo(kit.mp, await finished(kit));

/** A call by what it asks for, and what is made before it. */
function target<Made>(
  call: string,
  kind: Target["kind"],
  path: string,
  make: (kit: Kit) => Made | Promise<Made>,
  run: (kit: Kit, made: Made) => Promise<unknown>,
  more: Pick<Target, "at"> & { readonly action?: string } = {},
): Target {
  const { at, action } = more;
  const begin = async (kit: Kit): Promise<Call> => {
    const made = await make(kit);
    return () => run(kit, made);
  };
  return {
    call,
    kind,
    request: { path, ...(action !== undefined && { action }) },
    begin,
    ...(at !== undefined && { at }),
  };
}

const nothing = (): void => undefined;
const page = { offset: 0, count: 1 };

const draftTargets: readonly Target[] = [
  target("addDraft", "once", "/cgi-bin/draft/add", anArticle, (kit, article) =>
    mp.addDraft(kit.mp, { articles: [article] }),
  ),
  target("updateDraft", "may be repeated", "/cgi-bin/draft/update", aDraft, (kit, draft) =>
    mp.updateDraft(kit.mp, { media_id: draft.media_id, index: 0, articles: draft.article }),
  ),
  target("getDraft", "reads", "/cgi-bin/draft/get", aDraft, (kit, { media_id }) =>
    mp.getDraft(kit.mp, { media_id }),
  ),
  target("deleteDraft", "may be repeated", "/cgi-bin/draft/delete", aDraft, (kit, { media_id }) =>
    mp.deleteDraft(kit.mp, { media_id }),
  ),
  target("countDrafts", "reads", "/cgi-bin/draft/count", nothing, (kit) => mp.countDrafts(kit.mp)),
  target("listDrafts", "reads", "/cgi-bin/draft/batchget", aDraft, (kit) =>
    mp.listDrafts(kit.mp, page),
  ),
  target("previewArticle", "may be repeated", "/cgi-bin/message/mass/preview", aDraft, (kit, one) =>
    mp.previewArticle(kit.mp, {
      media_id: one.media_id,
      openid: "oIx26e3b4a1c0d9f857abcdefghi",
    }),
  ),
];

const publicationTargets: readonly Target[] = [
  target("submitPublication", "once", "/cgi-bin/freepublish/submit", aDraft, (kit, one) =>
    mp.submitPublication(kit.mp, { media_id: one.media_id }),
  ),
  target("getPublication", "reads", "/cgi-bin/freepublish/get", aPublication, (kit, one) =>
    mp.getPublication(kit.mp, { publish_id: one.publish_id }),
  ),
  target("waitForPublication", "reads", "/cgi-bin/freepublish/get", aPublication, (kit, one) =>
    mp.waitForPublication(kit.mp, { publish_id: one.publish_id }),
  ),
  target(
    "deletePublication",
    "may be repeated",
    "/cgi-bin/freepublish/delete",
    aPublication,
    (kit, { article_id }) => mp.deletePublication(kit.mp, { article_id, index: 1 }),
  ),
  target(
    "getPublishedArticle",
    "reads",
    "/cgi-bin/freepublish/getarticle",
    aPublication,
    (kit, { article_id }) => mp.getPublishedArticle(kit.mp, { article_id }),
  ),
  target("listPublishedArticles", "reads", "/cgi-bin/freepublish/batchget", aPublication, (kit) =>
    mp.listPublishedArticles(kit.mp, page),
  ),
  target(
    "openComments",
    "may be repeated",
    "/cgi-bin/comment/open",
    aPublication,
    (kit, { msg_data_id }) => mp.openComments(kit.mp, { msg_data_id }),
  ),
  target(
    "closeComments",
    "may be repeated",
    "/cgi-bin/comment/close",
    aPublication,
    (kit, { msg_data_id }) => mp.closeComments(kit.mp, { msg_data_id }),
  ),
];

const newsTargets: readonly Target[] = [
  target("addNews", "once", "/cgi-bin/publish/uploadnews", anArticle, (kit, article) =>
    mp.addNews(kit.mp, { articles: [article] }),
  ),
  target("updateNews", "may be repeated", "/cgi-bin/publish/update", someNews, (kit, news) =>
    mp.updateNews(kit.mp, { media_id: news.media_id, index: 1, articles: news.article }),
  ),
  target("submitNews", "may be repeated", "/cgi-bin/publish/submit", someNews, (kit, one) =>
    mp.submitNews(kit.mp, { media_id: one.media_id }),
  ),
  target("queryNews", "reads", "/cgi-bin/publish/query", submittedNews, (kit, one) =>
    mp.queryNews(kit.mp, { media_id: one.media_id }),
  ),
  target("waitForNews", "reads", "/cgi-bin/publish/query", submittedNews, (kit, one) =>
    mp.waitForNews(kit.mp, { media_id: one.media_id }),
  ),
  target("deleteNews", "may be repeated", "/cgi-bin/publish/delete", someNews, (kit, one) =>
    mp.deleteNews(kit.mp, { media_id: one.media_id, index: 1 }),
  ),
];

const upload = (kit: Kit) => mp.uploadVideoMaterial(kit.mp, details, FILM);

const videoTargets: readonly Target[] = [
  target(
    "initVideoUpload",
    "may be repeated",
    VIDEO,
    () => sha1(FILM),
    (kit, filesha) =>
      mp.initVideoUpload(kit.mp, { filename: FILM.name, filesha, filesize: FILM.size }),
    { action: "init_upload" },
  ),
  target(
    "uploadVideoBlock",
    "may be repeated",
    VIDEO,
    anUpload,
    async (kit, { vid }) => {
      const bytes = new Uint8Array(await FILM.arrayBuffer());
      return mp.uploadVideoBlock(kit.mp, { vid, part_num: 1 }, bytes);
    },
    { action: "upload_block" },
  ),
  target(
    "finishVideoUpload",
    "may be repeated",
    VIDEO,
    sentBlock,
    (kit, one) => mp.finishVideoUpload(kit.mp, one),
    { action: "upload_finish" },
  ),
  target("saveVideo", "once", VIDEO, finished, (kit, one) => mp.saveVideo(kit.mp, one), {
    action: "save_video",
  }),
  target(
    "queryVideoStatus",
    "reads",
    VIDEO,
    saved,
    (kit, { media_id }) => mp.queryVideoStatus(kit.mp, { media_id }),
    { action: "query_status" },
  ),
  target(
    "waitForVideo",
    "reads",
    VIDEO,
    saved,
    (kit, { media_id }) => mp.waitForVideo(kit.mp, { media_id }),
    { action: "query_status" },
  ),
  ...(
    [
      ["the announcement", "may be repeated", "init_upload"],
      ["a block", "may be repeated", "upload_block"],
      ["the end", "may be repeated", "upload_finish"],
      ["the material", "once", "save_video"],
    ] as const
  ).map(([at, kind, action]) =>
    target("uploadVideoMaterial", kind, VIDEO, nothing, upload, { at, action }),
  ),
];

const job = (to: mp.PublishJob["target"]): mp.ArticleJob => ({
  target: to,
  until: "published",
  cover: PICTURE,
  images: { "a.jpg": sampleFile("licence.jpg") },
  article: { title: "灯笼街", digest: "街", content: `<p>天还没亮透。</p><img src="a.jpg">` },
});

const withVideo: mp.ArticleJob = {
  ...job("draft"),
  article: { title: "灯笼街", digest: "街", content: "<p>天还没亮透。</p><!-- video -->" },
  images: {},
  video: { file: FILM as unknown as RandomAccessFile, details },
};

const jobTargets: readonly Target[] = [
  ...(
    [
      ["the cover", "may be repeated", "/cgi-bin/material/add_material", "draft"],
      ["a picture", "may be repeated", "/cgi-bin/media/uploadimg", "draft"],
      ["the draft", "once", "/cgi-bin/draft/add", "draft"],
      ["the submission of the draft", "once", "/cgi-bin/freepublish/submit", "draft"],
      ["the state of the publication", "reads", "/cgi-bin/freepublish/get", "draft"],
      [
        "the article of the publish library",
        "once",
        "/cgi-bin/publish/uploadnews",
        "publish-library",
      ],
      ["its submission", "may be repeated", "/cgi-bin/publish/submit", "publish-library"],
      ["its review", "reads", "/cgi-bin/publish/query", "publish-library"],
    ] as const
  ).map(([at, kind, path, to]) =>
    target("publishArticle", kind, path, nothing, (kit) => mp.publishArticle(kit.mp, job(to)), {
      at,
    }),
  ),
  ...(
    [
      ["a block of the video", "may be repeated", "upload_block"],
      ["the material of the video", "may be repeated", "save_video"],
      ["the review of the video", "reads", "query_status"],
    ] as const
  ).map(([at, kind, action]) =>
    target("publishArticle", kind, VIDEO, nothing, (kit) => mp.publishArticle(kit.mp, withVideo), {
      at,
      action,
    }),
  ),
  target(
    "runPublishStep",
    "once",
    "/cgi-bin/draft/add",
    async (kit) => {
      let state = await mp.startPublishing(kit.mp, job("draft"));
      while (mp.nextPublishStep(job("draft"), state) !== "article")
        ({ state } = await mp.runPublishStep(kit.mp, job("draft"), state));
      return state;
    },
    (kit, state) => mp.runPublishStep(kit.mp, job("draft"), state),
    { at: "the draft" },
  ),
];

/** What there is to do once, or a few times a day. */
const USED_UP = [
  ..."deleteDraft previewArticle submitPublication deletePublication submitNews deleteNews".split(
    " ",
  ),
  "finishVideoUpload",
];

export const publishTargets: readonly Target[] = [
  ...draftTargets,
  ...publicationTargets,
  ...newsTargets,
  ...videoTargets,
  ...jobTargets,
].map((each) => (USED_UP.includes(each.call) ? { ...each, usesUp: true } : each));
