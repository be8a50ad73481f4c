import type { Answer } from "../examine.ts";
import { finding, type PayCheck } from "../findings.ts";
import { saysSignature } from "../shown.ts";

/** WeChat Pay allows a difference of 5 minutes. */
export const MAX_SKEW_SECONDS = 300;

export function clock(answer: Answer | undefined): PayCheck {
  const line = finding.bind(undefined, "clock");
  const { fast, refusal, admitted } = answer ?? {};
  const isRefused = refusal?.causes[0] === "clock";
  // WeChat Pay looks at the time before all else (reported).
  const isRead =
    answer !== undefined && (refusal?.causes[0] !== "private-key" || saysSignature(answer));
  const isAccepted = !isRefused && (admitted === true || (refusal !== undefined && isRead));
  const todo = "Synchronise the clock of this machine (NTP).";
  if (fast === undefined) {
    if (isRefused) return line("clock-refused", "WeChat Pay refused the timestamp.", todo);
    if (isAccepted) return line("clock-right", "WeChat Pay accepted the timestamp.");
    return line("clock-unknown", "No reply of WeChat Pay with a time came.");
  }
  const off =
    Math.abs(fast) <= 1
      ? "This machine and WeChat Pay have the same time."
      : `This machine is ${Math.abs(fast)} seconds ${fast < 0 ? "slow" : "fast"}; ${MAX_SKEW_SECONDS} are allowed.`;
  if (!isAccepted && Math.abs(fast) > MAX_SKEW_SECONDS) {
    return line(fast < 0 ? "clock-slow" : "clock-fast", off, todo);
  }
  if (!isRefused) return line("clock-right", off);
  const found = `WeChat Pay refused the timestamp, and yet: ${off}`;
  return line("clock-refused", found, "Look for a proxy that sends requests late or again.");
}
