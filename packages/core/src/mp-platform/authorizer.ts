import type { AbortSignal } from "../async/abort-signal.ts";
import { abortable } from "../async/abortable.ts";
import { createSharedWork } from "../async/shared-work.ts";
import { type MpApiError, withAdvice } from "../mp/errors.ts";
import { isFresh, rememberRefused } from "../mp/tokens/held-token.ts";
import type { SafeStore } from "../store.ts";
import { type Grant, readGrant, storedGrant } from "./authorizer-grant.ts";
import { authorizeAgain, isRefreshTokenRefused } from "./authorizer-token.ts";
import { MpPlatformError } from "./platform-error.ts";
import { storeFirmly } from "./store-firmly.ts";

/** The tokens of one account that has authorized a platform. */
export interface Authorizer {
  /** Resolves with an access token that should work; `rejected` is one that WeChat has just refused. */
  get(request: { readonly rejected?: string; readonly signal?: AbortSignal }): Promise<string>;
  /** Takes what the account has just authorized, in place of all that was known. */
  keep(grant: Grant): Promise<void>;
  /** Forgets the tokens, here and in the store. */
  forget(): Promise<void>;
}

/** What the tokens of an account are made of. */
export interface AuthorizerSource {
  readonly appid: string;
  readonly key: string;
  readonly store: SafeStore | undefined;
  readonly now: () => number;
  /** How many milliseconds a caller waits for each step, whoever began it. */
  readonly longest?: number | undefined;
  /** Tells the application a new refresh token. Resolves with whether that succeeded. */
  readonly tell: (refresh_token: string) => Promise<boolean>;
  readonly refresh: (refresh_token: string) => Promise<Grant>;
  /** Looks for a refresh token in the list of WeChat. */
  readonly find: (isGood: (refresh_token: string) => boolean) => Promise<string | undefined>;
}

/** Redis, Workers KV and others take no longer one without care; the value holds until it is replaced. */
const TEN_YEARS_SECONDS = 315_360_000;
/** How long the next try waits where a store has not kept a new refresh token. */
const SAVE_AGAIN_MS = 10_000;
/** One of this process, one of the store, one of the list, and one more that overtook them. */
const REFRESHES = 4;
/** After a list that did not help, it is not read for the same account for a minute. */
const LIST_INTERVAL_MS = 60_000;

/**
 * Keeps the tokens of an account in memory and in a store that other processes share. A new refresh token is stored
 * before its access token is used; if the store fails, it is stored later. A lost one is taken from the list of WeChat.
 */
