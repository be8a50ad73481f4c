export interface FaultMatch {
  method?: string;
  /** The whole path; a `*` at its end stands for anything. */
  path?: string;
  /** The name in meta; where meta cannot be read, that of the file part. */
  filename?: string;
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
  | { kind: "cut"; at?: "before" | "headers" | "body" }
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
  | { kind: "garbage-certificates"; form?: "not-a-certificate" | "missing-fields" };

/**
 * What goes wrong, for which requests, and how many times (default 1; 0 stands for ever).
 */
export type Fault = FaultAction & { match?: FaultMatch; times?: number };
export type FaultKind = Fault["kind"];

/** Where in a request's life a fault strikes; "certificates" is the list of certificates alone. */
export type FaultStage = "delay" | "instead" | "certificates" | "reply" | "delivery";

/** `parameters` lists what each kind takes, with a check that names what it must be. */
interface KindRule {
  stage: FaultStage;
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
  quota: { stage: "instead", parameters: {} },
  "too-fast": { stage: "instead", parameters: { retryAfter: RETRY_AFTER } },
  "system-error": { stage: "instead", parameters: { text: oneOf("system", "file-system") } },
  "no-auth": { stage: "instead", parameters: {} },
  delay: { stage: "delay", parameters: { ms: required(wholeNumber(0, DAY_MS)) } },
  cut: { stage: "delivery", parameters: { at: oneOf("before", "headers", "body") } },
  "wrong-signature": { stage: "reply", parameters: {} },
  "missing-signature": { stage: "reply", parameters: {} },
  "unknown-serial": { stage: "reply", parameters: {} },
  stale: { stage: "reply", parameters: { seconds: wholeNumber(-DAY_MS, DAY_MS) } },
  probe: { stage: "reply", parameters: {} },
  tampered: { stage: "reply", parameters: {} },
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

const MATCH_RULES = { method: text, path: text, filename: text };

/** Throws TypeError with what the fault must be. */
export function checkFault(fault: Fault): Fault {
  const rule = Object.hasOwn(KINDS, fault?.kind ?? "") ? KINDS[fault.kind] : undefined;
  if (rule === undefined) {
    const kinds = Object.keys(KINDS).join(", ");
    throw new TypeError(`The fault's kind is ${JSON.stringify(fault?.kind)}; it must be ${kinds}.`);
  }
  const { kind, match, times, ...parameters } = fault;
  const of = `fault ${kind}`;
  if (match !== undefined && (typeof match !== "object" || match === null)) {
    throw new TypeError(`match of ${of} is ${JSON.stringify(match)}; it must be an object.`);
  }
  checkKeys({ ...match }, MATCH_RULES, `match of ${of}`);
  checkKeys({ times }, { times: wholeNumber(0, 1_000_000) }, of);
  checkKeys(parameters, rule.parameters, of);
  return structuredClone(fault);
}

export interface FaultedRequest {
  method: string;
  path: string;
  filename?: string | undefined;
}

export interface Faults {
  /** Throws TypeError where the fault is not one of the known kinds with its parameters. */
  add: (fault: Fault) => void;
  /** Those still to come, in the order they were added; `times` counts down. */
  list: () => Fault[];
  clear: () => void;
}

export interface FaultQueue extends Faults {
  /** Uses up one turn of the first fault of this stage that matches; `skip` leaves one alone. */
  take(
    stage: FaultStage,
    request: FaultedRequest,
    skip?: (fault: Fault) => boolean,
  ): Fault | undefined;
  /** As `take`, but of every fault that matches. */
  takeAll(stage: FaultStage, request: FaultedRequest): Fault[];
  reset(): void;
}

function matches({ match = {} }: Fault, request: FaultedRequest): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== request.method) return false;
  if (match.filename !== undefined && match.filename !== request.filename) return false;
  if (match.path === undefined) return true;
  return match.path.endsWith("*")
    ? request.path.startsWith(match.path.slice(0, -1))
    : match.path === request.path;
}

export function createFaults(preset: readonly Fault[]): FaultQueue {
  const initial = preset.map(checkFault);
  let queue: { fault: Fault; left: number }[] = [];
  const add = (fault: Fault): void => {
    const checked = checkFault(fault);
    queue.push({ fault: checked, left: checked.times === 0 ? Infinity : (checked.times ?? 1) });
  };
  const use = (entry: (typeof queue)[number]): Fault => {
    entry.left -= 1;
    if (entry.left <= 0) queue = queue.filter((other) => other !== entry);
    return entry.fault;
  };
  const candidates = (stage: FaultStage, request: FaultedRequest) =>
    queue.filter(({ fault }) => KINDS[fault.kind].stage === stage && matches(fault, request));
  const reset = (): void => {
    queue = [];
    for (const fault of initial) add(fault);
  };
  reset();
  return {
    add,
    list: () => queue.map(({ fault, left }) => ({ ...fault, times: left === Infinity ? 0 : left })),
    clear() {
      queue = [];
    },
    take(stage, request, skip = () => false) {
      const entry = candidates(stage, request).find(({ fault }) => !skip(fault));
      return entry && use(entry);
    },
    takeAll: (stage, request) => candidates(stage, request).map(use),
    reset,
  };
}
