import { given } from "../../given.ts";
import { missingField, objectOf } from "../../http/reply.ts";
import { checkInput, checkOptions, type OptionKinds } from "../../options.ts";
import type { MpClient } from "../client.ts";
import { MpApiError, withAdvice } from "../errors.ts";
import { mpExchange } from "../exchange.ts";
import { jsonBody } from "../json-body.ts";
import { redact } from "../redact.ts";
import type { QuotaOptions } from "./quota.ts";

/** The call that WeChat answered with a `rid`, under WeChat's names, without its tokens and secrets. */
export interface RidRequest {
  /** In Unix seconds. */
  readonly invoke_time?: number;
  readonly cost_in_ms?: number;
  /** The query of the call. */
  readonly request_url?: string;
  readonly request_body?: string;
  readonly response_body?: string;
  /** The address that WeChat saw, which an IP whitelist must have. */
  readonly client_ip?: string;
}

/** A token, a secret or a ticket in JSON, which may be cut. */
const SECRET_FIELD = /("\w*(?:secret|token|ticket)"\s*:\s*")[^"]+/g;

const OPTIONS: OptionKinds<QuotaOptions> = { signal: "signal" };

const ADVICE: Readonly<Record<number, string>> = {
  76001: "WeChat has no such rid, or it is older than 7 days.",
  76002: "Pass the rid of an error as it is: error.rid.",
  76003: "This rid belongs to a call of another account.",
};

/**
 * Resolves with what WeChat kept of a call that it refused: what arrived, from which address, and what it answered.
 *
 * Follows 查询rid信息 (`/cgi-bin/openapi/rid/get`).
 *
 * @param input - `rid` of an MpApiError of the last 7 days, of the same account
 * @throws TypeError if `rid` is no rid; MpApiError if WeChat refuses (76001: unknown or older than 7 days);
 * NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getridinfo
 *
 * @example
 * ```ts
 * import { createMpClient, mpRequest } from "@wechat-edge/core";
 * import { getRid } from "@wechat-edge/core/mp-doctor";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const body = { media_id: "unknown" };
 * const call = mpRequest(mp, { method: "POST", path: "/cgi-bin/draft/get", body });
 * const { rid } = await call.catch((thrown) => thrown);
 * const { request_body, client_ip } = await getRid(mp, { rid });
 * console.log(request_body, client_ip); // {"media_id":"unknown"} 127.0.0.1
 * ```
 */
export async function getRid(
  mp: MpClient,
  input: { readonly rid: string },
  options: QuotaOptions = {},
): Promise<RidRequest> {
  checkInput("getRid", input, "{ rid }");
  checkOptions("getRid", options, OPTIONS);
  const { rid } = input;
  if (typeof rid !== "string" || !/^[\w-]{1,64}$/.test(rid)) {
    throw new TypeError(
      `rid must be that of an error, such as "61725984-6126f6f9-040f19c4", not ${given(rid)}.`,
    );
  }
  const path = "/cgi-bin/openapi/rid/get";
  const call = { operation: "getRid", method: "POST", path, ...jsonBody({ rid }) };
  const reply = await mpExchange(mp, call, { signal: options.signal }).catch((error: unknown) => {
    const advice = error instanceof MpApiError ? ADVICE[error.errcode] : undefined;
    throw advice === undefined ? error : withAdvice(error as MpApiError, advice);
  });
  const request = objectOf(reply["request"]);
  if (request === undefined) throw missingField("request");
  const clean = Object.entries(request).map(([name, value]) => [
    name,
    typeof value === "string" ? withoutSecrets(value) : value,
  ]);
  return Object.fromEntries(clean);
}

/** The secrets of the call are not those of this client: another process may have made it. */
function withoutSecrets(text: string): string {
  return redact(text, { query: {}, hidden: [] }).replace(SECRET_FIELD, "$1***");
}
