import {
  type FileInput,
  type JsonObject,
  type PayClient,
  ReplyError,
  type StreamInput,
  type UploadOptions,
} from "@wechat-edge/core";
import { payExchange, payParts, payReplyObject } from "@wechat-edge/core/internal/pay";
import {
  type CheckedFile,
  encodeUtf8,
  type FileRules,
  frameForm,
  uploadFile,
} from "@wechat-edge/core/internal/upload";

/** An endpoint of the meta + file form. */
export interface PayEndpoint extends FileRules {
  readonly operation: string;
  readonly path: string;
}

/** Checks, hashes, signs, frames and sends one file, and gives the verified reply. */
export async function uploadTo(
  pay: PayClient,
  endpoint: PayEndpoint,
  input: FileInput | StreamInput,
  options: UploadOptions = {},
): Promise<JsonObject> {
  payParts(pay); // before the file is read
  return uploadFile(endpoint, input, { ...options, sha256: true }, (file) =>
    transfer(pay, endpoint, file, options),
  );
}

async function transfer(
  pay: PayClient,
  endpoint: PayEndpoint,
  file: CheckedFile,
  { signal, onProgress }: UploadOptions,
): Promise<JsonObject> {
  const { name, type, sha256, total } = file;
  // Built once: the very bytes that are signed and sent.
  const meta = encodeUtf8(JSON.stringify({ filename: name, sha256 }));
  const frame = frameForm([{ name: "meta", type: "application/json", body: meta }], {
    name: "file",
    filename: name,
    type,
  });
  const body = file.body(frame.head, frame.tail);
  onProgress?.({ phase: "upload", loaded: 0, total });
  const reply = await payExchange(
    pay,
    {
      operation: endpoint.operation,
      method: "POST",
      path: endpoint.path,
      contentType: frame.contentType,
      body,
      signedBody: meta,
    },
    { signal, repeatable: body.repeatable },
  );
  onProgress?.({ phase: "upload", loaded: total, total });
  return payReplyObject(reply);
}

/** The text that a reply must hold under `field`. Throws ReplyError. */
export function requiredText(reply: JsonObject, field: string): string {
  const value = reply[field];
  if (typeof value === "string" && value !== "") return value;
  throw new ReplyError(`The reply is signed but holds no ${field}.`, { status: 200 });
}
