import { closestMatch } from "leven";
import * as v from "valibot";

// The message of each rule completes "it must be …".

/** What a value must be, with the type of a valid one. */
export type Rule<Value = unknown> = v.GenericSchema<unknown, Value>;

/** A rule for each field of a type. */
export type RulesOf<Fields> = { readonly [Name in keyof Required<Fields>]: Rule };

/** Any value for which `holds` returns true. */
export const that = (holds: (value: unknown) => boolean, must: string): Rule =>
  v.custom(holds, must);

/** A value that matches the rule and for which `holds` returns true. */
export const also = (rule: Rule, holds: (value: never) => boolean, must: string): Rule =>
  that((value) => v.is(rule, value) && holds(value as never), must);

export const matches = (rule: Rule, value: unknown): boolean => v.is(rule, value);

export const anything: Rule = v.any();
export const text: Rule = v.string("a string");
export const filledText: Rule = that(
  (value) => typeof value === "string" && value !== "",
  "a non-empty string",
);
export const flag: Rule = v.boolean("true or false");
export const anyWholeNumber: Rule = that(Number.isInteger, "a whole number");

export const optional = (rule: Rule): Rule => v.optional(rule);
export const listOf = (rule: Rule, of: string): Rule => v.array(rule, `a list of ${of}`);
export const textLike = (pattern: RegExp, must: string): Rule =>
  also(text, (value: string) => pattern.test(value), must);

export const numberFrom = (low: number, high: number): Rule =>
  that(
    (value) => typeof value === "number" && value >= low && value <= high,
    `a number from ${low} to ${high}`,
  );

export function wholeNumber(low: number, high: number = Number.MAX_SAFE_INTEGER): Rule {
  const range = high === Number.MAX_SAFE_INTEGER ? `, ${low} or more` : ` from ${low} to ${high}`;
  const holds = (value: number): boolean => value >= low && value <= high;
  return also(anyWholeNumber, holds, `a whole number${range}`);
}

export function oneOf(values: readonly (string | number)[]): Rule {
  const names = values.map((value) => JSON.stringify(value)).join(", ");
  const must = values.length === 1 ? names : `one of ${names}`;
  return that((value) => (values as readonly unknown[]).includes(value), must);
}

/** Not a Map, a Date or a Promise: their content is not in fields, and would be ignored. */
export const isObject = (value: unknown): boolean =>
  /^\[object (?:Object|Module)\]$/.test(Object.prototype.toString.call(value));

export const jsonObject: Rule = that(isObject, "an object");

/** An unknown key may be a misspelled one. */
function unknownKey(key: string, known: readonly string[]): string {
  const names = known.map((name) => name.toLowerCase());
  const maxDistance = key.length < 4 ? 1 : 2;
  const near = closestMatch(key.toLowerCase(), names, { maxDistance });
  const meant = known.find((name) => name.toLowerCase() === near);
  const hint = meant === undefined ? "" : `Did you mean ${JSON.stringify(meant)}? `;
  return `${hint}It has ${known.join(", ")}.`;
}

const mustOf = (rule: Rule): string => v.safeParse(rule, undefined).issues?.[0].message ?? "";

const MAX_NAMES_TOLD = 12;

/** An object with these fields and no others. */
export function fields<Fields>(rules: RulesOf<Fields>): Rule<Fields> {
  const known = Object.keys(rules);
  const names = known.length > MAX_NAMES_TOLD ? "" : ` with ${known.join(", ")}`;
  const byName = new Map<string, Rule>(Object.entries<Rule>(rules));
  const object = v.strictObject(Object.fromEntries(byName), ({ path }) => {
    const key = String(path?.[0].key);
    const rule = byName.get(key);
    return rule === undefined ? unknownKey(key, known) : mustOf(rule);
  });
  return v.pipe(v.custom(isObject, `an object${names}`), object) as Rule as Rule<Fields>;
}

/** An object whose keys are some of these names and whose values match the rule. */
export const recordOf = (names: readonly string[], rule: Rule): Rule =>
  fields(Object.fromEntries(names.map((name) => [name, optional(rule)])));

const UNSEEN = ["__proto__", "constructor", "prototype"];

/** An object whose keys and values match these rules. */
export const mapOf = (name: Rule, value: Rule, must: string): Rule =>
  v.pipe(
    // v.record looks at all keys but these.
    v.custom(
      (given) => isObject(given) && !UNSEEN.some((key) => Object.hasOwn(given as object, key)),
      must,
    ),
    v.record(name as v.GenericSchema<string>, value),
  );

/** An object that matches the rule and for which `holds` returns true. */
export const together = <Fields>(
  object: Rule<Fields>,
  holds: (value: Fields) => boolean,
  must: string,
): Rule<Fields> => v.pipe(object, v.check(holds, must));

const optionalFields = <Fields>(rules: RulesOf<Fields>): Rule<Fields> => {
  const named = Object.entries<Rule>(rules).map(([name, rule]) => [name, optional(rule)]);
  return fields(Object.fromEntries(named) as RulesOf<Fields>);
};

const count = (value: object): number =>
  Object.values(value).filter((each) => each !== undefined).length;

/** A value for both services, or an object with one for `pay`, `mp` or both. */
export function perService(rule: Rule): Rule {
  const must = `${mustOf(rule)}, or an object with pay, mp or both`;
  const each = oneOrMore({ pay: rule, mp: rule }, must);
  return that((value) => v.is(rule, value) || v.is(each, value), must);
}

/** An object with exactly one of these fields. */
export const exactlyOne = <Fields extends object>(
  rules: RulesOf<Fields>,
  must: string,
): Rule<Fields> => together(optionalFields(rules), (value) => count(value) === 1, must);

/** An object with one or more of these fields. */
export const oneOrMore = <Fields extends object>(
  rules: RulesOf<Fields>,
  must: string,
): Rule<Fields> => together(optionalFields(rules), (value) => count(value) > 0, must);
