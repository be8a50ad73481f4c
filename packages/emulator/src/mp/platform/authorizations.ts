import { randomText } from "../../bytes/random.ts";
import type { TokenStore } from "../token/tokens.ts";
import { ALL_FUNCTIONS } from "./permissions.ts";

/** An account that has authorized a platform. */
export interface PlatformAuthorization {
  readonly authorizer_appid: string;
  readonly refresh_token: string;
  /** In Unix seconds. */
  readonly auth_time: number;
  /** Numbers of the permission sets granted. */
  readonly functions: readonly number[];
}

/** The codes, tickets and authorizations of one platform. */
export interface Authorizations {
  newTicket(): string;
  /** "expired" after 12 hours. */
  ticketState(ticket: string): "valid" | "expired" | "invalid";
  newPreAuthCode(): string;
  authorize(appid: string, functions?: readonly number[]): { code: string; expiresAt: number };
  /** The account that a code is for. */
  codeState(code: string): { appid: string } | "expired" | "invalid";
  revoke(appid: string): boolean;
  /** Replaces the refresh token, as a refresh elsewhere does. */
  rotate(appid: string): string | undefined;
  get(appid: string): PlatformAuthorization | undefined;
  list(): PlatformAuthorization[];
}

/** Documented. */
const TICKET_MS = 43_200_000;
/** As in the samples of the documents. */
export const CODE_SECONDS = 600;
const MAX_KEPT = 1000;

export function createAuthorizations(
  component_appid: string,
  tokens: TokenStore,
  now: () => number,
): Authorizations {
  const tickets = new Map<string, number>();
  const codes = new Map<string, { appid: string; expiresAt: number }>();
  const granted = new Map<string, PlatformAuthorization>();
  const keep = <T>(map: Map<string, T>, key: string, value: T): string => {
    const [oldest] = map.keys();
    if (map.size >= MAX_KEPT && oldest !== undefined) map.delete(oldest);
    map.set(key, value);
    return key;
  };
  /** As reported: each kind begins with its name. */
  const newRefreshToken = (): string => `refreshtoken@@@${randomText(43)}`;
  return {
    newTicket: () => keep(tickets, `ticket@@@${randomText(86)}`, now()),
    ticketState(ticket) {
      const since = tickets.get(ticket);
      if (since === undefined) return "invalid";
      return now() < since + TICKET_MS ? "valid" : "expired";
    },
    newPreAuthCode: () => `preauthcode@@@${randomText(80)}`,
    authorize(appid, functions = granted.get(appid)?.functions ?? ALL_FUNCTIONS) {
      // Documented: the refresh token of an earlier authorization ends with a new one.
      const refresh_token = newRefreshToken();
      const auth_time = Math.floor(now() / 1000);
      granted.set(appid, { authorizer_appid: appid, refresh_token, auth_time, functions });
      const expiresAt = now() + CODE_SECONDS * 1000;
      return {
        code: keep(codes, `queryauthcode@@@${randomText(80)}`, { appid, expiresAt }),
        expiresAt,
      };
    },
    codeState(code) {
      const found = codes.get(code);
      if (found === undefined || !granted.has(found.appid)) return "invalid";
      return now() < found.expiresAt ? { appid: found.appid } : "expired";
    },
    revoke(appid) {
      tokens.killAuthorizer(appid, component_appid);
      return granted.delete(appid);
    },
    rotate(appid) {
      const before = granted.get(appid);
      if (before === undefined) return undefined;
      const refresh_token = newRefreshToken();
      granted.set(appid, { ...before, refresh_token });
      return refresh_token;
    },
    get: (appid) => granted.get(appid),
    list: () => [...granted.values()],
  };
}
