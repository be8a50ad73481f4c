import type { CheckLine, CheckState } from "../../checkup.ts";
import { visible } from "../../visible.ts";

/** What `checkMpClient` looks at. */
export type MpCheckName =
  | "network"
  | "clock"
  | "appid"
  | "secret"
  | "ip-whitelist"
  | "account"
  | "token"
  | "material"
  | "drafts"
  | "publishing"
  | "media-api"
  | "quota";

/** What `checkMpClient` can find. */
export type MpFinding =
  | "network-answered"
  | "network-silent"
  | "network-proxy"
  | "network-busy"
  | "clock-right"
  | "clock-fast"
  | "clock-slow"
  | "clock-unknown"
  | "appid-known"
  | "appid-wrong"
  | "appid-other"
  | "appid-unknown"
  | "secret-right"
  | "secret-wrong"
  | "secret-frozen"
  | "secret-absent"
  | "secret-unknown"
  | "ip-whitelist-allowed"
  | "ip-whitelist-missing"
  | "ip-whitelist-confirm"
  | "ip-whitelist-refused"
  | "ip-whitelist-unknown"
  | "account-active"
  | "account-restricted"
  | "account-no-tokens"
  | "account-frozen"
  | "account-unknown"
  | "token-works"
  | "token-refused"
  | "token-superseded"
  | "token-missing"
  | "token-none"
  | "token-unknown"
  | "material-allowed"
  | "material-denied"
  | "material-unknown"
  | "drafts-allowed"
  | "drafts-denied"
  | "drafts-unknown"
  | "publishing-allowed"
  | "publishing-denied"
  | "publishing-unknown"
  | "media-api-allowed"
  | "media-api-denied"
  | "media-api-unknown"
  | "quota-left"
  | "quota-used-up"
  | "quota-unknown";

/** One line of `checkMpClient`. */
export type MpCheck = CheckLine<MpCheckName, MpFinding>;

const PASSED = /-(?:answered|right|known|allowed|active|works|left)$/;
/** A token server needs no secret here, and few accounts have the publish library. */
const UNPROVEN: readonly MpFinding[] = ["network-busy", "secret-absent", "media-api-denied"];

function stateOf(code: MpFinding): CheckState {
  if (PASSED.test(code)) return "passed";
  return code.endsWith("-unknown") || UNPROVEN.includes(code) ? "unknown" : "failed";
}

const MAX_FOUND_CHARACTERS = 1000;

/** Makes the line of a finding. What a server said may be long, and must not look like another line. */
export function finding(
  name: MpCheckName,
  code: MpFinding & `${MpCheckName}-${string}`,
  found: string,
  todo = "",
): MpCheck {
  const line = visible(found).slice(0, MAX_FOUND_CHARACTERS);
  return { name, state: stateOf(code), code, found: line, todo };
}
