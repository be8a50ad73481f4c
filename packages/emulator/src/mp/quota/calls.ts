import type { SeededAccount } from "../account.ts";
import { refuseAddress } from "../admit.ts";
import type { MpEndpoint } from "../endpoints.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type JsonObject, readJsonBody } from "../json-body.ts";

/** What is shown for a call without a limit (assumed). */
const LARGE_LIMIT = 5_000_000;
const RID = /^[\da-f]{8}-[\da-f]{8}-[\da-f]{8}$/;
const RID_DAYS = 7;
const DAY_SECONDS = 86_400;

function askedPath(
  known: readonly MpEndpoint[],
  account: SeededAccount,
  { cgi_path: path }: JsonObject,
): string | MpError {
  // Documented: without the slash, or with the host before it.
  if (typeof path !== "string" || !path.startsWith("/")) return mpError(76003);
  if (path.includes("/sns/")) return mpError(76022);
  const asked = known.filter((each) => each.path === path);
  if (asked.length === 0) return mpError(76021);
  // Reported: so it is for a call that the account has no right to.
  if (asked.some(({ requires }) => requires && !account[requires])) return mpError(76022);
  return path;
}

/** Answers `POST /cgi-bin/openapi/quota/clear`. Documented: 76022 when the times of the month are used up. */
export const answerClearPathQuota =
  (known: readonly MpEndpoint[]) =>
  ({ mp, clock }: MpExchange, account: SeededAccount, json: JsonObject): object | MpError => {
    const path = askedPath(known, account, json);
    if (typeof path !== "string") return path;
    const cleared = mp.quotas.clearPath(account, path, clock.now());
    return cleared ? { errcode: 0, errmsg: "ok" } : mpError(76022);
  };

/** Answers `POST /cgi-bin/openapi/quota/get`. */
export const answerGetQuota =
  (known: readonly MpEndpoint[]) =>
  ({ mp, clock }: MpExchange, account: SeededAccount, json: JsonObject): object | MpError => {
    const path = askedPath(known, account, json);
    if (typeof path !== "string") return path;
    const { used, daily = LARGE_LIMIT, minutely } = mp.quotas.ofToday(account, path, clock.now());
    return {
      errcode: 0,
      errmsg: "ok",
      quota: { daily_limit: daily, used, remain: Math.max(0, daily - used) },
      ...(minutely !== undefined && { rate_limit: { call_count: minutely, refresh_second: 60 } }),
    };
  };

const cleared = ({ mp, clock }: MpExchange, account: SeededAccount): object | MpError =>
  mp.quotas.clear(account, clock.now()) ? { errcode: 0, errmsg: "ok" } : mpError(48006);

/** Answers `POST /cgi-bin/clear_quota`. That the appid must be the token's is documented, its number assumed. */
export function answerClearQuota(
  exchange: MpExchange,
  account: SeededAccount,
  { appid }: JsonObject,
): object | MpError {
  if (appid === undefined || appid === "") return mpError(41002);
  return appid === account.appid ? cleared(exchange, account) : mpError(49001);
}

/** The fields of `POST /cgi-bin/clear_quota/v2`: documented in the body, and in a sample in the query. */
function clearFields(exchange: MpExchange): JsonObject {
  const body = readJsonBody(exchange);
  const query = Object.fromEntries(exchange.request.url.searchParams);
  return isMpError(body) ? query : { ...query, ...body.json };
}

/** The account that clears with its AppSecret, for faults and the journal. */
export function clearingAppid(exchange: MpExchange): string | undefined {
  const { appid } = clearFields(exchange);
  return typeof appid === "string" ? appid : undefined;
}

/** Answers `POST /cgi-bin/clear_quota/v2`, which needs no token. */
export function answerClearQuotaBySecret(exchange: MpExchange): object | MpError {
  const { mp } = exchange;
  const { appid, appsecret } = clearFields(exchange);
  if (appid === undefined || appid === "") return mpError(41002);
  if (appsecret === undefined || appsecret === "") return mpError(41004);
  const account = typeof appid === "string" ? mp.accounts.get(appid) : undefined;
  if (account === undefined) return mpError(40013);
  if (account.secretFrozen) return mpError(40243);
  if (appsecret !== account.secret) return mpError(mp.options.wrongSecret ?? 40125);
  return refuseAddress(exchange, account) ?? cleared(exchange, account);
}

/** Answers `POST /cgi-bin/openapi/rid/get`: for seven days, and the account's own (documented). */
export function answerGetRid(
  { mp, clock }: MpExchange,
  { appid }: SeededAccount,
  { rid }: JsonObject,
): object | MpError {
  if (typeof rid !== "string" || !RID.test(rid)) return mpError(76002);
  const call = mp.rids.find(rid);
  const oldest = clock.now() / 1000 - RID_DAYS * DAY_SECONDS;
  if (call === undefined || call.invoke_time < oldest) return mpError(76001);
  if (call.appid !== appid) return mpError(76003);
  const { appid: _, ...request } = call;
  return { errcode: 0, errmsg: "ok", request: { ...request, cost_in_ms: 1 } };
}

const SUBSCRIPTION_ACCOUNT = 1;
const ENTERPRISE = 1;
const REAL_NAME = 1;

/** Answers `POST /cgi-bin/account/getaccountbasicinfo`, in short. */
export function answerAccountInfo(
  _: MpExchange,
  { appid, verified }: SeededAccount,
): object | MpError {
  return {
    errcode: 0,
    errmsg: "ok",
    appid,
    account_type: SUBSCRIPTION_ACCOUNT,
    principal_type: ENTERPRISE,
    realname_status: REAL_NAME,
    wx_verify_info: { qualification_verify: verified, naming_verify: verified },
  };
}
