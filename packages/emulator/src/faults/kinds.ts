/** WeChat Pay ("pay") or the Official Account ("mp"). */
export type Service = "pay" | "mp";

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
  | { kind: "flipped-tag" }
  | { kind: "shuffled" }
  | { kind: "own-reply-only" }
  | { kind: "wrong-api-key" }
  | { kind: "garbage-certificates"; form?: "not-a-certificate" | "missing-fields" }
  | { kind: "mp-error"; errcode: number; errmsg?: string; hint?: string }
  | { kind: "token-killed"; at?: "headers"; replace?: boolean }
  | { kind: "content-type"; type: string }
  | { kind: "reply-json"; body: unknown; merge?: boolean };

/**
 * What goes wrong, for which requests, and how many times (default 1; 0 stands for ever), after
 * `skip` requests that it lets pass (default 0).
 */
export type Fault = FaultAction & { match?: FaultMatch; times?: number; skip?: number };
export type FaultKind = Fault["kind"];

/**
 * Where in a request's life a fault strikes: before its body has come, before the work, in place of
 * it, in what it answers, on the way out. "certificates" is the list of certificates alone.
 */
export type FaultStage =
  | "arrival"
  | "delay"
  | "request"
  | "instead"
  | "certificates"
  | "reply"
  | "type"
  | "delivery";

/** `parameters` lists what each kind takes, with a check that names what it must be. */
interface KindRule {
  stage: FaultStage | ((fault: Fault) => FaultStage);
  /** The only service that it befalls; absent: both. */
  service?: Service;
  parameters: Record<string, ParameterRule>;
}

interface ParameterRule {
  must: string;
  required?: boolean;
  holds(value: unknown): boolean;
}

const wholeNumber = (low: number, high: number): ParameterRule => ({
  must: `a whole number from ${low} to ${high}`,
  holds: (value) =>
    Number.isInteger(value) && (value as number) >= low && (value as number) <= high,
});
const text: ParameterRule = { must: "a string", holds: (value) => typeof value === "string" };
const isHeaderText = (value: unknown): boolean =>
  typeof value === "string" && /^[\x20-\x7e]+$/.test(value);
const headerText: ParameterRule = { must: "printable ASCII", holds: isHeaderText };
const oneOf = (...values: unknown[]): ParameterRule => ({
  must: `one of ${values.join(", ")}`,
  holds: (value) => values.includes(value),
});
const flag: ParameterRule = {
  must: "true or false",
  holds: (value) => typeof value === "boolean",
};
const anything: ParameterRule = { must: "any JSON", holds: () => true };
const required = (rule: ParameterRule): ParameterRule => ({ ...rule, required: true });
const STATUS = wholeNumber(200, 599);
const STATUS_WITH_BODY: ParameterRule = {
  must: "a status from 200 to 599 that has a body",
  holds: (value) => STATUS.holds(value) && ![204, 205, 304].includes(value as number),
};
const RETRY_AFTER: ParameterRule = {
  must: "seconds or an HTTP date",
  holds: (value) => isHeaderText(value) || (typeof value === "number" && value >= 0),
};
const DAY_MS = 86_400_000;
const ERRCODE: ParameterRule = {
  must: "a whole number other than 0",
  holds: (value) => Number.isInteger(value) && value !== 0,
};

