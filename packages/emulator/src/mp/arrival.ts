import type { Fault } from "../faults/fault.ts";
import type { FaultQueue } from "../faults/queue.ts";
import type { MpState } from "./state.ts";

/**
 * Lets the faults strike that do so when the headers of a request have come: the body is then sent
 * to its end all the same. Gives those that did.
 */
export function strikeOnArrival(
  { mp, faults }: { mp: MpState; faults: FaultQueue },
  method: string,
  url: URL,
): readonly Fault[] {
  const appid = mp.tokens.find(url.searchParams.get("access_token") ?? "")?.appid;
  const action = url.searchParams.get("action") ?? undefined;
  // Without a token of this emulator there is none to be killed.
  if (appid === undefined) return [];
  const request = { service: "mp", method, path: url.pathname, appid, action } as const;
  const struck = faults.takeAll("arrival", request);
  for (const fault of struck) {
    if (fault.kind === "token-killed") mp.tokens.kill(appid, { replace: fault.replace ?? false });
  }
  return struck;
}
