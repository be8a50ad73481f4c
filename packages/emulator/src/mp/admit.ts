import type { SeededAccount } from "./account.ts";
import type { MpEndpoint } from "./endpoints.ts";
import { isMpError, type MpError, mpError } from "./error.ts";
import type { MpExchange } from "./exchange.ts";
import { isGranted } from "./platform/permissions.ts";
import type { TokenState } from "./token/tokens.ts";

/** What cannot be a token of WeChat: other characters, or too long (assumed). */
export const IMPOSSIBLE_TOKEN: RegExp = /[^A-Za-z0-9_-]|^.{2049}/;

/** The errcode of a token that no longer works. */
export const REFUSALS: Record<Exclude<TokenState, "live">, number> = {
  superseded: 40001,
  killed: 40001,
  expired: 42001,
};

const tokenOf = ({ request }: MpExchange): string =>
  request.url.searchParams.get("access_token") ?? "";

/** The account whose token this is or was, for faults and the journal. */
export const appidOf = (exchange: MpExchange): string | undefined =>
  exchange.mp.tokens.find(tokenOf(exchange))?.appid;

/**
 * A token that an account's platform has is good for what the account has granted (61007). Its calls come from the
 * platform's addresses, not the account's (61004).
 */
function accountOf(exchange: MpExchange): SeededAccount | MpError {
  const { tokens, accounts, platforms } = exchange.mp;
  const token = tokenOf(exchange);
  if (token === "") return mpError(41001);
  if (IMPOSSIBLE_TOKEN.test(token)) return mpError(40014);
  const found = tokens.find(token);
  if (found === undefined) return mpError(40001);
  if (found.state !== "live") return mpError(REFUSALS[found.state]);
  if (found.kind === "component") return mpError(61015);
  const account = accounts.get(found.appid);
  if (account === undefined) return mpError(40001);
  const { component_appid } = found;
  if (component_appid === undefined) return refuseAddress(exchange, account) ?? account;
  const platform = platforms.get(component_appid)?.platform;
  if (addressRefused(exchange, platform?.ipWhitelist)) return mpError(61004);
  const granted = platforms.granted(component_appid, found.appid);
  if (granted === undefined) return mpError(61003);
  return isGranted(exchange.request.url.pathname, granted) ? account : mpError(61007);
}

const DEFAULT_CLIENT_IP = "127.0.0.1";

/** An IPv4 address in IPv6 form (::ffff:1.2.3.4) counts as IPv4. */
export function clientIp({ mp, request }: MpExchange): string {
  const ip = mp.clientIp ?? request.clientIp ?? DEFAULT_CLIENT_IP;
  return ip.toLowerCase().startsWith("::ffff:") && ip.includes(".") ? ip.slice(7) : ip;
}

/** 40164 with the client's address; the text is reported for IPv4 and assumed for IPv6. */
export function foreignAddress(exchange: MpExchange): MpError {
  const ip = clientIp(exchange);
  const ipv6 = ip.includes(":") ? ip : `::ffff:${ip}`;
  return mpError(40164, `invalid ip ${ip} ipv6 ${ipv6}, not in whitelist`);
}

/**
 * Returns 40164 where the account's IP whitelist lacks the client's address. That each call is checked, not only those
 * for a token, is what WeChat's page API IP 白名单 says today; older pages name the token calls only.
 */
export function refuseAddress(
  exchange: MpExchange,
  { ipWhitelist }: SeededAccount,
): MpError | undefined {
  return addressRefused(exchange, ipWhitelist) ? foreignAddress(exchange) : undefined;
}

export function addressRefused(
  exchange: MpExchange,
  ipWhitelist: readonly string[] | undefined,
): boolean {
  return ipWhitelist?.includes(clientIp(exchange)) === false;
}

/** Counts one call of this account, or refuses it: 45009 of a day, 45011 of a minute. */
export function takeCall(
  { mp, clock, request }: MpExchange,
  account: SeededAccount,
): MpError | undefined {
  const taken = mp.quotas.take(account, request.url.pathname, clock.now());
  if (taken === "ok") return undefined;
  return mpError(taken === "daily" ? 45009 : 45011);
}

/** The account of the access_token, if the token, the IP address, the right and the quota allow the call. */
export function admitAccount(exchange: MpExchange, endpoint: MpEndpoint): SeededAccount | MpError {
  const account = accountOf(exchange);
  if (isMpError(account)) return account;
  if (endpoint.requires && !account[endpoint.requires]) return mpError(48001);
  return takeCall(exchange, account) ?? account;
}
