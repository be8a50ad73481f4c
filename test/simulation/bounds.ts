// What each client is given, and what follows from it by what SECURITY.md and README.md of core state.

/** Options of every client in a simulation. */
export const TIMEOUT_MS = 10_000;
export const RETRY = { attempts: 3, minDelay: 500, maxDelay: 2_000 } as const;
/** `maxWait` of everything that waits for a review. */
export const MAX_WAIT_MS = 30_000;

/** What is stated to users, and compared with the texts by `bounds.test.ts`. */
export const STATED = {
  /** Unknown serial numbers cause one download of certificates in so many seconds, with so many tries. */
  downloadSeconds: 60,
  tries: 3,
  /** What was abandoned is begun again after so many seconds, and then every so many as the last says. */
  begunAgainSeconds: [2, 8, 32, 64],
  /** What a shared request may take beside its tries and pauses, for stores that hang. */
  storeSeconds: 10,
} as const;

/** One request with all its tries and pauses. */
export const requestMs = (
  timeout: number,
  { attempts, maxDelay }: { readonly attempts: number; readonly maxDelay: number },
): number => attempts * timeout + (attempts - 1) * maxDelay;

const REQUEST_MS = requestMs(TIMEOUT_MS, RETRY);
/** How long a call waits for a token, or for the list of certificates, whoever asked for it. */
const SHARED_MS = REQUEST_MS + STATED.storeSeconds * 1000;

/**
 * The virtual time within which a promise settles that makes at most so many requests one after the other, each with a
 * token or a list of certificates to be had first; and one of them once more, with another token.
 */
export function boundOf(requests: number): number {
  return (requests + 1) * (SHARED_MS + REQUEST_MS);
}

const MINUTE_S = 60;

/** How often work that is abandoned each time is begun within a minute, the first time included. */
function begunInAMinute(): number {
  let at = 0;
  let times = 1;
  for (const wait of STATED.begunAgainSeconds) {
    at += wait;
    if (at < MINUTE_S) times += 1;
  }
  return times;
}

/** In any 60 seconds one client asks for tokens at most so often, whatever becomes of its requests. */
export const TOKEN_REQUESTS_A_MINUTE: number = begunInAMinute() * RETRY.attempts;
/** Any 60 seconds may have the last tries of one download of certificates, and those of the next. */
export const CERTIFICATE_REQUESTS_A_MINUTE: number =
  (1 + MINUTE_S / STATED.downloadSeconds) * RETRY.attempts;
