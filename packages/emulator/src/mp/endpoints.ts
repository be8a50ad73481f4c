import type { Evidence } from "../evidence.ts";
import type { AccountRight } from "./account.ts";

/** A call of the Official Account. */
export interface MpCall {
  method: "GET" | "POST";
  path: string;
  /** `action` in the query, where several calls share a path. */
  action?: string;
  /** Without this right: 48001. */
  requires?: AccountRight;
  evidence: { path: Evidence; answer: Evidence; errors: Evidence };
  source: string;
}

const call = (
  method: "GET" | "POST",
  path: string,
  [answer, errors]: readonly [answer: Evidence, errors: Evidence],
  source: string,
): MpCall => ({
  method,
  path,
  evidence: { path: "documented", answer, errors },
  source,
});

export const tokenCall: MpCall = call(
  "GET",
  "/cgi-bin/token",
  ["documented", "documented"],
  "获取接口调用凭据",
);

export const stableTokenCall: MpCall = call(
  "POST",
  "/cgi-bin/stable_token",
  ["documented", "documented"],
  "获取稳定版接口调用凭据",
);

export const uploadMediaCall: MpCall = call(
  "POST",
  "/cgi-bin/media/upload",
  ["documented", "reported"],
  "上传下载多媒体文件; 新增临时素材",
);

export const getMediaCall: MpCall = call(
  "GET",
  "/cgi-bin/media/get",
  ["documented", "documented"],
  "上传下载多媒体文件; 获取临时素材",
);

export const getVoiceCall: MpCall = call(
  "GET",
  "/cgi-bin/media/get/jssdk",
  ["documented", "documented"],
  "获取高清语音素材",
);

export const addMaterialCall: MpCall = call(
  "POST",
  "/cgi-bin/material/add_material",
  ["documented", "reported"],
  "媒体API文档; 新增永久素材",
);

export const getMaterialCall: MpCall = call(
  "POST",
  "/cgi-bin/material/get_material",
  ["documented", "assumed"],
  "获取永久素材",
);

export const deleteMaterialCall: MpCall = call(
  "POST",
  "/cgi-bin/material/del_material",
  ["documented", "assumed"],
  "删除永久素材",
);

export const listMaterialCall: MpCall = call(
  "POST",
  "/cgi-bin/material/batchget_material",
  ["documented", "assumed"],
  "获取素材列表",
);

export const countMaterialCall: MpCall = call(
  "GET",
  "/cgi-bin/material/get_materialcount",
  ["documented", "assumed"],
  "获取素材总数",
);

export const uploadArticleImageCall: MpCall = call(
  "POST",
  "/cgi-bin/media/uploadimg",
  ["documented", "documented"],
  "媒体API文档; 上传图文消息内的图片获取URL",
);

export const sendMessageCall: MpCall = {
  ...call("POST", "/cgi-bin/message/custom/send", ["documented", "assumed"], "客服消息"),
  requires: "verified",
};

/** In the order of the routes; `/_emulator` shows them. */
export const mpCalls: readonly MpCall[] = [
  tokenCall,
  stableTokenCall,
  uploadMediaCall,
  getMediaCall,
  getVoiceCall,
  addMaterialCall,
  getMaterialCall,
  deleteMaterialCall,
  listMaterialCall,
  countMaterialCall,
  uploadArticleImageCall,
  sendMessageCall,
];
