import type { MpCall } from "../endpoints.ts";

const videoCall = (action: string, section: string): MpCall => ({
  method: "POST",
  path: "/cgi-bin/material/upload_video",
  action,
  requires: "mediaApi",
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source: `媒体API文档, ${section}`,
});

export const initUploadCall: MpCall = videoCall("init_upload", "上传视频 (一) 初始化");
export const uploadBlockCall: MpCall = videoCall("upload_block", "上传视频 (二) 分块上传");
export const uploadFinishCall: MpCall = videoCall("upload_finish", "上传视频 (三) 结束上传");
export const saveVideoCall: MpCall = videoCall("save_video", "上传视频 (四) 保存视频");
export const queryStatusCall: MpCall = videoCall("query_status", "查询视频状态");

/** In the order of an upload. */
export const videoCalls: readonly MpCall[] = [
  initUploadCall,
  uploadBlockCall,
  uploadFinishCall,
  saveVideoCall,
  queryStatusCall,
];
