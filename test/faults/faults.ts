// Every fault of the emulator, and what stands between WeChat and a client.

import type { FaultAction } from "@wechat-edge/emulator";

/** A fault under the name that a caller would give it. */
export interface NamedFault {
  /** What the caller sees, each once. */
  readonly name: string;
  /** The only service that it is of. */
  readonly service?: "pay" | "mp";
  /** Set in the emulator. */
  readonly fault?: FaultAction;
  /** Or made of WeChat's reply, on its way: the call was carried out. */
  readonly replace?: (reply: Response) => Response | Promise<Response>;
  /** Whether WeChat carries out the call. */
  readonly carriedOut: boolean;
}

const html = (status: number): string =>
  `<html><head><title>${status}</title></head><body><hr>nginx</body></html>`;

/** A gateway's page in place of WeChat's reply. */
function lost(status: number): NamedFault {
  const headers = { "content-type": "text/html" };
  const replace = () => new Response(html(status), { status, headers });
  return { name: nameOfPage(status), replace, carriedOut: true };
}

/** The same page, of a gateway that did not pass the request on. */
function refused(status: number): NamedFault {
  const name = `${nameOfPage(status)} that did not ask WeChat`;
  return { name, fault: { kind: "html", status }, carriedOut: false };
}

function nameOfPage(status: number): string {
  return `${status} with the page of a gateway`;
}

/** The JSON object of a reply, changed. */
function json(change: (value: Record<string, unknown>) => unknown) {
  return async (reply: Response): Promise<Response> => {
    const value = (await reply.json()) as Record<string, unknown>;
    return Response.json(change(value), { status: reply.status });
  };
}

/** The numbers are none of WeChat's: a call that goes on with one is refused. */
export const IDS_AS_NUMBERS: string = "ids that are numbers";

const isId = (key: string): boolean => /(?:^|_)(?:id|vid)$/.test(key);

const network: readonly NamedFault[] = [
  {
    name: "the connection breaks before the request is there",
    fault: { kind: "cut", at: "request" },
    carriedOut: false,
  },
  {
    name: "the connection breaks before a reply",
    fault: { kind: "cut", at: "before" },
    carriedOut: true,
  },
  {
    name: "the connection breaks after the headers",
    fault: { kind: "cut", at: "headers" },
    carriedOut: true,
  },
  {
    name: "the connection breaks within the body",
    fault: { kind: "cut", at: "body" },
    carriedOut: true,
  },
  {
    name: "no reply within the timeout",
    fault: { kind: "delay", ms: 3_600_000 },
    carriedOut: true,
  },
  {
    name: "a redirect",
    fault: { kind: "redirect", location: "https://elsewhere.example/" },
    carriedOut: false,
  },
];

const STATUSES = [401, 403, 404, 405, 407, 411, 412, 413, 414, 429, 431];
const SERVER_STATUSES = [500, 501, 502, 503, 504, 505];

const gateways: readonly NamedFault[] = [
  ...[200, ...STATUSES, ...SERVER_STATUSES].map(lost),
  ...[200, 403, 429, 502].map(refused),
];

const replies: readonly NamedFault[] = [
  { name: "an empty reply", fault: { kind: "empty" }, carriedOut: true },
  { name: "a truncated reply", fault: { kind: "truncated" }, carriedOut: true },
  { name: "a reply of more than 1 MiB", fault: { kind: "oversize" }, carriedOut: true },
  { name: "a success without any field", fault: { kind: "no-media-id" }, carriedOut: true },
];

const payFaults: readonly NamedFault[] = [
  ...(
    [
      ["500 SYSTEMERROR", { kind: "system-error" }],
      ["500 SYSTEMERROR of the file system", { kind: "system-error", text: "file-system" }],
      ["502 SERVICE_UNAVAILABLE", { kind: "status", status: 502, message: "busy" }],
      ["401 SIGN_ERROR", { kind: "status", status: 401, message: "sign" }],
      ["429 FREQUENCY_LIMIT_EXCEED", { kind: "too-fast" }],
      ["429 of the daily quota", { kind: "quota" }],
      ["403 NO_AUTH", { kind: "no-auth" }],
    ] as const
  ).map(([name, fault]) => ({ name, service: "pay", fault, carriedOut: false }) as const),
  ...(
    [
      ["a reply without a signature", { kind: "missing-signature" }],
      ["a reply signed by an unknown key", { kind: "unknown-serial" }],
      ["a reply signed by another key under a known serial", { kind: "wrong-signature" }],
      ["a reply that was changed after signing", { kind: "tampered" }],
      ["a reply signed too long ago", { kind: "stale" }],
      ["a reply signed in the future", { kind: "stale", seconds: -601 }],
      ["a probe of WeChat Pay (WECHATPAY/SIGNTEST/)", { kind: "probe" }],
      ["certificates encrypted with another key", { kind: "certificates-wrong-key" }],
      ["a certificate that cannot be decrypted", { kind: "certificates-wrong-tag" }],
      ["certificates signed with one that only the list has", { kind: "certificates-self-signed" }],
      ["certificates, the newest first", { kind: "certificates-reversed" }],
      ["an entry that is no certificate", { kind: "certificates-garbage" }],
      [
        "a certificate without its fields",
        { kind: "certificates-garbage", form: "missing-fields" },
      ],
    ] as const
  ).map(([name, fault]) => ({ name, service: "pay", fault, carriedOut: true }) as const),
];

const mpFaults: readonly NamedFault[] = [
  ...(
    [
      [-1, "-1: busy"],
      [40164, "40164: the IP address is not allowed"],
      [45009, "45009: the quota of the day"],
      [45011, "45011: too fast"],
      [48001, "48001: the account has no such right"],
    ] as const
  ).map(
    ([errcode, name]) =>
      ({ name, service: "mp", fault: { kind: "mp-error", errcode }, carriedOut: false }) as const,
  ),
  {
    name: "503 with an empty body",
    service: "mp",
    fault: { kind: "status", status: 503 },
    carriedOut: false,
  },
  {
    name: "the access_token was revoked",
    service: "mp",
    fault: { kind: "token-killed", replace: true },
    carriedOut: false,
  },
  {
    name: "a Content-Type of a page",
    service: "mp",
    fault: { kind: "content-type", type: "text/html" },
    carriedOut: true,
  },
  ...(
    [
      ["a JSON text that is no object", { kind: "reply-json", body: [] }],
      ["a text that is no JSON", { kind: "reply-json", body: "ok" }],
      ["an errcode that is a text", { kind: "reply-json", body: { errcode: "-1" } }],
    ] as const
  ).map(([name, fault]) => ({ name, service: "mp", fault, carriedOut: false }) as const),
  {
    name: "a success with a field more",
    service: "mp",
    fault: { kind: "reply-json", body: { news: "街" }, merge: true },
    carriedOut: true,
  },
  {
    name: IDS_AS_NUMBERS,
    service: "mp",
    replace: json((value) =>
      Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, isId(key) ? 9_007_199 : each]),
      ),
    ),
    carriedOut: true,
  },
  {
    name: "ids that are null",
    service: "mp",
    replace: json((value) =>
      Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, isId(key) ? null : each]),
      ),
    ),
    carriedOut: true,
  },
];

export const namedFaults: readonly NamedFault[] = [
  ...network,
  ...gateways,
  ...replies,
  ...payFaults,
  ...mpFaults,
];
