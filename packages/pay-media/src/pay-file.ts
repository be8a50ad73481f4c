import type {
  DigestedStreamInput,
  FileInput,
  FileLimits,
  JsonObject,
  PayClient,
  UploadOptions,
} from "@wechat-edge/core";
import { checkPayPath } from "@wechat-edge/core/internal/pay";
import {
  checkInput,
  checkOptions,
  type FileRules,
  UPLOAD_OPTIONS,
  withLimits,
} from "@wechat-edge/core/internal/upload";
import { ANY_FILE_LIMITS, IMAGE_PROFILES, payAnswers, VIDEO_PROFILES } from "./limits.ts";
import { uploadTo } from "./upload.ts";

/** Options of {@link uploadPayFile}. */
export interface PayFileOptions extends UploadOptions {
  /** Single limits that replace those of the path, such as `{ maxBytes: 5 * 1024 * 1024 }`. */
  readonly limits?: Partial<FileLimits> | undefined;
}

/**
 * Uploads a file to another v3 endpoint that takes the same form, `meta` with `filename` and `sha256` followed by `file`,
 * and resolves with WeChat's JSON reply, verified.
 *
 * The fields of the reply are not checked: with `uploadPayFile<{ media_id: string }>(…)` you state what they are.
 *
 * The limits are those of {@link uploadImage} or {@link uploadVideo} for
 * `/v3/merchant/media/upload`, `/v3/marketing/favor/media/image-upload`, `/v3/merchant-service/images/upload` and
 * `/v3/merchant/media/video_upload`. For other paths the file needs a name with an extension, and 1 byte to 7.5 MiB.
 *
 * @param input - `path` of the endpoint, such as `/v3/merchant-service/images/upload`
 * @param file - a file or stream, as for {@link uploadImage}
 * @throws TypeError if the path is not an encoded path that begins with `/v3/`
 * @throws the errors of {@link uploadImage}
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const path = "/v3/merchant-service/images/upload"; // 消费者投诉
 * const reply = await uploadPayFile(pay, { path }, sampleFile("picture.png"));
 * console.log(typeof reply["media_id"]); // string
 * ```
 */
export async function uploadPayFile<Result extends object = JsonObject>(
  pay: PayClient,
  input: { readonly path: string },
  file: FileInput | DigestedStreamInput,
  options: PayFileOptions = {},
): Promise<Result> {
  checkInput("uploadPayFile", input, "{ path }");
  checkOptions("uploadPayFile", options, UPLOAD_OPTIONS);
  const path = checkPayPath(input.path);
  const endpoint = { operation: "uploadPayFile", path, ...rulesOf(path, options.limits) };
  return (await uploadTo(pay, endpoint, file, options)) as Result;
}

const IMAGE_PATHS = [
  "/v3/merchant/media/upload",
  "/v3/marketing/favor/media/image-upload",
  "/v3/merchant-service/images/upload",
];
const VIDEO_PATHS = ["/v3/merchant/media/video_upload"];

function rulesOf(path: string, option: Partial<FileLimits> | undefined): FileRules {
  const withAnswers = (known: FileLimits, noun: string) => {
    const limits = withLimits(known, option);
    return { limits, answers: payAnswers(noun, limits) };
  };
  const [endpoint = ""] = path.split("?");
  if (IMAGE_PATHS.includes(endpoint)) return withAnswers(IMAGE_PROFILES.merchant, "图片");
  if (VIDEO_PATHS.includes(endpoint)) return withAnswers(VIDEO_PROFILES.merchant, "视频");
  return { limits: withLimits(ANY_FILE_LIMITS, option), answers: {} };
}
