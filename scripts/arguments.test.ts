import process from "node:process";
import { x } from "tinyexec";
import { describe, expect, it } from "vitest";
import { helpOf, parseArguments } from "./arguments.mjs";
import { commands } from "./commands.mjs";
import { nearestWord } from "./nearest-word.mjs";

type Name = keyof typeof commands;
const names = Object.keys(commands) as Name[];

function refusalOf(name: Name, ...given: string[]): string {
  try {
    parseArguments(name, given);
  } catch (error) {
    return String(error);
  }
  return "taken";
}

describe("parseArguments", () => {
  it("parses steps, and leaves what follows a second -- as it is", () => {
    expect(parseArguments("test", ["--only", "node,unit", "--", "pay", "-t", "--only"])).toEqual({
      help: false,
      values: { only: "node,unit" },
      words: [],
      rest: ["pay", "-t", "--only"],
    });
  });

  it("parses words and options in any order", () => {
    expect(parseArguments("bench", ["hashing", "--quick", "video-page"])).toMatchObject({
      values: { quick: true },
      words: ["hashing", "video-page"],
    });
  });

  it.each(names)("parses --help and -h of %s", (name) => {
    expect(parseArguments(name, ["--help"]).help).toBe(true);
    expect(parseArguments(name, ["-h"]).help).toBe(true);
  });

  it.each<[string, Name, string[], string]>([
    ["a misspelt option", "test", ["--onyl", "node"], "Did you mean “--only”?"],
    ["an option of another command", "demo", ["--only", "node"], "does not know “--only”"],
    ["a misspelt step", "test", ["--only", "node,chromum"], "Did you mean “chromium”?"],
    ["a step without --only", "test", ["node"], "npm test -- --only node"],
    ["a file without a second --", "test", ["pay.test.ts"], "npm test -- -- pay.test.ts"],
    ["an option without its value", "test", ["--only"], "--only STEP,…"],
    ["an option in place of a value", "test", ["--since", "--changed"], "--since COMMIT"],
    ["an empty value", "test", ["--only="], "--only STEP,…"],
    ["a value of an option that has none", "test", ["--changed=now"], "“now” was given"],
    ["a number that is none", "test:crash", ["--count", "x"], "at least 1; “x” was given"],
    ["a number of 0", "bench", ["--rounds", "0"], "at least 1; “0” was given"],
    ["a number below 0", "bench", ["--mebibytes=-1"], "at least 1; “-1” was given"],
    ["a number with an exponent", "bench", ["--mebibytes", "1e99"], "“1e99” was given"],
    ["an infinite number", "test:crash", ["--seed", "Infinity"], "at least 0; “Infinity”"],
    ["a misspelt word", "bench", ["hashng"], "Did you mean “hashing”?"],
    ["a word of a command without words", "demo", ["fast"], "does not know “fast”"],
    [
      "a second -- of a command without rest",
      "build",
      ["--", "x"],
      "no arguments after a second --",
    ],
  ])("explains %s", (_, name, given, words) => {
    const refusal = refusalOf(name, ...given);
    expect(refusal).toContain(words);
    expect(refusal).toContain("-- --help");
  });
});

describe("readArguments", () => {
  it.each([
    ["quick", "true"],
    ["rounds", "true"],
    ["rounds", "3"],
  ])("tells that npm took --%s for itself, with the value %s", async (option, value) => {
    const script = "import('./scripts/arguments.mjs').then((it) => it.readArguments('bench', []))";
    const nodeOptions = { env: { [`npm_config_${option}`]: value } };
    const { stderr, exitCode } = await x(process.execPath, ["-e", script], { nodeOptions });
    expect(stderr).toContain(`Put -- before it: npm run bench -- --${option}`);
    expect(exitCode).toBe(2);
  });
});

describe("helpOf", () => {
  it.each(names)("names every option of %s in lines of at most 140 characters", (name) => {
    const page = helpOf(name);
    const { options = {} } = commands[name] as { options?: object };
    for (const option of Object.keys(options)) expect(page).toContain(`--${option}`);
    expect(page).toContain(commands[name].does);
    expect(page.split("\n").filter((line) => line.length > 140)).toEqual([]);
  });
});

describe("nearestWord", () => {
  it.each([
    ["noed", "node"],
    ["chrome", undefined],
    ["lnt", "lint"],
    ["", undefined],
    ["x", undefined],
  ])("of %j is %j", (word, near) => {
    expect(nearestWord(word, ["node", "chromium", "lint"])).toBe(near);
  });
});
