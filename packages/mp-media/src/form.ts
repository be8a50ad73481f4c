import type {
  FileInput,
  JsonObject,
  MpClient,
  StreamInput,
  UnknownOutcomeOptions,
  UploadOptions,
} from "@wechat-edge/core";
import { type MpCall, mpExchange, mpParts, type RepeatRule } from "@wechat-edge/core/internal/mp";
import {
  type CheckedFile,
  type FileRules,
  type FormField,
  type FramedUpload,
  sendChecked,
  uploadFile,
} from "@wechat-edge/core/internal/upload";

/** A call with a file in the form field `media`. */
export interface MediaEndpoint extends FileRules {
  readonly operation: string;
  readonly path: string;
  readonly query?: MpCall["query"];
  /** Fields before the file. */
  readonly fields?: readonly FormField[] | undefined;
  readonly once?: RepeatRule["once"];
  /** If it is not the client's own. */
  readonly baseUrl?: string | undefined;
}

/** Checks and sends one file. */
export async function uploadForm(
  mp: MpClient,
  endpoint: MediaEndpoint,
  input: FileInput | StreamInput,
  options: UploadOptions & UnknownOutcomeOptions = {},
): Promise<JsonObject> {
  mpParts(mp); // before the file is read
  const { form, send } = formOf(mp, endpoint, options);
  return uploadFile(endpoint, input, { ...options, sha256: false }, form, send);
}

/** Sends a file that was checked for this call. */
export function sendForm(
  mp: MpClient,
  endpoint: MediaEndpoint,
  file: CheckedFile,
  options: UploadOptions,
): Promise<JsonObject> {
  const { form, send } = formOf(mp, endpoint, options);
  return sendChecked(file, form, options, send);
}

function formOf(
  mp: MpClient,
  { operation, path, query, fields = [], once, baseUrl }: MediaEndpoint,
  { signal, retryUnknown }: UploadOptions & UnknownOutcomeOptions,
) {
  return {
    form: { part: "media", fields: () => fields },
    send: ({ contentType, body }: FramedUpload): Promise<JsonObject> =>
      mpExchange(
        mp,
        { operation, method: "POST", baseUrl, path, query, contentType, body },
        { signal, once, retryUnknown },
      ),
  };
}