export function createAuthorizer(source: AuthorizerSource): Authorizer {
  const { appid, key, store, now, longest } = source;
  const refusedAccess = new Set<string>();
  const refusedRefresh = new Set<string>();
  let held: Grant | undefined;
  let told: string | undefined;
  let isKept = true;
  let saveAgainAt = Number.NEGATIVE_INFINITY;
  let barrenAt = Number.NEGATIVE_INFINITY;

  const usable = (): string | undefined => {
    const access = held?.access;
    return access !== undefined && !refusedAccess.has(access.value) && isFresh(access, now())
      ? access.value
      : undefined;
  };
  const isGood = (refresh_token: string): boolean => !refusedRefresh.has(refresh_token);
  const stored = async (): Promise<Grant | undefined> => readGrant(await store?.get(key), now());

  /** Takes what another process has stored, if it is newer. A store may lag: then it is older. */
  const adopt = (found: Grant | undefined): void => {
    if (found === undefined) return;
    const isBetter =
      held === undefined ||
      (isGood(found.refresh_token) && (!isGood(held.refresh_token) || found.since >= held.since));
    if (!isBetter) return;
    // Another one was told by the process that stored it.
    if (held?.refresh_token !== found.refresh_token) told = found.refresh_token;
    held = found;
    isKept = told === found.refresh_token;
  };

  const save = async (grant: Grant): Promise<void> => {
    if (told !== grant.refresh_token && (await source.tell(grant.refresh_token))) {
      told = grant.refresh_token;
    }
    const isStored =
      store === undefined ||
      (await storeFirmly(store, key, storedGrant(grant), TEN_YEARS_SECONDS, () => held === grant));
    if (held !== grant) return;
    isKept = isStored && told === grant.refresh_token;
    saveAgainAt = now() + SAVE_AGAIN_MS;
  };

  const take = async (grant: Grant): Promise<void> => {
    held = grant;
    isKept = false;
    await save(grant);
  };

  const saving = createSharedWork<void>({ longest });
  /** Stores what the store has not taken, unless another process has stored something newer since. */
  const saveLate = async (): Promise<void> => {
    adopt(await stored());
    if (held !== undefined && !isKept) await save(held);
  };

  const recover = async (refusal: MpApiError | undefined): Promise<string> => {
    const isBarren = Math.abs(now() - barrenAt) < LIST_INTERVAL_MS;
    const found = isBarren ? undefined : await source.find(isGood).catch(unread(refusal));
    if (found !== undefined) return found;
    if (!isBarren) barrenAt = now();
    if (refusal !== undefined) {
      throw withAdvice(
        refusal,
        `WeChat has no other refresh token of ${appid} either (api_get_authorizer_list). ${authorizeAgain(appid)}`,
      );
    }
    throw new MpPlatformError(
      `Nothing is known of ${appid}: its authorization is not in tokenStore, and the list of WeChat (api_get_authorizer_list) has none. ${authorizeAgain(appid)}`,
      { reason: "not-authorized", authorizer_appid: appid },
    );
  };

  const refresh = async (refusal?: MpApiError, tries = 1): Promise<void> => {
    const own = held !== undefined && isGood(held.refresh_token) ? held.refresh_token : undefined;
    const refresh_token = own ?? (await recover(refusal));
    const before = held;
    try {
      const grant = await source.refresh(refresh_token);
      // What came meanwhile is newer: WeChat would have refused this refresh token after it.
      if (held === before) await take(grant);
    } catch (error) {
      if (!isRefreshTokenRefused(error)) throw error;
      rememberRefused(refusedRefresh, refresh_token);
      adopt(await stored()); // another process may have taken the next one
      if (usable() !== undefined) return;
      if (tries === REFRESHES) throw error;
      await refresh(error, tries + 1);
    }
  };

  const renewal = createSharedWork<void>({ longest, now });
  const renew = async (): Promise<void> => {
    adopt(await stored());
    if (usable() === undefined) await refresh();
  };

  return {
    async get({ rejected, signal }) {
      if (rejected !== undefined) rememberRefused(refusedAccess, rejected);
      // A token under way is not used before it is stored. It may have been begun before one was refused.
      for (let tries = 0; tries < 2 && (usable() === undefined || renewal.isUnderWay()); tries++) {
        await abortable(renewal.run(renew), signal);
      }
      if (!isKept && now() >= saveAgainAt) await abortable(saving.run(saveLate), signal);
      const token = usable() ?? held?.access?.value;
      if (token !== undefined) return token;
      throw new MpPlatformError(
        `WeChat gave no access token of ${appid}. ${authorizeAgain(appid)}`,
        { reason: "not-authorized", authorizer_appid: appid },
      );
    },
    async keep(grant) {
      refusedRefresh.delete(grant.refresh_token);
      barrenAt = Number.NEGATIVE_INFINITY;
      await take(grant);
    },
    async forget() {
      held = undefined;
      isKept = true;
      await store?.delete(key);
    },
  };
}

/** The refusal matters more than why the list could not be read. */
function unread(refusal: MpApiError | undefined): (error: unknown) => never {
  return (error) => {
    if (refusal === undefined) throw error;
    throw withAdvice(
      refusal,
      "Another program may have taken the next one. The list of WeChat (api_get_authorizer_list), which has it, could not be read: see cause, and try again.",
      error,
    );
  };
}
