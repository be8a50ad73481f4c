import { NetworkError, ReplyError, TimeoutError, WechatError } from "../../errors.ts";
import { feature } from "../../feature.ts";
import { given } from "../../given.ts";
import { adviceFor, isBusyErrcode, isTokenErrcode } from "../errcodes.ts";
import { MpApiError } from "../errors.ts";
import { ASKED_CALLS, isWechat, type MpAnswer, type MpEvidence } from "./examine.ts";
import { finding, type MpCheck, type MpFinding } from "./findings.ts";

/** Makes one line of each check, from what is known. */
export function diagnose(evidence: MpEvidence): readonly MpCheck[] {
  const whose = [appid(evidence), secret(evidence), ipWhitelist(evidence), account(evidence)];
  const left = quota(evidence);
  const isExplained = [...whose, left].some(({ state }) => state === "failed");
  return [
    network(evidence),
    clock(evidence),
    ...whose,
    token(evidence, isExplained),
    right(evidence, "material"),
    right(evidence, "drafts"),
    right(evidence, "publishing"),
    right(evidence, "media-api"),
    left,
  ];
}

/** WeChat's id of the last refusal, but for the one that was asked for. */
export function lastRid(evidence: MpEvidence): string | undefined {
  return refusals(evidence).at(-1)?.rid;
}

/** What WeChat refused, in the order it was asked. */
function refusals({ token, count, owner, quotas }: MpEvidence): MpApiError[] {
  const errors = [token?.error, count?.error, owner?.error];
  for (const { error } of quotas.values()) errors.push(error);
  return errors.filter((error) => error instanceof MpApiError);
}

function refusalOf(evidence: MpEvidence, ...errcodes: number[]): MpApiError | undefined {
  return refusals(evidence).find(({ errcode }) => errcodes.includes(errcode));
}

function said({ errcode, errmsg, rid }: MpApiError): string {
  return `WeChat answered ${errcode}: ${errmsg}${rid === undefined ? "" : ` (rid ${rid})`}.`;
}

function adviceOn({ errcode, endpoint, ip }: MpApiError): string {
  return adviceFor(errcode, endpoint, ip);
}

const NOT_SHOWN = "No answer shows it.";

/** Whether the token calls took appid and secret. */
function gaveToken({ token, kind }: MpEvidence): boolean {
  return token !== undefined && token.error === undefined && token.requested && kind !== "provided";
}

function network({ mp, knock }: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "network");
  const { error } = knock;
  if (error instanceof NetworkError || error instanceof TimeoutError) {
    const todo = `Check that this machine reaches ${mp.baseUrl}: DNS, firewall, proxy, baseUrl.`;
    return line("network-silent", error.message, todo);
  }
  const isBusy = error instanceof MpApiError && isBusyErrcode(error.errcode);
  if (isBusy || (error instanceof ReplyError && error.retryable)) {
    return line("network-busy", error.message, "Run the check again later.");
  }
  if (isWechat(knock)) return line("network-answered", `${mp.baseUrl} answered.`);
  const todo = "Look for a proxy, a gateway or a login page in between, and check baseUrl.";
  return line("network-proxy", error?.message ?? NOT_SHOWN, todo);
}

const MAX_SKEW_SECONDS = 300;

function clock({ fast }: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "clock");
  if (fast === undefined) return line("clock-unknown", "No reply of WeChat with a time came.");
  const by = Math.abs(fast);
  if (by <= 1) return line("clock-right", "This machine and WeChat have the same time.");
  const found = `This machine is ${by} seconds ${fast < 0 ? "slow" : "fast"}.`;
  if (by <= MAX_SKEW_SECONDS) return line("clock-right", found);
  const todo =
    "Synchronise it (NTP): other machines that share a tokenStore take its tokens for old or too new.";
  return line(fast < 0 ? "clock-slow" : "clock-fast", found, todo);
}

function appid(evidence: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "appid");
  const { mp, owner } = evidence;
  const wrong = refusalOf(evidence, 40013);
  if (wrong !== undefined) return line("appid-wrong", said(wrong), adviceOn(wrong));
  const owned = owner?.object?.["appid"];
  if (typeof owned === "string" && owned !== mp.appid) {
    return line(
      "appid-other",
      `The token belongs to ${owned}, not to ${mp.appid}.`,
      "Let getAccessToken return the token of this appid, or pass the other appid.",
    );
  }
  if (owned !== undefined || gaveToken(evidence)) {
    return line("appid-known", `WeChat knows ${mp.appid}.`);
  }
  return line("appid-unknown", NOT_SHOWN);
}

function secret(evidence: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "secret");
  if (evidence.kind === "provided") {
    return line("secret-absent", "The client has none: its tokens come from getAccessToken.");
  }
  if (gaveToken(evidence)) return line("secret-right", "WeChat gave a token for it.");
  const { error } = evidence.token ?? {};
  if (error instanceof MpApiError && [40001, 40125].includes(error.errcode)) {
    return line("secret-wrong", said(error), adviceOn(error));
  }
  const frozen = refusalOf(evidence, 40243);
  if (frozen !== undefined) return line("secret-frozen", said(frozen), adviceOn(frozen));
  if (evidence.token?.error !== undefined || evidence.token === undefined) {
    return line("secret-unknown", NOT_SHOWN);
  }
  const found = "The client had a token already; taking another one would end it.";
  return line("secret-unknown", found, "Check with a new client without tokenStore.");
}

