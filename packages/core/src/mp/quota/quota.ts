import type { AbortSignal } from "../../async/abort-signal.ts";
import type { WechatError } from "../../errors.ts";
import { shown } from "../../given.ts";
import { type JsonObject, missingField, objectOf } from "../../http/reply.ts";
import { withRetry } from "../../http/retry.ts";
import type { UnknownOutcomeOptions } from "../../http/unknown-outcome.ts";
import { BOOLEAN, checkInput, checkOptions, type OptionKinds } from "../../options.ts";
import { type MpCall, sendMp } from "../call.ts";
import { type MpClient, mpParts } from "../client.ts";
import { MpApiError, withAdvice } from "../errors.ts";
import { mpExchange } from "../exchange.ts";
import { jsonBody } from "../json-body.ts";
import { onlyOnce } from "../once.ts";

/** Options of {@link getQuota}. */
export interface QuotaOptions {
  /** Stops the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link clearQuota}. */
export interface ClearQuotaOptions extends QuotaOptions, UnknownOutcomeOptions {
  /**
   * Sends the AppSecret in place of a token (`/cgi-bin/clear_quota/v2`): for when the quota of the token calls is used
   * up too. False by default.
   */
  readonly bySecret?: boolean | undefined;
  /**
   * The one call whose quota is reset, such as `/cgi-bin/media/upload` (`/cgi-bin/openapi/quota/clear`): fifty times a
   * month, apart from the ten of all calls (documented). All calls by default.
   */
  readonly cgi_path?: string | undefined;
}

/** How often a call may be made in a time. */
export interface RateLimit {
  readonly call_count: number;
  /** Seconds after which the count begins again. */
  readonly refresh_second: number;
}

/** The quota of a call, under WeChat's names. */
export interface CallQuota {
  /** Calls a day; 0 where WeChat names no limit. */
  readonly daily_limit: number;
  /** Calls of today, with an error of about 1 % (documented). */
  readonly used: number;
  readonly remain: number;
  readonly rate_limit?: RateLimit;
  /** The same for calls that a third-party platform makes for the account. */
  readonly component_rate_limit?: RateLimit;
}

const QUOTA_OPTIONS: OptionKinds<QuotaOptions> = { signal: "signal" };
const CLEAR_OPTIONS: OptionKinds<ClearQuotaOptions> = {
  signal: "signal",
  retryUnknown: BOOLEAN,
  bySecret: BOOLEAN,
  cgi_path: "text",
};

const ADVICE: Readonly<Record<number, string>> = {
  48006: "The quota was reset ten times this month, here or in the platform: wait until tomorrow.",
  49001: "The token belongs to another account than the appid of the client.",
  76003: "cgi_path is the path of a call, such as /cgi-bin/media/upload.",
  76021: "WeChat knows no call of this cgi_path.",
  76022:
    "The account has no right to this call (reported), it is one of /sns/, which are not counted, or its quota was reset fifty times this month.",
};

function advised(error: unknown): never {
  const advice = error instanceof MpApiError ? ADVICE[error.errcode] : undefined;
  throw advice === undefined ? error : withAdvice(error as MpApiError, advice);
}

/**
 * Resolves with today's quota of a call and what is left of it.
 *
 * Follows 查询API调用额度 (`/cgi-bin/openapi/quota/get`).
 *
 * @param input - `cgi_path` of the call, such as `/cgi-bin/media/upload`
 * @throws TypeError if `cgi_path` is no path; MpApiError if WeChat refuses (76021: no such call, 76022: no right to it);
 * NetworkError, TimeoutError or ReplyError if no clear reply came
 * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_getapiquota
 *
 * @example
 * ```ts
 * import { createMpClient } from "@wechat-edge/core";
 * import { getQuota } from "@wechat-edge/core/mp-doctor";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const { appid } = credentials.mp;
 * const accounts = [{ appid, dailyLimits: { "/cgi-bin/draft/add": 1000 } }];
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator({ accounts }).fetch });
 * const { used, remain } = await getQuota(mp, { cgi_path: "/cgi-bin/draft/add" });
 * console.log(used, remain); // 0 1000
 * ```
 */
export async function getQuota(
  mp: MpClient,
  input: { readonly cgi_path: string },
  options: QuotaOptions = {},
): Promise<CallQuota> {
  checkInput("getQuota", input, "{ cgi_path }");
  checkOptions("getQuota", options, QUOTA_OPTIONS);
  const { cgi_path } = input;
  checkCgiPath(cgi_path);
  const call: MpCall = {
    ...{ operation: "getQuota", method: "POST", path: "/cgi-bin/openapi/quota/get" },
    ...jsonBody({ cgi_path }),
  };
  const reply = await mpExchange(mp, call, { signal: options.signal }).catch(advised);
  const { daily_limit, used, remain } = objectOf(reply["quota"]) ?? {};
  const counts = { daily_limit: count(daily_limit), used: count(used), remain: count(remain) };
  return { ...counts, ...rates(reply) };
}

function checkCgiPath(cgi_path: unknown): void {
  if (typeof cgi_path === "string" && /^(?:\/[\w.-]+)+$/.test(cgi_path)) return;
  throw new TypeError(
    `cgi_path must be a path without host and query, such as "/cgi-bin/media/upload", not ${shown(cgi_path)}.`,
  );
}

function count(value: unknown): number {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number)) return number;
  throw missingField("quota");
}