const KINDS: Record<FaultKind, KindRule> = {
  status: {
    stage: "instead",
    parameters: { status: required(STATUS), code: text, message: text, retryAfter: RETRY_AFTER },
  },
  html: { stage: "instead", parameters: { status: STATUS_WITH_BODY } },
  redirect: {
    stage: "instead",
    parameters: { location: required(headerText), status: oneOf(302, 307) },
  },
  quota: { stage: "instead", service: "pay", parameters: {} },
  "too-fast": { stage: "instead", service: "pay", parameters: { retryAfter: RETRY_AFTER } },
  "system-error": {
    stage: "instead",
    service: "pay",
    parameters: { text: oneOf("system", "file-system") },
  },
  "no-auth": { stage: "instead", service: "pay", parameters: {} },
  delay: { stage: "delay", parameters: { ms: required(wholeNumber(0, DAY_MS)) } },
  cut: {
    stage: (fault) => (fault.kind === "cut" && fault.at === "request" ? "request" : "delivery"),
    parameters: { at: oneOf("request", "before", "headers", "body") },
  },
  "wrong-signature": { stage: "reply", service: "pay", parameters: {} },
  "missing-signature": { stage: "reply", service: "pay", parameters: {} },
  "unknown-serial": { stage: "reply", service: "pay", parameters: {} },
  stale: {
    stage: "reply",
    service: "pay",
    parameters: { seconds: wholeNumber(-DAY_MS, DAY_MS) },
  },
  probe: { stage: "reply", service: "pay", parameters: {} },
  tampered: { stage: "reply", service: "pay", parameters: {} },
  truncated: { stage: "reply", parameters: {} },
  oversize: { stage: "reply", parameters: {} },
  empty: { stage: "reply", parameters: {} },
  "no-media-id": { stage: "reply", parameters: {} },
  "flipped-tag": { stage: "certificates", parameters: {} },
  shuffled: { stage: "certificates", parameters: {} },
  "own-reply-only": { stage: "certificates", parameters: {} },
  "wrong-api-key": { stage: "certificates", parameters: {} },
  "garbage-certificates": {
    stage: "certificates",
    parameters: { form: oneOf("not-a-certificate", "missing-fields") },
  },
  "mp-error": {
    stage: "instead",
    service: "mp",
    parameters: { errcode: required(ERRCODE), errmsg: text, hint: text },
  },
  "token-killed": {
    stage: "arrival",
    service: "mp",
    parameters: { at: oneOf("headers"), replace: flag },
  },
  "content-type": { stage: "type", service: "mp", parameters: { type: required(headerText) } },
  "reply-json": {
    stage: (fault) => (fault.kind === "reply-json" && fault.merge ? "reply" : "instead"),
    service: "mp",
    parameters: { body: required(anything), merge: flag },
  },
};

function checkKeys(given: object, rules: Record<string, ParameterRule>, of: string): void {
  for (const [name, value] of Object.entries(given)) {
    const rule = rules[name];
    if (rule === undefined) {
      const allowed = Object.keys(rules).join(", ");
      const takes = allowed || "nothing more";
      throw new TypeError(`${of} does not take ${JSON.stringify(name)}; it takes ${takes}.`);
    }
    if (value !== undefined && !rule.holds(value)) {
      throw new TypeError(`${name} of ${of} is ${JSON.stringify(value)}; it must be ${rule.must}.`);
    }
  }
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.required && (given as Record<string, unknown>)[name] === undefined) {
      throw new TypeError(`${of} needs ${name}; it must be ${rule.must}.`);
    }
  }
}

const MATCH_RULES = { method: text, path: text, filename: text, appid: text, action: text };

const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Throws TypeError with what the fault must be. */
export function checkFault(fault: Fault): Fault {
  const rule = Object.hasOwn(KINDS, fault?.kind ?? "") ? KINDS[fault.kind] : undefined;
  if (rule === undefined) {
    const kinds = Object.keys(KINDS).join(", ");
    throw new TypeError(`The fault's kind is ${JSON.stringify(fault?.kind)}; it must be ${kinds}.`);
  }
  const { kind, match, times, skip, ...parameters } = fault;
  const of = `fault ${kind}`;
  if (match !== undefined && (typeof match !== "object" || match === null)) {
    throw new TypeError(`match of ${of} is ${JSON.stringify(match)}; it must be an object.`);
  }
  checkKeys({ ...match }, MATCH_RULES, `match of ${of}`);
  const count = wholeNumber(0, 1_000_000);
  checkKeys({ times, skip }, { times: count, skip: count }, of);
  checkKeys(parameters, rule.parameters, of);
  if (rule.stage === "arrival" && match?.filename !== undefined) {
    throw new TypeError(`${of} strikes before the body has come; it cannot match a filename.`);
  }
  if (fault.kind === "reply-json" && fault.merge && !isObject(fault.body)) {
    throw new TypeError(`body of ${of} must be an object where it is to be merged.`);
  }
  return structuredClone(fault);
}

export const stageOf = (fault: Fault): FaultStage => {
  const { stage } = KINDS[fault.kind];
  return typeof stage === "function" ? stage(fault) : stage;
};

/** The only service that a fault befalls; undefined: both. */
export const serviceOfFault = ({ kind }: Fault): Service | undefined => KINDS[kind].service;
