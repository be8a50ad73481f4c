import type {
  FileInput,
  JsonObject,
  MpClient,
  StreamInput,
  UnknownOutcomeOptions,
  UploadOptions,
} from "@wechat-edge/core";
import { type MpCall, mpExchange, mpParts, type RepeatRule } from "@wechat-edge/core/internal/mp";
import { type FileRules, type FormField, uploadFile } from "@wechat-edge/core/internal/upload";

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
  const { operation, path, query, fields = [], once, baseUrl } = endpoint;
  const { signal, retryUnknown } = options;
  return uploadFile(
    endpoint,
    input,
    { ...options, sha256: false },
    { part: "media", fields: () => fields },
    ({ contentType, body }) =>
      mpExchange(
        mp,
        { operation, method: "POST", baseUrl, path, query, contentType, body },
        { signal, once, retryUnknown },
      ),
  );
}
