import type {
  FileInput,
  Inspection,
  MpClient,
  StreamInput,
  UnknownOutcomeOptions,
} from "@wechat-edge/core";
import {
  CHECK_OPTIONS,
  checkFile,
  checkInput,
  checkOptions,
  checkWholeText,
  encodeUtf8,
  type FileRules,
  type FormField,
  type OptionKinds,
  requiredText,
  resolveLimits,
  shown,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { uploadForm } from "./form.ts";
import { fileRules, MATERIAL_PROFILES, type MediaType, profilesOf } from "./limits.ts";
import type { MediaUploadOptions } from "./temporary.ts";

/** What {@link addMaterial} needs besides the file; for a video its description too. */
export type MaterialInput =
  | { readonly type: Exclude<MediaType, "video">; readonly description?: undefined }
  | {
      readonly type: "video";
      readonly description: { readonly title: string; readonly introduction: string };
    };

const MATERIAL_OPTIONS: OptionKinds<MediaUploadOptions & UnknownOutcomeOptions> = {
  ...UPLOAD_OPTIONS,
  retryUnknown: "boolean",
};

/**
 * Adds a file to the account's library for good: the cover of an article, a voice, a video of up to 10 MiB.
 * The library holds 100,000 pictures and 1,000 of each other kind.
 *
 * A second call adds a second copy, so a lost reply is an OutcomeUnknownError and not repeated.
 *
 * Follows 上传图文消息的封面图, 新增永久素材 (`/cgi-bin/material/add_material`).
 *
 * @returns `url` for pictures and thumbs alone; it shows inside Tencent's domains only
 * @throws MediaError before anything is sent; TypeError; MpApiError, OutcomeUnknownError, NetworkError, TimeoutError, ReplyError
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial
 *
 * @example
 * ```ts
 * const { media_id, url } = await addMaterial(mp, { type: "image" }, new File([jpeg], "cover.jpg"));
 * console.log(media_id.length, url !== undefined); // 43 true
 * ```
 */
export async function addMaterial(
  mp: MpClient,
  input: MaterialInput,
  file: FileInput | StreamInput,
  options: MediaUploadOptions & UnknownOutcomeOptions = {},
): Promise<{ readonly media_id: string; readonly url?: string }> {
  checkInput("addMaterial", input, "{ type }");
  checkOptions("addMaterial", options, MATERIAL_OPTIONS);
  const { type } = input;
  const rules = materialRules(type, options.limits);
  const reply = await uploadForm(
    mp,
    {
      operation: "addMaterial",
      path: "/cgi-bin/material/add_material",
      query: { type },
      fields: descriptionOf(input),
      once: {
        lookAt: "the newest entries of the material library (/cgi-bin/material/batchget_material)",
        gives: ["media_id", "thumb_media_id"],
      },
      ...rules,
    },
    file,
    options,
  );
  const media_id = requiredText(reply, "media_id", "thumb_media_id");
  const { url } = reply;
  return typeof url === "string" && url !== "" ? { media_id, url } : { media_id };
}

/**
 * Checks a file as {@link addMaterial} does, without a client and without the network.
 *
 * @throws MediaError that says what is wrong and what WeChat would have answered; TypeError for another type
 *
 * @example
 * ```ts
 * const { width, height } = await checkMaterial({ type: "image" }, new File([jpeg], "cover.jpg"));
 * console.log(width, height); // 1200 800
 * ```
 */
export async function checkMaterial(
  input: { readonly type: MediaType },
  file: FileInput,
  options: Pick<MediaUploadOptions, "signal" | "limits"> = {},
): Promise<Inspection> {
  checkInput("checkMaterial", input, "{ type }");
  checkOptions("checkMaterial", options, CHECK_OPTIONS);
  return checkFile(materialRules(input.type, options.limits), file, options);
}

/** 45001 and 40113 are reported of pictures; the other sizes are the table's. */
const OVERSIZE = { image: 45001, voice: 40010, video: 40011, thumb: 40012 } as const;

function materialRules(type: MediaType, option: MediaUploadOptions["limits"]): FileRules {
  const limits = resolveLimits(profilesOf(MATERIAL_PROFILES, type), "current", option);
  return fileRules(limits, { type: 40113, size: OVERSIZE[type] });
}

function descriptionOf({ type, description }: MaterialInput): FormField[] {
  if (type !== "video") {
    if (description === undefined) return [];
    throw new TypeError(`description is for type "video" alone, not for ${shown(type)}.`);
  }
  const { title, introduction } = description ?? {};
  if (typeof title !== "string" || title === "" || typeof introduction !== "string") {
    throw new TypeError(
      "A video needs description: { title, introduction }; both are strings, and title is not empty.",
    );
  }
  checkWholeText("description", description);
  const body = encodeUtf8(JSON.stringify({ title, introduction }));
  return [{ name: "description", type: undefined, body }];
}
