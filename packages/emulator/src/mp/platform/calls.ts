import { addressRefused, IMPOSSIBLE_TOKEN, REFUSALS } from "../admit.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type JsonObject, readJsonBody } from "../json-body.ts";
import type { Authorizations } from "./authorizations.ts";
import { CODE_SECONDS } from "./authorizations.ts";
import type { SeededPlatform } from "./platform.ts";

/** A platform that calls in its own name. */
interface Caller {
  platform: SeededPlatform;
  authorizations: Authorizations;
  json: JsonObject;
}

/** The platform of the body, for faults and the journal. */
export function componentAppid(exchange: MpExchange): string | undefined {
  const body = readJsonBody(exchange);
  const id = isMpError(body) ? undefined : body.json["component_appid"];
  return typeof id === "string" ? id : undefined;
}

/** The order of the checks is assumed. */
function bySecret(exchange: MpExchange, name: string): Caller | MpError {
  const body = readJsonBody(exchange);
  if (isMpError(body)) return body;
  const { component_appid, [name]: secret } = body.json;
  if (component_appid === undefined || component_appid === "") return mpError(41002);
  if (secret === undefined || secret === "") return mpError(41004);
  const found =
    typeof component_appid === "string" ? exchange.mp.platforms.get(component_appid) : undefined;
  if (found === undefined) return mpError(name === "component_secret" ? 40013 : 61011);
  if (secret !== found.platform.component_appsecret) return mpError(40125);
  return refuseAddress(exchange, found.platform) ?? { ...found, json: body.json };
}

function refuseAddress(exchange: MpExchange, { ipWhitelist }: SeededPlatform): MpError | undefined {
  return addressRefused(exchange, ipWhitelist) ? mpError(61004) : undefined;
}

/** Old pages call it component_access_token, today's access_token. */
function byToken(exchange: MpExchange): Caller | MpError {
  const { searchParams } = exchange.request.url;
  const token =
    searchParams.get("component_access_token") ?? searchParams.get("access_token") ?? "";
  if (token === "") return mpError(41001);
  if (IMPOSSIBLE_TOKEN.test(token)) return mpError(40014);
  const found = exchange.mp.tokens.find(token);
  if (found === undefined) return mpError(40001);
  if (found.kind !== "component") return mpError(61014);
  if (found.state !== "live") return mpError(REFUSALS[found.state]);
  const caller = exchange.mp.platforms.get(found.appid);
  if (caller === undefined) return mpError(61011);
  const refused = refuseAddress(exchange, caller.platform);
  if (refused) return refused;
  const body = readJsonBody(exchange);
  if (isMpError(body)) return body;
  return body.json["component_appid"] === found.appid
    ? { ...caller, json: body.json }
    : mpError(40013);
}

/** Answers api_start_push_ticket: tickets are pushed again, the first at once. */
export function answerStartPushTicket(exchange: MpExchange): object {
  const caller = bySecret(exchange, "component_secret");
  if (isMpError(caller)) return caller;
  exchange.mp.pushes.start(caller.platform.component_appid);
  return { errcode: 0, errmsg: "ok" };
}

export function answerComponentToken(exchange: MpExchange): object {
  const caller = bySecret(exchange, "component_appsecret");
  if (isMpError(caller)) return caller;
  const ticket = caller.json["component_verify_ticket"];
  const state = caller.authorizations.ticketState(typeof ticket === "string" ? ticket : "");
  if (state === "invalid") return mpError(61006);
  if (state === "expired") return mpError(61005);
  const { component_appid } = caller.platform;
  const { access_token, expires_in } = exchange.mp.tokens.issueComponent(component_appid);
  return { component_access_token: access_token, expires_in };
}

export function answerPreAuthCode(exchange: MpExchange): object {
  const caller = byToken(exchange);
  if (isMpError(caller)) return caller;
  return { pre_auth_code: caller.authorizations.newPreAuthCode(), expires_in: CODE_SECONDS };
}

