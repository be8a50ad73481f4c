import { base64Decode, base64Encode } from "../../bytes/base64.ts";
import { hex } from "../../bytes/hex.ts";
import { randomBytes } from "../../bytes/random.ts";

const encoder = new TextEncoder();
const BLOCK = 16;
/** Documented: PKCS#7 with blocks of 32 bytes. */
const PADDED_BLOCK = 32;
const RANDOM_BYTES = 16;
const LENGTH_BYTES = 4;

/** Documented: sorted, joined, SHA-1 in lower-case hex. */
export async function callbackSignature(...parts: readonly string[]): Promise<string> {
  const text = encoder.encode([...parts].sort().join(""));
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-1", text)));
}

async function importKey(
  encodingAESKey: string,
): Promise<{ key: CryptoKey; iv: Uint8Array<ArrayBuffer> }> {
  const bytes = Uint8Array.from(atob(`${encodingAESKey}=`), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey("raw", bytes, "AES-CBC", false, ["encrypt", "decrypt"]);
  return { key, iv: bytes.slice(0, BLOCK) };
}

/** Encrypts a message: random bytes, its length, the message, the appid, in base64. */
export async function encryptMessage(
  encodingAESKey: string,
  message: string,
  appid: string,
): Promise<string> {
  const text = encoder.encode(message);
  const owner = encoder.encode(appid);
  const used = RANDOM_BYTES + LENGTH_BYTES + text.length + owner.length;
  const fill = PADDED_BLOCK - (used % PADDED_BLOCK);
  const plain = new Uint8Array(used + fill).fill(fill);
  plain.set(randomBytes(RANDOM_BYTES));
  new DataView(plain.buffer).setUint32(RANDOM_BYTES, text.length);
  plain.set(text, RANDOM_BYTES + LENGTH_BYTES);
  plain.set(owner, used - owner.length);
  const { key, iv } = await importKey(encodingAESKey);
  // WebCrypto adds a block of padding behind WeChat's.
  const all = await crypto.subtle.encrypt({ name: "AES-CBC", iv }, key, plain);
  return base64Encode(new Uint8Array(all, 0, plain.length));
}

/** Decrypts an answer; undefined if it cannot be, or is for another appid. */
export async function decryptMessage(
  encodingAESKey: string,
  encrypted: string,
  appid: string,
): Promise<string | undefined> {
  const sealed = base64Decode(encrypted);
  if (sealed === undefined || sealed.length < PADDED_BLOCK || sealed.length % BLOCK > 0) {
    return undefined;
  }
  const { key, iv } = await importKey(encodingAESKey);
  // A block that decrypts to WebCrypto's own padding goes behind WeChat's, which is too long for it.
  const end = { name: "AES-CBC", iv: sealed.slice(-BLOCK) };
  const own = new Uint8Array(
    await crypto.subtle.encrypt(end, key, new Uint8Array(BLOCK).fill(BLOCK)),
  );
  const padded = new Uint8Array(sealed.length + BLOCK);
  padded.set(sealed);
  padded.set(own.subarray(0, BLOCK), sealed.length);
  const plain = new Uint8Array(await crypto.subtle.decrypt({ name: "AES-CBC", iv }, key, padded));
  const used = plain.length - (plain.at(-1) ?? 0);
  const from = RANDOM_BYTES + LENGTH_BYTES;
  if (used < from) return undefined;
  const to = from + new DataView(plain.buffer).getUint32(RANDOM_BYTES);
  const decoder = new TextDecoder();
  if (decoder.decode(plain.subarray(to, used)) !== appid) return undefined;
  return decoder.decode(plain.subarray(from, to));
}
