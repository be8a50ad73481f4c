import type {
  DigestedStreamInput,
  FileInput,
  JsonObject,
  PayClient,
  UploadOptions,
} from "@wechat-edge/core";
import { payExchange, payParts, payReplyObject } from "@wechat-edge/core/internal/pay";
import { encodeUtf8, type FileRules, uploadFile } from "@wechat-edge/core/internal/upload";

/** An endpoint that takes a form of `meta` and `file`. */
export interface PayEndpoint extends FileRules {
  readonly operation: string;
  readonly path: string;
}

/** Checks, hashes, signs and sends one file. Resolves with the verified reply. */
export async function uploadTo(
  pay: PayClient,
  { operation, path, ...rules }: PayEndpoint,
  input: FileInput | DigestedStreamInput,
  options: UploadOptions = {},
): Promise<JsonObject> {
  payParts(pay); // before the file is read
  const reply = await uploadFile(
    rules,
    input,
    { ...options, sha256: true },
    {
      part: "file",
      fields({ name, sha256 }) {
        const meta = encodeUtf8(JSON.stringify({ filename: name, sha256 }));
        return [{ name: "meta", type: "application/json", body: meta }];
      },
    },
    ({ contentType, body, fields }) => {
      // Only the meta part is signed, byte for byte as it is sent.
      const signedBody = fields[0]?.body ?? new Uint8Array(0);
      return payExchange(
        pay,
        { operation, method: "POST", path, contentType, body, signedBody },
        { signal: options.signal, repeatable: body.repeatable },
      );
    },
  );
  return payReplyObject(reply);
}
