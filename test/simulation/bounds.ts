// What each client is given, and what follows from it.

/** Options of every client in a simulation. */
export const TIMEOUT_MS = 10_000;
export const RETRY = { attempts: 3, minDelay: 500, maxDelay: 2_000 } as const;
/** `maxWait` of everything that waits for a review. */
export const MAX_WAIT_MS = 30_000;

/** One request with all its tries and pauses. */
const REQUEST_MS = RETRY.attempts * TIMEOUT_MS + (RETRY.attempts - 1) * RETRY.maxDelay;
/** A store that hangs is waited for so long, before and after what is to be kept. */
const STORE_MS = 2 * 2_000;
/** A request that joins the renewal of a token, or a download of certificates, of another may wait for two of them. */
const SHARED_MS = 2 * (REQUEST_MS + STORE_MS);

/**
 * The virtual time within which a promise settles that makes at most so many requests one after the other, each with a
 * token or a list of certificates to be had first; and one of them once more, with another token.
 */
export function boundOf(requests: number): number {
  return (requests + 1) * (SHARED_MS + REQUEST_MS);
}

/** In any 60 seconds one client asks for tokens at most so often: two tokens that end early, each asked for and forced. */
export const TOKEN_REQUESTS_A_MINUTE: number = 4 * RETRY.attempts;
/** SECURITY.md: one download of certificates in 60 seconds, with its tries; a second where the first was abandoned. */
export const CERTIFICATE_REQUESTS_A_MINUTE: number = 2 * RETRY.attempts;
