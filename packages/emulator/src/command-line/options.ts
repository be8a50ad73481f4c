import { closestMatch } from "leven";
import type { StartOptions } from "../start-options.ts";
import { startRules } from "../start-rules.ts";
import { check } from "../validation/check.ts";
import { matches } from "../validation/rules.ts";
import { optionTexts } from "./option-texts.ts";

// Each option of startEmulator as a flag: --token-length 64 for tokenLength.

type Name = keyof StartOptions;

const NAMES = Object.keys(startRules) as Name[];

const flagOf = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** An option that is true or false is a flag without a value. */
const isSwitch = (name: Name): boolean =>
  matches(startRules[name], true) && matches(startRules[name], false);

/** For `parseArgs`. */
export const optionFlags: Readonly<Record<string, { type: "boolean" | "string" }>> =
  Object.fromEntries(
    NAMES.map((name) => [flagOf(name), { type: isSwitch(name) ? "boolean" : "string" }] as const),
  );

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** JSON if the option can have that value, or else the text itself. */
function readValue(name: Name, given: unknown): unknown {
  if (typeof given !== "string") return given;
  const rule = startRules[name];
  const value = jsonOf(given);
  if (matches(rule, given) && !matches(rule, value)) return given;
  return check(rule, value, `--${flagOf(name)}`);
}

/** The options that flags give. Throws TypeError, which names the flag. */
export const optionsOfFlags = (flags: Readonly<Record<string, unknown>>): StartOptions =>
  Object.fromEntries(
    NAMES.filter((name) => flags[flagOf(name)] !== undefined).map((name) => [
      name,
      readValue(name, flags[flagOf(name)]),
    ]),
  );

/** A message about an option that a flag gave, with the flag in place of the option's name. */
export function namedByFlag(
  message: string,
  flags: Readonly<Record<string, unknown>>,
): string | undefined {
  const [name = ""] = /^\w+/.exec(message) ?? [];
  const flag = flagOf(name);
  return Object.hasOwn(startRules, name) && flags[flag] !== undefined
    ? `--${flag}${message.slice(name.length)}`
    : undefined;
}

/** The flag that was meant, if the message of `parseArgs` is about one that does not exist. */
export function meantFlag(message: string, flags: readonly string[]): string | undefined {
  const [, given] = /^Unknown option '--(?:no-)?([\w-]+)/.exec(message) ?? [];
  return given && closestMatch(flagOf(given), flags, { maxDistance: 2 });
}

const WIDTH = 94;

/** The text in lines of at most WIDTH letters. */
const wrapped = (text: string): string =>
  (text.match(new RegExp(`.{1,${WIDTH}}(?: |$)`, "g")) ?? [text])
    .map((line) => `      ${line.trimEnd()}`)
    .join("\n");

const optionHelpOf = ([name, text]: [string, string]): string => {
  const value = isSwitch(name as Name) ? "" : " VALUE";
  return `  --${flagOf(name)}${value}, ${name}\n${wrapped(text)}`;
};

/** The options for `--help`. */
export const optionHelp = (): string =>
  Object.entries(optionTexts)
    .flatMap(([section, texts]) => [
      ...(section === "" ? [] : [` ${section}`]),
      ...Object.entries(texts).map(optionHelpOf),
    ])
    .join("\n");
