/** About half an hour of six replies a second; a reply is too old after 5 minutes. */
const MAX_NONCES = 10_000;

/** Notes a nonce, and returns whether it is new. */
export type TakeNonce = (nonce: string) => boolean;

/**
 * Remembers the nonces of WeChat Pay's replies in this process, the last ten thousand. Not by the time: a clock that is
 * set forth and back would make it forget.
 */
export function createNonces(): TakeNonce {
  const taken = new Set<string>();
  return (nonce) => {
    if (taken.has(nonce)) return false;
    taken.add(nonce);
    const [oldest = ""] = taken;
    if (taken.size > MAX_NONCES) taken.delete(oldest);
    return true;
  };
}
