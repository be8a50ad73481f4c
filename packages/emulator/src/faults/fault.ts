/** WeChat Pay ("pay") or the Official Account ("mp"). */
export type Service = "pay" | "mp";

/** The requests that a fault befalls: those of which all that is given here holds. */
export interface FaultMatch {
  method?: string;
  /** The whole path; a `*` at its end stands for anything. */
  path?: string;
  /**
   * Pay: the name in meta; where meta cannot be read, that of the file part. Official Account: the
   * name of the part, and for a download that under which the file was uploaded.
   */
  filename?: string;
  /** The account of the access_token, or that asks for one. */
  appid?: string;
  /** `action` in the query. */
  action?: string;
}

/** What a fault does; the README tells of each kind. */
export type FaultAction =
  | {
      kind: "status";
      status: number;
      code?: string;
      message?: string;
      retryAfter?: number | string;
    }
  | { kind: "html"; status?: number }
  | { kind: "redirect"; location: string; status?: 302 | 307 }
  | { kind: "quota" }
  | { kind: "too-fast"; retryAfter?: number | string }
  | { kind: "system-error"; text?: "system" | "file-system" }
  | { kind: "no-auth" }
  | { kind: "delay"; ms: number }
  | { kind: "cut"; at?: "request" | "before" | "headers" | "body" }
  | { kind: "wrong-signature" }
  | { kind: "missing-signature" }
  | { kind: "unknown-serial" }
  | { kind: "stale"; seconds?: number }
  | { kind: "probe" }
  | { kind: "tampered" }
  | { kind: "truncated" }
  | { kind: "oversize" }
  | { kind: "empty" }
  | { kind: "no-media-id" }
  | { kind: "certificates-wrong-tag" }
  | { kind: "certificates-reversed" }
  | { kind: "certificates-self-signed" }
  | { kind: "certificates-wrong-key" }
  | { kind: "certificates-garbage"; form?: "not-a-certificate" | "missing-fields" }
  | { kind: "mp-error"; errcode: number; errmsg?: string; hint?: string }
  | { kind: "token-killed"; at?: "headers"; replace?: boolean }
  | { kind: "content-type"; type: string }
  | { kind: "reply-json"; body: unknown; merge?: boolean };

/**
 * What goes wrong, for which requests, and how many times (default 1; 0 stands for ever), after
 * `skip` requests that it lets pass (default 0).
 */
export type Fault = FaultAction & { match?: FaultMatch; times?: number; skip?: number };
/** The names of the kinds of fault. */
export type FaultKind = Fault["kind"];
