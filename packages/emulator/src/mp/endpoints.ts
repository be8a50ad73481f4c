import type { Evidence } from "../http/evidence.ts";
import type { AccountRight } from "./account.ts";

/** A call of the Official Account, and how its rules are known. */
export interface MpEndpoint {
  method: "GET" | "POST";
  path: string;
  /** The query parameter `action`, if several calls share a path. */
  action?: string;
  /** The right that the account needs; without it 48001. */
  requires?: AccountRight;
  evidence: { path: Evidence; answer: Evidence; errors: Evidence };
  /** The document that describes it. */
  source: string;
}

const endpoint = (
  method: "GET" | "POST",
  path: string,
  [answer, errors]: readonly [answer: Evidence, errors: Evidence],
  source: string,
): MpEndpoint => ({
  method,
  path,
  evidence: { path: "documented", answer, errors },
  source,
});

export const tokenEndpoint: MpEndpoint = endpoint(
  "GET",
  "/cgi-bin/token",
  ["documented", "documented"],
  "获取接口调用凭据",
);

export const stableTokenEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/stable_token",
  ["documented", "documented"],
  "获取稳定版接口调用凭据",
);

export const uploadMediaEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/media/upload",
  ["documented", "reported"],
  "上传下载多媒体文件; 新增临时素材",
);

export const getMediaEndpoint: MpEndpoint = endpoint(
  "GET",
  "/cgi-bin/media/get",
  ["documented", "documented"],
  "上传下载多媒体文件; 获取临时素材",
);

export const getVoiceEndpoint: MpEndpoint = endpoint(
  "GET",
  "/cgi-bin/media/get/jssdk",
  ["documented", "documented"],
  "获取高清语音素材",
);

export const addMaterialEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/material/add_material",
  ["documented", "reported"],
  "媒体API文档; 新增永久素材",
);

export const getMaterialEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/material/get_material",
  ["documented", "assumed"],
  "获取永久素材",
);

export const deleteMaterialEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/material/del_material",
  ["documented", "assumed"],
  "删除永久素材",
);

export const listMaterialEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/material/batchget_material",
  ["documented", "assumed"],
  "获取素材列表",
);

export const countMaterialEndpoint: MpEndpoint = endpoint(
  "GET",
  "/cgi-bin/material/get_materialcount",
  ["documented", "assumed"],
  "获取素材总数",
);

export const uploadArticleImageEndpoint: MpEndpoint = endpoint(
  "POST",
  "/cgi-bin/media/uploadimg",
  ["documented", "documented"],
  "媒体API文档; 上传图文消息内的图片获取URL",
);

export const sendMessageEndpoint: MpEndpoint = {
  ...endpoint("POST", "/cgi-bin/message/custom/send", ["documented", "assumed"], "客服消息"),
  requires: "verified",
};

export const previewEndpoint: MpEndpoint = {
  ...endpoint("POST", "/cgi-bin/message/mass/preview", ["documented", "assumed"], "预览消息"),
  requires: "verified",
};

/** The calls of the Official Account for tokens, media and messages; `GET /_emulator` lists them. */
export const mpEndpoints: readonly MpEndpoint[] = [
  tokenEndpoint,
  stableTokenEndpoint,
  uploadMediaEndpoint,
  getMediaEndpoint,
  getVoiceEndpoint,
  addMaterialEndpoint,
  getMaterialEndpoint,
  deleteMaterialEndpoint,
  listMaterialEndpoint,
  countMaterialEndpoint,
  uploadArticleImageEndpoint,
  sendMessageEndpoint,
  previewEndpoint,
];