const funcInfo = (functions: readonly number[]): object[] =>
  functions.map((id) => ({ funcscope_category: { id } }));

/** A code may be used until it expires (assumed: it comes by the page and by the push, and either may use it). */
export function answerQueryAuth(exchange: MpExchange): object {
  const caller = byToken(exchange);
  if (isMpError(caller)) return caller;
  const { authorizations, json, platform } = caller;
  const state = authorizations.codeState(String(json["authorization_code"]));
  if (state === "invalid") return mpError(61009);
  if (state === "expired") return mpError(61010);
  const authorization = authorizations.get(state.appid);
  if (authorization === undefined) return mpError(61009);
  const { authorizer_appid, refresh_token, functions } = authorization;
  const { access_token, expires_in } = exchange.mp.tokens.issueAuthorizer(
    authorizer_appid,
    platform.component_appid,
  );
  return {
    authorization_info: {
      authorizer_appid,
      authorizer_access_token: access_token,
      expires_in,
      authorizer_refresh_token: refresh_token,
      func_info: funcInfo(functions),
    },
  };
}

export function answerAuthorizerToken(exchange: MpExchange): object {
  const caller = byToken(exchange);
  if (isMpError(caller)) return caller;
  const { authorizations, json, platform } = caller;
  const { authorizer_appid, authorizer_refresh_token } = json;
  const appid = String(authorizer_appid);
  if (exchange.mp.accounts.get(appid) === undefined) return mpError(40013);
  const authorization = authorizations.get(appid);
  if (authorization === undefined) return mpError(61003);
  if (authorizer_refresh_token === undefined) return mpError(41003);
  if (authorizer_refresh_token !== authorization.refresh_token) return mpError(61023);
  const { access_token, expires_in } = exchange.mp.tokens.issueAuthorizer(
    appid,
    platform.component_appid,
  );
  const rotates = exchange.mp.options.authorizerRefreshToken === "rotate";
  const next = rotates ? authorizations.rotate(appid) : undefined;
  return {
    authorizer_access_token: access_token,
    expires_in,
    authorizer_refresh_token: next ?? authorization.refresh_token,
  };
}

export function answerAuthorizerInfo(exchange: MpExchange): object {
  const caller = byToken(exchange);
  if (isMpError(caller)) return caller;
  const appid = String(caller.json["authorizer_appid"]);
  const account = exchange.mp.accounts.get(appid);
  if (account === undefined) return mpError(40013);
  const authorization = caller.authorizations.get(appid);
  if (authorization === undefined) return mpError(61003);
  const { refresh_token, functions } = authorization;
  return {
    authorizer_info: {
      nick_name: `Account ${appid}`,
      head_img: "",
      service_type_info: { id: 2 },
      verify_type_info: { id: account.verified ? 0 : -1 },
      user_name: `gh_${appid.slice(2, 14)}`,
      principal_name: "",
      alias: "",
      business_info: { open_store: 0, open_scan: 0, open_pay: 0, open_card: 0, open_shake: 0 },
      qrcode_url: "",
    },
    authorization_info: {
      authorizer_appid: appid,
      authorizer_refresh_token: refresh_token,
      func_info: funcInfo(functions),
    },
  };
}

/** Documented: at most 500 accounts; "40170 args count exceed count limit". */
const MAX_COUNT = 500;

export function answerAuthorizerList(exchange: MpExchange): object {
  const caller = byToken(exchange);
  if (isMpError(caller)) return caller;
  const { offset, count } = caller.json;
  const isWhole = (value: unknown): value is number =>
    Number.isSafeInteger(value) && (value as number) >= 0;
  if (!isWhole(offset) || !isWhole(count)) return mpError(40097);
  if (count > MAX_COUNT) return mpError(40170);
  const all = caller.authorizations.list();
  const list = all
    .slice(offset, offset + count)
    .map(({ authorizer_appid, refresh_token, auth_time }) => ({
      authorizer_appid,
      refresh_token,
      auth_time,
    }));
  return { total_count: all.length, list };
}
