import { hex } from "../bytes/hex.ts";
import { sm3 } from "./sm3.ts";
import type { PayUploadForm } from "./upload-endpoints.ts";

/** The digest of a file in lower-case hexadecimal. */
export async function fileDigest(
  algorithm: PayUploadForm["algorithm"],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  if (algorithm === "SM3") return hex(sm3(bytes));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}
