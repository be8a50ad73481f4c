import type { Fault } from "@wechat-edge/emulator";

/**
 * Faults every conformance run meets, each tied to a file name of its own. They are set before
 * the run because a browser cannot call control routes. `times: 0` is always.
 */
export const standingFaults: readonly Fault[] = [
  { kind: "cut", at: "before", match: { filename: "cut-before.jpg" }, times: 0 },
  { kind: "cut", at: "headers", match: { filename: "cut-headers.jpg" }, times: 0 },
  { kind: "cut", at: "body", match: { filename: "cut-body.jpg" }, times: 0 },
  { kind: "truncated", match: { filename: "truncated.jpg" }, times: 0 },
  { kind: "oversize", match: { filename: "oversize.jpg" }, times: 0 },
  { kind: "redirect", location: "/elsewhere", match: { filename: "redirect.jpg" }, times: 0 },
  { kind: "system-error", match: { filename: "busy.jpg" }, times: 0 },
  { kind: "missing-signature", match: { filename: "unsigned.jpg" }, times: 0 },
  { kind: "html", status: 403, match: { filename: "portal.jpg" }, times: 0 },
  { kind: "delay", ms: 60_000, match: { filename: "slow.jpg" }, times: 0 },
];
