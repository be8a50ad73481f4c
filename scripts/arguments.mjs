// Parses the arguments of the commands, prints their help, and suggests the right word for a misspelt one.

import { parseArgs } from "node:util";
import { commands, typed } from "./commands.mjs";
import { nearestWord } from "./nearest-word.mjs";

/** An argument that the command does not take. */
export class UsageError extends Error {
  name = "UsageError";
}

/**
 * Parses what follows `npm run NAME --`. Throws UsageError, which suggests the nearest word.
 * @param {keyof typeof commands} name
 * @param {readonly string[]} given
 * @returns {{ help: boolean, values: Record<string, string | true | undefined>, words: string[], rest: string[] }}
 */
export function parseArguments(name, given) {
  const { options = {}, words, rest } = commands[name];
  const parsed = { help: false, values: {}, words: [], rest: [] };
  const terminator = given.indexOf("--");
  const own = terminator < 0 ? given : given.slice(0, terminator);
  if (terminator >= 0) parsed.rest = given.slice(terminator + 1);
  if (parsed.rest.length > 0 && rest === undefined) {
    throw mistake(name, `${typed(name)} takes no arguments after a second --.`);
  }
  const help = { help: { type: "boolean", short: "h" } };
  const { tokens } = parseArgs({
    args: [...own],
    options: { ...options, ...help },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === "positional") {
      parsed.words.push(checkWord(name, words, token.value));
    } else if (token.kind === "option") {
      if (token.name === "help") parsed.help = true;
      else parsed.values[token.name] = checkOption(name, token);
    }
  }
  return parsed;
}

/** Parses the arguments of a script. Prints the help, or what is wrong, and ends the process. */
export function readArguments(name, given) {
  try {
    refuseSwallowed(name);
    const parsed = parseArguments(name, given);
    if (!parsed.help) return parsed;
    console.log(helpOf(name));
    process.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

/** The text of `--help`. */
export function helpOf(name) {
  const { does, options = {}, words, rest, notes = [] } = commands[name];
  const rows = Object.entries(options).map(([option, { value, help }]) => [
    [`--${option}`, value].filter(Boolean).join(" "),
    help,
  ]);
  if (words !== undefined)
    rows.unshift([`${words.name}…`, `one or more of: ${words.choices.join(", ")}`]);
  if (rest !== undefined) rows.push([`-- ${rest.name}`, rest.help]);
  rows.push(["--help", "print this text"]);
  const width = Math.max(...rows.map(([left]) => left.length));
  const usage = rows.map(([left]) => `[${left}]`).join(" ");
  return [
    does,
    "",
    `  ${typed(name)} -- ${usage}`,
    "",
    ...rows.flatMap(([left, right]) =>
      wrapped(right).map((line, i) => `  ${(i === 0 ? left : "").padEnd(width)}  ${line}`),
    ),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ].join("\n");
}

/** The lines of a text, of at most about 100 characters. */
function wrapped(text) {
  return text.match(/.{1,100}(?: |$)|\S+ ?/g).map((line) => line.trimEnd());
}

// Without -- before it, npm takes an option as its own and runs the script without it.
function refuseSwallowed(name) {
  const swallowed = Object.keys(commands[name].options ?? {}).find((option) => {
    const value = process.env[`npm_config_${option}`] ?? "";
    // npm has an option only of its own, whose value may come from a .npmrc.
    return value === "true" || !(option === "only" || ["", "false"].includes(value));
  });
  if (swallowed === undefined) return;
  throw mistake(
    name,
    `npm took --${swallowed} as its own option. Put -- before it: ${typed(name)} -- --${swallowed}`,
  );
}

function checkWord(name, taken, word) {
  const { options = {}, rest } = commands[name];
  if (taken !== undefined) {
    if (taken.choices.includes(word)) return word;
    throw unknown(name, typed(name), word, taken.choices);
  }
  if (options.only?.choices.includes(word)) {
    throw mistake(name, `Choose steps with --only: ${typed(name)} -- --only ${word}`);
  }
  if (rest !== undefined) {
    const meant = `${typed(name)} -- -- ${word}`;
    throw mistake(name, `Put file names after a second --: ${meant}`);
  }
  throw unknown(name, typed(name), word, optionsOf(name));
}

function checkOption(name, { name: option, rawName, value }) {
  const definition = commands[name].options?.[option];
  if (definition === undefined) throw unknown(name, typed(name), rawName, optionsOf(name));
  if (definition.type === "boolean") {
    if (value === undefined) return true;
    throw mistake(name, `${rawName} takes no value; “${value}” was given.`);
  }
  if (value === undefined || value === "" || value.startsWith("--")) {
    throw mistake(name, `${rawName} needs a value: ${rawName} ${definition.value}`);
  }
  const { choices, least } = definition;
  if (least !== undefined && !(/^\d{1,9}$/.test(value) && Number(value) >= least)) {
    const wanted = `a whole number of at least ${least}`;
    throw mistake(name, `${rawName} takes ${wanted}; “${value}” was given.`);
  }
  const stray = choices && value.split(",").find((part) => !choices.includes(part));
  if (stray === undefined) return value;
  throw unknown(name, `${typed(name)} -- ${rawName}`, stray, choices);
}

function optionsOf(name) {
  return [...Object.keys(commands[name].options ?? {}), "help"].map((option) => `--${option}`);
}

function unknown(name, asked, word, candidates) {
  const near = nearestWord(word, candidates);
  const hint = near === undefined ? "" : ` Did you mean “${near}”?`;
  return mistake(
    name,
    `${asked} does not know “${word}”.${hint} It takes ${candidates.join(", ")}.`,
  );
}

function mistake(name, message) {
  return new UsageError(`${message}\nHelp: ${typed(name)} -- --help`);
}