function rates(reply: JsonObject): Pick<CallQuota, "rate_limit" | "component_rate_limit"> {
  const limits = ["rate_limit", "component_rate_limit"].flatMap((name) => {
    const { call_count, refresh_second } = objectOf(reply[name]) ?? {};
    return typeof call_count === "number" && typeof refresh_second === "number"
      ? [[name, { call_count, refresh_second }]]
      : [];
  });
  return Object.fromEntries(limits);
}

/**
 * Resets today's quotas of all calls of the account. It works ten times a month, clicks in the platform and calls by the
 * secret included (documented); so a lost reply is not repeated. With `cgi_path` it resets that of one call.
 *
 * Follows 重置API调用次数 (`/cgi-bin/clear_quota`), with `bySecret` 使用AppSecret重置API调用次数
 * (`/cgi-bin/clear_quota/v2`), and with `cgi_path` 重置指定API调用次数 (`/cgi-bin/openapi/quota/clear`).
 *
 * @throws TypeError if `bySecret` is true and the client has no secret, or `cgi_path` is no path; MpApiError if WeChat
 * refuses (48006: ten times already); OutcomeUnknownError if the reply was lost; NetworkError, TimeoutError or ReplyError
 * if the call was certainly not made
 * @see https://developers.weixin.qq.com/doc/service/api/apimanage/api_clearquota
 *
 * @example
 * ```ts
 * import { createMpClient, mpRequest } from "@wechat-edge/core";
 * import { clearQuota, getQuota } from "@wechat-edge/core/mp-doctor";
 * import { createEmulator, credentials } from "@wechat-edge/emulator";
 *
 * const mp = createMpClient({ ...credentials.mp, fetch: createEmulator().fetch });
 * const path = "/cgi-bin/material/get_materialcount";
 * await mpRequest(mp, { method: "GET", path });
 * console.log((await getQuota(mp, { cgi_path: path })).used); // 1
 * await clearQuota(mp);
 * console.log((await getQuota(mp, { cgi_path: path })).used); // 0
 * ```
 */
export async function clearQuota(mp: MpClient, options: ClearQuotaOptions = {}): Promise<void> {
  checkOptions("clearQuota", options, CLEAR_OPTIONS);
  const { signal, bySecret, retryUnknown, cgi_path } = options;
  if (cgi_path !== undefined) checkCgiPath(cgi_path);
  if (cgi_path !== undefined && bySecret === true) {
    throw new TypeError("clearQuota takes cgi_path or bySecret, not both: leave one out.");
  }
  const { transport, secret } = mpParts(mp);
  const { appid, baseUrl } = mp;
  const operation = "clearQuota";
  const once = onlyOnce({
    lookAt: "with getQuota whether used is small again",
    acknowledged: true,
  });
  if (bySecret !== true) {
    const one = { path: "/cgi-bin/openapi/quota/clear", ...jsonBody({ cgi_path }) };
    const all = { path: "/cgi-bin/clear_quota", ...jsonBody({ appid }) };
    const call = { operation, method: "POST", ...(cgi_path === undefined ? all : one) };
    await mpExchange(mp, call, { signal, once, retryUnknown }).catch(advised);
    return;
  }
  const appsecret = secret();
  if (appsecret === undefined) {
    throw new TypeError(
      "bySecret needs a client that was made with secret, not with getAccessToken.",
    );
  }
  const path = "/cgi-bin/clear_quota/v2";
  const isOnce = retryUnknown !== true;
  const body = jsonBody({ appid, appsecret });
  const call = { operation, method: "POST", path, ...body, once: isOnce };
  const secrets = { query: {}, hidden: [appsecret] };
  const repeatable = (error: WechatError): boolean =>
    retryUnknown === true || once.mayRepeat(error);
  await withRetry(transport, { repeatable, signal }, async (attempt) => {
    const reply = await sendMp({ baseUrl, transport }, call, secrets, signal, attempt);
    if (isOnce) once.checkReply(reply);
  }).catch((error: unknown) => {
    const isUnknown = retryUnknown !== true && once.isUnknown(error);
    return isUnknown ? Promise.reject(once.explained(operation, error)) : advised(error);
  });
}
