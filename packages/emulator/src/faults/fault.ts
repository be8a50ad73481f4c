/** WeChat Pay ("pay") or the Official Account ("mp"). */
export type Service = "pay" | "mp";

/** The requests that a fault applies to: all given fields must match. */
export interface FaultMatch {
  /** GET, POST and so on. */
  method?: string;
  /** The whole path, or its beginning followed by `*`. */
  path?: string;
  /**
   * WeChat Pay: the filename in meta, or that of the file part if meta cannot be read. Official
   * Account: the filename of the part; for a download, the name under which the file was uploaded.
   */
  filename?: string;
  /** The account of the access_token, or the account that requests one. */
  appid?: string;
  /** The query parameter `action`. */
  action?: string;
}

/** What a fault does; the README describes each kind. */
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
 * What goes wrong (`kind` and its parameters) and for which requests (`match`, default: any). `times`
 * is how often (default 1; 0 means every time), `skip` how many matching requests pass first
 * (default 0).
 */
export type Fault = FaultAction & { match?: FaultMatch; times?: number; skip?: number };

/** The names of the kinds of fault. */
export type FaultKind = Fault["kind"];
