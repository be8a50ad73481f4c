import type {
  FileInput,
  FileLimits,
  JsonObject,
  PayClient,
  StreamInput,
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
  /** Single limits; the others are those of the path, where it is a known one. */
  readonly limits?: Partial<FileLimits> | undefined;
}

/**
 * Uploads a file to any v3 endpoint of the same form (`meta` with `filename` and `sha256`, then `file`)
 * and gives the verified reply as it came.
 *
 * Of a path this package does not know only the name, emptiness and a size of up to 7.5 MiB are checked.
 *
 * @param input - `path` of the endpoint, such as `/v3/merchant-service/images/upload`
 * @throws TypeError where the path is none of v3; else what {@link uploadImage} throws
 *
 * @example
 * ```ts
 * const reply = await uploadPayFile(pay, { path: "/v3/merchant-service/images/upload" }, new File([jpeg], "proof.jpg"));
 * console.log(typeof reply.media_id); // string
 * ```
 */
export async function uploadPayFile(
  pay: PayClient,
  input: { readonly path: string },
  file: FileInput | StreamInput,
  options: PayFileOptions = {},
): Promise<JsonObject> {
  checkInput("uploadPayFile", input, "{ path }");
  checkOptions("uploadPayFile", options, UPLOAD_OPTIONS);
  const path = checkPayPath(input.path);
  const endpoint = { operation: "uploadPayFile", path, ...rulesOf(path, options.limits) };
  return uploadTo(pay, endpoint, file, options);
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
