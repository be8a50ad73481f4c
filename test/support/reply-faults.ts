// Every fault of a reply and of the network, with the one outcome it has for an upload that may be
// tried three times. packages/core/test/pay/replies.test.ts proves the rows; docs/faults.md has those of all calls.

import type { Fault } from "@wechat-edge/emulator";

export interface ReplyFault {
  /** Strikes once, unless `times: 0` makes it stay. */
  readonly fault: Fault;
  /** Milliseconds for each try, where the default is too long for a test. */
  readonly timeout?: number;
  /** The error, or undefined where a later try succeeds. */
  readonly error?: {
    readonly code: string;
    readonly status?: number;
    readonly reason?: string;
    readonly apiCode?: string;
    readonly apiMessage?: string;
    /** Part of the message. */
    readonly says?: string;
  };
  /** Requests that reach the server. */
  readonly requests: number;
  /** What happens over HTTP, where it is another than in the same process. */
  readonly overHttp?: { readonly code: string; readonly requests: number };
}

export const replyFaults: Readonly<Record<string, ReplyFault>> = {
  "500 once": { fault: { kind: "system-error" }, requests: 2 },
  "500 of the file system once": {
    fault: { kind: "system-error", text: "file-system" },
    requests: 2,
  },
  "500 for ever": {
    fault: { kind: "system-error", times: 0 },
    error: { code: "ERR_PAY_API", status: 500, apiCode: "SYSTEMERROR", apiMessage: "系统错误" },
    requests: 3,
  },
  "502 with WeChat's error": {
    fault: { kind: "status", status: 502, code: "SERVICE_UNAVAILABLE", message: "busy", times: 0 },
    error: { code: "ERR_PAY_API", status: 502, apiCode: "SERVICE_UNAVAILABLE" },
    requests: 3,
  },
  "503 of a gateway, as HTML, once": { fault: { kind: "html", status: 503 }, requests: 2 },
  "503 of a gateway, as HTML, for ever": {
    fault: { kind: "html", status: 503, times: 0 },
    error: { code: "ERR_REPLY", status: 503 },
    requests: 3,
  },
  "403 of a gateway, as HTML": {
    fault: { kind: "html", status: 403 },
    error: { code: "ERR_REPLY", status: 403, says: "text/html" },
    requests: 1,
  },
  "200 of a captive portal, as HTML": {
    fault: { kind: "html", status: 200 },
    error: { code: "ERR_SIGNATURE", reason: "missing" },
    requests: 1,
  },
  "501 of a gateway, as HTML": {
    fault: { kind: "html", status: 501, times: 0 },
    error: { code: "ERR_REPLY", status: 501 },
    requests: 1,
  },
  "505 with WeChat's error": {
    fault: { kind: "status", status: 505, code: "SYSTEM_ERROR", message: "version", times: 0 },
    error: { code: "ERR_PAY_API", status: 505, apiCode: "SYSTEM_ERROR" },
    requests: 1,
  },
  "407 of a proxy": {
    fault: { kind: "html", status: 407, times: 0 },
    error: { code: "ERR_REPLY", status: 407, says: "asks for a user name and a password" },
    requests: 1,
  },
  "429 too fast once": { fault: { kind: "too-fast" }, requests: 2 },
  "429 too fast for ever": {
    fault: { kind: "too-fast", times: 0 },
    error: {
      code: "ERR_PAY_API",
      status: 429,
      apiCode: "FREQUENCY_LIMIT_EXCEED",
      apiMessage: "操作过快,请稍后重试",
    },
    requests: 3,
  },
  "429 of the daily quota": {
    fault: { kind: "quota" },
    error: { code: "ERR_PAY_API", status: 429, apiMessage: "当天上传文件数已达上限" },
    requests: 1,
  },
  "403 without permission": {
    fault: { kind: "no-auth" },
    error: { code: "ERR_PAY_API", status: 403, apiCode: "NO_AUTH" },
    requests: 1,
  },
  "a reply without signature": {
    fault: { kind: "missing-signature" },
    error: { code: "ERR_SIGNATURE", reason: "missing" },
    requests: 1,
  },
  "a reply signed by an unknown key": {
    fault: { kind: "unknown-serial" },
    error: { code: "ERR_SIGNATURE", reason: "unknown-serial" },
    requests: 1,
  },
  "a reply signed by another key under a known serial": {
    fault: { kind: "wrong-signature" },
    error: { code: "ERR_SIGNATURE", reason: "mismatch" },
    requests: 1,
  },
  "a reply that was tampered with": {
    fault: { kind: "tampered" },
    error: { code: "ERR_SIGNATURE", reason: "mismatch" },
    requests: 1,
  },
  "a stale reply": {
    fault: { kind: "stale" },
    error: { code: "ERR_SIGNATURE", reason: "stale" },
    requests: 1,
  },
  "a reply from the future": {
    fault: { kind: "stale", seconds: -601 },
    error: { code: "ERR_SIGNATURE", reason: "stale" },
    requests: 1,
  },
  "a probe": { fault: { kind: "probe" }, requests: 2 },
  "an empty reply": {
    fault: { kind: "empty" },
    error: { code: "ERR_REPLY", says: "an empty body" },
    requests: 1,
  },
  "a signed reply without media_id": {
    fault: { kind: "no-media-id" },
    error: { code: "ERR_REPLY", says: "media_id" },
    requests: 1,
  },
  "a reply larger than 1 MiB": {
    fault: { kind: "oversize" },
    error: { code: "ERR_REPLY", says: "1048576" },
    requests: 1,
  },
  "a connection cut before the reply, once": { fault: { kind: "cut", at: "before" }, requests: 2 },
  "a connection cut before the reply, for ever": {
    fault: { kind: "cut", at: "before", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a connection cut after the headers, for ever": {
    fault: { kind: "cut", at: "headers", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a connection cut within the body, for ever": {
    fault: { kind: "cut", at: "body", times: 0 },
    error: { code: "ERR_NETWORK" },
    requests: 3,
  },
  "a redirect": {
    fault: { kind: "redirect", location: "https://evil.example/v3/merchant/media/upload" },
    error: { code: "ERR_REPLY", says: "redirect" },
    requests: 1,
  },
  "no reply within the timeout, for ever": {
    fault: { kind: "delay", ms: 60_000, times: 0 },
    timeout: 100, // on a busy machine, the emulator gets the request later than in 20
    error: { code: "ERR_TIMEOUT" },
    requests: 3,
  },
  "a truncated reply, for ever": {
    fault: { kind: "truncated", times: 0 },
    error: { code: "ERR_SIGNATURE", reason: "mismatch" },
    requests: 1,
    overHttp: { code: "ERR_NETWORK", requests: 3 },
  },
};
