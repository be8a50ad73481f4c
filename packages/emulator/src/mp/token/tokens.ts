import { MAX_KEPT } from "../../journal/keep-last.ts";
import { dayOf } from "../../time/day.ts";
import { newAccessToken } from "../ids.ts";

/** "plain" from `GET /cgi-bin/token`, "stable" from `POST /cgi-bin/stable_token`; they are independent. */
export type TokenKind = "plain" | "stable";

/** "component": of a third-party platform. "authorizer": of an account, for a platform. */
export type PlatformTokenKind = "component" | "authorizer";

/** "superseded": replaced by another more than five minutes ago. "killed": by `control` or a fault. */
export type TokenState = "live" | "superseded" | "killed" | "expired";

/** An access_token and its state. */
export interface IssuedToken {
  readonly kind: TokenKind | PlatformTokenKind;
  readonly token: string;
  /** When it expires, in Unix seconds. */
  readonly expiresAt: number;
  readonly state: TokenState;
}

/** How often the token endpoints were called. */
export interface TokenCalls {
  /** Calls of `GET /cgi-bin/token`. */
  readonly plain: number;
  /** Calls of `POST /cgi-bin/stable_token`. */
  readonly stable: number;
  /** Calls of `stable` with `force_refresh`. */
  readonly forced: number;
}

/** Lists, expires and invalidates access_tokens. */
export interface TokenControl {
  /**
   * Invalidates every live token of the account: calls with it are answered 40001. `stable_token`
   * without `force_refresh` keeps returning the invalid token, as reported when WeChat's cache lags,
   * unless `replace` is true.
   */
  kill: (appid: string, options?: { replace?: boolean }) => void;
  /** Expires every token of the account: calls with it are answered 42001. */
  expire: (appid: string) => void;
  /** The tokens of the account, oldest first. */
  list: (appid: string) => IssuedToken[];
  /** How often the token endpoints were called for this account, refused calls included. */
  calls: (appid: string) => TokenCalls;
}

export interface TokenReply {
  access_token: string;
  expires_in: number;
}

export interface FoundToken {
  /** The account; of a component_access_token, the platform. */
  appid: string;
  kind: IssuedToken["kind"];
  state: TokenState;
  /** The platform that an authorizer_access_token was issued to. */
  component_appid: string | undefined;
}

export interface TokenStore extends TokenControl {
  countCall(appid: string, kind: keyof TokenCalls): void;
  issuePlain(appid: string): TokenReply;
  /** "daily" if no refresh is left for the day. */
  issueStable(appid: string, forced: boolean): TokenReply | "daily";
  /** The component_access_token of a platform. The one before works for five more minutes (assumed). */
  issueComponent(component_appid: string): TokenReply;
  /** The authorizer_access_token of an account. The one before works for five more minutes (assumed). */
  issueAuthorizer(appid: string, component_appid: string): TokenReply;
  /** Invalidates the tokens that a platform has for an account. */
  killAuthorizer(appid: string, component_appid: string): void;
  find(token: string): FoundToken | undefined;
}

const LIFE_MS = 7200_000;
/** Documented: the old token works for five more minutes. */
const OVERLAP_MS = 300_000;
/** Documented: the pause between two forced refreshes, and their number per day. */
const FORCE_PAUSE_MS = 30_000;
const FORCES_A_DAY = 20;

interface Kept {
  appid: string;
  kind: IssuedToken["kind"];
  component_appid: string | undefined;
  token: string;
  /** Milliseconds, like all times in here. */
  expiresAt: number;
  /** Until when it works after it was replaced. */
  supersededUntil?: number;
  killed?: true;
}

const keyOf = ({
  appid,
  kind,
  component_appid,
}: Pick<Kept, "appid" | "kind" | "component_appid">): string =>
  [appid, kind, component_appid].filter(Boolean).join(" ");

