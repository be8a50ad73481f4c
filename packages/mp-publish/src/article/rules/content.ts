import { encodeUtf8 } from "@wechat-edge/core/internal/upload";
import type { HtmlFacts, HtmlTag } from "../../html/html-facts.ts";
import type { CountCharacters } from "../count.ts";
import type { AddFinding } from "../finding.ts";
import {
  ARTICLE_LIMITS,
  type ArticleTarget,
  CONTENT_BYTES,
  CONTENT_CHARACTERS,
} from "../limits.ts";
import { scriptScheme } from "./script-address.ts";

/** What counts as the length of the content: with its tags (reported), or its text alone. */
export type ContentLength = "with-tags" | "text";

/** How an option of that kind is checked. */
export const CONTENT_LENGTH: readonly [string, (value: unknown) => boolean] = [
  '"with-tags" or "text"',
  (value) => value === "with-tags" || value === "text",
];

/** Checks the length of the content. */
export function checkContentSize(
  content: string,
  text: string,
  { target, contentLength }: { target: ArticleTarget; contentLength: ContentLength },
  count: CountCharacters,
  add: AddFinding,
): void {
  const { length: bytes } = encodeUtf8(content);
  if (bytes >= CONTENT_BYTES) {
    const message = `content has ${bytes} bytes; WeChat allows fewer than ${CONTENT_BYTES}.`;
    add(
      ARTICLE_LIMITS[target].content ? "error" : "warning",
      "content-size",
      "content",
      message,
      "Shorten it, and replace pictures in data: addresses.",
    );
  }
  const whole = count(content);
  if (whole < CONTENT_CHARACTERS) return;
  const visible = count(text);
  if (contentLength === "text" && visible < CONTENT_CHARACTERS) return;
  add(
    "error",
    "content-length",
    "content",
    `content has ${whole} characters with its tags, ${visible} without; it must have fewer than ${CONTENT_CHARACTERS}, and WeChat counts the tags.`,
    visible < CONTENT_CHARACTERS
      ? 'Remove styles, or shorten it; contentLength: "text" checks the text alone.'
      : "Shorten it.",
  );
}

/** Finds scripts: WeChat removes them. */
export function checkScripts({ tags }: HtmlFacts, add: AddFinding): void {
  for (const script of new Set(tags.flatMap(scriptsOf))) {
    const message = `WeChat removes ${script} from the content.`;
    add("warning", "script", "content", message, "Remove it.");
  }
}

const ADDRESSES = new Set(
  "href xlink:href src data-src data action formaction poster background cite longdesc codebase classid archive manifest lowsrc dynsrc ping from to by".split(
    " ",
  ),
);

function scriptsOf({ name, attributes }: HtmlTag): string[] {
  const found = name === "script" ? ["<script>"] : [];
  for (const [attribute, value] of attributes) {
    if (/^on[a-z]/.test(attribute)) found.push(attribute);
    else if (ADDRESSES.has(attribute)) {
      const scheme = scriptScheme(value);
      if (scheme !== undefined) found.push(`${attribute}="${scheme}…"`);
    }
  }
  return found;
}
