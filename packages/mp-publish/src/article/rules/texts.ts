import type { CountCharacters } from "../count.ts";
import { autoDigest } from "../digest.ts";
import type { AddFinding } from "../finding.ts";
import { ARTICLE_LIMITS, type ArticleTarget, type DraftTitle } from "../limits.ts";

/** The longest title that is reported of a draft. */
const MOST_REPORTED: DraftTitle = 64;

/** Any article, before its fields are trusted. */
export type AnyArticle = Readonly<Record<string, unknown>>;

/** Checks the lengths of title, digest and author, and finds escapes that WeChat refuses. */
export function checkTexts(
  article: AnyArticle,
  { target, draftTitle }: { target: ArticleTarget; draftTitle: DraftTitle | undefined },
  count: CountCharacters,
  add: AddFinding,
): void {
  const limits = ARTICLE_LIMITS[target];
  for (const field of ["title", "digest", "author"] as const) {
    const value = article[field];
    if (typeof value !== "string") continue;
    const length = count(value);
    const { max: usual, documented } = limits[field];
    const isDraftTitle = field === "title" && target === "draft";
    const max = isDraftTitle ? (draftTitle ?? usual) : usual;
    if (length > max) {
      add(
        documented ? "error" : "warning",
        `${field}-length`,
        field,
        `${field} has ${length} characters; at most ${max} are allowed.`,
        isDraftTitle && length <= MOST_REPORTED
          ? "Shorten it; draftTitle: 64 allows what some accounts can save (reported)."
          : "Shorten it.",
      );
    }
  }
  for (const field of ["title", "digest", "author", "content"]) {
    const value = article[field];
    // Written in the string, or made by JSON of a control character: errcode 40033 of 全局返回码.
    const match =
      typeof value === "string" ? /(\\?)\\u([\da-f]{4})/i.exec(JSON.stringify(value)) : null;
    if (match === null) continue;
    const [, isWritten, digits = ""] = match;
    add(
      field === "content" ? "warning" : "error",
      "unicode-escape",
      field,
      `${field} contains ${isWritten ? `the escape \\u${digits}` : `the control character U+${digits.toUpperCase()}`}, which WeChat refuses.`,
      isWritten ? "Write the character itself." : "Remove it.",
    );
  }
}

/** Tells what WeChat shows for an empty digest. Only an article on its own has a digest. */
export function checkDigest(
  { digest }: AnyArticle,
  target: ArticleTarget,
  text: string,
  add: AddFinding,
): void {
  if (digest !== undefined && digest !== "") return;
  const shown = JSON.stringify(autoDigest(text, target));
  add(
    "info",
    "digest-empty",
    "digest",
    `The digest will be the first ${ARTICLE_LIMITS[target].autoDigest} characters of the text: ${shown}.`,
    "Write a digest if that does not read well.",
  );
}
