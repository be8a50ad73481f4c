import type {
  FileInput,
  Inspection,
  MpClient,
  StreamInput,
  UnknownOutcomeOptions,
} from "@wechat-edge/core";
import { onlyOnce } from "@wechat-edge/core/internal/mp";
import {
  BOOLEAN,
  CHECK_OPTIONS,
  checkFile,
  checkInput,
  checkOptions,
  checkWholeText,
  encodeUtf8,
  type FileRules,
  type FormField,
  type OptionKinds,
  requiredId,
  shown,
  UPLOAD_OPTIONS,
} from "@wechat-edge/core/internal/upload";
import { uploadForm } from "./form.ts";
import { fileRules, type MediaType, profilesOf } from "./limits.ts";
import { MATERIAL_PROFILES } from "./material-limits.ts";
import { SOUND_CHECKS } from "./sounds.ts";
import type { MediaUploadOptions } from "./temporary.ts";

/** What {@link addMaterial} needs besides the file: its type, and for a video a title and an introduction. */
export type MaterialInput =
  | { readonly type: Exclude<MediaType, "video">; readonly description?: undefined }
  | {
      readonly type: "video";
      readonly description: { readonly title: string; readonly introduction: string };
    };

const MATERIAL_OPTIONS: OptionKinds<MediaUploadOptions & UnknownOutcomeOptions> = {
  ...UPLOAD_OPTIONS,
  retryUnknown: BOOLEAN,
};

/**
 * Adds permanent material (永久素材) to the account's material library: a picture of up to 10 MiB, such as the cover of an
 * article, a voice of up to 2 MiB and 60 seconds, a video of up to 20 MiB (reported; 10MB by the documents), or a thumb of up to 64 KiB. Resolves with its
 * `media_id`, which works until you delete the material.
 *
 * The library holds 100,000 pictures and 1,000 of each other type. A second call adds a second copy, so the call is
 * not repeated after a lost reply. {@link getMaterial} has the `vid` of a video for articles.
 *
 * Follows 新增永久素材 (`POST /cgi-bin/material/add_material`), in 媒体API文档 上传图文消息的封面图.
 *
 * @param input - `type` is `image`, `voice`, `video` or `thumb`; a video also needs `description: { title, introduction }`
 * @param file - a file or stream, as for `uploadMedia`
 * @returns `media_id`, and for pictures and thumbs a `url`, which only pages of Tencent's domains can show
 * @throws MediaError if WeChat would refuse the file, before anything is sent; also if the file changes while it is read
 * @throws TypeError if an argument or option is wrong
 * @throws MpApiError if WeChat answers with an `errcode`
 * @throws OutcomeUnknownError if the reply was lost, unless `retryUnknown` is true
 * @throws NetworkError, TimeoutError or ReplyError if no access_token could be taken
 * @see https://developers.weixin.qq.com/doc/service/api/material/permanent/api_addmaterial
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { addMaterial } from "@wechat-edge/mp-media";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const { media_id, url } = await addMaterial(mp, { type: "image" }, sampleFile("cover.jpg"));
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
      once: onlyOnce({
        lookAt: "the newest entries of the material library (listMaterial)",
        ids: ["media_id", "thumb_media_id"],
      }),
      ...rules,
    },
    file,
    options,
  );
  const media_id = requiredId(reply, "media_id", "thumb_media_id");
  const { url } = reply;
  return typeof url === "string" && url !== "" ? { media_id, url } : { media_id };
}

/**
 * Checks a file as {@link addMaterial} does, without a client and without the network.
 *
 * Resolves with the format of the content, its MIME type, width and height in pixels, or duration in seconds.
 *
 * @throws MediaError if WeChat would refuse the file: `reason` says why, `answer` what WeChat would have answered
 * @throws TypeError if an argument or option is wrong
 *
 * @example
 * ```ts
 * import { sampleFile } from "@wechat-edge/emulator/samples";
 * import { checkMaterial } from "@wechat-edge/mp-media";
 *
 * const { width, height } = await checkMaterial({ type: "image" }, sampleFile("cover.jpg"));
 * console.log(width, height); // 450 192
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

/** 45001 is reported of a picture; the others are assumed, from the table of errcodes. */
const OVERSIZE = { image: 45001, voice: 40010, video: 40011, thumb: 40012 } as const;

function materialRules(type: MediaType, option: MediaUploadOptions["limits"]): FileRules {
  const profiles = profilesOf(MATERIAL_PROFILES, type); // checks the type
  return fileRules(profiles, option, { type: 40113, size: OVERSIZE[type] }, SOUND_CHECKS);
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
