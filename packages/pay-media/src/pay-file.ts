import {
  createSource,
  type FileInput,
  type FileLimits,
  type JsonObject,
  type PayClient,
  type StreamInput,
  type UploadOptions,
} from "@wechat-edge/core";
import { payParts } from "@wechat-edge/core/internal/pay";
import {
  abortable,
  checkDeclared,
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
import { COMMON_LIMITS, IMAGE_PROFILES, MIB, payAnswers } from "./limits.ts";
import { checkEndpoint, digestText, type PayFileEndpoint } from "./pay-file-endpoint.ts";
import { pacer, type RateOption } from "./rate.ts";
import { metaField, type PayEndpoint, type PayForm, uploadTo } from "./upload.ts";
import { VIDEO_PROFILES } from "./video-limits.ts";

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
  payParts(pay); // before the file is read
  const { path, method = "POST", platformKeyId, read } = endpoint;
  const { rate = endpoint.rate } = options;
  const [place = ""] = path.split("?");
  const rules = rulesOf(place, endpoint.limits, options.limits);
  const pace = pacer(pay, place, rate, options.signal);
  const call = { method, platformKeyId };
  const to: PayEndpoint = { operation: "uploadPayFile", path, call, pace, ...rules };
  const { digest } = endpoint;
  const sent =
    typeof digest === "function" && !isStreamInput(file)
      ? await digested(endpoint, digest, rules, file, options)
      : { file, digest: typeof digest === "string" ? digest : undefined };
  const reply = await uploadTo(pay, to, sent.file, options, formOf(endpoint, file, sent.digest));
  return read === undefined ? (reply as Result) : read(reply);
}

/** Reads a file for a digest of the caller's own. What is hashed is what is sent. */
async function digested<Result extends object>(
  endpoint: PayFileEndpoint<Result>,
  digest: (bytes: Uint8Array) => string | Promise<string>,
  { limits, answers }: FileRules,
  input: FileInput,
  { signal }: PayFileOptions,
): Promise<{ file: FileInput; digest: string }> {
  signal?.throwIfAborted();
  const source = createSource(input);
  const { name, size } = source;
  checkDeclared(source, limits, answers);
  const bytes = await source.read(0, size, { signal });
  const value = await abortable(Promise.resolve(digest(bytes)), signal);
  return { file: createSource(bytes, { name }), digest: digestText(endpoint, value) };
}

function formOf<Result extends object>(
  endpoint: PayFileEndpoint<Result>,
  file: FileInput | StreamInput,
  own: string | undefined,
): PayForm {
  const { digest, digestKey, part = "file", contentType = {} } = endpoint;
  return {
    part,
    type: typeof contentType === "string" ? contentType : byExtension(contentType, file),
    sha256: digest === undefined && digestKey !== false,
    fields(checked) {
      if (typeof digest === "function" && own === undefined) {
        throw new TypeError(
          "digest is a function, but a stream is not read before it is sent: pass the digest itself.",
        );
      }
      return [
        metaField(metaText(endpoint, checked.name, own ?? checked.sha256)),
        ...textFields(endpoint),
      ];
    },
  };
}

function byExtension(
  types: Readonly<Record<string, string>>,
  file: FileInput | StreamInput,
): string | undefined {
  if (Object.keys(types).length === 0) return undefined;
  const { name = "" } = isStreamInput(file) ? file : createSource(file);
  const extension = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  return Object.hasOwn(types, extension) ? types[extension] : undefined;
}

function metaText<Result extends object>(
  endpoint: PayFileEndpoint<Result>,
  name: string,
  digest: string,
): string {
  const { meta = {}, filenameKey = "filename", digestKey = "sha256" } = endpoint;
  checkWholeText("meta", meta);
  const whole = {
    ...meta,
    ...(filenameKey === false ? {} : { [filenameKey]: name }),
    ...(digestKey === false ? {} : { [digestKey]: digestText(endpoint, digest) }),
  };
  try {
    return JSON.stringify(whole);
  } catch (cause) {
    throw new TypeError(
      "meta cannot be written as JSON: it has a BigInt, contains itself, or is nested too deeply.",
      { cause },
    );
  }
}

function textFields<Result extends object>({ fields = {} }: PayFileEndpoint<Result>): FormField[] {
  return Object.entries(fields).map(([name, text]) => ({
    name,
    type: undefined,
    body: encodeUtf8(text),
  }));
}

/** For endpoints without a document here. 7.5M is the largest size that any document of such an endpoint states. */
const ANY_FILE_LIMITS: FileLimits = {
  extensions: {},
  maxBytes: 7.5 * MIB,
  ...COMMON_LIMITS,
};

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
