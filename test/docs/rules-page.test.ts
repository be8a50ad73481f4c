// docs/rules.md says which test holds each rule of WeChat's documents. UPDATE_DOCS=1 writes it anew.
// That the tests named there pass is for the run of their suites to say.

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { testFiles } from "../../scripts/test/test-files.ts";
import { command } from "../package/command.ts";
import { toolNode } from "../support/tool-node.ts";
import { type RuleDocument, ruleDocuments } from "./documented-rules.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const page = new URL("../../docs/rules.md", import.meta.url);
const RULE_ID = /\[(\w+\.\d+)\] ?/g;

interface NamedTest {
  /** The titles of its suites and its own, joined by " > ". */
  readonly name: string;
  /** Path from the root of the repository. */
  readonly file: string;
}

/** The tests of these files that would run; those that are skipped are not among them. */
async function testsIn(files: readonly string[]): Promise<NamedTest[]> {
  const directory = await mkdtemp(join(tmpdir(), "rules-page-"));
  try {
    const list = join(directory, "tests.json");
    const vitest = ["node_modules/vitest/vitest.mjs", "list", ...files];
    const projects = ["--project", "node", "--project", "unit"];
    const options = [...projects, "--no-static-parse", `--json=${list}`];
    await command(toolNode(), [...vitest, ...options], { cwd: root });
    const tests = JSON.parse(await readFile(list, "utf8")) as NamedTest[];
    const named = tests.map(({ name, file }) => ({ name, file: relative(root, file) }));
    // Which file comes first is chance.
    return named.sort((a, b) => Number(a.file > b.file) - Number(a.file < b.file));
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** The files of the conformance suite, and those of the packages' own tests that name a rule. */
function filesWithRules(): string[] {
  const files = (patterns: string | string[]): string[] =>
    globSync(patterns, { cwd: root, exclude: ["**/node_modules/**"] });
  const own = files("packages/*/test/**/*.test.ts").filter((path) =>
    /["`]\[\w+\.\d+\][ "]/.test(readFileSync(join(root, path), "utf8")),
  );
  return [...files(testFiles.conformance), ...own];
}

function idsOf({ name }: NamedTest): string[] {
  return Array.from(name.matchAll(RULE_ID), ([, id = ""]) => id);
}

/** The tests of a rule by file and suite, so that each is named once. */
function heldBy(tests: readonly NamedTest[]): string {
  const groups = new Map<string, string[]>();
  for (const { name, file } of tests) {
    const titles = escaped(name.replace(RULE_ID, "")).split(" &gt; ");
    const own = titles.pop() ?? "";
    const group = `[${titles.join(", ")}](../${file})`;
    groups.set(group, [...(groups.get(group) ?? []), own]);
  }
  return Array.from(groups, ([group, names]) => `${group}: ${names.join("; ")}`).join("<br>");
}

/** For a cell of a table. */
function escaped(text: string): string {
  return text
    .replace(/[\\|*_`[\]]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function table({ title, about, rules }: RuleDocument, tests: readonly NamedTest[]): string {
  const rows = Object.entries(rules).map(([id, rule]) => {
    const held = heldBy(tests.filter((test) => idsOf(test).includes(id)));
    return `| ${id} | ${rule} | ${held} |`;
  });
  return `## ${title}

${about}

| | rule | tested by |
|---|---|---|
${rows.join("\n")}
`;
}

describe("docs/rules.md", () => {
  let tests: readonly NamedTest[] = [];
  beforeAll(async () => {
    tests = await testsIn(filesWithRules());
  }, 60_000);

  it("names a test for each rule", () => {
    const held = new Set(tests.flatMap(idsOf));
    const ids = ruleDocuments.flatMap(({ rules }) => Object.keys(rules));
    expect(ids.filter((id) => !held.has(id))).toEqual([]);
  });

  it("knows each rule that a test names", () => {
    const ids = new Set(ruleDocuments.flatMap(({ rules }) => Object.keys(rules)));
    const unknown = tests.filter((test) => idsOf(test).some((id) => !ids.has(id)));
    expect(unknown).toEqual([]);
  });

  it("numbers the rules of each document from 1", () => {
    for (const { id, rules } of ruleDocuments) {
      const ids = Object.keys(rules);
      expect(ids).toEqual(ids.map((_, i) => `${id}.${i + 1}`));
    }
  });

  it("says what the suite holds", () => {
    const generated = `# The rules of WeChat's documents, and their tests

Written from \`test/docs/documented-rules.ts\` and the names of tests: those in \`test/conformance\` run in Node, Deno, Bun, workerd, Chromium, Firefox and WebKit, those of a package in Node. A test names its rules in brackets, such as \`[2014.2]\`. The build fails if a rule has no test, or a test names a rule that is not listed here. Where WeChat does something else today, the rule says so.

${ruleDocuments.map((document) => table(document, tests)).join("\n")}`;
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated);
    expect(readFileSync(page, "utf8")).toBe(generated);
  });
});
