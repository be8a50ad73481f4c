import type {
  FileInput,
  FileLimits,
  JsonObject,
  PayClient,
  StreamInput,
  UploadOptions,
} from "@wechat-edge/core";
import {
  type CheckedFile,
  checkOptions,
  checkWholeText,
  encodeUtf8,
  type FileRules,
  type FormField,
  isStreamInput,
  type OptionKinds,
  UPLOAD_OPTIONS,
  withLimits,
} from "@wechat-edge/core/internal/upload";
import { ANY_FILE_LIMITS, IMAGE_PROFILES, payAnswers, VIDEO_PROFILES } from "./limits.ts";
import { checkEndpoint, digestText, type PayFileEndpoint } from "./pay-file-endpoint.ts";
import { pacer, type RateOption } from "./rate.ts";
import { metaField, type PayEndpoint, uploadTo } from "./upload.ts";

/** Options of {@link uploadPayFile}. */
export interface PayFileOptions extends UploadOptions, RateOption {
  /** Single limits that replace those of the endpoint, such as `{ maxBytes: 5 * 1024 * 1024 }`. */
  readonly limits?: Partial<FileLimits> | undefined;
}

const OPTIONS: OptionKinds<PayFileOptions> = { ...UPLOAD_OPTIONS, rate: true };

/**
 * Uploads a file to any endpoint of WeChat Pay that takes one, and resolves with its verified reply.
 *
 * The endpoint is one of `@wechat-edge/pay-media/endpoints`, or your own description: at least its path. By default the
 * form is `meta` with `filename` and `sha256`, followed by `file`, sent by POST, and the reply is returned as it is. A
 * preset checks the fields of the reply; for a path alone, `uploadPayFile<{ media_id: string }>(…)` only states them.
 *
 * Without limits of the endpoint's own, they are those of {@link uploadImage} or {@link uploadVideo} for
 * `/v3/merchant/media/upload`, `/v3/marketing/favor/media/image-upload`, `/v3/merchant-service/images/upload` and
 * `/v3/merchant/media/video_upload`. For other paths the file needs a name with an extension, and 1 byte to 7.5 MiB.
 *
 * Endpoints with a rate (`marketingImage`, `productCouponImage`) wait where it is used up, per client.
 *
 * @param endpoint - the endpoint and its form
 * @param file - a file or stream, as for {@link uploadImage}
 * @throws TypeError or RangeError if the description is malformed, if `meta` has keys that the endpoint does not take,
 *   or if a function for the digest returns no digest; also what that function throws
 * @throws the errors of {@link uploadImage}
 *
 * @example
 * ```ts
 * import { createPayClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { uploadPayFile } from "@wechat-edge/pay-media";
 * import { complaintImage } from "@wechat-edge/pay-media/endpoints";
 *
 * const pay = createPayClient({ ...credentials.pay, fetch: createEmulator().fetch });
 * const { media_id } = await uploadPayFile(pay, complaintImage, sampleFile("picture.png"));
 * console.log(media_id.length); // 107
 *
 * const path = "/v3/merchant-service/images/upload"; // the same, described by hand
 * const reply = await uploadPayFile(pay, { path }, sampleFile("picture.png"));
 * console.log(typeof reply["media_id"]); // string
 * ```
 */
export async function uploadPayFile<Result extends object = JsonObject>(
  pay: PayClient,
  endpoint: PayFileEndpoint<Result>,
  file: FileInput | StreamInput,
  options: PayFileOptions = {},
): Promise<Result> {
  checkEndpoint(endpoint);
  checkOptions("uploadPayFile", options, OPTIONS);
  const { path, method = "POST", platformKeyId, rate, read } = endpoint;
  const [place = ""] = path.split("?");
  const reply = await uploadTo(
    pay,
    {
      operation: "uploadPayFile",
      path,
      form: formOf(endpoint, isStreamInput(file)),
      call: { method, platformKeyId },
      pace: pacer(pay, place, options.rate ?? rate, options.signal),
      ...rulesOf(place, endpoint.limits, options.limits),
    },
    file,
    options,
  );
  return read === undefined ? (reply as Result) : read(reply);
}

function formOf<Result extends object>(
  endpoint: PayFileEndpoint<Result>,
  isStream: boolean,
): PayEndpoint["form"] {
  const { digest, digestKey, part = "file", contentType = {} } = endpoint;
  const isOwn = digest !== undefined || digestKey === false;
  return {
    part,
    type: (name) =>
      typeof contentType === "string" ? contentType : byExtension(contentType, name),
    sha256: typeof digest === "function" ? !isStream : !isOwn,
    digest:
      typeof digest === "function"
        ? async (bytes) => digestText(endpoint, await digest(bytes))
        : undefined,
    fields(checked) {
      if (isStream && typeof digest === "function") {
        throw new TypeError(
          "digest is a function, but a stream is not read before it is sent. Compute the digest first, and pass it as a string.",
        );
      }
      return [metaField(metaText(endpoint, checked)), ...textFields(endpoint)];
    },
  };
}

function byExtension(types: Readonly<Record<string, string>>, name: string): string | undefined {
  const extension = /[^.]+$/.exec(name)?.[0].toLowerCase() ?? "";
  return Object.hasOwn(types, extension) ? types[extension] : undefined;
}

function metaText<Result extends object>(
  endpoint: PayFileEndpoint<Result>,
  { name, sha256 }: CheckedFile,
): string {
  const { meta = {}, filenameKey = "filename", digestKey = "sha256", digest } = endpoint;
  checkWholeText("meta", meta);
  const value = typeof digest === "string" ? digest : sha256;
  const whole = {
    ...meta,
    ...(filenameKey === false ? {} : { [filenameKey]: name }),
    ...(digestKey === false ? {} : { [digestKey]: digestText(endpoint, value) }),
  };
  try {
    return JSON.stringify(whole);
  } catch (cause) {
    throw new TypeError("meta cannot be written as JSON: it has a BigInt, or contains itself.", {
      cause,
    });
  }
}

function textFields<Result extends object>({ fields = {} }: PayFileEndpoint<Result>): FormField[] {
  return Object.entries(fields).map(([name, text]) => ({
    name,
    type: undefined,
    body: encodeUtf8(text),
  }));
}

const IMAGES_2024 = IMAGE_PROFILES["merchant-2024"];

/** The limits of paths that WeChat documents, and what it calls their files in answers. */
const KNOWN: Readonly<Record<string, readonly [FileLimits, string]>> = {
  "/v3/merchant/media/upload": [IMAGE_PROFILES.merchant, "图片"],
  "/v3/merchant/media/video_upload": [VIDEO_PROFILES.merchant, "视频"],
  "/v3/marketing/favor/media/image-upload": [IMAGES_2024, "图片"],
  "/v3/merchant-service/images/upload": [IMAGES_2024, "图片"],
};

function rulesOf(
  path: string,
  own: Partial<FileLimits> | undefined,
  option: Partial<FileLimits> | undefined,
): FileRules {
  const [known, noun] = Object.hasOwn(KNOWN, path) ? (KNOWN[path] ?? []) : [];
  const limits = withLimits(withLimits(known ?? ANY_FILE_LIMITS, own), option);
  return { limits, answers: noun === undefined ? {} : payAnswers(noun, limits) };
}
