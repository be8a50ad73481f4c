import { check, valueText } from "../validation/check.ts";
import {
  also,
  anyWholeNumber,
  fields,
  flag,
  isObject,
  jsonObject,
  oneOf,
  optional,
  type Rule,
  type RulesOf,
  text,
  that,
  wholeNumber,
} from "../validation/rules.ts";
import type { Fault, FaultKind, FaultMatch, Service } from "./fault.ts";
import { hasNoBody } from "./plain-replies.ts";

/**
 * When a fault applies: before the body arrives, before the call is answered, instead of the answer,
 * in the answer, on delivery. "certificates" is the list of certificates only.
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

interface KindRule {
  stage: FaultStage | ((fault: Fault) => FaultStage);
  /** The only service it applies to; absent: both. */
  service?: Service;
  /** The parameters of this kind besides match, times and skip. */
  parameters: Record<string, Rule>;
}

const isHeaderText = (value: unknown): boolean =>
  typeof value === "string" && /^[\x20-\x7e]+$/.test(value);

const HEADER_TEXT = that(isHeaderText, "printable ASCII");
const STATUS = wholeNumber(200, 599);
const STATUS_WITH_BODY = also(
  STATUS,
  (status: number) => !hasNoBody(status),
  "a status from 200 to 599 that has a body",
);
const RETRY_AFTER = that(
  (value) => isHeaderText(value) || (typeof value === "number" && value >= 0),
  "seconds or an HTTP date",
);
const DAY_MS = 86_400_000;
const ERRCODE = also(anyWholeNumber, (code: number) => code !== 0, "a whole number other than 0");

const KINDS: Record<FaultKind, KindRule> = {
  status: {
    stage: "instead",
    parameters: {
      status: STATUS,
      code: optional(text),
      message: optional(text),
      retryAfter: optional(RETRY_AFTER),
    },
  },
  html: { stage: "instead", parameters: { status: optional(STATUS_WITH_BODY) } },
  redirect: {
    stage: "instead",
    parameters: { location: HEADER_TEXT, status: optional(oneOf([302, 307])) },
  },
  quota: { stage: "instead", service: "pay", parameters: {} },
  "too-fast": {
    stage: "instead",
    service: "pay",
    parameters: { retryAfter: optional(RETRY_AFTER) },
  },
  "system-error": {
    stage: "instead",
    service: "pay",
    parameters: { text: optional(oneOf(["system", "file-system"])) },
  },
  "no-auth": { stage: "instead", service: "pay", parameters: {} },
  delay: { stage: "delay", parameters: { ms: wholeNumber(0, DAY_MS) } },
  cut: {
    stage: (fault) => (fault.kind === "cut" && fault.at === "request" ? "request" : "delivery"),
    parameters: { at: optional(oneOf(["request", "before", "headers", "body"])) },
  },
  "wrong-signature": { stage: "reply", service: "pay", parameters: {} },
  "missing-signature": { stage: "reply", service: "pay", parameters: {} },
  "unknown-serial": { stage: "reply", service: "pay", parameters: {} },
  stale: {
    stage: "reply",
    service: "pay",
    parameters: { seconds: optional(wholeNumber(-DAY_MS, DAY_MS)) },
  },
  probe: { stage: "reply", service: "pay", parameters: {} },
  tampered: { stage: "reply", service: "pay", parameters: {} },
  truncated: { stage: "reply", parameters: {} },
  oversize: { stage: "reply", parameters: {} },
  empty: { stage: "reply", parameters: {} },
  "no-media-id": { stage: "reply", parameters: {} },
  "certificates-wrong-tag": { stage: "certificates", parameters: {} },
  "certificates-reversed": { stage: "certificates", parameters: {} },
  "certificates-self-signed": { stage: "certificates", parameters: {} },
  "certificates-wrong-key": { stage: "certificates", parameters: {} },
  "certificates-garbage": {
    stage: "certificates",
    parameters: { form: optional(oneOf(["not-a-certificate", "missing-fields"])) },
  },
  "mp-error": {
    stage: "instead",
    service: "mp",
    parameters: { errcode: ERRCODE, errmsg: optional(text), hint: optional(text) },
  },
  "token-killed": {
    stage: "arrival",
    service: "mp",
    parameters: { at: optional(oneOf(["headers"])), replace: optional(flag) },
  },
  "content-type": { stage: "type", service: "mp", parameters: { type: HEADER_TEXT } },
  "reply-json": {
    stage: (fault) => (fault.kind === "reply-json" && fault.merge ? "reply" : "instead"),
    service: "mp",
    parameters: { body: that((value) => value !== undefined, "any JSON"), merge: optional(flag) },
  },
};

const MATCH: RulesOf<FaultMatch> = {
  method: optional(text),
  path: optional(text),
  filename: optional(text),
  appid: optional(text),
  action: optional(text),
};
const BEFORE_THE_BODY: RulesOf<FaultMatch> = {
  ...MATCH,
  filename: optional(that(() => false, "left out: this fault applies before the body arrives")),
};
const MERGED = that(isObject, "an object when merge is true");
const COUNT = optional(wholeNumber(0, 1_000_000));

/** Every kind of fault. */
export const faultKinds: readonly FaultKind[] = Object.keys(KINDS) as FaultKind[];

/** Returns a copy. Throws TypeError for an invalid fault; `root` is its name in the message. */
export function checkFault(fault: Fault, root: string): Fault {
  check(jsonObject, fault, root);
  const { kind } = fault;
  const rule = typeof kind === "string" && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (rule === undefined) {
    throw new TypeError(`${root}.kind is ${valueText(kind)}; it must be ${faultKinds.join(", ")}.`);
  }
  const { stage, parameters } = rule;
  const match = stage === "arrival" ? BEFORE_THE_BODY : MATCH;
  const common = { kind: text, match: optional(fields(match)), times: COUNT, skip: COUNT };
  check(fields({ ...parameters, ...common }), fault, root);
  if (fault.kind === "reply-json" && fault.merge) check(MERGED, fault.body, `${root}.body`);
  return structuredClone(fault);
}

export const stageOf = (fault: Fault): FaultStage => {
  const { stage } = KINDS[fault.kind];
  return typeof stage === "function" ? stage(fault) : stage;
};

/** The only service a fault applies to; undefined: both. */
export const serviceOfFault = ({ kind }: Fault): Service | undefined => KINDS[kind].service;
