import type { AbortSignal } from "../async/abort-signal.ts";
import { NetworkError } from "../errors.ts";
import { createDeadline, type Deadline } from "./deadline.ts";
import type { FetchResponse } from "./fetch-type.ts";
import { checkHeaderValues } from "./header-values.ts";
import type { ReplyHead } from "./reply.ts";
import { bodyReader } from "./response-body.ts";
import { type OutgoingRequest, sendError, transmit } from "./send.ts";
import type { Transport } from "./transport.ts";

/** A reply whose body is read piece by piece. */
export interface StreamedReply extends ReplyHead {
  /** Length of the body in bytes, if the reply says it. */
  readonly size: number | undefined;
  /** Resolves with the next bytes, or undefined at the end. Rejects if the body ends before its announced size. */
  read(): Promise<Uint8Array | undefined>;
  cancel(reason?: unknown): Promise<void>;
}

/**
 * Sends a request once, and resolves with what `begin` makes of the start of the reply. All of that may take `timeout`
 * together, however slowly the bytes come. What `begin` did not read is read later: then `timeout` is the longest time
 * without a byte. Both reject as `send` does; a body that ends early is a NetworkError. If `begin` throws, the reply is
 * cancelled.
 */
export async function openReply<T>(
  transport: Transport,
  request: OutgoingRequest,
  signal: AbortSignal | undefined,
  onHead: (head: ReplyHead) => void,
  begin: (reply: StreamedReply) => Promise<T>,
): Promise<T> {
  checkHeaderValues(request.headers);
  const deadline = createDeadline(transport.timeout, signal);
  const failed = (error: unknown): never => {
    throw sendError(error, request, deadline);
  };
  let reply: StreamedReply | undefined;
  try {
    return await deadline.within(async () => {
      const response = await transmit(transport, request, deadline, onHead).catch(failed);
      reply = replyOf(response, deadline, failed);
      return begin(reply);
    });
  } catch (error) {
    deadline.close();
    // Not awaited: a stream may take its time to end.
    void reply?.cancel(error);
    throw error;
  }
}

function replyOf(
  response: FetchResponse,
  deadline: Deadline,
  failed: (error: unknown) => never,
): StreamedReply {
  const { status, headers } = response;
  const size = announcedSize(response);
  const reader = bodyReader(response);
  let received = 0;
  return {
    status,
    headers,
    size,
    async read() {
      const part = await deadline
        .within(() => reader.read(), "No further byte came")
        .catch((error: unknown) => {
          deadline.close();
          return failed(error);
        });
      if (part !== undefined) {
        received += part.byteLength;
        return part;
      }
      deadline.close();
      if (size === undefined || received >= size) return undefined;
      throw new NetworkError(`The download ended after ${received} of ${size} bytes.`);
    },
    async cancel(reason) {
      deadline.close();
      await reader.cancel(reason).catch(() => undefined); // the body may have failed already
    },
  };
}

/**
 * Content-Length counts compressed bytes if the body is compressed. A browser shows Content-Length to a page of another
 * origin, but Content-Encoding only if the server allows it. There the size is unknown, and only the browser checks
 * that all bytes come.
 */
function announcedSize({ headers, type }: FetchResponse): number | undefined {
  const length = headers.get("content-length");
  const encoding = headers.get("content-encoding") ?? (type === "cors" ? "hidden" : "identity");
  return length !== null && /^\d+$/.test(length) && encoding === "identity"
    ? Number(length)
    : undefined;
}
