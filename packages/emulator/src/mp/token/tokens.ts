import { dayOf } from "../../time/day.ts";
import { newAccessToken } from "../ids.ts";

/** Of `GET /cgi-bin/token`, and of `POST /cgi-bin/stable_token`: the two know nothing of each other. */
export type TokenKind = "plain" | "stable";

/** "superseded": another took its place and its five minutes are over. */
export type TokenState = "live" | "superseded" | "killed" | "expired";

/** An access_token that was given out, and whether it still serves. */
export interface IssuedToken {
  readonly kind: TokenKind;
  readonly token: string;
  /** Unix seconds. */
  readonly expiresAt: number;
  readonly state: TokenState;
}

/** How often each token endpoint was asked. */
export interface TokenCalls {
  readonly plain: number;
  readonly stable: number;
  /** Those of `stable` that asked for a refresh. */
  readonly forced: number;
}

/** The access_tokens of the accounts, as tests see and end them. */
export interface TokenControl {
  /**
   * Lets every live token of the account be refused with 40001 from now on. `stable_token` in normal
   * mode goes on answering the killed one, as reported where the cache of the real service lags,
   * unless `replace` is set.
   */
  kill: (appid: string, options?: { replace?: boolean }) => void;
  /** Ends the life of every token of the account: 42001. */
  expire: (appid: string) => void;
  /** Oldest first. */
  list: (appid: string) => IssuedToken[];
  /** How often the token endpoints were asked for this account, refusals included. */
  calls: (appid: string) => TokenCalls;
}

export interface TokenReply {
  access_token: string;
  expires_in: number;
}

export interface TokenStore extends TokenControl {
  countCall(appid: string, kind: keyof TokenCalls): void;
  issuePlain(appid: string): TokenReply;
  /** "daily" where no refresh is left for the day. */
  issueStable(appid: string, forced: boolean): TokenReply | "daily";
  find(token: string): { appid: string; state: TokenState } | undefined;
}

const LIFE_MS = 7200_000;
/** Documented: old and new work side by side for five minutes. */
const OVERLAP_MS = 300_000;
/** Documented: two refreshes are this far apart, and there are so many a day. */
const FORCE_PAUSE_MS = 30_000;
const FORCES_A_DAY = 20;

interface Kept {
  appid: string;
  kind: TokenKind;
  token: string;
  /** Milliseconds, as all times in here. */
  expiresAt: number;
  /** Until when it works although another has taken its place. */
  supersededUntil?: number;
  killed?: true;
}

export function createTokens(now: () => number, tokenLength: number): TokenStore {
  const kept = new Map<string, Kept>();
  /** By account and kind: what the endpoint answers, and what the next token supersedes. */
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
  /** The one before goes on for `overlap`, if it lives. */
  const issue = (appid: string, kind: TokenKind, overlap: number): Kept => {
    const key = `${appid} ${kind}`;
    const before = current.get(key);
    if (before && stateOf(before) === "live") before.supersededUntil = now() + overlap;
    const token = newAccessToken(tokenLength);
    const issued: Kept = { appid, kind, token, expiresAt: now() + LIFE_MS };
    kept.set(token, issued);
    current.set(key, issued);
    return issued;
  };
  /** A clock set back makes no token live longer than it says. */
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
    find(token) {
      const found = kept.get(token);
      return found && { appid: found.appid, state: stateOf(found) };
    },
  };
}
