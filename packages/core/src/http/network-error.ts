import { NetworkError, ReplyError, type WechatError } from "../errors.ts";
import { visible } from "../visible.ts";

/**
 * Makes the error for what fetch, or the reading of a body, has rejected with.
 *
 * @param redact - removes secrets from messages
 */
export function networkError(
  error: unknown,
  redact: ((text: string) => string) | undefined,
): WechatError {
  // With redirect: "error" a redirect makes fetch fail; Node, Deno and Bun say so in the message.
  if (/redirect/i.test(withoutUrls(error))) return redirected(0);
  if (isProxyRefusal(error)) return proxyRefusal();
  const text = redact === undefined ? errorText(error) : redact(errorText(error));
  const cause = redact === undefined ? error : new Error(visible(text));
  return new NetworkError(`No complete reply came: ${text.replace(/\.$/, "")}.`, { cause });
}

/** Makes the error for a redirect; its status is 0 if the runtime hides it. */
export function redirected(status: number): ReplyError {
  return new ReplyError(
    `The reply is a redirect${status === 0 ? "" : ` (status ${status})`}. WeChat sends none: check baseUrl and the network.`,
    { status },
  );
}

/**
 * Whether fetch failed because a proxy answered 407. Node's fetch turns that reply into an error whose cause has no
 * message; the connection to a proxy says it in words.
 */
export function isProxyRefusal(error: unknown): boolean {
  if (/prox[^:]*(?:authenticat|authoriz|\b407\b)/i.test(withoutUrls(error))) return true;
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const isNameless = cause instanceof Error && cause.message === "" && !("code" in cause);
  return isNameless && (error as Error).message === "fetch failed";
}

/** Makes the error for a 407. */
export function proxyRefusal(): ReplyError {
  return new ReplyError(
    "A proxy asks for a user name and a password (status 407): set them where the proxy is set, or in your own fetch.",
    { status: 407 },
  );
}

/** Deno and Bun put the URL into their messages. */
function withoutUrls(error: unknown): string {
  return errorText(error).replace(/https?:\S+/g, "");
}

function errorText(error: unknown): string {
  if (!(error instanceof Error))
    return String((error as { errMsg?: unknown } | null)?.errMsg ?? error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
