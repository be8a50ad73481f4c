import { concatBytes } from "../bytes/concat.ts";

const BLOCK_BYTES = 16;
/** The padding that WebCrypto adds, and wants to find, behind whole blocks. */
const WHOLE_BLOCK_PADDING = new Uint8Array(BLOCK_BYTES).fill(BLOCK_BYTES);

/** AES-256-CBC of whole blocks without padding. The initialization vector is the start of the key. */
interface Cipher {
  encrypt(blocks: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
  /** Resolves with undefined for anything but whole blocks. */
  decrypt(blocks: Uint8Array<ArrayBuffer>): Promise<Uint8Array | undefined>;
}

export async function cipherOf(rawKey: Uint8Array<ArrayBuffer>): Promise<Cipher> {
  const name = "AES-CBC";
  const key = await crypto.subtle.importKey("raw", rawKey, name, false, ["encrypt", "decrypt"]);
  const start = rawKey.slice(0, BLOCK_BYTES);
  const encryptFrom = async (
    iv: Uint8Array<ArrayBuffer>,
    blocks: Uint8Array<ArrayBuffer>,
  ): Promise<Uint8Array> => {
    const padded = await crypto.subtle.encrypt({ name, iv }, key, blocks);
    return new Uint8Array(padded, 0, blocks.byteLength);
  };
  return {
    encrypt: (blocks) => encryptFrom(start, blocks),
    async decrypt(blocks) {
      const { byteLength } = blocks;
      if (byteLength === 0 || byteLength % BLOCK_BYTES > 0) return undefined;
      // WebCrypto removes a padding of at most 16 bytes, and WeChat's has up to 32. So it gets one of its own to
      // remove, as the next block, and refuses nothing.
      const padding = await encryptFrom(blocks.slice(-BLOCK_BYTES), WHOLE_BLOCK_PADDING);
      const padded = concatBytes([blocks, padding]);
      return new Uint8Array(await crypto.subtle.decrypt({ name, iv: start }, key, padded));
    },
  };
}
