import type { FileInput, Inspection, MpClient, StreamInput } from "@wechat-edge/core";
import {
  CHECK_OPTIONS,
  checkFile,
  checkOptions,
  type FileRules,
  requiredText,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { uploadForm } from "./form.ts";
import { fileRules } from "./limits.ts";
import { ARTICLE_IMAGE_PROFILES } from "./material-limits.ts";
import type { MediaUploadOptions } from "./temporary.ts";

/**
 * Uploads a JPG, PNG or GIF picture of up to 8 MiB for the content of an article, and resolves with the `url` to put into
 * its HTML. WeChat removes pictures with other addresses.
 *
 * The picture does not count against the 100,000 of the material library. GIF and 8 MiB are what WeChat is reported to
 * take; today's page says JPG and PNG under 1MB (`limits: "current"`), 媒体API文档 5M (`limits: "media-api"`). BMP is for
 * `addMaterial` alone.
 *
 * Follows 上传图文消息图片 (`POST /cgi-bin/media/uploadimg`), formerly 上传图文消息内的图片获取URL.
 *
 * @param file - a file or stream, as for `uploadMedia`
 * @throws MediaError if WeChat would refuse the file, before anything is sent; also if the file changes while it is read
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`
 * @throws NetworkError or TimeoutError if the last try, too, got no complete reply
 * @throws ReplyError if the reply is not what WeChat documents
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_uploadimage
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadArticleImage } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { url } = await uploadArticleImage(mp, sampleFile("picture.png"));
 * console.log(new URL(url).hostname); // mmbiz.qpic.cn
 * ```
 */
export async function uploadArticleImage(
  mp: MpClient,
  file: FileInput | StreamInput,
  options: MediaUploadOptions = {},
): Promise<{ readonly url: string }> {
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
 * Resolves with the format of the content, its MIME type, and the width and height in pixels.
 *
 * @throws MediaError if WeChat would refuse the file: `reason` says why, `answer` what WeChat would have answered
 * @throws TypeError if an argument or option is wrong
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { checkArticleImage } from "@wechat-edge/mp-media";
 *
 * const { format, width } = await checkArticleImage(sampleFile("picture.png"));
 * console.log(format, width); // png 320
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
  return fileRules(ARTICLE_IMAGE_PROFILES, option, { type: 40005, size: 40009 });
}
