import { unlessAborted } from "./abort.ts";
import type { FetchRequest, FetchResponse } from "./fetch-type.ts";

/** Where WeChat sends a request of its own. */
export interface Recipient {
  /** Receives it in this process. */
  to?: ((request: FetchRequest) => FetchResponse | Promise<FetchResponse>) | undefined;
  /** Where it is sent; with `to`, the address of the Request. */
  url: string;
}

/** What came of a request. */
export interface Outcome {
  /** The status of the answer; undefined if none came within 5 seconds. */
  readonly status: number | undefined;
  /** The body of the answer. */
  readonly answer: string | undefined;
  /** Why no answer came. */
  readonly error: string | undefined;
}

interface Sent {
  method: "GET" | "POST";
  headers: Record<string, string>;
  body?: Uint8Array<ArrayBuffer>;
}

/** Documented for notifications of WeChat Pay and for messages: an answer must come within 5 seconds. */
const ANSWER_MS = 5000;
/** An address may be anything, and its answer of any length. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Sends a request as WeChat does, and waits for the answer. */
export async function sendOut({ to, url }: Recipient, sent: Sent): Promise<Outcome> {
  const late = new AbortController();
  const { signal } = late;
  const timer = setTimeout(
    () => late.abort(new Error("No answer came within 5 seconds.")),
    ANSWER_MS,
  );
  const init = { ...sent, redirect: "manual" as const };
  try {
    const answer = async (): Promise<Outcome> => {
      const response = to
        ? await to(new Request(url, init))
        : await fetch(url, { ...init, signal });
      return { status: response.status, answer: await startOf(response), error: undefined };
    };
    return await unlessAborted(answer(), signal);
  } catch (error) {
    return unanswered(error);
  } finally {
    clearTimeout(timer);
  }
}

export function unanswered(error: unknown): Outcome {
  return { status: undefined, answer: undefined, error: reasonOf(error) };
}

async function startOf({ body }: FetchResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for (const reader = body?.getReader(); reader !== undefined; ) {
    const { value } = await reader.read();
    if (value === undefined) break;
    text += decoder.decode(value.subarray(0, MAX_ANSWER_BYTES), { stream: true });
    if (text.length <= MAX_ANSWER_BYTES) continue;
    await reader.cancel();
    return `${text.slice(0, MAX_ANSWER_BYTES)}…`;
  }
  return text + decoder.decode();
}

/** `fetch` says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error && cause.message !== "" ? `${message}: ${cause.message}` : message;
}
