import type { FetchResponse } from "../http/fetch-type.ts";
import { SignatureError } from "../pay/errors.ts";
import { NotificationError } from "./notification-error.ts";

/** What to answer WeChat Pay. */
export interface NotificationAnswer {
  /** 204, 400, 401 or 500. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for 204. */
  readonly body: string;
}

/** The Response type of your program. */
type WebResponse = typeof globalThis extends {
  fetch: (...args: never) => Promise<infer Response>;
}
  ? Response
  : FetchResponse;

/** WeChat's text for a failure. The sender may be anybody, and is not told why. */
const FAILURE = JSON.stringify({ code: "FAIL", message: "失败" });

/**
 * Says what to answer WeChat Pay, where there is no web Response: in Express, Koa, Node. Without an argument it is a
 * success. See {@link answerNotification}.
 *
 * @param failure - what was thrown; whatever is passed, even undefined, is a failure
 * @returns `{ status, headers, body }`
 *
 * @example
 * ```ts
 * import { notificationAnswer } from "@wechat-edge/core/pay-notifications";
 *
 * const { status, headers, body } = notificationAnswer(); // response.writeHead(status, headers).end(body)
 * console.log(status, body.length); // 204 0
 *
 * console.log(notificationAnswer(new Error("The database is down.")).status); // 500
 * ```
 */
export function notificationAnswer(
  ...failure: readonly [] | readonly [error: unknown]
): NotificationAnswer {
  if (failure.length === 0) return { status: 204, headers: {}, body: "" };
  const headers = { "content-type": "application/json; charset=utf-8" };
  return { status: statusOf(failure[0]), headers, body: FAILURE };
}

/**
 * Answers WeChat Pay: 204 without an argument; 401 for a `SignatureError`, 400 for a `NotificationError`, 500 for
 * anything that is your own trouble (a wrong key, a download of certificates that failed, your own code), each with
 * `{"code":"FAIL","message":"失败"}`. WeChat Pay sends the notification again after every answer but 200 and 204, and
 * if there is none within 5 seconds. So answer first and do long work afterwards, and log errors: the answer does not
 * say what is wrong.
 *
 * @param failure - what was thrown; whatever is passed, even undefined, is a failure
 * @returns a web Response
 * @see https://pay.weixin.qq.com/doc/v3/merchant/4012075420
 *
 * @example
 * ```ts
 * import { answerNotification } from "@wechat-edge/core/pay-notifications";
 *
 * console.log(answerNotification().status); // 204
 * const refusal = answerNotification(new Error("The database is down."));
 * console.log(refusal.status, await refusal.text()); // 500 {"code":"FAIL","message":"失败"}
 * ```
 */
export function answerNotification(
  ...failure: readonly [] | readonly [error: unknown]
): WebResponse {
  const { status, headers, body } = notificationAnswer(...failure);
  return new Response(body === "" ? null : body, { status, headers });
}

function statusOf(error: unknown): 400 | 401 | 500 {
  if (error instanceof NotificationError) return 400;
  // With a cause, the certificates could not be had.
  return error instanceof SignatureError && error.cause === undefined ? 401 : 500;
}
