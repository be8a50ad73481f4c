// The pages of errors, in whichever language: a section for each class, with a row for each of its messages.

import { readFileSync, writeFileSync } from "node:fs";
import { ARTICLE_ADVICE } from "../../packages/core/src/mp/article-errcodes.ts";
import { COMMENT_ADVICE } from "../../packages/core/src/mp/comment-errcodes.ts";
import { adviceFor, adviceOf } from "../../packages/core/src/mp/errcodes.ts";
import { PLATFORM_ADVICE } from "../../packages/core/src/mp/platform-errcodes.ts";
import { errorGuides } from "./error-guide.ts";
import { errorTexts } from "./error-messages.ts";

export const texts = errorTexts();

/** What one language says of the errors. */
export interface PageLanguage<Guide> {
  /** From the title to the first section. */
  readonly intro: string;
  readonly guides: Readonly<Record<string, Guide>>;
  /** Of a section; JavaScript's own classes have no code. */
  readonly heading: (errorClass: string, code: string | undefined, guide: Guide) => string;
  readonly summary: (guide: Guide) => string;
  readonly errcodes: Table<[errcode: number, advice: string]>;
  readonly messages: Table<[text: string, guide: Guide]>;
}

interface Table<Of extends unknown[]> {
  readonly heads: readonly string[];
  readonly row: (...of: Of) => readonly string[];
}

export function writtenPage<Guide>(language: PageLanguage<Guide>): string {
  const sections = Object.keys(errorGuides).map((errorClass) => section(errorClass, language));
  return `${language.intro}\n\n${sections.join("\n")}`;
}

/** The page as it is in the repository, or as UPDATE_DOCS=1 has just written it. */
export function pageAt(path: string, written: string): string {
  const page = new URL(`../../${path}`, import.meta.url);
  if (process.env["UPDATE_DOCS"] === "1") writeFileSync(page, written);
  return readFileSync(page, "utf8");
}

/** The messages of a class, each once. What the files of errcodes add to some has a table of its own. */
export function messagesOf(errorClass: string): string[] {
  const own = texts.filter(
    (text) => text.errorClass === errorClass && !text.file.endsWith("errcodes.ts"),
  );
  return [...new Set(own.map(({ text }) => text))];
}

/** What the message of an MpApiError ends with, by errcode. */
export function adviceByErrcode(): [errcode: number, advice: string][] {
  return Array.from({ length: 100_001 }, (_, i) => i - 1)
    .map((errcode): [number, string] => [
      errcode,
      adviceFor(errcode, "/cgi-bin/…", "203.0.113.7") ||
        adviceOf(errcode, [...ARTICLE_ADVICE, ...COMMENT_ADVICE, ...PLATFORM_ADVICE]),
    ])
    .filter(([, advice]) => advice !== "");
}

function section<Guide>(errorClass: string, language: PageLanguage<Guide>): string {
  const { guides, heading, summary, errcodes, messages } = language;
  const guide = guides[errorClass];
  if (guide === undefined) return "";
  const advice = () => adviceByErrcode().map((of) => errcodes.row(...of));
  return `## ${heading(errorClass, errorGuides[errorClass]?.code, guide)}

${summary(guide)}
${errorClass === "MpApiError" ? `\n${table(errcodes.heads, advice())}` : ""}
${table(
  messages.heads,
  messagesOf(errorClass).map((text) => messages.row(text, guide)),
)}`;
}

/** Leaves out a column that has nothing in any row. */
function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const isUsed = (_: string, column: number): boolean => rows.some((row) => row[column] !== "");
  const used = heads.filter(isUsed);
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;
  const lines = rows.map((row) => line(row.filter(isUsed)));
  return [line(used), `|${"---|".repeat(used.length)}\n`, ...lines].join("");
}
