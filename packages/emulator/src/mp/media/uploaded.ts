import { hex } from "../../bytes/hex.ts";
import type { SeededAccount } from "../account.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { bytesSource } from "./body-source.ts";
import { checkMedia } from "./file-check.ts";
import { type MediaForm, mediaPart } from "./form.ts";
import { imageSize } from "./formats/image-size.ts";
import type { MediaSlot, MediaType } from "./limits.ts";
import type { KeptMpMedia } from "./store.ts";

/** An uploaded file before it has an id. */
export type Uploaded = Pick<
  KeptMpMedia,
  | "appid"
  | "type"
  | "filename"
  | "size"
  | "sha256"
  | "created_at"
  | "format"
  | "seconds"
  | "pixels"
  | "body"
>;

/** Checks the file of a form. */
export async function readUploaded(
  { mp, clock }: MpExchange,
  { appid }: SeededAccount,
  type: MediaType,
  slot: MediaSlot,
  form: MediaForm,
): Promise<Uploaded | MpError> {
  const part = mediaPart(form);
  if (part === undefined) return mpError(41005);
  const checked = checkMedia(slot, part.filename, part.bytes, mp.limits);
  if (isMpError(checked)) return checked;
  // A copy: the part is a view of the whole request body.
  const bytes = part.bytes.slice();
  return {
    appid,
    type,
    filename: part.filename,
    size: bytes.length,
    sha256: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))),
    created_at: Math.floor(clock.now() / 1000),
    ...checked,
    pixels: imageSize(checked.format, bytes),
    body: bytesSource(bytes),
  };
}

/** A success as in the older documents, or with `errcode: 0` as in today's samples. */
export const succeeded = <T extends object>({ mp }: MpExchange, result: T): T | object =>
  mp.options.successErrcode ? { errcode: 0, errmsg: "ok", ...result } : result;
