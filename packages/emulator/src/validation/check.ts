import * as v from "valibot";
import type { Rule } from "./rules.ts";
import { visible } from "./visible.ts";

/** The values of these never appear in a message. */
const SECRET =
  /^(secret|apiV3Key|token|messageToken|component_appsecret|encodingAESKey|privateKey|publicKey|certificate|access_token)$/;
const MAX_SHOWN_LETTERS = 80;

function secretText(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : `a ${typeof value}`;
  const label = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(value)?.[1];
  return label === undefined ? `a string of ${value.length} characters` : `PEM of a ${label}`;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value, (key, inner: unknown) => {
      if (typeof inner === "bigint") return String(inner);
      return SECRET.test(key) ? "…" : inner;
    });
  } catch (error) {
    return error instanceof TypeError
      ? "an object that contains itself"
      : "a value that is nested too deeply";
  }
}

/** A value for a message, shortened if it is long. */
export function valueText(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value === undefined || ["number", "bigint", "symbol"].includes(typeof value)) {
    return String(value);
  }
  const kind = Object.prototype.toString.call(value).slice("[object ".length, -1);
  if (!["Object", "Array", "String", "Boolean", "Null"].includes(kind)) {
    return `${/^[AEIOU]/.test(kind) ? "an" : "a"} ${kind}`;
  }
  const json = jsonOf(value);
  return visible(json.length > MAX_SHOWN_LETTERS ? `${json.slice(0, MAX_SHOWN_LETTERS)}…` : json);
}

const step = (key: unknown): string => {
  if (typeof key === "number") return `[${key}]`;
  return /^[A-Za-z_]\w*$/.test(String(key)) ? `.${String(key)}` : `[${JSON.stringify(key)}]`;
};

/** The path of a value; for options without the root. */
const pathText = (root: string, keys: readonly unknown[]): string =>
  (root + keys.map(step).join("")).replace(/^options\./, "");

function sentence(issue: v.BaseIssue<unknown>, root: string): string {
  const { type, expected, message, input } = issue;
  const path = issue.path ?? [];
  const keys = path.map(({ key }) => key);
  const where = pathText(root, keys);
  const last = path.at(-1);
  if (last?.origin !== "key") {
    const shown = SECRET.test(String(last?.key)) ? secretText(input) : valueText(input);
    return `${where} is ${shown}; it must be ${message}.`;
  }
  const owner = pathText(root, keys.slice(0, -1));
  const key = JSON.stringify(last.key);
  if (type !== "strict_object") return `${owner} has ${key}; each key must be ${message}.`;
  return expected === "never"
    ? `${owner} has no ${key}. ${message}`
    : `${where} is missing; it must be ${message}.`;
}

/**
 * Returns the value if it is valid. Otherwise throws TypeError with the path, the value and what it
 * must be; `root` is the name of the value.
 */
export function check<Value>(rule: Rule<Value>, value: unknown, root: string): Value {
  const { issues } = v.safeParse(rule, value);
  // Not the parsed value: it is a copy and loses objects that are not plain.
  if (issues === undefined) return value as Value;
  // A misspelled key first, as it causes the missing one.
  const [first] = [...issues.filter(({ expected }) => expected === "never"), ...issues];
  throw new TypeError(visible(sentence(first ?? issues[0], root)));
}

/** Throws TypeError if two entries of a list have the same value in this field. */
export function checkDistinct<Name extends string>(
  list: readonly { readonly [Field in Name]?: unknown }[],
  field: Name,
  root: string,
): void {
  const seen = new Map<unknown, number>();
  for (const [at, entry] of list.entries()) {
    const value = entry?.[field];
    const before = seen.get(value);
    if (value !== undefined && before !== undefined) {
      throw new TypeError(
        visible(
          `${root}[${at}].${field} is ${valueText(value)}, as in ${root}[${before}]; each must be given once.`,
        ),
      );
    }
    seen.set(value, at);
  }
}

/** The fields that are not undefined, so that the others do not overwrite earlier values. */
export const definedFields = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
