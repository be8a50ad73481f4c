import type { DigestAlgorithm } from "@wechat-edge/core";
import { shown } from "@wechat-edge/core/internal/upload";
import type { PayFileAddress } from "./target.ts";

/** The digest that a file is compared with while it is read. */
export interface ComparedDigest {
  readonly algorithm: DigestAlgorithm;
  /** In lower-case hexadecimal. */
  readonly value: string;
}

interface Kind {
  readonly algorithm: DigestAlgorithm;
  readonly digits: number;
}

const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ["SHA1", { algorithm: "SHA-1", digits: 40 }],
  ["SHA256", { algorithm: "SHA-256", digits: 64 }],
]);

/** Returns what the file is to be compared with, or undefined if that is unknown. Throws TypeError if it is malformed. */
export function expectedDigest(what: PayFileAddress): ComparedDigest | undefined {
  // Assumed: the digest of an encrypted bill is that of the bill before encryption.
  if (!("download_url" in what) || what.encrypt_key !== undefined) return undefined;
  const { hash_type, hash_value } = what;
  if (hash_type === undefined && hash_value === undefined) return undefined;
  const kind =
    typeof hash_type === "string" ? KINDS.get(hash_type.toUpperCase().replace("-", "")) : undefined;
  if (kind === undefined) {
    throw new TypeError(
      `hash_type must be SHA1 or SHA256, not ${shown(hash_type)}. For another digest, pass download_url alone, and compare the file yourself.`,
    );
  }
  const { algorithm, digits } = kind;
  if (
    typeof hash_value !== "string" ||
    hash_value.length !== digits ||
    !/^[0-9a-f]+$/i.test(hash_value)
  ) {
    throw new TypeError(
      `hash_value must have ${digits} hexadecimal digits, not ${shown(hash_value)}.`,
    );
  }
  return { algorithm, value: hash_value.toLowerCase() };
}

/** The SHA-1 of a statement of WeChat Pay Global, which is signed in place of the file. */
export const STATEMENT_HEADER = "Wechatpay-Statement-Sha1";

/** Returns the digest of a statement, or undefined if the reply states none. */
export function statementDigest(headers: {
  get(name: string): string | null;
}): ComparedDigest | undefined {
  const value = headers.get(STATEMENT_HEADER);
  return value === null ? undefined : { algorithm: "SHA-1", value: value.toLowerCase() };
}
