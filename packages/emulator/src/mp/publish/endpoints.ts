import type { Evidence } from "../../http/evidence.ts";
import type { AccountRight } from "../account.ts";
import type { MpEndpoint } from "../endpoints.ts";

const endpoint = (
  path: string,
  source: string,
  errors: Evidence,
  requires?: AccountRight,
  method: "GET" | "POST" = "POST",
): MpEndpoint => ({
  method,
  path: `/cgi-bin/${path}`,
  ...(requires && { requires }),
  evidence: { path: "documented", answer: "documented", errors },
  source,
});

const newsEndpoint = (name: string, section: string): MpEndpoint =>
  endpoint(`publish/${name}`, `媒体API文档, ${section}`, "assumed", "mediaApi");
const draftEndpoint = (name: string, source: string, method: "GET" | "POST" = "POST"): MpEndpoint =>
  endpoint(`draft/${name}`, source, "assumed", undefined, method);
/** The right is documented for submit, assumed for the other calls. */
const freepublishEndpoint = (name: string, source: string): MpEndpoint =>
  endpoint(`freepublish/${name}`, source, "assumed", "verified");

export const uploadNewsEndpoint: MpEndpoint = newsEndpoint("uploadnews", "上传图文消息至发布库");
export const submitNewsEndpoint: MpEndpoint = newsEndpoint("submit", "发布图文");
export const updateNewsEndpoint: MpEndpoint = newsEndpoint("update", "更新图文");
export const deleteNewsEndpoint: MpEndpoint = newsEndpoint("delete", "删除图文");
export const queryNewsEndpoint: MpEndpoint = newsEndpoint("query", "查询图文");

export const addDraftEndpoint: MpEndpoint = draftEndpoint("add", "新增草稿");
export const updateDraftEndpoint: MpEndpoint = draftEndpoint("update", "更新草稿");
export const getDraftEndpoint: MpEndpoint = draftEndpoint("get", "获取草稿详情");
export const deleteDraftEndpoint: MpEndpoint = draftEndpoint("delete", "删除草稿");
export const countDraftsEndpoint: MpEndpoint = draftEndpoint("count", "获取草稿的总数", "GET");
export const listDraftsEndpoint: MpEndpoint = draftEndpoint("batchget", "获取草稿列表");
export const switchDraftsEndpoint: MpEndpoint = draftEndpoint("switch", "草稿箱开关设置");

export const submitPublicationEndpoint: MpEndpoint = freepublishEndpoint("submit", "发布草稿");
export const getPublicationEndpoint: MpEndpoint = freepublishEndpoint("get", "发布状态查询");
export const deletePublicationEndpoint: MpEndpoint = freepublishEndpoint("delete", "删除发布文章");
export const getArticleEndpoint: MpEndpoint = freepublishEndpoint(
  "getarticle",
  "获取已发布图文信息",
);
export const listPublishedEndpoint: MpEndpoint = freepublishEndpoint(
  "batchget",
  "获取已发布的消息列表",
);

const page = (path: string, source: string): MpEndpoint => ({
  method: "GET",
  path,
  evidence: { path: "documented", answer: "assumed", errors: "assumed" },
  source,
});

export const articlePageEndpoint: MpEndpoint = page("/s", "媒体API文档, 查询图文: url");
export const pictureEndpoint: MpEndpoint = page(
  "/mmbiz/:id/:size",
  "媒体API文档, 上传图文消息内的图片获取URL: url",
);

/** The calls of the publish library, of drafts and of their publication, and the pages of articles. */
export const publishEndpoints: readonly MpEndpoint[] = [
  uploadNewsEndpoint,
  submitNewsEndpoint,
  updateNewsEndpoint,
  deleteNewsEndpoint,
  queryNewsEndpoint,
  addDraftEndpoint,
  updateDraftEndpoint,
  getDraftEndpoint,
  deleteDraftEndpoint,
  countDraftsEndpoint,
  listDraftsEndpoint,
  switchDraftsEndpoint,
  submitPublicationEndpoint,
  getPublicationEndpoint,
  deletePublicationEndpoint,
  getArticleEndpoint,
  listPublishedEndpoint,
  articlePageEndpoint,
  pictureEndpoint,
];
