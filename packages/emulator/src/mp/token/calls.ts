import type { SeededAccount } from "../account.ts";
import { refuseAddress, takeCall } from "../admit.ts";
import { isMpError, type MpError, mpError } from "../error.ts";
import type { MpExchange } from "../exchange.ts";
import { type JsonObject, readJsonBody } from "../json-body.ts";
import type { TokenKind, TokenReply } from "./tokens.ts";

/** The order of the checks is assumed. */
function authenticate(
  exchange: MpExchange,
  kind: TokenKind,
  { grant_type, appid, secret }: JsonObject,
): SeededAccount | MpError {
  const { mp } = exchange;
  if (typeof appid === "string" && appid !== "") {
    exchange.entry.appid = appid;
    mp.tokens.countCall(appid, kind);
  }
  if (grant_type !== "client_credential") return mpError(40002);
  if (appid === undefined || appid === "") return mpError(41002);
  if (secret === undefined || secret === "") return mpError(41004);
  const account = typeof appid === "string" ? mp.accounts.get(appid) : undefined;
  if (account === undefined) return mpError(40013);
  if (account.secretFrozen) return mpError(40243);
  if (secret !== account.secret) return mpError(mp.options.wrongSecret ?? 40125);
  return refuseAddress(exchange, account) ?? takeCall(exchange, account) ?? account;
}

/** Answers `GET /cgi-bin/token`. */
export function answerToken(exchange: MpExchange): TokenReply | MpError {
  const query = Object.fromEntries(exchange.request.url.searchParams);
  const account = authenticate(exchange, "plain", query);
  if (isMpError(account)) return account;
  return exchange.mp.tokens.issuePlain(account.appid);
}

/** The account that requests a stable token, for faults and the journal. */
export function stableTokenAppid(exchange: MpExchange): string | undefined {
  const body = readJsonBody(exchange);
  const appid = isMpError(body) ? undefined : body.json["appid"];
  return typeof appid === "string" ? appid : undefined;
}

/** Answers `POST /cgi-bin/stable_token`. */
export function answerStableToken(exchange: MpExchange): TokenReply | MpError {
  const body = readJsonBody(exchange);
  if (isMpError(body)) return body;
  const { force_refresh: forced = false } = body.json;
  const account = authenticate(exchange, "stable", body.json);
  if (isMpError(account)) return account;
  if (typeof forced !== "boolean") return mpError(47001);
  const { tokens } = exchange.mp;
  if (forced) tokens.countCall(account.appid, "forced");
  const issued = tokens.issueStable(account.appid, forced);
  return issued === "daily" ? mpError(45009) : issued;
}
