import { MessageError } from "./message-error.ts";
import { isSameText, messageSignature } from "./message-signature.ts";

/** The parameters that every request of WeChat has. */
export interface SignedQuery {
  readonly timestamp: string;
  readonly nonce: string;
}

/** Returns a parameter of the address. Throws MessageError without it. */
export function required(query: (name: string) => string | undefined, name: string): string {
  const value = query(name);
  if (value !== undefined) return value;
  throw new MessageError(
    `The address has no ${name}: the request is not from WeChat, or something on the way dropped its query. Pass the address as it was asked for, with its query.`,
    { reason: "query" },
  );
}

/** Verifies the signature that does not cover the body. Throws MessageError. */
export async function checkQuery(
  token: string,
  query: (name: string) => string | undefined,
): Promise<SignedQuery> {
  const signature = required(query, "signature");
  const timestamp = required(query, "timestamp");
  const nonce = required(query, "nonce");
  if (isSameText(await messageSignature([token, timestamp, nonce]), signature)) {
    return { timestamp, nonce };
  }
  throw new MessageError(
    "signature is not that of this request. It is forged or was changed on the way, or messageToken is not the Token (令牌) that was set where WeChat has this address.",
    { reason: "signature" },
  );
}
