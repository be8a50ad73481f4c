import type { Fault } from "../faults/kinds.ts";
import { serviceOf } from "../service.ts";
import type { EmulatorState } from "../state.ts";

/**
 * Lets the faults strike that do so when the headers of a request have come: the body is then sent
 * to its end all the same. Gives those that did.
 */
export function strikeOnArrival(
  { mp, faults }: EmulatorState,
  method: string,
  url: URL,
): readonly Fault[] {
  const service = serviceOf(url.pathname);
  if (service !== "mp") return [];
  const appid = mp.tokens.find(url.searchParams.get("access_token") ?? "")?.appid;
  const action = url.searchParams.get("action") ?? undefined;
  // Without a token of this emulator there is none to be killed.
  if (appid === undefined) return [];
  const request = { service, method, path: url.pathname, appid, action };
  const struck = faults.takeAll("arrival", request);
  for (const fault of struck) {
    if (fault.kind === "token-killed") mp.tokens.kill(appid, { replace: fault.replace ?? false });
  }
  return struck;
}
