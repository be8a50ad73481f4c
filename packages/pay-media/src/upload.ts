import type {
  DigestedStreamInput,
  FileInput,
  JsonObject,
  PayClient,
  StreamInput,
  UploadOptions,
} from "@wechat-edge/core";
import {
  type PayExchange,
  payExchange,
  payParts,
  payReplyObject,
} from "@wechat-edge/core/internal/pay";
import {
  encodeUtf8,
  type FileRules,
  type FormField,
  type UploadForm,
  uploadFile,
} from "@wechat-edge/core/internal/upload";

/** An endpoint that takes a form of `meta` and a file. */
export interface PayEndpoint extends FileRules {
  readonly operation: string;
  readonly path: string;
  /** What differs from a POST. */
  readonly call?: Partial<Pick<PayExchange, "method" | "platformKeyId">>;
  /** Awaited before each try. */
  readonly pace?: (() => Promise<void>) | undefined;
}

/** A form of `meta`, with `filename` and `sha256`, and `file`. */
const FORM: PayForm = {
  sha256: true,
  part: "file",
  fields: ({ name, sha256 }) => [metaField(JSON.stringify({ filename: name, sha256 }))],
};

/** The form that an endpoint takes. Its first field is `meta`. */
export interface PayForm extends UploadForm {
  /** Whether it has the SHA-256 of the file. */
  readonly sha256: boolean;
}

/** Checks, hashes, signs and sends one file. Resolves with the verified reply. */
export async function uploadTo(
  pay: PayClient,
  { operation, path, call, pace, ...rules }: PayEndpoint,
  input: FileInput | DigestedStreamInput | StreamInput,
  options: UploadOptions = {},
  form: PayForm = FORM,
): Promise<JsonObject> {
  payParts(pay); // before the file is read
  const { sha256 } = form;
  const reply = await uploadFile(
    rules,
    input,
    { ...options, sha256 },
    form,
    ({ contentType, body, fields }) => {
      // Only the meta part is signed, byte for byte as it is sent.
      const signedBody = fields[0]?.body ?? new Uint8Array(0);
      return payExchange(
        pay,
        { operation, method: "POST", path, contentType, body, signedBody, ...call },
        { signal: options.signal, repeatable: body.repeatable, pace },
      );
    },
  );
  return payReplyObject(reply);
}

/** The part of a form that is signed. */
export function metaField(json: string): FormField {
  return { name: "meta", type: "application/json", body: encodeUtf8(json) };
}
