import { abortable } from "../../async/abortable.ts";
import { createSharedWork, type SharedWork } from "../../async/shared-work.ts";
import { given } from "../../given.ts";
import { createDeadline } from "../../http/deadline.ts";
import { isToken } from "./issue.ts";
import type { Tokens } from "./tokens.ts";

/**
 * Gives the token of an account that somebody else looks after: a central token server, a third-party platform.
 * It is asked before every request, so it caches. `rejected` is the token that WeChat has just refused: it takes
 * another one only if that is still the latest, since callers may hold one that has been replaced already.
 */
export type GetAccessToken = (request: {
  readonly appid: string;
  readonly rejected?: string;
  readonly signal: AbortSignal;
}) => Promise<string> | string;

/** Tokens from the caller's own function, which callers share while it runs and which must answer in time. */
export function createProvidedTokens(
  appid: string,
  getAccessToken: GetAccessToken,
  timeout: number,
): Tokens {
  const ask = async (rejected?: string): Promise<string> => {
    const deadline = createDeadline(timeout, undefined, "getAccessToken returned no token");
    const { signal } = deadline;
    const value = await deadline.within(async () =>
      getAccessToken({ appid, signal, ...(rejected !== undefined && { rejected }) }),
    );
    if (isToken(value)) return value;
    throw new TypeError(
      `getAccessToken must return a token of printable ASCII characters without spaces, not ${given(value)}.`,
    );
  };
  const asking = createSharedWork<string>();
  let refusal: { readonly token: string; readonly replacing: SharedWork<string> } | undefined;
  return {
    kind: "provided",
    get: async (signal) => {
      signal?.throwIfAborted();
      return (await abortable(asking.run(ask), signal)).value;
    },
    replace: async (refused, signal) => {
      // Callers whose token was refused together get one new one: another might supersede the first.
      if (refusal?.token !== refused) {
        refusal = { token: refused, replacing: createSharedWork() };
      }
      const { value } = await abortable(
        refusal.replacing.run(() => ask(refused)),
        signal,
      );
      return value === refused ? undefined : value;
    },
  };
}
