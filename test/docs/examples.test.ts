// Every block of code in the pages and docstrings, pasted into a file of an empty folder in which the packages are
// installed: it compiles, it runs, and it prints what its comments say.

import { readFileSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeDirectory } from "../package/tarball.ts";
import { englishOf } from "./chinese/pages.ts";
import {
  type Block,
  docstringBlocks,
  importsOf,
  pageBlocks,
  promisedOutput,
} from "./examples/blocks.ts";
import { documented, elsewhere } from "./examples/elsewhere.ts";
import { installPackages, typeErrors, writeBlocks } from "./examples/project.ts";
import {
  askWorkers,
  type CommandLineRuntime,
  type Outcome,
  runModules,
  runnerOf,
  runTests,
} from "./examples/run.ts";

const project = makeDirectory();
beforeAll(() => installPackages(project), 120_000);
afterAll(() => rmSync(project, { recursive: true, force: true }), 120_000);

const blocks = [...pageBlocks(), ...docstringBlocks()];
const files = new Map<Block, string>();
beforeAll(() => {
  const written = writeBlocks(project, blocks);
  for (const [index, block] of blocks.entries()) files.set(block, written[index] ?? "");
});
const fileOf = (block: Block): string => files.get(block) as string;

const isWorker = ({ code }: Block): boolean => /^export default \{/m.test(code);
/** In the comment that begins it: it asks the real WeChat, so it is compiled alone. */
const needsAccount = ({ code }: Block): boolean =>
  /^\/\/ .*(?:with your own|换成你自己的)/.test(code);
/** On a Chinese page, which has the code of its English one, as chinese.test.ts holds: running it in Node is enough. */
const isTranslated = ({ name }: Block): boolean => englishOf(name) !== name;
const plain = blocks.filter(
  (block) =>
    block.language === "ts" &&
    !isWorker(block) &&
    !needsAccount(block) &&
    runnerOf(block.code) === undefined,
);

it("there are blocks of each kind", () => {
  expect(plain.length).toBeGreaterThan(50);
  expect(blocks.some(isWorker)).toBe(true);
  expect(blocks.some(needsAccount)).toBe(true);
  expect(blocks.some(({ code }) => runnerOf(code) !== undefined)).toBe(true);
});

describe("the install line above it names what a block imports", () => {
  it.each(blocks.map((block) => [block.name, block] as const))("%s", (_, block) => {
    const foreign = importsOf(block).filter((name) => !/^(?:node|bun|cloudflare):/.test(name));
    expect(foreign.filter((name) => !block.installed.includes(name))).toEqual([]);
  });
});

describe("compiles, strictly", () => {
  let errors: Map<string, string[]>;
  beforeAll(() => {
    const typescript = blocks.filter(({ language }) => language === "ts");
    const pathsOf = (some: readonly Block[]): string[] => some.map(fileOf);
    errors = new Map([
      ...typeErrors(project, pathsOf(typescript.filter((block) => !isWorker(block))), ["node"]),
      ...typeErrors(project, pathsOf(typescript.filter(isWorker)), ["@cloudflare/workers-types"]),
    ]);
  }, 60_000);
  for (const block of blocks.filter(({ language }) => language === "ts")) {
    it(block.name, () => expect(errors.get(fileOf(block)) ?? []).toEqual([]));
  }
});

const runtimes: readonly CommandLineRuntime[] = ["node", "deno", "bun"];
describe.each(runtimes)("runs in %s", (runtime) => {
  const run = plain.filter((block) => runtime === "node" || !isTranslated(block));
  let outcomes: Map<string, Outcome>;
  beforeAll(async () => {
    outcomes = await runModules(runtime, project, run.map(fileOf));
  }, 120_000);
  for (const block of run) {
    it(block.name, () => {
      const { printed = [], failure } = outcomes.get(fileOf(block)) ?? {
        failure: "It was not run.",
      };
      expect(failure).toBeUndefined();
      let from = 0;
      for (const text of promisedOutput(block)) {
        expect(printed.slice(from), text).toContain(text);
        from = printed.indexOf(text, from) + 1;
      }
    });
  }
});

describe("runs in workerd", () => {
  const workers = blocks.filter((one) => isWorker(one) && !isTranslated(one));
  let answers: Map<string, string[]>;
  beforeAll(async () => {
    answers = await askWorkers(project, workers.map(fileOf));
  }, 120_000);
  for (const block of workers) {
    it(block.name, () => {
      const promised = Array.from(block.code.matchAll(/\/\/ answers (.*)$/gm), ([, text]) => text);
      expect(answers.get(fileOf(block))).toEqual(promised);
    });
  }
});

describe("passes its own tests", () => {
  const tests = blocks.filter((block) => runnerOf(block.code) && !isTranslated(block));
  const failures = new Map<string, string>();
  beforeAll(async () => {
    const byRunner = Map.groupBy(tests, ({ code }) => runnerOf(code) ?? []);
    for (const [runner, its] of byRunner) {
      const failed = await runTests(runner, project, its.map(fileOf));
      for (const [file, output] of failed) failures.set(file, output);
    }
  }, 300_000);
  for (const block of tests) {
    it(block.name, () => expect(failures.get(fileOf(block))).toBeUndefined());
  }
});

// The blocks in JavaScript that nothing above runs; a Chinese page has the code of its English one (chinese.test.ts).
describe("is run by test/long", () => {
  const left = pageBlocks().filter(
    (block) =>
      block.language === "js" &&
      !isWorker(block) &&
      !runnerOf(block.code) &&
      !needsAccount(block) &&
      !isTranslated(block),
  );
  it.each(left.map((block) => [block.name, block] as const))("%s", (_, { name, code }) => {
    const [page] = name.split(" #");
    const signs = Object.values(elsewhere).filter((one) => one.page === page);
    expect(signs.filter(({ sign }) => code.includes(sign))).toHaveLength(1);
  });

  it.each(Object.entries(elsewhere))("%s", (name, { test }) => {
    expect(documented(name as keyof typeof elsewhere)).not.toBe("");
    expect(readFileSync(new URL(`../../${test}`, import.meta.url), "utf8")).toContain(
      `documented("${name}")`,
    );
  });
});
