import type { AbortSignal } from "../../async/abort-signal.ts";
import { abortable } from "../../async/abortable.ts";
import { createSharedWork } from "../../async/shared-work.ts";
import type { SafeStore } from "../../store.ts";
import { type HeldToken, heldToken, isFresh, rememberRefused, times } from "./held-token.ts";
import { type IssuedToken, isToken, type TokenKind } from "./issue.ts";

/** The tokens of one account. */
export interface Tokens {
  /** Where the tokens come from. */
  readonly kind: TokenKind | "provided";
  /** Resolves with a token that should work. If one must be requested, `ask` may do it in another way. */
  get(signal?: AbortSignal, ask?: Ask): Promise<string>;
  /** Resolves with another token after WeChat refused one, or with undefined if there is no other. */
  replace(refused: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** Requests a token from WeChat; with `force` a new one. */
type Ask = (force: boolean) => Promise<IssuedToken>;

/** WeChat's limits for `force_refresh`: 20 a day, 30 seconds apart. */
const FORCE_INTERVAL_MS = 30_000;
const FORCES_A_DAY = 20;
const DAY_MS = 86_400_000;

/**
 * Keeps the token of an account in memory and in a store. Callers share a request for a new token, and its failure; no
 * caller's signal stops it.
 */
export function createTokens(options: {
  readonly key: string;
  readonly store: SafeStore | undefined;
  readonly now: () => number;
  /** How many milliseconds a caller waits for a token in all. */
  readonly longest?: number | undefined;
  /** Only `stable` can force a new token after WeChat returned the refused one again. */
  readonly kind: TokenKind;
  readonly issue: Ask;
}): Tokens {
  const { key, store, now, longest, kind, issue } = options;
  const refused = new Set<string>();
  const forced: number[] = [];
  let held: HeldToken | undefined;

  const usable = (token: HeldToken | undefined): HeldToken | undefined =>
    token !== undefined && !refused.has(token.value) && isFresh(token, now()) ? token : undefined;

  const hold = ({ value, lifetime }: IssuedToken): HeldToken => {
    const since = now();
    held = { value, since, until: since + lifetime * 1000 };
    return held;
  };
  const keep = async (issued: IssuedToken): Promise<string> => {
    const { value, lifetime } = issued;
    if (refused.has(value)) return value;
    const token = hold(issued);
    await store?.set(key, { v: 1, access_token: value, ...times(token) }, lifetime);
    return value;
  };

  const mayForce = (): boolean => {
    const today = forced.filter((time) => time <= now() && time > now() - DAY_MS);
    forced.splice(0, forced.length, ...today);
    return (
      kind === "stable" &&
      today.length < FORCES_A_DAY &&
      (today.at(-1) ?? Number.NEGATIVE_INFINITY) <= now() - FORCE_INTERVAL_MS
    );
  };

  const renewal = createSharedWork<string>({ longest, now });
  const renew = async (ask: Ask): Promise<string> => {
    const stored = readStored(await store?.get(key));
    // While a slow store answered, another caller may have taken a token.
    const found = usable(held) ?? usable(stored);
    if (found !== undefined) {
      held = found;
      return found.value;
    }
    if (stored !== undefined && refused.has(stored.value)) await store?.delete(key);
    const issued = await ask(false);
    // Checked before the token is stored: while that takes time, the new token may be refused in turn.
    const cameAgain = refused.has(issued.value);
    const value = await keep(issued);
    if (!cameAgain) return value;
    if (!mayForce()) {
      // WeChat insists on it: it serves here, not in the store, until a call refuses it again, so that not each call
      // asks first.
      refused.delete(value);
      return hold(issued).value;
    }
    forced.push(now());
    return keep(await ask(true));
  };

  const get = async (signal?: AbortSignal, ask: Ask = issue): Promise<string> => {
    signal?.throwIfAborted();
    const inHand = usable(held);
    return (
      inHand?.value ??
      (
        await abortable(
          renewal.run(() => renew(ask)),
          signal,
        )
      ).value
    );
  };

  return {
    kind,
    get,
    async replace(value, signal) {
      rememberRefused(refused, value);
      if (held?.value === value) held = undefined;
      let next = await get(signal);
      // The shared request may have begun before the token was refused.
      if (refused.has(next)) next = await get(signal);
      return next === value || refused.has(next) ? undefined : next;
    },
  };
}

/** Returns the token from a store's value, or undefined if it is something else. */
function readStored(object: Readonly<Record<string, unknown>> | undefined): HeldToken | undefined {
  const { v, access_token } = object ?? {};
  return v === 1 && isToken(access_token) ? heldToken(access_token, object ?? {}) : undefined;
}
