/** A call that was answered with an error. */
export interface FailedCall {
  /** The account of the call, if it was known. */
  readonly appid: string | undefined;
  /** In Unix seconds. */
  readonly invoke_time: number;
  /** The query of the call, with its access_token. */
  readonly request_url: string;
  readonly request_body: string;
  readonly response_body: string;
  readonly client_ip: string;
}

/** The calls behind the rids of errors. */
export interface RidStore {
  keep(rid: string, call: FailedCall): void;
  find(rid: string): FailedCall | undefined;
}

const MAX_RIDS = 10_000;

export function createRids(): RidStore {
  const calls = new Map<string, FailedCall>();
  return {
    keep(rid, call) {
      calls.set(rid, call);
      const [oldest = ""] = calls.keys();
      if (calls.size > MAX_RIDS) calls.delete(oldest);
    },
    find: (rid) => calls.get(rid),
  };
}