export function createTokens(now: () => number, tokenLength: number): TokenStore {
  const kept = new Map<string, Kept>();
  /** By account and kind: the token that the endpoint returns and that the next one replaces. */
  const current = new Map<string, Kept>();
  const forces = new Map<string, { day: number; count: number; last: number }>();
  const calls = new Map<string, TokenCalls>();

  const stateOf = ({ killed, expiresAt, supersededUntil }: Kept): TokenState => {
    if (killed) return "killed";
    if (supersededUntil !== undefined && now() < supersededUntil) return "live";
    if (now() >= expiresAt) return "expired";
    return supersededUntil === undefined ? "live" : "superseded";
  };
  const of = (appid: string): Kept[] => [...kept.values()].filter((each) => each.appid === appid);
  /** Keeps those that work. One that is forgotten is invalid, no longer expired. */
  const forgetOldest = (): void => {
    if (kept.size <= MAX_KEPT) return;
    for (const [token, each] of kept) {
      if (stateOf(each) === "live" || current.get(keyOf(each)) === each) continue;
      kept.delete(token);
      return;
    }
  };
  /** The previous token stays valid for `overlap`, if it is live. */
  const issue = (
    appid: string,
    kind: IssuedToken["kind"],
    overlap: number,
    component_appid?: string,
  ): Kept => {
    const key = keyOf({ appid, kind, component_appid });
    const before = current.get(key);
    if (before && stateOf(before) === "live") before.supersededUntil = now() + overlap;
    const token = newAccessToken(tokenLength);
    const issued: Kept = { appid, kind, component_appid, token, expiresAt: now() + LIFE_MS };
    kept.set(token, issued);
    current.set(key, issued);
    forgetOldest();
    return issued;
  };
  /** Setting the clock back does not make a token last longer than 7200 seconds. */
  const reply = ({ token, expiresAt }: Kept): TokenReply => ({
    access_token: token,
    expires_in: Math.floor(Math.min(expiresAt - now(), LIFE_MS) / 1000),
  });
  const mayForce = (appid: string): "yes" | "too early" | "daily" => {
    const day = dayOf(now());
    const { day: lastDay, count, last } = forces.get(appid) ?? { day, count: 0, last: -Infinity };
    if (Math.abs(now() - last) < FORCE_PAUSE_MS) return "too early";
    const today = lastDay === day ? count : 0;
    if (today >= FORCES_A_DAY) return "daily";
    forces.set(appid, { day, count: today + 1, last: now() });
    return "yes";
  };

  return {
    kill(appid, { replace = false } = {}) {
      for (const each of of(appid)) if (stateOf(each) === "live") each.killed = true;
      if (replace) current.delete(`${appid} stable`);
    },
    expire(appid) {
      for (const each of of(appid)) {
        each.expiresAt = Math.min(each.expiresAt, now());
        delete each.supersededUntil;
      }
    },
    list: (appid) =>
      of(appid).map((each) => ({
        kind: each.kind,
        token: each.token,
        expiresAt: Math.floor(each.expiresAt / 1000),
        state: stateOf(each),
      })),
    calls: (appid) => ({ plain: 0, stable: 0, forced: 0, ...calls.get(appid) }),
    countCall(appid, kind) {
      const before = calls.get(appid) ?? { plain: 0, stable: 0, forced: 0 };
      calls.set(appid, { ...before, [kind]: before[kind] + 1 });
    },
    issuePlain: (appid) => reply(issue(appid, "plain", OVERLAP_MS)),
    issueStable(appid, forced) {
      const answered = current.get(`${appid} stable`);
      if (forced) {
        const allowed = mayForce(appid);
        if (allowed === "daily") return "daily";
        if (allowed === "yes") return reply(issue(appid, "stable", 0));
      }
      const lasts = answered !== undefined && answered.expiresAt - now() >= OVERLAP_MS;
      return reply(lasts ? answered : issue(appid, "stable", OVERLAP_MS));
    },
    issueComponent: (appid) => reply(issue(appid, "component", OVERLAP_MS)),
    issueAuthorizer: (appid, component_appid) =>
      reply(issue(appid, "authorizer", OVERLAP_MS, component_appid)),
    killAuthorizer(appid, component_appid) {
      for (const each of of(appid)) {
        if (each.component_appid === component_appid && stateOf(each) === "live")
          each.killed = true;
      }
    },
    find(token) {
      const found = kept.get(token);
      if (found === undefined) return undefined;
      const { appid, kind, component_appid } = found;
      return { appid, kind, component_appid, state: stateOf(found) };
    },
  };
}
