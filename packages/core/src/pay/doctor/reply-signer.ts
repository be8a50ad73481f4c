import type { Reply } from "../../http/reply.ts";
import type { RsaKey } from "../keys/key.ts";
import { platformKeyOf } from "../keys/platform-keys.ts";
import { replyMessage, verify } from "../signature.ts";

/** Who signed a reply, as far as the keys at hand show it. */
export type ReplySigner =
  | { readonly kind: "nobody" }
  /** A signature that is wrong on purpose. */
  | { readonly kind: "probe"; readonly id: string }
  /** A key that the client was given, or one of the list of certificates. */
  | { readonly kind: "known"; readonly id: string; readonly from: "given" | "list" }
  /** The key that the client has under another id. */
  | { readonly kind: "renamed"; readonly id: string; readonly givenId: string }
  /** Not the key that the client has under this id. */
  | { readonly kind: "mismatch"; readonly id: string }
  | { readonly kind: "unknown"; readonly id: string };

type Keys = ReadonlyMap<string, RsaKey>;

/** Finds out who signed a reply; its age is not looked at. */
export async function findSigner(
  reply: Reply,
  { given, listed }: { readonly given: Keys; readonly listed: Keys },
): Promise<ReplySigner> {
  const header = (name: string): string | null => reply.headers.get(`wechatpay-${name}`);
  const timestamp = header("timestamp");
  const nonce = header("nonce");
  const signature = header("signature");
  const id = header("serial")?.trim().toUpperCase();
  if (timestamp === null || nonce === null || signature === null || id === undefined) {
    return { kind: "nobody" };
  }
  if (signature.startsWith("WECHATPAY/SIGNTEST/")) return { kind: "probe", id };
  const message = replyMessage({ timestamp, nonce, body: reply.body });
  const isBy = async (key: RsaKey): Promise<boolean> =>
    (await key
      .load()
      .then((loaded) => verify(loaded, message, signature))
      .catch(() => false)) === true; // a certificate of the list that cannot be used

  const named = platformKeyOf(given, id);
  if (named !== undefined) {
    return (await isBy(named)) ? { kind: "known", id, from: "given" } : { kind: "mismatch", id };
  }
  const certificate = listed.get(id);
  if (certificate !== undefined && (await isBy(certificate))) {
    return { kind: "known", id, from: "list" };
  }
  for (const [givenId, key] of given) {
    if (await isBy(key)) return { kind: "renamed", id, givenId };
  }
  return { kind: "unknown", id };
}
