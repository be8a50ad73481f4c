import type { SeededAccount } from "../account.ts";
import type { MpExchange } from "../exchange.ts";
import type { HtmlEdit } from "./html-edits.ts";
import type { HtmlTag } from "./html-reader.ts";

/** The kinds of articles, whose rules differ. */
export type ArticleKind = "news" | "draft";

/** The edits and warnings for the content of an article. */
export interface ContentWork {
  readonly exchange: MpExchange;
  readonly account: SeededAccount;
  readonly kind: ArticleKind;
  readonly edits: HtmlEdit[];
  readonly warnings: string[];
}

export const cut = ({ start, end }: { start: number; end: number }): HtmlEdit => ({
  start,
  end,
  text: "",
});

/** Elements whose content is text, up to the end if they are not closed. */
const TEXT = new Set(["script", "style", "title", "textarea", "iframe"]);

/** The end of the element that begins with the tag at `at`: the index after its last tag, and the offset. */
export function endOf(
  tags: readonly HtmlTag[],
  at: number,
  html: string,
): { next: number; end: number } {
  const { name, end, last } = tags[at] as HtmlTag;
  if (last !== undefined) return { next: last + 1, end: (tags[last] as HtmlTag).end };
  return TEXT.has(name) ? { next: tags.length, end: html.length } : { next: at + 1, end };
}

/** The warnings, each once, with how often. */
export function folded(warnings: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const warning of warnings) counts.set(warning, (counts.get(warning) ?? 0) + 1);
  return [...counts].map(([warning, count]) =>
    count === 1 ? warning : `${warning} (${count} times)`,
  );
}
