import type { AbortSignal } from "../async/abort-signal.ts";
import { encodeJson } from "../http/json.ts";
import type { JsonObject } from "../http/reply.ts";
import { bytesBody } from "../http/request-body.ts";
import { advising } from "../mp/advising.ts";
import { type MpCall, sendMp } from "../mp/call.ts";
import { type MpClient, mpParts } from "../mp/client.ts";
import { isTokenErrcode } from "../mp/errcodes.ts";
import { MpApiError, withAdvice } from "../mp/errors.ts";
import { type OnceRule, withToken } from "../mp/exchange.ts";
import { PLATFORM_ADVICE } from "../mp/platform-errcodes.ts";

/** A call that a platform makes in its own name. */
export interface ComponentCall {
  /** Name for `onAttempt`. */
  readonly operation: string;
  /** Such as `/cgi-bin/component/api_query_auth`. */
  readonly path: string;
  readonly body: object;
  /** Secrets of the body, which a reply may repeat. */
  readonly hidden?: readonly string[];
}

/** The POST with a JSON body that every call of a platform is. */
export function postOf({ operation, path, body }: ComponentCall): MpCall {
  return {
    operation,
    method: "POST",
    path,
    contentType: "application/json",
    body: bytesBody([encodeJson(body)]),
  };
}

/**
 * Sends a call with the component_access_token, and with another one if WeChat refuses the first. It is repeated after a
 * lost reply unless `once` forbids it.
 */
export async function componentCall(
  component: MpClient,
  call: ComponentCall,
  rule: { readonly signal?: AbortSignal | undefined; readonly once?: OnceRule | undefined } = {},
): Promise<JsonObject> {
  const post = { ...postOf(call), once: rule.once !== undefined };
  const gateway = { baseUrl: component.baseUrl, transport: mpParts(component).transport };
  const send = async (token: string, attempt: number): Promise<JsonObject> => {
    const secrets = {
      query: { component_access_token: token },
      hidden: [token, ...(call.hidden ?? [])],
    };
    const reply = await sendMp(gateway, post, secrets, rule.signal, attempt).catch(
      advising(call.path, PLATFORM_ADVICE),
    );
    rule.once?.checkReply(reply);
    return reply;
  };
  return withToken(component, post, rule, send).catch((error: unknown) => {
    throw error instanceof MpApiError &&
      isTokenErrcode(error.errcode) &&
      error.endpoint === call.path
      ? withAdvice(
          error,
          `WeChat refused two component_access_tokens of ${component.appid}, one after the other, so another program must be taking new ones. Let all programs of the platform share one tokenStore.`,
        )
      : error;
  });
}
