import type { Fault } from "@wechat-edge/emulator";

/** A download, by the name under which the file was uploaded. */
const download = (filename: string) => ({ path: "/cgi-bin/media/get", filename });

const material = (filename: string) => ({ path: "/cgi-bin/material/get_material", filename });

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
  { kind: "cut", at: "before", match: download("get-cut-before.jpg"), times: 0 },
  { kind: "cut", at: "headers", match: download("get-cut-headers.jpg"), times: 0 },
  { kind: "cut", at: "body", match: download("get-cut-body.jpg"), times: 0 },
  { kind: "truncated", match: download("get-truncated.jpg"), times: 0 },
  { kind: "empty", match: download("get-empty.jpg"), times: 0 },
  { kind: "content-type", type: "text/plain", match: download("get-as-text.jpg"), times: 0 },
  { kind: "mp-error", errcode: 40007, match: download("get-error.jpg"), times: 0 },
  { kind: "content-type", type: "image/jpeg", match: download("get-error.jpg"), times: 0 },
  { kind: "html", status: 200, match: download("get-portal.jpg"), times: 0 },
  { kind: "delay", ms: 60_000, match: download("get-slow.jpg"), times: 0 },
  { kind: "cut", at: "body", match: material("material-cut-body.jpg"), times: 0 },
  { kind: "truncated", match: material("material-truncated.jpg"), times: 0 },
];
