import type { Evidence } from "../../evidence.ts";
import type { AccountRight } from "../account.ts";
import type { MpCall } from "../endpoints.ts";

const call = (
  path: string,
  source: string,
  errors: Evidence,
  requires?: AccountRight,
  method: "GET" | "POST" = "POST",
): MpCall => ({
  method,
  path: `/cgi-bin/${path}`,
  ...(requires && { requires }),
  evidence: { path: "documented", answer: "documented", errors },
  source,
});

const newsCall = (name: string, section: string): MpCall =>
  call(`publish/${name}`, `媒体API文档, ${section}`, "assumed", "mediaApi");
const draftCall = (name: string, source: string, method: "GET" | "POST" = "POST"): MpCall =>
  call(`draft/${name}`, source, "assumed", undefined, method);
/** Documented of the submission; that the other calls need the right, too, is assumed. */
const freepublishCall = (name: string, source: string): MpCall =>
  call(`freepublish/${name}`, source, "assumed", "verified");

export const addNewsCall: MpCall = newsCall("uploadnews", "上传图文消息至发布库");
export const submitNewsCall: MpCall = newsCall("submit", "发布图文");
export const updateNewsCall: MpCall = newsCall("update", "更新图文");
export const deleteNewsCall: MpCall = newsCall("delete", "删除图文");
export const queryNewsCall: MpCall = newsCall("query", "查询图文");

export const addDraftCall: MpCall = draftCall("add", "新增草稿");
export const updateDraftCall: MpCall = draftCall("update", "更新草稿");
export const getDraftCall: MpCall = draftCall("get", "获取草稿详情");
export const deleteDraftCall: MpCall = draftCall("delete", "删除草稿");
export const countDraftsCall: MpCall = draftCall("count", "获取草稿的总数", "GET");
export const listDraftsCall: MpCall = draftCall("batchget", "获取草稿列表");
export const switchDraftsCall: MpCall = draftCall("switch", "草稿箱开关设置");

export const submitPublicationCall: MpCall = freepublishCall("submit", "发布草稿");
export const getPublicationCall: MpCall = freepublishCall("get", "发布状态查询");
export const deletePublicationCall: MpCall = freepublishCall("delete", "删除发布文章");
export const getArticleCall: MpCall = freepublishCall("getarticle", "获取已发布图文信息");
export const listPublishedCall: MpCall = freepublishCall("batchget", "获取已发布的消息列表");

const page = (path: string, source: string): MpCall => ({
  method: "GET",
  path,
  evidence: { path: "documented", answer: "assumed", errors: "assumed" },
  source,
});

export const articlePageCall: MpCall = page("/s", "媒体API文档, 查询图文: url");
export const pictureCall: MpCall = page(
  "/mmbiz/:id/:size",
  "媒体API文档, 上传图文消息内的图片获取URL: url",
);

/** The publish library, the drafts, their publication, and what they lead to, in the order of the routes. */
export const publishCalls: readonly MpCall[] = [
  addNewsCall,
  submitNewsCall,
  updateNewsCall,
  deleteNewsCall,
  queryNewsCall,
  addDraftCall,
  updateDraftCall,
  getDraftCall,
  deleteDraftCall,
  countDraftsCall,
  listDraftsCall,
  switchDraftsCall,
  submitPublicationCall,
  getPublicationCall,
  deletePublicationCall,
  getArticleCall,
  listPublishedCall,
  articlePageCall,
  pictureCall,
];