function ipWhitelist(evidence: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "ip-whitelist");
  const missing = refusalOf(evidence, 40164, 61004, 45035);
  if (missing !== undefined) {
    return line("ip-whitelist-missing", said(missing), adviceOn(missing));
  }
  const waiting = refusalOf(evidence, 89501, 89502, 89503, 89504, 89505);
  if (waiting !== undefined) {
    return line("ip-whitelist-confirm", said(waiting), adviceOn(waiting));
  }
  const refused = refusalOf(evidence, 89506, 89507);
  if (refused !== undefined) {
    const todo = `${adviceOn(refused)} Talk to them before you call again.`;
    return line("ip-whitelist-refused", said(refused), todo);
  }
  if (evidence.count?.object === undefined) return line("ip-whitelist-unknown", NOT_SHOWN);
  return line("ip-whitelist-allowed", "WeChat took calls from this address.");
}

const ACCOUNT_STATES: Readonly<Record<number, MpFinding & `account-${string}`>> = {
  48004: "account-restricted",
  50002: "account-restricted",
  50004: "account-no-tokens",
  50007: "account-frozen",
};

function account(evidence: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "account");
  for (const error of refusals(evidence)) {
    const code = ACCOUNT_STATES[error.errcode];
    if (code !== undefined) return line(code, said(error), adviceOn(error));
  }
  if (evidence.count?.object === undefined) return line("account-unknown", NOT_SHOWN);
  return line("account-active", "WeChat carries out its calls.");
}

/** A token that WeChat does not give for a reason of another line is no fault of its own. */
function token(evidence: MpEvidence, isExplained: boolean): MpCheck {
  const line = finding.bind(undefined, "token");
  const { mp, kind, token: taken, count } = evidence;
  if (taken === undefined) return line("token-unknown", "None was taken.");
  const { error } = taken;
  if (error !== undefined) {
    if (kind === "provided") {
      return line("token-missing", whyNone(error), "See why getAccessToken gives no token.");
    }
    if (isExplained) return line("token-unknown", "WeChat gave none.");
    return line("token-none", whyNone(error), todoFor(error));
  }
  const refused = count?.error;
  if (refused instanceof MpApiError && isTokenErrcode(refused.errcode)) {
    if (kind === "plain") {
      const todo =
        'Another program takes tokens of this appid, and each ends the one before: let one alone take them, or use token: "stable".';
      return line("token-superseded", said(refused), todo);
    }
    const todo =
      kind === "provided"
        ? `getAccessToken returns an old token, or one of another account than ${mp.appid}: let it replace the one that it is told was rejected.`
        : "Another program forces new tokens (force_refresh). The client forces one at its next call, at most 20 times a day.";
    return line("token-refused", said(refused), todo);
  }
  if (count?.object !== undefined) return line("token-works", "WeChat accepted it.");
  return line("token-unknown", refused?.message ?? NOT_SHOWN);
}

function todoFor(error: unknown): string {
  return (error instanceof MpApiError && adviceOn(error)) || "Run the check again later.";
}

/** What a caller's function throws may have a token in it. */
function whyNone(error: unknown): string {
  if (error instanceof MpApiError) return said(error);
  if (error instanceof WechatError) return error.message;
  const text = error instanceof Error && feature(() => `${error.name}: ${error.message}`);
  return text ? text.replace(/[\w+/=-]{20,}/g, "…") : `It threw ${given(error)}.`;
}

const RIGHTS: Readonly<Record<keyof typeof ASKED_CALLS, string>> = {
  material: "add material",
  drafts: "make drafts",
  publishing: "publish drafts by API",
  "media-api": "use the publish library (媒体API)",
};
/** No right; and what openapi/quota/get says of a call to which there is none (reported). */
const NO_RIGHT: readonly number[] = [48001, 61007, 76022];

function right(evidence: MpEvidence, name: keyof typeof ASKED_CALLS): MpCheck {
  const answer = evidence.quotas.get(ASKED_CALLS[name]);
  const counted = name === "material" ? errorOf(evidence.count) : undefined;
  const denied = [counted, errorOf(answer)].find((error) => NO_RIGHT.includes(error?.errcode ?? 0));
  if (denied !== undefined) {
    const todo =
      name === "publishing"
        ? "Only certified accounts (已认证) may: make drafts, and publish them on mp.weixin.qq.com."
        : adviceFor(48001, "", undefined);
    const found = `The account may not ${RIGHTS[name]}. ${said(denied)}`;
    return finding(name, `${name}-denied`, found, todo);
  }
  if (answer?.object === undefined) return finding(name, `${name}-unknown`, NOT_SHOWN);
  return finding(name, `${name}-allowed`, `The account may ${RIGHTS[name]}.`);
}

function errorOf(answer: MpAnswer | undefined): MpApiError | undefined {
  return answer?.error instanceof MpApiError ? answer.error : undefined;
}

function quota(evidence: MpEvidence): MpCheck {
  const line = finding.bind(undefined, "quota");
  const none = refusalOf(evidence, 45009);
  const todo = "Wait until tomorrow (in China), or reset it: clearQuota, ten times a month.";
  if (none !== undefined) return line("quota-used-up", `${none.endpoint}: ${said(none)}`, todo);
  const left: string[] = [];
  const empty: string[] = [];
  for (const [path, { object }] of evidence.quotas) {
    const { daily_limit: limit, remain } = (object?.["quota"] ?? {}) as Record<string, unknown>;
    // In WeChat's sample all numbers are 0.
    if (typeof limit !== "number" || typeof remain !== "number" || limit <= 0) continue;
    (remain > 0 ? left : empty).push(`${path} ${remain} of ${limit}`);
  }
  const found = `Left today: ${[...empty, ...left].join(", ")}.`;
  if (empty.length > 0) return line("quota-used-up", found, todo);
  return left.length > 0 ? line("quota-left", found) : line("quota-unknown", NOT_SHOWN);
}
