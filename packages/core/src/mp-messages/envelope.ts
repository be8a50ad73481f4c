import { decodeBase64, encodeBase64 } from "../bytes/base64.ts";
import { concatBytes } from "../bytes/concat.ts";
import { encodeUtf8 } from "../bytes/utf8.ts";
import { cipherOf } from "./aes-cbc.ts";
import { MessageError } from "./message-error.ts";
import { isSameText, messageSignature } from "./message-signature.ts";

/** What both sides know. */
export interface EnvelopeSecrets {
  /** 令牌 (Token). */
  readonly token: string;
  /** The decoded keys, the current one first. */
  readonly keys: readonly Uint8Array<ArrayBuffer>[];
  /** Whose message it is: an account, or a third-party platform. */
  readonly appid: string;
}

/** An encrypted message and its signature, as they stand in the request. */
export interface SealedMessage {
  /** `msg_signature`. */
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
  /** Base64. */
  readonly encrypt: string;
}

/** Random bytes and the length of the message. */
const HEAD_BYTES = 20;
const RANDOM_BYTES = 16;
/** WeChat pads to blocks of 32 bytes. */
const PADDED_BYTES = 32;
const APPID = /^[\w-]{1,64}$/;

/**
 * Verifies and decrypts a message; resolves with its bytes. Whatever is wrong behind a right signature is one and the
 * same error.
 *
 * @throws MessageError with the reason `signature`, `decryption` or `appid`
 */
export async function openEnvelope(
  { token, keys, appid }: EnvelopeSecrets,
  { signature, timestamp, nonce, encrypt }: SealedMessage,
): Promise<Uint8Array> {
  const wanted = await messageSignature([token, timestamp, nonce, encrypt]);
  if (!isSameText(wanted, signature)) {
    throw new MessageError(
      "msg_signature is not that of this message. The request is forged or was changed on the way, or the token (令牌) is not the one that was set where WeChat has this address.",
      { reason: "signature" },
    );
  }
  const blocks = decodeBase64(encrypt);
  const opened =
    blocks === undefined ? [] : await Promise.all(keys.map((key) => open(key, blocks)));
  const own = opened.find((content) => content?.appid === appid);
  if (own !== undefined) return own.message;
  const foreign = opened.find((content) => APPID.test(content?.appid ?? ""))?.appid;
  if (foreign !== undefined) {
    throw new MessageError(
      `The message is for ${foreign}, not for ${appid}. Messages that a third-party platform receives are encrypted for the platform: pass its AppID as messageAppid.`,
      { reason: "appid" },
    );
  }
  throw new MessageError(
    "The message is signed with the token, but no encodingAESKey decrypts it. It was changed where WeChat has this address, or belongs to something else that has the same token. While the key is being changed, pass [current, previous].",
    { reason: "decryption" },
  );
}

/** Encrypts and signs a message with the current key, which there must be, as an answer is sent. */
export async function sealEnvelope(
  { token, keys: [key], appid }: EnvelopeSecrets,
  { message, timestamp, nonce }: { message: string; timestamp: string; nonce: string },
): Promise<SealedMessage> {
  const bytes = encodeUtf8(message);
  const head = new Uint8Array(HEAD_BYTES);
  crypto.getRandomValues(head.subarray(0, RANDOM_BYTES));
  new DataView(head.buffer).setUint32(RANDOM_BYTES, bytes.byteLength);
  const content = concatBytes([head, bytes, encodeUtf8(appid)]);
  const padding = PADDED_BYTES - (content.byteLength % PADDED_BYTES);
  const padded = concatBytes([content, new Uint8Array(padding).fill(padding)]);
  const encrypt = encodeBase64(
    await (await cipherOf(key as Uint8Array<ArrayBuffer>)).encrypt(padded),
  );
  const signature = await messageSignature([token, timestamp, nonce, encrypt]);
  return { signature, timestamp, nonce, encrypt };
}

interface Content {
  readonly message: Uint8Array;
  readonly appid: string;
}

async function open(
  key: Uint8Array<ArrayBuffer>,
  blocks: Uint8Array<ArrayBuffer>,
): Promise<Content | undefined> {
  const padded = await (await cipherOf(key)).decrypt(blocks);
  const content = padded === undefined ? undefined : unpadded(padded);
  if (content === undefined || content.byteLength < HEAD_BYTES) return undefined;
  const view = new DataView(content.buffer, content.byteOffset);
  const end = HEAD_BYTES + view.getUint32(RANDOM_BYTES);
  return {
    message: content.subarray(HEAD_BYTES, end), // of a wrong length, nothing is left for the appid
    appid: new TextDecoder().decode(content.subarray(end)),
  };
}

function unpadded(padded: Uint8Array): Uint8Array | undefined {
  const padding = padded.at(-1) ?? 0;
  const end = padded.byteLength - padding;
  if (padding > PADDED_BYTES || end < 0) return undefined;
  return padded.subarray(end).every((byte) => byte === padding)
    ? padded.subarray(0, end)
    : undefined;
}
