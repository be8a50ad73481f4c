import type { FileInput, MpClient, StreamInput } from "@wechat-edge/core";
import {
  addMaterial,
  checkArticleImage,
  checkMaterial,
  checkMedia,
  type MediaType,
  uploadArticleImage,
  uploadMedia,
} from "@wechat-edge/mp-media";

/** The three calls that take a file. */
export type Call = "media" | "material" | "article";

export const DESCRIPTION = { title: "A van", introduction: "It drives past." };
export const PATHS: Readonly<Record<Call, string>> = {
  media: "/cgi-bin/media/upload",
  material: "/cgi-bin/material/add_material",
  article: "/cgi-bin/media/uploadimg",
};

export function upload(
  call: Call,
  mp: MpClient,
  type: MediaType,
  file: FileInput | StreamInput,
  limits?: object,
) {
  const options = { limits };
  if (call === "article") return uploadArticleImage(mp, file, options);
  if (call === "media") return uploadMedia(mp, { type }, file, options);
  const input = type === "video" ? { type, description: DESCRIPTION } : { type };
  return addMaterial(mp, input, file, options);
}

export function check(call: Call, type: MediaType, file: FileInput) {
  if (call === "article") return checkArticleImage(file);
  return call === "media" ? checkMedia({ type }, file) : checkMaterial({ type }, file);
}
