import { type HeldToken, heldToken, isFromFuture, times } from "../mp/tokens/held-token.ts";
import { isToken } from "../mp/tokens/issue.ts";

/** What a platform has of one account. It is kept as one value: the two tokens never part. */
export interface Grant {
  readonly refresh_token: string;
  /** The access token, if there is one yet. */
  readonly access: HeldToken | undefined;
  /** When it was received, in milliseconds since 1970. */
  readonly since: number;
}

/** What is stored. */
export function storedGrant({ refresh_token, access, since }: Grant): object {
  return {
    v: 1,
    authorizer_refresh_token: refresh_token,
    received_at: since,
    ...(access && { authorizer_access_token: access.value, ...times(access) }),
  };
}

/**
 * Returns what a store's value says, or undefined if it is something else. A value that is later than any clock counts
 * as the oldest, so that it displaces nothing.
 */
export function readGrant(
  object: Readonly<Record<string, unknown>> | undefined,
  now: number,
): Grant | undefined {
  const { v, authorizer_refresh_token, authorizer_access_token, received_at } = object ?? {};
  if (v !== 1 || !isToken(authorizer_refresh_token)) return undefined;
  const isTime = typeof received_at === "number" && Number.isFinite(received_at);
  return {
    refresh_token: authorizer_refresh_token,
    access: isToken(authorizer_access_token)
      ? heldToken(authorizer_access_token, object ?? {})
      : undefined,
    since: isTime && !isFromFuture(received_at, now) ? received_at : Number.NEGATIVE_INFINITY,
  };
}
