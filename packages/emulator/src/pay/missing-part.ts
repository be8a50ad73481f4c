import type { PayError } from "./error.ts";

/** Reported: the answer where a required part of an upload is missing. */
const required = (source: string, field: string): PayError => ({
  status: 400,
  code: "PARAM_ERROR",
  message: `输入源“${source}”映射到字段“${field}”必填性规则校验失败，此字段为必填项`,
  detail: { location: "body", value: "" },
});

/** `noun` is 图片, 视频 or 文件. That of a picture is reported, the others are assumed. */
export const missingFile = (part: string, noun: string): PayError =>
  required(`/body/${part}`, noun === "文件" ? noun : `${noun}文件`);

export const missingMeta: PayError = required("/body/meta", "媒体文件元信息");
