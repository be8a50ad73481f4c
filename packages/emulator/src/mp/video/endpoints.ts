import type { MpEndpoint } from "../endpoints.ts";

const videoEndpoint = (action: string, section: string): MpEndpoint => ({
  method: "POST",
  path: "/cgi-bin/material/upload_video",
  action,
  requires: "mediaApi",
  evidence: { path: "documented", answer: "documented", errors: "assumed" },
  source: `媒体API文档, ${section}`,
});

export const initUploadEndpoint: MpEndpoint = videoEndpoint("init_upload", "上传视频 (一) 初始化");

/** The calls of a video upload in blocks, in order. */
export const videoEndpoints: readonly MpEndpoint[] = [
  initUploadEndpoint,
  videoEndpoint("upload_block", "上传视频 (二) 分块上传"),
  videoEndpoint("upload_finish", "上传视频 (三) 结束上传"),
  videoEndpoint("save_video", "上传视频 (四) 保存视频"),
  videoEndpoint("query_status", "查询视频状态"),
];
