import { type EnvelopeSecrets, openEnvelope } from "./envelope.ts";
import { type MessageFields, readFields } from "./fields.ts";
import type { MessageError } from "./message-error.ts";
import { required } from "./signed-query.ts";

/** Whether a body is an envelope. */
export function isSealed(
  fields: MessageFields,
): fields is MessageFields & { readonly Encrypt: string } {
  return typeof fields["Encrypt"] === "string";
}

/** Verifies and decrypts the body of a request. Throws MessageError, `inClear` for a body that is not encrypted. */
export async function openBody(
  secrets: EnvelopeSecrets,
  query: (name: string) => string | undefined,
  body: Uint8Array,
  inClear: () => MessageError,
): Promise<Uint8Array> {
  const sealed = {
    signature: required(query, "msg_signature"),
    timestamp: required(query, "timestamp"),
    nonce: required(query, "nonce"),
  };
  const fields = readFields(body);
  if (!isSealed(fields)) throw inClear();
  return openEnvelope(secrets, { ...sealed, encrypt: fields.Encrypt });
}
