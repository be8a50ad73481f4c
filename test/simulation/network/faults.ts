import type { Fault } from "@wechat-edge/emulator";
import type { Random } from "../random.ts";
import { gatewayStatuses, oddReplies } from "./odd-replies.ts";

/** What goes wrong with one request of a step. */
export type NetworkFault =
  /** Never arrives at WeChat. */
  | { readonly kind: "refused" | "swallowed" }
  /** WeChat did it, and the reply is lost, cut, or never comes. */
  | { readonly kind: "lost" | "cut" | "unanswered" }
  /** WeChat Pay's reply comes with a signature that is not its own, or with none. */
  | { readonly kind: "badly-signed"; readonly how: "changed" | "missing" | "old" }
  /** The Official Account refuses, and repeats the request in its message. */
  | { readonly kind: "echo" }
  /** Arrives at WeChat after the client has given up. */
  | { readonly kind: "late" }
  | { readonly kind: "slow"; readonly ms: number }
  /** Answered by something between, before or after WeChat did it. */
  | {
      readonly kind: "gateway";
      readonly status: number;
      readonly page: number;
      readonly done: boolean;
    }
  | { readonly kind: "odd"; readonly name: string }
  | { readonly kind: "redirect"; readonly status: number }
  /** From here on an attacker answers in WeChat Pay's place. */
  | { readonly kind: "attack"; readonly variant: number }
  /** A fault that the emulator itself knows. */
  | { readonly kind: "emulator"; readonly fault: Fault };

/** What goes wrong with the store of a step. */
export const storeFaults = ["throws", "hangs", "lags", "loses", "old", "poisoned"] as const;
export type StoreFault = (typeof storeFaults)[number];

const emulatorFaults: readonly Fault[] = [
  { kind: "status", status: 500, code: "SYSTEM_ERROR", message: "busy" },
  { kind: "status", status: 400, code: "PARAM_ERROR", message: "odd \u001B[31m" },
  { kind: "html", status: 503 },
  { kind: "html", status: 403 },
  { kind: "quota" },
  { kind: "too-fast" },
  { kind: "too-fast", retryAfter: 1 },
  { kind: "too-fast", retryAfter: 3600 },
  { kind: "system-error" },
  { kind: "no-auth" },
  { kind: "delay", ms: 2_500 },
  { kind: "cut", at: "request" },
  { kind: "cut", at: "before" },
  { kind: "cut", at: "headers" },
  { kind: "cut", at: "body" },
  { kind: "wrong-signature" },
  { kind: "missing-signature" },
  { kind: "unknown-serial" },
  { kind: "stale" },
  { kind: "probe" },
  { kind: "tampered" },
  { kind: "truncated" },
  { kind: "oversize" },
  { kind: "empty" },
  { kind: "no-media-id" },
  { kind: "reply-json", body: { media_id: 12_345 } },
  { kind: "reply-json", body: { media_id: "" }, merge: true },
  { kind: "reply-json", body: [] },
  { kind: "certificates-wrong-tag" },
  { kind: "certificates-self-signed" },
  { kind: "certificates-wrong-key" },
  { kind: "certificates-garbage" },
  { kind: "certificates-reversed" },
  { kind: "mp-error", errcode: -1 },
  { kind: "mp-error", errcode: 40001 },
  { kind: "mp-error", errcode: 42001 },
  { kind: "mp-error", errcode: 45009 },
  { kind: "mp-error", errcode: 45011 },
  { kind: "mp-error", errcode: 48001 },
  { kind: "mp-error", errcode: 99_999, errmsg: "odd \u001B[2J\r\n" },
  { kind: "token-killed" },
  { kind: "token-killed", replace: true },
  { kind: "content-type", type: "text/plain" },
];

/** A fault at random. */
export function someFault(random: Random): NetworkFault {
  const kind = random.pick([
    "lost",
    "lost",
    "cut",
    "refused",
    "swallowed",
    "unanswered",
    "late",
    "slow",
    "gateway",
    "gateway",
    "gateway",
    "odd",
    "odd",
    "odd",
    "redirect",
    "echo",
    "badly-signed",
    "badly-signed",
    "attack",
    "emulator",
    "emulator",
    "emulator",
    "emulator",
  ] as const);
  switch (kind) {
    case "slow":
      return { kind, ms: random.int(1, 9) * 1000 };
    case "gateway": {
      const done = random.chance(0.7);
      return { kind, status: random.pick(gatewayStatuses), page: random.int(0, 3), done };
    }
    case "odd":
      return { kind, name: random.pick(Object.keys(oddReplies)) };
    case "redirect":
      return { kind, status: random.pick([301, 302, 303, 307, 308]) };
    case "attack":
      return { kind, variant: random.int(0, 99) };
    case "badly-signed":
      return { kind, how: random.pick(["changed", "missing", "old"]) };
    case "emulator":
      return { kind, fault: random.pick(emulatorFaults) };
    default:
      return { kind };
  }
}
