import type { CheckLine, CheckState } from "../../checkup.ts";
import { visible } from "../../visible.ts";

/** What `checkPayClient` looks at. */
export type PayCheckName =
  | "network"
  | "clock"
  | "certificate"
  | "private-key"
  | "platform-keys"
  | "api-v3-key"
  | "switch"
  | "region";

/** What `checkPayClient` can find. */
export type PayFinding =
  | "network-answered"
  | "network-silent"
  | "network-proxy"
  | "network-changed"
  | "network-old-reply"
  | "network-busy"
  | "network-unknown"
  | "clock-right"
  | "clock-fast"
  | "clock-slow"
  | "clock-refused"
  | "clock-unknown"
  | "certificate-known"
  | "certificate-serial"
  | "certificate-none"
  | "certificate-expired"
  | "certificate-revoked"
  | "certificate-replaced"
  | "certificate-unknown"
  | "private-key-fits"
  | "private-key-other"
  | "private-key-unusable"
  | "private-key-unknown"
  | "platform-keys-verified"
  | "platform-keys-merchant"
  | "platform-keys-unusable"
  | "platform-keys-expired"
  | "platform-keys-id"
  | "platform-keys-mismatch"
  | "platform-keys-missing"
  | "platform-keys-unknown"
  | "api-v3-key-fits"
  | "api-v3-key-wrong"
  | "api-v3-key-app-secret"
  | "api-v3-key-unset"
  | "api-v3-key-absent"
  | "api-v3-key-unknown"
  | "switch-done"
  | "switch-certificates"
  | "switch-pending"
  | "switch-not-done"
  | "switch-public-key-missing"
  | "switch-unknown"
  | "region-wrong"
  | "region-accepted"
  | "region-unknown";

/** One line of `checkPayClient`. */
export type PayCheck = CheckLine<PayCheckName, PayFinding>;

const PASSED: readonly PayFinding[] = [
  "network-answered",
  "clock-right",
  "certificate-known",
  "private-key-fits",
  "platform-keys-verified",
  "api-v3-key-fits",
  "switch-done",
  "switch-certificates",
  "switch-pending",
];

/** That a host accepts a merchant does not prove its region, and no APIv3 key is needed with a public key. */
const UNPROVEN: readonly PayFinding[] = ["network-busy", "api-v3-key-absent", "region-accepted"];

function stateOf(code: PayFinding): CheckState {
  if (PASSED.includes(code)) return "passed";
  return code.endsWith("-unknown") || UNPROVEN.includes(code) ? "unknown" : "failed";
}

const MAX_FOUND_CHARACTERS = 1000;

/** Makes the line of a finding. What a server said may be long, and must not look like another line. */
export function finding(
  name: PayCheckName,
  code: PayFinding & `${PayCheckName}-${string}`,
  found: string,
  todo = "",
): PayCheck {
  const line = visible(found).slice(0, MAX_FOUND_CHARACTERS);
  return { name, state: stateOf(code), code, found: line, todo };
}
