import { NetworkError, WechatError } from "../errors.ts";
import { createDeadline } from "./deadline.ts";
import { networkError, type OutgoingRequest, type ReplyHead, transmit } from "./send.ts";
import type { Transport } from "./transport.ts";

/** A reply whose body is read as the reader wants it. */
export interface StreamedReply extends ReplyHead {
  /** Bytes of the body, where the reply says so. */
  readonly size: number | undefined;
  /** The next bytes, or undefined at the end, which comes after all bytes announced or not at all. */
  read(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/**
 * Sends once and gives the reply when its head is there. The head, and each read after it, may take `timeout`.
 * Both reject as `send` does; a body that ends early is a NetworkError.
 */
export async function openReply(
  transport: Transport,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
  onHead: (head: ReplyHead) => void,
): Promise<StreamedReply> {
  const deadline = createDeadline(transport.timeout, signal);
  const failed = (error: unknown): never => {
    deadline.close();
    if (deadline.signal.aborted || error instanceof WechatError) throw error;
    throw networkError(error, request.redact);
  };
  const response = await deadline
    .within(() => transmit(transport, request, deadline, onHead))
    .catch(failed);
  const { status, headers } = response;
  const size = announcedSize(response);
  const reader = response.body?.getReader();
  let received = 0;
  return {
    status,
    headers,
    size,
    async read() {
      const part = await deadline.within(async () => reader?.read()).catch(failed);
      if (part?.done === false) {
        received += part.value.byteLength;
        return part.value;
      }
      deadline.close();
      if (size === undefined || received >= size) return undefined;
      throw new NetworkError(`The download ended after ${received} of ${size} bytes.`);
    },
    async cancel(reason) {
      deadline.close();
      await reader?.cancel(reason).catch(() => undefined); // it had failed already
    },
  };
}

/**
 * Content-Length counts the bytes on the wire, which are others where they are compressed. To a page
 * of another origin a browser shows Content-Length, but Content-Encoding only where the server says so:
 * there nothing is known, and the browser alone sees to it that all bytes come.
 */
function announcedSize({ headers, type }: Response): number | undefined {
  const length = headers.get("content-length");
  const encoding = headers.get("content-encoding") ?? (type === "cors" ? "hidden" : "identity");
  return length !== null && /^\d+$/.test(length) && encoding === "identity"
    ? Number(length)
    : undefined;
}
