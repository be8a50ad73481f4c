import type { FileInput, Inspection, MpClient, StreamInput } from "@wechat-edge/core";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  type FileRules,
  requiredText,
  resolveLimits,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { uploadForm } from "./form.ts";
import { ARTICLE_IMAGE_PROFILES, fileRules } from "./limits.ts";
import type { MediaUploadOptions } from "./temporary.ts";

/**
 * Uploads a picture for the inside of an article and gives the `url` to put into its HTML: WeChat drops all others.
 * It does not count against the library's 100,000.
 *
 * Follows 上传图文消息内的图片获取URL (`/cgi-bin/media/uploadimg`). Today's page says under 1 MB, JPG or PNG
 * (the default); 媒体API文档 says 5M: `limits: "media-api"`.
 *
 * @throws MediaError before anything is sent; MpApiError, NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage
 *
 * @example
 * ```ts
 * const { url } = await uploadArticleImage(mp, new File([jpeg], "picture.jpg"));
 * console.log(new URL(url).hostname); // mmbiz.qpic.cn
 * ```
 */
export async function uploadArticleImage(
  mp: MpClient,
  file: FileInput | StreamInput,
  options: MediaUploadOptions = {},
): Promise<{ url: string }> {
  checkOptions("uploadArticleImage", options, UPLOAD_OPTIONS);
  const endpoint = {
    operation: "uploadArticleImage",
    path: "/cgi-bin/media/uploadimg",
    ...articleImageRules(options.limits),
  };
  return { url: requiredText(await uploadForm(mp, endpoint, file, options), "url") };
}

/**
 * Checks a picture as {@link uploadArticleImage} does, without a client and without the network.
 *
 * @throws MediaError that says what is wrong and what WeChat would have answered
 *
 * @example
 * ```ts
 * const { format } = await checkArticleImage(new File([jpeg], "picture.jpg"));
 * console.log(format); // jpeg
 * ```
 */
export async function checkArticleImage(
  file: FileInput,
  options: Pick<MediaUploadOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkOptions("checkArticleImage", options, CHECK_OPTIONS);
  return checkFile(articleImageRules(options.limits), file, options);
}

function articleImageRules(option: MediaUploadOptions["limits"]): FileRules {
  const limits = resolveLimits(ARTICLE_IMAGE_PROFILES, "current", option);
  return fileRules(limits, { type: 40005, size: 40009 });
}
