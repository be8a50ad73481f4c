import type { AbortSignal } from "../async/abort-signal.ts";
import { concatBytes } from "../bytes/concat.ts";
import { ReplyError } from "../errors.ts";
import type { Reply } from "../http/reply.ts";
import { withRetry } from "../http/retry.ts";
import { openReply, type StreamedReply } from "../http/streamed-reply.ts";
import { type PayCall, signedTry } from "./call.ts";
import { type PayClient, payParts } from "./client.ts";
import { payReplyError, requestIdOf } from "./reply.ts";

/** A GET whose reply is a file. */
export interface PayOpening extends Pick<PayCall, "operation" | "path"> {
  /** Where to send it, if not to the client's `baseUrl`. */
  readonly origin?: string | undefined;
  /** Removes secrets of the path from error messages. */
  readonly redact: (text: string) => string;
}

/**
 * Signs and sends one GET for a file, and retries until `begin` has read the start of a 2xx reply. `begin` decides what
 * the reply is and verifies what is signed; what it does not read, its result reads later.
 */
export async function openPayFile<T>(
  pay: PayClient,
  { operation, path, origin, redact }: PayOpening,
  signal: AbortSignal | undefined,
  begin: (reply: StreamedReply) => Promise<T>,
): Promise<T> {
  const { signer, keys } = payParts(pay);
  const { transport } = signer;
  const call: PayCall = {
    operation,
    path,
    method: "GET",
    platformKeyId: keys.platformKeyId,
    signedBody: new Uint8Array(0),
  };
  signal?.throwIfAborted();
  return withRetry(transport, { repeatable: true, signal }, (attempt) =>
    signedTry(signer, call, attempt, async (request, signed, onHead) => {
      const headers = { ...request.headers, Accept: "*/*" }; // documented for pictures
      const url = `${origin ?? signer.baseUrl}${path}`;
      const asked = { ...request, url, headers, redact };
      return openReply(transport, asked, signal, onHead, async (reply) => {
        if (reply.status >= 200 && reply.status <= 299) return begin(reply);
        throw payReplyError(await readWhole(reply), signed, transport.now());
      });
    }),
  );
}

/** Far more than a reply of JSON has. */
const MAX_WHOLE_BYTES = 8 * 1024 * 1024;

/** Reads the rest of a reply, after the bytes that were read before. Throws ReplyError if it is too large to be kept. */
export async function readWhole(reply: StreamedReply, head?: Uint8Array): Promise<Reply> {
  const { status, headers } = reply;
  const chunks = head === undefined ? [] : [head];
  let length = head?.byteLength ?? 0;
  for (let part = await reply.read(); part !== undefined; part = await reply.read()) {
    chunks.push(part);
    length += part.byteLength;
    if (length <= MAX_WHOLE_BYTES) continue;
    throw new ReplyError(
      `The reply (status ${status}) is no file and larger than ${MAX_WHOLE_BYTES} bytes, so it is not WeChat Pay's: check baseUrl and the network.`,
      { status, requestId: requestIdOf(reply) },
    );
  }
  return { status, headers, body: concatBytes(chunks) };
}
