import type { AbortSignal } from "../../async/abort-signal.ts";
import { abortable } from "../../async/abortable.ts";
import { createSharedWork, type SharedWork } from "../../async/shared-work.ts";
import { given } from "../../given.ts";
import { createDeadline } from "../../http/deadline.ts";
import { isToken } from "./issue.ts";
import type { Tokens } from "./tokens.ts";

/**
 * Returns the access_token of an account, from a central token server or a third-party platform. The client calls it
 * before every request, so it should cache the token.
 *
 * `rejected` is the token that WeChat has just refused. Take a new token only if `rejected` is still your latest one:
 * another caller may have replaced it already. `signal` aborts when the option `timeout` runs out.
 */
export type GetAccessToken = (request: {
  readonly appid: string;
  readonly rejected?: string;
  readonly signal: AbortSignal;
}) => Promise<string> | string;

const PATIENCE_MS = 2000;

/** Tokens from the function `getAccessToken`. Calls at the same time share one run of it, and `timeout` limits it. */
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
  // The run of a request that has ended, and another.
  const longest = 2 * timeout + PATIENCE_MS;
  const asking = createSharedWork<string>({ longest });
  let refusal: { readonly token: string; readonly replacing: SharedWork<string> } | undefined;
  return {
    kind: "provided",
    get: async (signal) => {
      signal?.throwIfAborted();
      return (await abortable(asking.run(ask), signal)).value;
    },
    replace: async (refused, signal) => {
      // Callers with the same refused token share one new token: a second one might end the first.
      if (refusal?.token !== refused) {
        refusal = { token: refused, replacing: createSharedWork({ longest }) };
      }
      const { value } = await abortable(
        refusal.replacing.run(() => ask(refused)),
        signal,
      );
      return value === refused ? undefined : value;
    },
  };
}
