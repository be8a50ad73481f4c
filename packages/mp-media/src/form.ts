import type {
  FileInput,
  JsonObject,
  MpClient,
  StreamInput,
  UnknownOutcomeOptions,
  UploadOptions,
} from "@wechat-edge/core";
import { ReplyError } from "@wechat-edge/core";
import { type MpCall, mpExchange, mpParts, type RepeatRule } from "@wechat-edge/core/internal/mp";
import {
  type CheckedFile,
  type FileRules,
  type FormField,
  frameForm,
  uploadFile,
} from "@wechat-edge/core/internal/upload";

/** A call that takes a file in the form field `media`. */
export interface MediaEndpoint extends FileRules {
  readonly operation: string;
  readonly path: string;
  readonly query?: MpCall["query"];
  /** Texts that go along. */
  readonly fields?: readonly FormField[] | undefined;
  readonly once?: RepeatRule["once"];
  /** Of another host than the client's own. */
  readonly baseUrl?: string | undefined;
}

/** Checks, frames and sends one file. */
export async function uploadForm(
  mp: MpClient,
  endpoint: MediaEndpoint,
  input: FileInput | StreamInput,
  options: UploadOptions & UnknownOutcomeOptions = {},
): Promise<JsonObject> {
  mpParts(mp); // before the file is read
  return uploadFile(endpoint, input, { ...options, sha256: false }, (file) =>
    transfer(mp, endpoint, file, options),
  );
}

async function transfer(
  mp: MpClient,
  endpoint: MediaEndpoint,
  file: CheckedFile,
  { signal, onProgress, retryUnknown }: UploadOptions & UnknownOutcomeOptions,
): Promise<JsonObject> {
  const { operation, path, query, fields = [], once, baseUrl } = endpoint;
  const { name, type, total } = file;
  const frame = frameForm(fields, { name: "media", filename: name, type });
  const body = file.body(frame.head, frame.tail);
  onProgress?.({ phase: "upload", loaded: 0, total });
  const reply = await mpExchange(
    mp,
    { operation, method: "POST", baseUrl, path, query, contentType: frame.contentType, body },
    { signal, once, retryUnknown },
  );
  onProgress?.({ phase: "upload", loaded: total, total });
  return reply;
}

/** The text that a reply must hold under one of `fields`. Throws ReplyError. */
export function requiredText(reply: JsonObject, ...fields: string[]): string {
  for (const field of fields) {
    const value = reply[field];
    if (typeof value === "string" && value !== "") return value;
  }
  throw new ReplyError(`The reply tells of no error but holds no ${fields.join(" or ")}.`, {
    status: 200,
  });
}
