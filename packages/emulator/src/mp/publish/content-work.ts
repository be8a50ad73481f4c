import type { SeededAccount } from "../account.ts";
import type { MpExchange } from "../exchange.ts";
import type { HtmlEdit } from "./html-edits.ts";
import type { HtmlTag } from "./html-tags.ts";

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

/** The index of the last tag of each element that is closed, by that of its first. */
export function lastTags(tags: readonly HtmlTag[]): ReadonlyMap<number, number> {
  const lasts = new Map<number, number>();
  const open = new Map<string, number[]>();
  for (const [at, { name, closes }] of tags.entries()) {
    const firsts = open.get(name) ?? [];
    open.set(name, firsts);
    const first = closes ? firsts.pop() : undefined;
    if (first !== undefined) lasts.set(first, at);
    else if (!closes) firsts.push(at);
  }
  return lasts;
}

/** The end of the element that begins with the tag at `at`: the index after its last tag, and the offset. */
export function endOf(
  tags: readonly HtmlTag[],
  at: number,
  html: string,
  lasts: ReadonlyMap<number, number>,
): { next: number; end: number } {
  const { name, end } = tags[at] as HtmlTag;
  const last = lasts.get(at);
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
