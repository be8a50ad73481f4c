// The arguments of the commands: help, and words for what is misspelt.

import { parseArgs } from "node:util";
import { commands, typed } from "./commands.mjs";
import { nearestWord } from "./nearest-word.mjs";

/** Arguments that a command does not take; the message is for the one who typed them. */
export class UsageError extends Error {
  name = "UsageError";
}

/**
 * Parses what follows `npm run NAME --`. Throws a UsageError that names the near word.
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
    throw mistake(name, `${typed(name)} takes nothing after a second --.`);
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

/** The same for a script: prints help or the mistake, and ends the process, where there is one. */
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

/** What `--help` prints. */
export function helpOf(name) {
  const { does, options = {}, words, rest, notes = [] } = commands[name];
  const rows = Object.entries(options).map(([option, { value, help }]) => [
    [`--${option}`, value].filter(Boolean).join(" "),
    help,
  ]);
  if (words !== undefined) rows.unshift([`${words.name}…`, `some of: ${words.choices.join(", ")}`]);
  if (rest !== undefined) rows.push([`-- ${rest.name}`, rest.help]);
  rows.push(["--help", "this page"]);
  const width = Math.max(...rows.map(([left]) => left.length));
  const usage = rows.map(([left]) => `[${left}]`).join(" ");
  return [
    does,
    "",
    `  ${typed(name)} -- ${usage}`,
    "",
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`),
    ...(notes.length > 0 ? ["", ...notes] : []),
  ].join("\n");
}

// Without a -- npm takes an option for its own, and runs the script without it.
function refuseSwallowed(name) {
  const swallowed = Object.keys(commands[name].options ?? {}).find(
    (option) => process.env[`npm_config_${option}`] === "true",
  );
  if (swallowed === undefined) return;
  throw mistake(name, `npm took --${swallowed} for its own. A -- before it hands it on.`);
}

function checkWord(name, taken, word) {
  const { options = {}, rest } = commands[name];
  if (taken !== undefined) {
    if (taken.choices.includes(word)) return word;
    throw unknown(name, typed(name), word, taken.choices);
  }
  if (options.only?.choices.includes(word)) {
    throw mistake(name, `Steps are chosen with --only: ${typed(name)} -- --only ${word}`);
  }
  if (rest !== undefined) {
    const meant = `${typed(name)} -- -- ${word}`;
    throw mistake(name, `Names of files follow a second --: ${meant}`);
  }
  throw unknown(name, typed(name), word, optionsOf(name));
}

function checkOption(name, { name: option, rawName, value }) {
  const definition = commands[name].options?.[option];
  if (definition === undefined) throw unknown(name, typed(name), rawName, optionsOf(name));
  if (definition.type === "boolean") {
    if (value === undefined) return true;
    throw mistake(name, `${rawName} stands alone, without “${value}”.`);
  }
  if (value === undefined || value === "" || value.startsWith("--")) {
    throw mistake(name, `${rawName} needs a value: ${rawName} ${definition.value}`);
  }
  const { choices } = definition;
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
  return new UsageError(`${message}\nAll it takes: ${typed(name)} -- --help`);
}
