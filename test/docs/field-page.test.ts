// docs/field.md: each input of the field, what happens to it here, and how WeChat's side is known. What happens is what
// happened when this test ran it. UPDATE_DOCS=1 writes the page anew.

import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { articleRows } from "./field/articles.ts";
import { emulatorRows } from "./field/emulator.ts";
import { fileRows } from "./field/files.ts";
import { keyRows } from "./field/keys.ts";
import { mpCallRows } from "./field/mp-calls.ts";
import { mpEmulatorRows } from "./field/mp-emulator.ts";
import { mpFileRows } from "./field/mp-files.ts";
import { mpReplyRows } from "./field/mp-replies.ts";
import { publishingRows } from "./field/publishing.ts";
import { receivedRows } from "./field/received.ts";
import type { FieldRow, FieldSection } from "./field/row.ts";
import { sendingRows } from "./field/sending.ts";

const page = new URL("../../docs/field.md", import.meta.url);

const sections: readonly FieldSection[] = [
  { title: "Keys", rows: keyRows },
  { title: "Sending", rows: sendingRows },
  { title: "Files and their endpoints", rows: fileRows },
  { title: "Notifications and downloads", rows: receivedRows },
  { title: "The emulator as WeChat Pay's gateway", rows: emulatorRows },
  { title: "Media of an Official Account", rows: mpFileRows },
  { title: "Calls of an Official Account", rows: [...mpCallRows, ...mpReplyRows] },
  { title: "Articles", rows: articleRows },
  { title: "Publishing", rows: publishingRows },
  { title: "The emulator as an Official Account", rows: mpEmulatorRows },
];
const rows = sections.flatMap((section) => section.rows);

/** The rows that the tables of the field have. */
const KNOWN = [
  ...numbered("P", 1, 13),
  ...numbered("P", 20, 26),
  ...numbered("M", 1, 21),
  ...numbered("M", 30, 32),
  ...numbered("E", 1, 16),
];

function numbered(letter: string, first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, at) => `${letter}${first + at}`);
}

const happened = new Map<string, string>();

describe("docs/field.md", () => {
  it("has every row, each with a specimen and three others of its kind", () => {
    expect(rows.map(({ id }) => id).sort()).toEqual([...KNOWN].sort());
    const inputs = rows.flatMap(({ id, cases }) => cases.map(({ input }) => `${id} ${input}`));
    expect(inputs.filter((input, at) => inputs.indexOf(input) !== at)).toEqual([]);
    const thin = rows.filter(({ cases }) => cases.length < 4);
    expect(thin.map(({ id, cases }) => `${id}: ${cases.length}`)).toEqual([]);
  });

  describe.each(rows)("$id", ({ id, cases }) => {
    it.each(cases)("$input", async ({ input, run }) => {
      const result = await run();
      happened.set(`${id} ${input}`, result);
      if (process.env["UPDATE_DOCS"] !== "1") {
        expect(readFileSync(page, "utf8")).toContain(line(input, result));
      }
    });
  });

  it("says what happened, and nothing else", () => {
    const generated = `# What the field sends, and what happens

Inputs out of public reports and other people's programs, each with what this library or its emulator does with it, by row of the tables they were collected in: P of WeChat Pay, M of an Official Account, E of other people's clients. The first input of a row is the specimen, the others are of its kind. "What happens" was written by \`test/docs/field-page.test.ts\`, which runs every line; \`UPDATE_DOCS=1\` makes it write this page, and the build fails if a line is no longer true.

${sections.map(sectionText).join("\n")}`;
    if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, generated);
    expect(readFileSync(page, "utf8")).toBe(generated);
  });
});

function sectionText({ title, rows: own }: FieldSection): string {
  return `## ${title}\n\n${own.map(rowText).join("\n")}`;
}

function rowText({ id, about, evidence, cases }: FieldRow): string {
  const lines = cases.map(({ input }) => line(input, happened.get(`${id} ${input}`) ?? ""));
  return `### ${id}. ${about}

WeChat's side: ${evidence}

| input | what happens |
|---|---|
${lines.join("\n")}
`;
}

function line(input: string, result: string): string {
  return `| ${cell(input)} | ${cell(result)} |`;
}

function cell(text: string): string {
  // Within backticks Markdown shows an entity as it is written.
  return text
    .replaceAll("|", "\\|")
    .replace(/`[^`\n]*`|</g, (part) => (part === "<" ? "&lt;" : part))
    .replaceAll("\n", " ");
}
