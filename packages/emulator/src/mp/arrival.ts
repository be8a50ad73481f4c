import type { Fault } from "../faults/fault.ts";
import type { FaultQueue } from "../faults/queue.ts";
import type { MpState } from "./state.ts";

/**
 * Applies the faults of stage "arrival", when the headers have arrived; the client still sends the
 * whole body. Returns the faults applied.
 */
export function strikeOnArrival(
  { mp, faults }: { mp: MpState; faults: FaultQueue },
  method: string,
  url: URL,
): readonly Fault[] {
  const appid = mp.tokens.find(url.searchParams.get("access_token") ?? "")?.appid;
  const action = url.searchParams.get("action") ?? undefined;
  // An unknown token cannot be invalidated.
  if (appid === undefined) return [];
  const request = { service: "mp", method, path: url.pathname, appid, action } as const;
  const struck = faults.takeAll("arrival", request);
  for (const fault of struck) {
    if (fault.kind === "token-killed") mp.tokens.kill(appid, { replace: fault.replace ?? false });
  }
  return struck;
}
